"""What moderators see: complete, in every language, and with nothing in it but plain text."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import knowledge
from bot.cards import Actions, Facts
from bot.catalogue import languages, words
from bot.replies import error_line, kb
from bot.replies.kb import Doing, Verb
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.errors import InvalidMetadata
from knowledge.metadata import draft
from knowledge.model import (
    Document,
    Event,
    Form,
    Kind,
    LedgerLine,
    Link,
    MarkingReport,
    OwnQuestion,
    PartialDate,
    Passage,
    Relation,
    Review,
    Source,
    Status,
    Step,
    Touched,
    Waiting,
)
from tests.fakes import NOON

BODY = "Police in Portugal used it. The ministry did not answer."
DOCUMENT = Document(
    id="d" * 80,
    title="A title with @everyone and **bold**",
    body=BODY,
    form=Form.SOURCE,
    kind=Kind.PRESS,
    language="en",
    sources=(
        Source(
            title="A title",
            publisher="Paper",
            url="https://paper.example/a",
            language="en",
            published_on=PartialDate.parse("2024-05"),
        ),
    ),
    vendors=("clearview-ai",),
    places=("PT",),
    links=(Link(Relation.CONTRADICTS, "other-1"),),
    questions=(OwnQuestion("en", "Who used it in Portugal?"),),
    revision=999,
    status=Status.SUBMITTED,
)


VOCABULARY = load_vocabulary(Path(knowledge.__file__).parent / "vocabulary")
DRAFT = {"title": "T", "kind": "press", "language": "en"}
UNUSABLE: tuple[dict[str, object], ...] = (
    {"published_on": "3024"},
    {"event_on": "3024-05"},
    {"published_on": "yesterday"},
    {"event_on": "2024", "published_on": "2020"},
    {"vetted_on": "2024"},
    {"rechecked_on": "3024-05-02"},
    {"url": "javascript:alert(1)"},
    {"vendors": ["Nobody Inc"]},
    {"countries": ["Atlantis"]},
)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("given", UNUSABLE)
def test_what_cannot_be_used_is_told_by_its_label_in_the_readers_words(given, language):
    with pytest.raises(InvalidMetadata) as raised:
        draft(
            "page.txt",
            BODY,
            {},
            {**DRAFT, **given},
            names=VOCABULARY,
            today=NOON.date(),
            detect=lambda _: ("en", 1.0),
        )
    line = error_line(raised.value, language)
    (key, *_) = given
    if key not in ("vendors", "countries"):
        assert words(language)(f"kb.field.{key}") in line
    assert not re.search("[a-z]_[a-z]", line)
    assert line.startswith("page.txt")
    if language != "en":
        assert line != error_line(raised.value, "en")


class Names:
    def vendor_name(self, vendor):
        return vendor.title()

    def place_name(self, code, language):
        return f"{code}-{language}"

    def around(self, place):
        return ()

    def opened(self, place):
        return (place,)

    def concept_name(self, concept, language):
        return concept


def passages(count=1):
    return tuple(
        Passage(
            document=DOCUMENT.id,
            revision=999,
            start=0,
            end=len(BODY),
            text=BODY,
            locator=f"¶{number}",
            language="en",
        )
        for number in range(1, count + 1)
    )


def line(step, sequence=1, actor="discord:7", **detail):
    event = Event(
        at=NOON + timedelta(minutes=sequence),
        actor=actor,
        step=step,
        document=DOCUMENT.id,
        revision=999,
        rule="two-person",
        detail=detail,
    )
    return LedgerLine(sequence=sequence, event=event, previous="0", hash="1")


def review(document=DOCUMENT, lines=(), published=None, count=1, newest=999):
    return Review(
        document=document,
        passages=passages(count),
        published=published,
        near=(("near-1", 81),),
        lines=(line(Step.PROPOSE), *lines),
        newest=newest,
    )


def person(id):
    return {"discord:7": "ana", "discord:8": "ben"}.get(id, id)


def shown(card):
    said = [card.title, card.remark]
    for block in card.blocks:
        match block:
            case Facts():
                said += [f"{fact.name}: {fact.value}" for fact in block.facts]
            case Actions():
                said += [button.label for button in block.buttons]
            case _:
                said.append(block.text)
    return "\n".join(said)


def doings(card):
    """What its buttons wish for."""
    return [
        str(Doing.read(code.split(":", 3)[3])).split(".")[0] for code in codes(card)
    ]


def codes(card):
    return [
        button.code
        for block in card.blocks
        if isinstance(block, Actions)
        for button in block.buttons
    ]


@pytest.mark.parametrize("language", languages())
def test_a_review_says_all_that_one_looks_at_before_deciding(language):
    old = replace(DOCUMENT, title="An old title", body="Other words.", revision=3)
    card = kb.review_card(
        review(published=old), Names(), person, two_person=True, language=language
    )
    spoken, text = words(language), shown(card)
    for part in (
        *(DOCUMENT.title, "Paper", "https://paper.example/a", "2024-05"),
        *("Clearview-Ai", f"PT-{language}", "near-1 (81 %)", "An old title →"),
        *("− Other words.", "+ Police in Portugal", "Who used it in Portugal?"),
        spoken("kb.review.link-contradicts", document="other-1"),
        spoken("kb.review.two-person", who="ana"),
        BODY,
    ):
        assert part in text, part
    assert doings(card) == [
        Verb.READ,
        Verb.MEND,
        Verb.APPROVE,
        Verb.RETURN,
        Verb.REJECT,
    ]


def test_every_button_carries_its_whole_wish_also_for_the_longest_id():
    cards = [
        kb.review_card(review(count=20), Names(), person, two_person=True),
        kb.passages_card(review(count=999), 900),
        kb.impact_card(
            DOCUMENT,
            DOCUMENT,
            1,
            Touched(public={}, private={}),
            MarkingReport(),
            verb=Verb.RETRACT,
        ),
        kb.queue_card(
            [Waiting(document=DOCUMENT, line=line(Step.PROPOSE))] * 30, person
        ),
    ]
    for code in (code for card in cards for code in codes(card)):
        assert len(code) <= 100
        doing = Doing.read(code.split(":", 3)[3])
        assert doing is not None
        assert doing.document == DOCUMENT.id, code


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Step.PUBLISH, Status.PUBLISHED),
        (Step.RETURN, Status.DRAFT),
        (Step.REJECT, Status.REJECTED),
        (Step.RETRACT, Status.RETRACTED),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_what_was_decided_stands_in_place_of_the_buttons(step, status, language):
    decided = line(step, 2, "discord:8", reason="Because")
    it = review(replace(DOCUMENT, status=status), [decided])
    card = kb.review_card(it, Names(), person, two_person=True, language=language)
    assert "ben" in shown(card)
    assert "Because" in shown(card)
    assert doings(card) == [Verb.READ]
    told = kb.outcome_card(it, person, "slack", language=language)
    assert "ben" in shown(told)
    assert ("/quis-kb correct" in shown(told)) == (step is Step.RETURN)
    quicker = kb.decided_already(decided, person, language=language)
    assert "ben" in shown(quicker)


def test_a_revision_that_is_not_the_newest_has_no_buttons_to_decide():
    card = kb.review_card(review(newest=1000), Names(), person, two_person=True)
    assert doings(card) == [Verb.READ]
    assert "1000" in shown(card)


@pytest.mark.parametrize("language", languages())
def test_the_history_names_step_person_rule_and_reason(language):
    steps = [line(step, n, reason="Because") for n, step in enumerate(Step, 1)]
    card = kb.history_card(DOCUMENT, steps * 3, person, language=language)
    text = shown(card)
    for part in ("ana", "two-person", "Because", words(language)("kb.step.vet")):
        assert part in text
    assert words(language)("kb.history.earlier", count=10) in text


@pytest.mark.parametrize("argument", ["", "nonsense", "yes", "p.x.made-1", "p"])
def test_an_argument_of_somebody_else_s_making_is_read_or_is_none(argument):
    doing = Doing.read(argument)
    assert doing is None or doing.start == 0


@pytest.mark.parametrize("platform", ["discord", "slack"])
def test_the_usage_names_every_sub_command_of_the_platform(platform):
    from bot.on_discord.shapes import KB

    card = kb.usage(platform, "en")
    for name in KB:
        said = f"/quis-kb {name}" if platform == "slack" else f"/kb {name}"
        assert said in shown(card)


def test_the_usage_says_on_slack_what_has_to_follow():
    there = shown(kb.usage("slack", "en"))
    for line in ("show ID", "retract ID", "link ID updates ID"):
        assert f"/quis-kb {line}" in there
    assert "ID" not in shown(kb.usage("discord", "en"))
