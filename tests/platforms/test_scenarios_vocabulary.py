"""The vocabulary run from chat, the same on every transport: proposed, approved, taken out."""

from itertools import product

import pytest

from knowledge.entries import Name
from knowledge.model import Actor, MentionKind, Role, Status
from knowledge.terms import Term, TermKind
from tests.platforms.moderators import press, said, with_moderators

ROOT = Actor("test:root", Role.ADMIN)
QUESTION = "Is Clearview active in Italy?"
SYLLABLES = product("bdfgklmnprst", "aeiou", "bdfgklmnprst")


def new_word():
    """A word that no other test brings in, since all share one library."""
    return f"zew{''.join(next(SYLLABLES))}ix"


def new_name():
    """A name made of one."""
    return f"Argusview {new_word().title()}"


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors, Cy is a contributor; the desk is the moderators' channel."""
    with_moderators(stage)
    stage.naming = stage.shelf.naming
    yield stage
    for term in stage.naming.terms.newest():
        if term.status is Status.PUBLISHED:
            stage.naming.retract(term.id, term.revision, ROOT, "a test is over")
        elif term.status is Status.SUBMITTED:
            stage.naming.reject(term.id, term.revision, ROOT, "a test is over")
    stage.shelf.library.refresh()


async def filled(stage, who, command, **values):
    """What is said to the form that a command opens."""
    stage.later()
    opened = await stage.command(who, stage.here.news, f"kb {command}")
    return await stage.fill(who, opened, **values)


async def proposed(stage, who, command, **values):
    """The review in the moderators' channel."""
    known = len(stage.seen(stage.ed, stage.here.desk))
    await filled(stage, who, command, **values)
    await stage.server.until(
        lambda: len(stage.seen(stage.ed, stage.here.desk)) > known, "a review"
    )
    await stage.settled()
    return stage.seen(stage.ed, stage.here.desk)[-1]


async def told(stage):
    for _ in range(3):
        await stage.tell()
    await stage.settled()


async def test_a_name_is_proposed_approved_understood_and_taken_out_again(house):
    stage, here, name = house, house.here, new_name()
    question = f"Is {name} active in Greece?"
    async with stage.serving():
        unknown = await stage.ask(here.ben, here.news, question)
        assert "The authority of Greece" not in said(unknown)
        values = {"vendor": "Clearview", "name": name, "reason": "Its new product"}
        card = await proposed(stage, stage.eve, "alias", **values)
        for part in (name, "Clearview AI", "Its new product", "cannot approve this"):
            assert part in said(card)
        refused = await press(stage, stage.eve, card, ":yes.")
        assert "second pair of eyes" in said(refused).lower()
        assert "role" in said(await press(stage, stage.cy, card, ":yes."))
        await press(stage, stage.ed, card, ":yes.")
        assert "Approved and published by ed" in said(card)
        assert "From this moment every question" in said(card)
        stage.later()
        answered = await stage.ask(here.ben, here.news, question)
        assert "The authority of Greece" in said(answered)
        await told(stage)
        (news,) = stage.seen(stage.eve, stage.eve.direct)
        assert "Approved and published by ed" in said(news)

        held = await filled(stage, stage.ed, "alias", **values)
        assert stage.private(held)
        form = await press(stage, stage.ed, held, ":out.")
        done = await stage.fill(stage.ed, form, reason="It was another company")
        assert "Retracted by ed" in said(done)
        stage.later()
        unknown = await stage.ask(here.ben, here.news, question)
        assert "The authority of Greece" not in said(unknown)

    id = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text=name)).id
    lines = [line.event for line in stage.naming.review(id).lines]
    assert [(str(each.step), each.rule) for each in lines] == [
        ("propose", "contributor-proposes"),
        ("submit", "contributor-submits"),
        ("approve", "two-person"),
        ("publish", "editor-publishes"),
        ("retract", "editor-retracts"),
    ]
    assert lines[0].detail["before"] == "nothing"
    assert lines[-1].detail["after"] == "1 retracted"
    assert lines[0].actor != lines[2].actor


async def test_what_is_rejected_is_told_with_its_reason_and_changes_nothing(house):
    stage, name = house, new_name()
    async with stage.serving():
        card = await proposed(stage, stage.cy, "alias", vendor="Clearview", name=name)
        waiting = await stage.command(stage.eve, stage.here.news, "kb queue")
        assert name in said(waiting)
        form = await press(stage, stage.ed, card, ":no.")
        done = await stage.fill(stage.ed, form, reason="Nobody calls it so")
        assert "Rejected by ed" in said(done)
        await told(stage)
        assert "Rejected by ed" in said(card)
        assert not [id for id in stage.ids(card) if ":yes." in id]
        (news,) = stage.seen(stage.cy, stage.cy.direct)
        assert "Nobody calls it so" in said(news)
    assert not stage.shelf.read(f"Is {name} active?").mentions.vendors


REFUSED = {
    "Ring": "names Amazon Ring already",
    "Axon": "names Axon Enterprise already",
    "ab": "too short",
    "x" * 500: "has 500 characters; at most 60",
    "@everyone": "has signs in it",
    "<b>*Quick*</b>": "has signs in it",
    "Bridge": "an ordinary word too",
    "Italy": "names Italy",
    "facial recognition": "is a word for",
}


async def test_what_cannot_be_a_name_is_told_in_one_line_and_nothing_is_kept(house):
    stage = house
    before = stage.naming.terms.newest()
    async with stage.serving():
        for name, problem in REFUSED.items():
            refused = await filled(
                stage, stage.cy, "alias", vendor="PimEyes", name=name
            )
            assert stage.private(refused)
            assert problem in said(refused), name
        strange = await filled(
            stage, stage.cy, "alias", vendor="Nobody Inc", name="Some Name"
        )
        assert "No vendor is called" in said(strange)
        slip = await filled(stage, stage.cy, "alias", vendor="PimEeys", name="Other")
        assert "“PimEeys”" in said(slip)
        assert "Did you mean PimEyes?" in said(slip)
    assert stage.naming.terms.newest() == before
    assert stage.cards(stage.ed, stage.here.desk) == []


async def test_a_vendor_and_a_word_are_proposed_and_read_from_then_on(house):
    stage, name = house, new_name()
    async with stage.serving():
        card = await proposed(
            stage,
            stage.cy,
            "vendor",
            name=name,
            names=f"{name} Labs",
            home="Italy",
            description="Sells cameras with facial recognition.",
        )
        await press(stage, stage.ed, card, ":yes.")
        word = new_word()
        card = await proposed(
            stage, stage.cy, "concept", concept="fine", language="en", word=word
        )
        await press(stage, stage.ed, card, ":yes.")
        assert word in said(card)
        profile = await stage.command(
            stage.cy, stage.here.news, "vendor", vendor=f"{name} Labs"
        )
        assert name in said(profile)
    read = stage.shelf.read(f"Was {name} Labs given a {word}?").mentions
    (vendor,) = read.vendors
    assert stage.shelf.library.vocabulary.vendors[vendor].home == "IT"
    (concept,) = read.of(MentionKind.CONCEPT)
    assert word in [
        each.text
        for each in stage.shelf.library.vocabulary.concepts[concept].words["en"]
    ]


async def test_moderators_see_what_was_asked_and_not_held(house):
    stage, here = house, house.here
    async with stage.serving():
        await stage.ask(here.ben, here.news, "Is Clearview active in Japan?")
        seen = await stage.command(stage.cy, here.news, "kb gaps")
        assert stage.private(seen)
        for part in ("Clearview AI", "Japan"):
            assert part in said(seen)
        refused = await stage.command(here.ben, here.news, "kb gaps")
        assert "role" in said(refused)


async def test_a_form_opens_by_command_while_others_ask(house):
    """It can only be the first answer, so nobody else is acknowledged before it."""
    stage, here = house, house.here
    async with stage.serving():
        stage.shelf.hold()
        waiting = [
            await stage.ask(who, here.news, QUESTION, until=stage.ACKNOWLEDGED)
            for who in (here.ben, here.ana)
        ]
        for command in ("vendor", "alias", "concept", "add"):
            opened = await stage.command(stage.eve, here.news, f"kb {command}")
            assert opened.modal, command
        stage.shelf.release()
        for each in waiting:
            await each.answered()
