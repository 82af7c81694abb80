"""The desk: an intent in, a card out, whatever happens behind it."""

import asyncio
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import terminal
from bot.cards import Card, Line, Picture
from bot.desk import Desk
from bot.intents import Ask, CoverageRequest, TimelineRequest
from knowledge.errors import QuestionTooLong, StoreUnavailable
from knowledge.model import (
    Answer,
    Coverage,
    DatedEvent,
    FollowUp,
    Kind,
    Mention,
    MentionKind,
    Mentions,
    NoAnswer,
    PartialDate,
    Question,
    QuestionKind,
    Reason,
)
from tests.answers import IRPI, BookOfNames, answer, asked, held
from tests.fakes import FixedClock

ROOT = Path(__file__).parents[2]


class Reception:
    """Stands for a library: answers at once, or as it is told."""

    def __init__(self, behave: Callable[[str], Answer] | None = None) -> None:
        self.vocabulary = BookOfNames()
        self.heard: list[tuple[str, int, str | None]] = []
        self.behave = behave

    def ask(
        self,
        text: str,
        *,
        limit: int = 3,
        language: str | None = None,
        follows: FollowUp | None = None,
    ) -> Answer:
        self.heard.append((text, limit, language))
        if self.behave is not None:
            return self.behave(text)
        return answer(IRPI, question=asked(text, language=language or "en"))

    def read(self, text: str, language: str | None = None) -> Question:
        """Misspelt names are read too, as the real one does."""
        found = re.finditer("Clearview|Clearveiw", text)
        named = [
            Mention(MentionKind.VENDOR, "clearview-ai", *match.span())
            for match in found
        ]
        guessed = "fr" if "est-elle" in text else "en"
        return Question(
            text=text,
            language=guessed,
            kind=QuestionKind.STATUS,
            mentions=Mentions(tuple(named)),
        )

    def undated(self, vendor, place):
        return 2

    def coverage(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[Coverage, ...]:
        return (held(vendor or "nec", place or "JP", press=3),)


def desk(library: Reception, **options: object) -> Desk:
    return Desk(library, FixedClock(), **options)  # type: ignore[arg-type]


def drawn(card: Card) -> str:
    file = StringIO()
    terminal.render(card, Console(file=file, width=88))
    return file.getvalue()


def failing(error: Exception) -> Callable[[str], Answer]:
    def behave(_: str) -> Answer:
        raise error

    return behave


async def test_a_question_becomes_a_card_with_the_quote_in_it():
    library = Reception()
    card = await desk(library).card(Ask(text="Is Clearview active in Italy?", limit=2))

    assert card.quotes()[0].text == IRPI.text
    assert library.heard == [("Is Clearview active in Italy?", 2, None)]


async def test_the_answer_itself_can_be_had_for_machines():
    given = await desk(Reception()).answer(
        Ask(text="Is Clearview active?", language="fr")
    )
    assert given.question.language == "fr"


async def test_a_misspelt_name_is_carried_into_a_follow_up():
    library = Reception()
    ask = Ask(text="since when?", earlier=("Is Clearveiw active?",))
    await desk(library).card(ask)

    assert library.heard[0][0] == "Is Clearveiw active? since when?"


async def test_a_follow_up_is_asked_as_meant_and_shown_as_understood():
    library = Reception()
    ask = Ask(text="since when?", earlier=("Is Clearview active?",))
    card = await desk(library).card(ask)

    assert library.heard[0][0] == "Is Clearview active? since when?"
    assert "(understood as: Is Clearview active? since when?)" in drawn(card)


async def test_a_refusal_is_a_card_without_quotes():
    refusal = NoAnswer(question=asked(), reason=Reason.NOTHING_HELD)
    card = await desk(Reception(lambda _: refusal)).card(
        Ask(text="Clearview in Italy?")
    )

    assert card.quotes() == ()
    assert "Nothing vetted is held on Clearview AI in Italy." in drawn(card)


async def test_what_is_held_is_a_card():
    card = await desk(Reception()).card(CoverageRequest(vendor="nec", language="fr"))

    assert card.title == "NEC"
    assert "presse 3" in drawn(card)


async def test_an_error_is_a_card_in_the_language_of_the_question():
    library = Reception(failing(QuestionTooLong(length=9000, limit=2000)))
    french = await desk(library).card(Ask(text="Clearview est-elle active ?"))
    english = await desk(library).card(
        Ask(text="Clearview est-elle active ?", language="en")
    )

    assert "posez-la en une" in drawn(french)
    assert "ask in one" in drawn(english)


async def test_the_caller_of_answer_gets_the_error_itself():
    library = Reception(failing(StoreUnavailable(where="here", problem="it is locked")))
    with pytest.raises(StoreUnavailable):
        await desk(library).answer(Ask(text="x"))


async def test_an_unforeseen_fault_is_owned_politely_and_told_to_the_operator():
    fault = ZeroDivisionError("the secret question")
    told: list[Exception] = []
    library = Reception(failing(fault))
    card = await desk(library, on_fault=told.append).card(
        Ask(text="the secret question")
    )

    assert "Something went wrong on this side." in drawn(card)
    assert "secret" not in drawn(card)
    assert "ZeroDivisionError" not in drawn(card)
    assert told == [fault]


async def test_by_default_a_fault_is_logged_by_its_name_without_the_question(caplog):
    library = Reception(failing(ZeroDivisionError("the secret question")))
    with caplog.at_level(logging.ERROR):
        await desk(library).card(Ask(text="the secret question"))

    (record,) = caplog.records
    assert record.message == "desk_failed"
    assert record.error == "ZeroDivisionError"
    assert "secret" not in caplog.text


async def test_an_error_is_told_even_where_the_question_cannot_be_read():
    class Deaf(Reception):
        def read(self, text: str, language: str | None = None) -> Question:
            raise RuntimeError

    library = Deaf(failing(StoreUnavailable(where="here", problem="it is locked")))
    assert "it is locked" in drawn(await desk(library).card(Ask(text="x")))


async def test_the_event_loop_goes_on_while_the_engine_works():
    release = threading.Event()

    def slow(text: str) -> Answer:
        assert release.wait(10)
        return answer(IRPI, question=asked(text))

    waiting = asyncio.create_task(desk(Reception(slow)).card(Ask(text="x")))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    release.set()
    assert (await waiting).quotes()


async def test_no_more_questions_are_worked_on_at_once_than_allowed():
    lock, busy, most = threading.Lock(), 0, 0
    gate = threading.Event()

    def counting(text: str) -> Answer:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        gate.wait(0.02)
        with lock:
            busy -= 1
        return answer(IRPI, question=asked(text))

    front = desk(Reception(counting), at_once=2)
    cards = await asyncio.gather(*(front.card(Ask(text=str(n))) for n in range(8)))

    assert len(cards) == 8
    assert most == 2


async def test_a_caller_who_gives_up_does_not_let_a_further_question_in():
    release = threading.Event()
    started: list[str] = []

    def slow(text: str) -> Answer:
        started.append(text)
        assert release.wait(10)
        return answer(IRPI, question=asked(text))

    front = desk(Reception(slow), at_once=1)
    first = asyncio.create_task(front.card(Ask(text="first")))
    await asyncio.sleep(0.05)
    first.cancel()
    second = asyncio.create_task(front.card(Ask(text="second")))
    await asyncio.sleep(0.05)
    assert started == ["first"]

    release.set()
    assert (await second).quotes()
    assert started == ["first", "second"]


HEAVY = "torch chromadb sentence_transformers tantivy sqlalchemy rich typer".split()


def test_the_desk_loads_no_sdk_and_no_model():
    script = f"import sys, bot.desk; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def drawing(events, title, language):
    return Picture(name="t.png", png=b"png", alt=f"{title}, {len(events)}, {language}")


async def test_a_timeline_is_drawn_where_something_dated_is_held():
    class Dated(Reception):
        def dated_events(self, vendor, place):
            when = PartialDate(2022, 2)
            return (DatedEvent(when, Kind.PRESS, "d", "T"),) if vendor else ()

    front = desk(Dated(), draw=drawing)
    card = await front.card(TimelineRequest(vendor="nec", place="JP", language="fr"))
    (picture,) = [block for block in card.blocks if isinstance(block, Picture)]
    assert picture.alt == "NEC · Japon, 1, fr"
    (_, left_out) = [block.text for block in card.blocks if isinstance(block, Line)]
    assert left_out.startswith("2 documents sans date")
    nothing = await front.card(TimelineRequest(place="JP"))
    assert not any(isinstance(block, Picture) for block in nothing.blocks)
    words = await desk(Dated()).card(TimelineRequest(vendor="nec"))
    assert words.title == "NEC"


async def test_a_short_errand_does_not_wait_behind_questions():
    release = threading.Event()

    def slow(text: str) -> Answer:
        assert release.wait(10)
        return answer(IRPI, question=asked(text))

    front = desk(Reception(slow), at_once=1)
    waiting = [asyncio.create_task(front.card(Ask(text=str(n)))) for n in range(3)]
    await asyncio.sleep(0.05)
    assert (await asyncio.wait_for(front.card(CoverageRequest(vendor="nec")), 5)).title
    release.set()
    await asyncio.gather(*waiting)


async def test_the_words_may_be_in_another_language_than_the_question():
    library = Reception()
    card = await desk(library).card(Ask(text="Is Clearview active?", spoken="fr"))
    assert library.heard == [("Is Clearview active?", 3, None)]
    assert "plus d’un an" in drawn(card)
