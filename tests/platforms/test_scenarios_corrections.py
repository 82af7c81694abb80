"""What befalls a quote reaches whoever was shown it, the same on every transport."""

from dataclasses import replace
from itertools import count

import pytest

from knowledge.model import Actor, Role, Step
from knowledge.ports import Findings
from tests.platforms.moderators import said, told
from tests.platforms.test_scenarios_moderation import house

__all__ = ["house"]

ROOT = Actor("test:root", Role.ADMIN)
QUESTION = "Is Clearview active in Portugal?"
QUOTE = "Police in Portugal used Clearview AI"
NUMBERS = count(1)


@pytest.fixture
def paper(house):
    """A document that is published, and brings others in that say otherwise."""
    return Paper(house)


class Paper:
    def __init__(self, stage):
        self.number = next(NUMBERS)
        self.library, self.id = stage.shelf.library, f"paper-{self.number}"
        self._bring(self.id, f"{QUOTE} in 2024, says number {self.number}.")

    def _bring(self, id, body, **metadata):
        plain = {
            "id": id,
            "title": f"Title of {id}",
            "publisher": "Paper",
            "url": f"https://paper.example/{id}",
            "published_on": "2024-05-02",
            "kind": "press",
            "form": "source",
            "language": "en",
        }
        findings = Findings(origin=id, body=body, metadata={**plain, **metadata})
        self.library.add(findings, {}, ROOT, publish=True)
        self.library.refresh()

    def another(self, relation):
        """A document that contradicts it, or supersedes it."""
        id = f"{relation}-{self.number}"
        body = (
            "Clearview AI says that it has no customer in Portugal. It never had one."
        )
        self._bring(id, body, **{relation: [self.id]})
        return id

    def mend(self):
        body = f"Nobody in Portugal used Clearview AI, says number {self.number}."
        findings = Findings(origin=self.id, body=body, metadata={})
        self.library.correct(self.id, findings, {}, ROOT, "The paper mended it")
        self.library.step(self.id, Step.PUBLISH, ROOT)
        self.library.refresh()

    def retract(self, id=None, reason="The paper took it back"):
        self.library.step(id or self.id, Step.RETRACT, ROOT, reason)
        self.library.refresh()


def words_of_it(stage):
    """How often it was said under an answer that something changed."""
    seen = stage.seen(stage.here.ana, stage.here.news)
    return sum("has changed since" in message.text for message in seen)


async def test_whatever_befalls_a_quote_is_said_in_its_message_and_under_it_once(
    house, paper
):
    stage, here = house, house.here
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, QUESTION)
        assert QUOTE in said(asked)
        denial = paper.another("contradicts")
        await told(stage)
        assert f"by “Title of {denial}”, Paper" in said(asked)
        assert "Contradicted since" in said(asked)
        assert "~~" not in asked.text
        assert words_of_it(stage) == 1
        stage.later()
        paper.retract(denial, "It was no denial")
        await told(stage)
        assert "Contradicted since" not in said(asked)
        assert "The flag is lifted" in said(asked)
        assert "It was no denial" in said(asked)
        assert words_of_it(stage) == 2
        stage.later()
        paper.another("supersedes")
        await told(stage)
        assert "Superseded since" in said(asked)
        assert words_of_it(stage) == 3
    async with stage.serving():  # a restart is nothing to it
        stage.later()
        paper.mend()
        await told(stage)
        assert "Corrected on" in said(asked)
        assert "The paper mended it" in said(asked)
        assert QUOTE in said(asked)  # struck through, and not erased
        assert words_of_it(stage) == 4
        stage.later()
        paper.retract()
        await told(stage)
        assert "Retracted on" in said(asked)
        assert words_of_it(stage) == 5


@pytest.fixture
async def hushed(house):
    """A place where answers are for those who ask."""
    tenants, tenant = house.shelf.tenants, house.here.tenant
    tenants.set_settings(tenant, replace(tenants.settings(tenant), private=True))
    return house


async def impact(stage, paper):
    shown = await stage.command(
        stage.ed, stage.here.news, "kb impact", document=paper.id
    )
    return said(shown)


async def test_of_a_private_answer_those_are_told_who_wanted_to_be(hushed, paper):
    stage, here = hushed, hushed.here
    async with stage.serving():
        mine = await stage.ask(here.ben, here.news, QUESTION)
        stage.later()
        await stage.ask(stage.cy, here.news, QUESTION)
        assert stage.private(mine)
        assert QUOTE in said(mine)
        pressed = await stage.press(here.ben, mine, "tell-me")
        assert "you will be told by direct message" in said(pressed)
        before = await impact(stage, paper)
        assert "its asker would be told by direct message" in before
        assert "1 private answer cannot be marked." in before
        stage.later()
        paper.retract()
    async with stage.serving():
        await told(stage)
        (letter,) = stage.seen(here.ben, here.ben.direct)
        assert "an answer that only you see" in said(letter)
        assert "Retracted on" in said(letter)
        assert "The paper took it back" in said(letter)
        assert QUOTE in said(letter)
        assert stage.ids(letter) == []
        assert stage.seen(stage.cy, stage.cy.direct) == []
        after = await impact(stage, paper)
        assert "1 made, 0 due; not possible for 1 private and 0" in after


async def test_who_presses_again_is_told_no_more_and_kept_no_more(hushed, paper):
    stage, here = hushed, hushed.here
    async with stage.serving():
        mine = await stage.ask(here.ben, here.news, QUESTION)
        await stage.press(here.ben, mine, "tell-me")
        pressed = await stage.press(here.ben, mine, "tell-me")
        assert "You will not be told" in said(pressed)
        paper.retract()
        await told(stage)
        assert stage.seen(here.ben, here.ben.direct) == []
        assert "not possible for 1 private" in await impact(stage, paper)
    posts = list(stage.shelf.tenants.posts_showing(documents=[paper.id]))
    assert [post.asker for post in posts] == [None]


async def test_who_takes_no_direct_messages_is_counted_as_not_told(hushed, paper):
    stage, here = hushed, hushed.here
    async with stage.serving():
        mine = await stage.ask(here.ben, here.news, QUESTION)
        await stage.press(here.ben, mine, "tell-me")
        stage.no_letters(here.ben)
        paper.retract()
        await told(stage)
        assert "0 made, 0 due; not possible for 1 private" in await impact(stage, paper)


@pytest.mark.parametrize("gone", ["message", "channel"])
async def test_what_is_gone_is_counted_and_nothing_is_said_of_it(house, paper, gone):
    stage, here = house, house.here
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, QUESTION)
        paper.retract()
        if gone == "message":
            stage.server.delete_message(asked.answer)
        else:
            stage.server.delete_channel(here.news)
        await told(stage)
        report = stage.shelf.library.corrections.report(paper.id)
        assert list(report.given_up.values()) == [{"gone": 1}]
        assert report.due == report.told == {}
    stage.forgive("has no answer")  # there was one
