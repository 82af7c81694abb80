"""An answer with what became of its quotes, and the word of it, on every surface."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.console import Console

from bot import replies
from bot.cards import Card, Flag, Quote
from bot.catalogue import languages
from bot.on_discord.drawing import paragraphs
from bot.on_discord.markdown import struck
from bot.on_slack.render import render as slack_render
from bot.terminal import render
from knowledge.model import (
    Answered,
    Beside,
    Evidence,
    Fall,
    Marking,
    Mentions,
    Passage,
    Question,
    QuestionKind,
    Relation,
    Span,
)
from tests.contracts.tenant_contract import post
from tests.fakes import NOON
from tests.unit.corrected_documents import document

TODAY = date(2026, 11, 25)


class Names:
    def vendor_name(self, id):
        return id

    def place_name(self, code, language):
        return code

    def around(self, place):
        return ()

    def opened(self, place):
        return (place,)

    def concept_name(self, id, language):
        return id


def evidence(of, **fields):
    passage = Passage(
        document=of.id,
        revision=of.revision,
        start=0,
        end=len(of.body),
        text=of.body,
        locator="¶1",
        language="en",
    )
    return Evidence(
        passage=passage, document=of, quote=Span(0, len(of.body)), score=0.9, **fields
    )


def marking(fall, of="one", **fields):
    plain = {"post": "k", "change": 9, "document": of, "fall": fall, "by": None}
    plain |= {"revision": 1, "reason": "", "at": NOON}
    return Marking(**{**plain, **fields})


def marked(found, markings, others=None, language="en"):
    question = Question(
        text="", language=language, kind=QuestionKind.OTHER, mentions=Mentions(())
    )
    answer = Answered(
        question=question,
        evidence=tuple(found),
        coverage=(),
        newest_event_on=None,
        stale=False,
    )
    card = replies.answer(answer, Names(), TODAY, language=language, key="k")
    return replies.marked(card, found, markings, others or {}, language=language)


def test_a_retracted_quote_is_struck_and_says_when_and_why():
    found = [evidence(document("one")), evidence(document("two", "Other words."))]
    card = marked(found, [marking(Fall.RETRACTED, reason="A *hoax*")])
    first, second = card.quotes()
    assert first.struck
    assert not second.struck
    assert second.flags == ()
    (flag,) = first.flags
    assert "24 Nov 2026" in flag.text or "Nov 24, 2026" in flag.text
    assert "“A *hoax*”" in flag.text
    assert first.text == found[0].text


def test_a_later_revision_is_not_marked_by_what_befell_an_earlier_one():
    later = document("one", revision=2)
    card = marked([evidence(later)], [marking(Fall.RETRACTED)])
    (quote,) = card.quotes()
    assert not quote.struck
    assert quote.flags == ()


def test_words_that_still_stand_in_the_corrected_text_are_not_struck():
    one = document("one")
    new = replace(one, revision=2, body=one.body + " And more.")
    by = marking(Fall.CORRECTED, by="one", revision=2)
    (quote,) = marked([evidence(one)], [by], {("one", 2): new}).quotes()
    assert not quote.struck
    assert "still stand" in quote.flags[0].text
    gone = replace(new, body="Nothing of it.")
    (quote,) = marked([evidence(one)], [by], {("one", 2): gone}).quotes()
    assert quote.struck


def test_what_was_retracted_and_published_again_stays_struck_and_says_both():
    one = document("one")
    back = marking(Fall.CORRECTED, by="one", revision=2, change=12)
    both = [marking(Fall.RETRACTED), back]
    (quote,) = marked([evidence(one)], both, {("one", 2): one}).quotes()
    assert quote.struck
    assert [f.text.split()[0] for f in quote.flags] == ["Retracted", "Published"]


def test_a_contradiction_names_the_other_document_and_links_to_it():
    other = document("two", "Never.", title="Denial @everyone")
    by = marking(Fall.CONTRADICTED, by="two")
    (quote,) = marked([evidence(document("one"))], [by], {("two", 1): other}).quotes()
    assert not quote.struck
    assert "“Denial @everyone”" in quote.flags[0].text
    assert quote.flags[0].link == other.sources[0].url


@pytest.mark.parametrize("fall", [Fall.CONTRADICTED, Fall.SUPERSEDED])
def test_what_was_withdrawn_flags_no_longer_and_says_from_when_to_when(fall):
    other = document("two", "Never.", title="Denial")
    flagged = marking(fall, by="two")
    lifted = marking(
        Fall.LIFTED, by="two", change=12, at=NOON + timedelta(days=3), reason="Untrue"
    )
    found = [evidence(document("one"))]
    (quote,) = marked(found, [flagged, lifted], {("two", 1): other}).quotes()
    ((flag),) = quote.flags
    assert fall.value.title() in flag.text
    assert "since" not in flag.text
    assert "from 24 Nov 2026 to 27 Nov 2026" in flag.text
    assert "lifted" in flag.text
    assert "Untrue" in flag.text
    assert flag.link is None
    assert not quote.struck
    again = marking(fall, by="two", change=15)
    (quote,) = marked(found, [flagged, lifted, again], {}).quotes()
    assert ["lifted" in each.text for each in quote.flags] == [True, False]


def test_the_word_of_a_flag_does_not_wait_for_what_came_after_it():
    flagged = marking(Fall.CONTRADICTED, by="two")
    lifted = marking(Fall.LIFTED, by="two", change=12)
    found = [evidence(document("one"))]
    assert "lifted" not in lines(said(found, [flagged, lifted]))
    assert "Contradicted since" in lines(said(found, [flagged, lifted]))
    word = lines(said(found, [flagged, lifted], told=[flagged], through=12))
    assert "lifted" in word


def test_a_quote_that_stands_beside_another_is_struck_there():
    two = evidence(document("two", "Never."))
    beside = Beside(
        relation=Relation.CONTRADICTS,
        forward=False,
        passage=two.passage,
        document=two.document,
        quote=two.quote,
    )
    found = [evidence(document("one"), beside=(beside,))]
    (quote,) = marked(found, [marking(Fall.RETRACTED, "two")]).quotes()
    assert not quote.struck
    assert quote.asides[0].quote.struck
    card = said(found, [marking(Fall.RETRACTED, "two")])
    assert "Retracted" in lines(card)


def said(found, markings, told=(), through=9, language="en"):
    return replies.correction(
        post(shown=len(found)),
        found,
        markings,
        {},
        told=told,
        through=through,
        language=language,
    )


def lines(card):
    return "\n".join(getattr(block, "text", "") for block in card.blocks)


def test_the_word_of_it_says_what_is_new_and_carries_its_mark():
    old, new = marking(Fall.RETRACTED), marking(Fall.CONTRADICTED, by="two", change=15)
    card = said([evidence(document("one"))], [old, new], told=[old], through=15)
    assert "Contradicted" in lines(card)
    assert "Retracted" not in lines(card)
    (button,) = card.blocks[-1].buttons
    assert button.code == replies.mark_of(post(), 15) == "quis:why:k:15"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("fall", list(Fall))
def test_in_every_language(language, fall):
    found = [evidence(document("one"))]
    by = marking(fall, by="two", revision=2, reason="x", at=NOON + timedelta(days=1))
    card = marked(found, [by], {}, language)
    assert "{" not in card.quotes()[0].flags[0].text
    assert "{" not in lines(said(found, [by], language=language))


# --- drawing --------------------------------------------------------------------------

QUOTE = Quote(
    number=1,
    kind="press",
    date=None,
    text="Two *lines*.\n\nThe ~second~ one.",
    opening="“",
    closing="”",
    sources=(),
    also="",
    caption=("¶1",),
    flags=(Flag("Retracted *now*", "https://a.example/x"), Flag("By <@1>")),
    struck=True,
)


def test_discord_strikes_line_by_line_and_flags_above_the_words():
    (text,) = paragraphs(QUOTE)
    drawn = text.split("\n")
    assert drawn[1].startswith("⚠ **Retracted \\*now\\*** [a.example]")
    assert "<@1>" not in text.replace("\\<@1>", "")
    quoted = [each for each in drawn if each.startswith("> ")]
    assert all(each.count("~~") == 2 for each in quoted if each.strip(" >"))
    assert struck(" a \n\nb") == "~~a~~\n\n~~b~~"


def test_slack_strikes_and_says_so_first_to_who_listens():
    message = slack_render(Card("Title", (QUOTE,)))
    assert '"strike": true' in json.dumps(message.blocks)
    assert message.text.index("Retracted") < message.text.index("Two")


def test_the_terminal_says_it_without_colour_too():
    out = io.StringIO()
    render(Card("Title", (QUOTE,)), Console(file=out, width=80))
    text = out.getvalue()
    assert text.index("⚠ Retracted *now*") < text.index("Two *lines*.")
