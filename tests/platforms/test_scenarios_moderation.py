"""Documents run from chat, the same on every transport: added, reviewed, retracted."""

import pytest

from knowledge.errors import UnknownDocument
from knowledge.model import Actor, Role, Status, Step, TenantSettings

QUESTION = "Is Clearview active in Portugal?"
ROOT = Actor("test:root", Role.ADMIN)


def text_of(stage):
    """Words of its own on each transport, since all share one library."""
    return (
        f"Police in Portugal used Clearview AI in 2024, says a paper on {stage.name}."
        " The ministry of Portugal did not answer."
    )


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors, Cy is a contributor; the desk is the moderators' channel."""
    here = stage.here
    editors, contributors = stage.group("editors"), stage.group("contributors")
    stage.moderating = True
    stage.editors = editors
    stage.eve = stage.person("eve", group=editors)
    stage.ed = stage.person("ed", group=editors)
    stage.cy = stage.person("cy", group=contributors)
    settings = TenantSettings(
        moderators_channel=here.desk.id,
        editors=(editors.id,),
        contributors=(contributors.id,),
    )
    stage.shelf.tenants.set_settings(here.tenant, settings)
    before = {document.id for document in stage.shelf.library.documents()}
    stage.shelf.reviews.proposals.forget(here.tenant)
    yield stage
    library = stage.shelf.library
    for document in library.documents():
        if document.id not in before:
            if any(
                d.status is Status.PUBLISHED for d in library.revisions(document.id)
            ):
                library.step(document.id, Step.RETRACT, ROOT, "a test is over")
            if library.document(document.id).status in ("draft", "submitted"):
                library.step(document.id, Step.REJECT, ROOT, "a test is over")
    library.refresh()


async def press(stage, who, on, part):
    """The button whose code holds this."""
    found = [id for id in stage.ids(on) if part in id]
    assert found, f"no {part!r} among {stage.ids(on)}"
    return await who.presses(on, found[0])


async def brought_in(stage, who, title, text=None, **file):
    """A text or a file, confirmed with all that it needs; what is shown then."""
    here = stage.here
    opened = await stage.command(who, here.news, "kb add")
    given = file or {"text": text or text_of(stage)}
    found = await stage.fill(who, opened, **given)
    assert stage.private(found)
    form = await press(stage, who, found, ":source")
    found = await stage.fill(
        who,
        form,
        title=title,
        publisher="Paper",
        url="https://paper.example/portugal",
        published_on="2024-05-02",
    )
    form = await press(stage, who, found, ":tags")
    return await stage.fill(who, form, kind="press")


async def offered(stage, who, title, **how):
    """The review in the moderators' channel."""
    found = await brought_in(stage, who, title, **how)
    known = len(stage.seen(stage.ed, stage.here.desk))
    await press(stage, who, found, ":offer")
    await stage.server.until(
        lambda: len(stage.seen(stage.ed, stage.here.desk)) > known, "a review"
    )
    await stage.settled()
    return stage.seen(stage.ed, stage.here.desk)[-1]


async def told(stage, times=4):
    for _ in range(times):
        await stage.tell()
    await stage.settled()


async def test_add_approve_ask_retract_and_the_earlier_answer_is_marked(house):
    stage, here = house, house.here
    async with stage.serving():
        card = await offered(stage, stage.eve, "Portugal @everyone **bold** <@1>")
        for said in ("Portugal @everyone", "Paper", "Police in Portugal"):
            assert said in card.text
        assert "cannot approve this themselves" in card.text

        refused = await press(stage, stage.eve, card, ":yes.")
        assert "second pair of eyes" in refused.text.lower()
        await press(stage, stage.ed, card, ":yes.")
        assert "Approved and published by ed" in card.text
        assert "From this moment answers can quote it" in card.text
        asked = await stage.ask(here.ben, here.news, QUESTION)
        assert "Police in Portugal" in asked.text

        late = await stage.forge(stage.eve, asked, card_code(stage, card, "yes"))
        assert "Approved and published by ed" in late.text

        await told(stage)
        (news,) = stage.seen(stage.eve, stage.eve.direct)
        assert "Approved and published by ed" in news.text

        stage.later()
        document = newest(stage)
        shown = await stage.command(
            stage.ed, here.news, "kb retract", document=document.id
        )
        assert "1 answer that everybody sees" in shown.text
        form = await press(stage, stage.ed, shown, ":out.")
        done = await stage.fill(stage.ed, form, reason="The paper took it back")
        assert "Retracted by ed" in done.text
        await told(stage)
        assert "Retracted on" in asked.text
        asked = await stage.ask(stage.cy, here.news, QUESTION)
        assert "Police in Portugal" not in asked.text

        lines = stage.shelf.library.history(document.id)
        steps = [(str(e.event.step), e.event.rule) for e in lines]
        assert steps == [
            ("propose", "contributor-proposes"),
            ("submit", "contributor-submits"),
            ("approve", "two-person"),
            ("publish", "editor-publishes"),
            ("retract", "editor-retracts"),
        ]
        assert lines[0].event.detail["before"] == "nothing"
        assert lines[-1].event.detail["after"] == "1 retracted"
        assert lines[0].event.actor != lines[2].event.actor


def card_code(stage, card, verb):
    """What the button of a review carried, as somebody kept it."""
    document = newest(stage)
    return f"quis:kb:{document.revision}:{verb}.{document.id}"


def newest(stage):
    return next(
        d for d in stage.shelf.library.documents() if d.id.startswith("portugal")
    )


async def test_a_review_is_for_those_who_have_the_role_at_that_moment(house):
    stage, here = house, house.here
    async with stage.serving():
        nobody = await stage.command(here.ben, here.news, "kb queue")
        assert "role" in nobody.text
        card = await offered(stage, stage.cy, "Portugal and its police")
        assert "role" in (await press(stage, stage.cy, card, ":yes.")).text
        form = await press(stage, stage.ed, card, ":back.")
        take_away(stage, stage.ed)
        refused = await stage.fill(stage.ed, form, reason="Please name the city")
        assert "role" in refused.text
        assert newest(stage).status is Status.SUBMITTED

        form = await press(stage, stage.eve, card, ":back.")
        done = await stage.fill(stage.eve, form, reason="Please name the city")
        assert "Returned by eve" in done.text
        await told(stage)
        assert "Returned by eve" in card.text
        assert not [id for id in stage.ids(card) if ":yes." in id]
        (news,) = stage.seen(stage.cy, stage.cy.direct)
        assert "Please name the city" in news.text
        late = await stage.forge(
            stage.eve,
            await stage.command(stage.eve, here.news, "kb show", document="made-1"),
            card_code(stage, card, "yes"),
        )
        assert "Returned by eve" in late.text
        assert newest(stage).status is Status.DRAFT


def take_away(stage, who):
    """This person is in no group any more."""
    if stage.name == "discord":
        stage.demote(who)
    else:
        stage.editors.members.remove(who.user)


async def test_a_revision_that_changed_meanwhile_is_not_approved(house):
    stage, here = house, house.here
    async with stage.serving():
        card = await offered(stage, stage.cy, "Portugal once more")
        document = newest(stage)
        begun = await stage.command(
            stage.cy, here.news, "kb correct", document=document.id
        )
        form = await press(stage, stage.cy, begun, ":source")
        begun = await stage.fill(stage.cy, form, title="Portugal mended")
        form = await press(stage, stage.cy, begun, ":offer")
        await stage.fill(stage.cy, form, reason="A better title")
        await stage.settled()
        stage.later()
        late = await press(stage, stage.ed, card, ":yes.")
        assert "cy has proposed revision 2" in late.text
        shown = await press(stage, stage.ed, late, ":show.")
        await press(stage, stage.ed, shown, ":yes.")
        held = stage.shelf.library.document(document.id)
        assert (held.revision, held.status) == (2, Status.PUBLISHED)
        assert held.title == "Portugal mended"


async def test_what_cannot_be_read_or_is_gone_is_said_and_nothing_is_kept(house):
    stage, here = house, house.here
    before = [d.id for d in stage.shelf.library.documents()]
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        wrong = type(stage.upload())("picture.png", b"\x89PNG")
        refused = await stage.fill(stage.eve, opened, file=wrong)
        assert "picture.png cannot be read" in refused.text
        link = {"link": "http://127.0.0.1:9/secret"}
        refused = await stage.command(stage.eve, here.news, "kb add", **link)
        assert "is not fetched" in refused.text
        refused = await stage.command(stage.cy, here.news, "kb add", **link)
        assert "editors only" in refused.text
        stage.later()
        gone = await stage.command(stage.eve, here.news, "kb queue")
        ours = await stage.command(stage.eve, here.news, "kb show", document="made-1")
        forged = await stage.forge(stage.eve, ours, "quis:kb:1:yes.no-such-document")
        assert "not known any more" in forged.text
        assert "0 drafts" in gone.text
    assert [d.id for d in stage.shelf.library.documents()] == before
    with pytest.raises(UnknownDocument):
        stage.shelf.library.document("no-such-document")


async def test_a_file_is_read_and_its_own_claims_of_vetting_do_not_count(house):
    stage, here = house, house.here
    front = (
        "---\nid: portugal-file\ntitle: Portugal from a file\nkind: press\n"
        "vetting: starter-set\nvetted_on: 2020-01-01\npublisher: Paper\n"
        "url: https://paper.example/file\npublished_on: 2024-05-03\n---\n"
    )
    file = type(stage.upload())("note.md", (front + text_of(stage)).encode())
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        found = await stage.fill(stage.eve, opened, file=file)
        assert "Portugal from a file" in found.text
        await press(stage, stage.eve, found, ":offer")
        await stage.settled()
        stage.later()
        waits = await stage.command(stage.ed, here.news, "kb queue")
        assert "Portugal from a file" in waits.text
        shown = await press(stage, stage.ed, waits, ":show.")
        await press(stage, stage.ed, shown, ":yes.")
    held = stage.shelf.library.document("portugal-file")
    assert (held.status, str(held.vetting)) == (Status.PUBLISHED, "person")
    assert str(held.vetted_on) != "2020-01-01"


async def test_nobody_changes_documents_from_a_place_that_was_not_named(house):
    stage, there = house, house.there
    async with stage.serving():
        refused = await stage.command(there.ana, there.news, "kb queue")
        assert f"QUIS_KB_FROM={there.tenant.platform}:{there.tenant.id}" in (
            refused.text.replace("\\", "")
        )
