"""Documents run from chat, the same on every transport: added, reviewed, retracted."""

import pytest

from knowledge.errors import UnknownDocument
from knowledge.model import Status
from tests.platforms.moderators import (
    NUMBERS,
    card_code,
    held,
    new_text,
    offered,
    press,
    said,
    take_away,
    tidied,
    told,
    with_moderators,
)

QUESTION = "Is Clearview active in Portugal?"


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors, Cy is a contributor; the desk is the moderators' channel."""
    with_moderators(stage)
    before = {document.id for document in stage.shelf.library.documents()}
    yield stage
    tidied(stage, before)


async def test_add_approve_ask_retract_and_the_earlier_answer_is_marked(house):
    stage, here = house, house.here
    async with stage.serving():
        card = await offered(stage, stage.eve, "Portugal @everyone **bold** <@1>")
        for part in ("Portugal @everyone", "Paper", "Police in Portugal"):
            assert part in said(card)
        assert "cannot approve this themselves" in said(card)

        refused = await press(stage, stage.eve, card, ":yes.")
        assert "second pair of eyes" in said(refused).lower()
        await press(stage, stage.ed, card, ":yes.")
        assert "Approved and published by ed" in said(card)
        assert "From this moment answers can quote it" in said(card)
        asked = await stage.ask(here.ben, here.news, QUESTION)
        assert "Police in Portugal" in said(asked)

        late = await stage.forge(stage.eve, asked, card_code(stage, card, "yes"))
        assert "Approved and published by ed" in said(late)

        await told(stage)
        (news,) = stage.seen(stage.eve, stage.eve.direct)
        assert "Approved and published by ed" in said(news)

        stage.later()
        document = held(stage, card)
        shown = await stage.command(
            stage.ed, here.news, "kb retract", document=document.id
        )
        assert "1 answer that everybody sees" in said(shown)
        form = await press(stage, stage.ed, shown, ":out.")
        done = await stage.fill(stage.ed, form, reason="The paper took it back")
        assert "Retracted by ed" in said(done)
        await told(stage)
        assert "Retracted on" in said(asked)
        asked = await stage.ask(stage.cy, here.news, QUESTION)
        assert "Police in Portugal" not in said(asked)

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


async def test_a_review_is_for_those_who_have_the_role_at_that_moment(house):
    stage, here = house, house.here
    async with stage.serving():
        nobody = await stage.command(here.ben, here.news, "kb queue")
        assert "role" in said(nobody)
        card = await offered(stage, stage.cy, "Portugal and its police")
        assert "role" in said(await press(stage, stage.cy, card, ":yes."))
        form = await press(stage, stage.ed, card, ":back.")
        take_away(stage, stage.ed)
        refused = await stage.fill(stage.ed, form, reason="Please name the city")
        assert "role" in said(refused)
        assert held(stage, card).status is Status.SUBMITTED

        form = await press(stage, stage.eve, card, ":back.")
        done = await stage.fill(stage.eve, form, reason="Please name the city")
        assert "Returned by eve" in said(done)
        await told(stage)
        assert "Returned by eve" in said(card)
        assert not [id for id in stage.ids(card) if ":yes." in id]
        (news,) = stage.seen(stage.cy, stage.cy.direct)
        assert "Please name the city" in said(news)
        late = await stage.forge(
            stage.eve,
            await stage.command(stage.eve, here.news, "kb show", document="made-1"),
            card_code(stage, card, "yes"),
        )
        assert "Returned by eve" in said(late)
        assert held(stage, card).status is Status.DRAFT


async def test_a_revision_that_changed_meanwhile_is_not_approved(house):
    stage, here = house, house.here
    async with stage.serving():
        card = await offered(stage, stage.cy, "Portugal once more")
        document = held(stage, card)
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
        assert "cy has proposed revision 2" in said(late)
        shown = await press(stage, stage.ed, late, ":show.")
        await press(stage, stage.ed, shown, ":yes.")
        kept = stage.shelf.library.document(document.id)
        assert (kept.revision, kept.status) == (2, Status.PUBLISHED)
        assert kept.title == "Portugal mended"


async def test_what_cannot_be_read_or_is_gone_is_said_and_nothing_is_kept(house):
    stage, here = house, house.here
    before = [d.id for d in stage.shelf.library.documents()]
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        wrong = type(stage.upload())("picture.png", b"\x89PNG")
        refused = await stage.fill(stage.eve, opened, file=wrong)
        assert "picture.png cannot be read" in said(refused)
        link = {"link": "http://127.0.0.1:9/secret"}
        refused = await stage.command(stage.eve, here.news, "kb add", **link)
        assert "is not fetched" in said(refused)
        refused = await stage.command(stage.cy, here.news, "kb add", **link)
        assert "editors only" in said(refused)
        stage.later()
        gone = await stage.command(stage.eve, here.news, "kb queue")
        ours = await stage.command(stage.eve, here.news, "kb show", document="made-1")
        forged = await stage.forge(stage.eve, ours, "quis:kb:1:yes.no-such-document")
        assert "not known any more" in said(forged)
        assert "0 drafts" in said(gone)
    assert [d.id for d in stage.shelf.library.documents()] == before
    with pytest.raises(UnknownDocument):
        stage.shelf.library.document("no-such-document")


async def test_an_id_that_no_document_has_is_told_what_can_be_done_in_chat(house):
    stage, here = house, house.here
    queue = "/quis-kb queue" if stage.here.tenant.platform == "slack" else "/kb queue"
    wrong = (
        ("kb correct", {"document": "made-11"}, "Did you mean made-1"),
        ("kb history", {"document": "document"}, "Did you mean made-1"),
        ("kb retract", {"document": "no-such-document"}, "“no-such-document”"),
        ("kb vet", {"document": "<!channel>"}, "No document is called"),
    )
    async with stage.serving():
        for name, options, said_to in wrong:
            told = await stage.command(stage.ed, here.news, name, **options)
            assert stage.private(told)
            assert said_to in said(told), name
            assert f"“Copy as citation”, as quis:ID@…; {queue} shows" in said(told)
            assert "quis kb" not in said(told)
            stage.later()


async def test_a_date_that_cannot_be_is_told_by_the_label_of_its_field(house):
    stage, here = house, house.here
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        found = await stage.fill(stage.eve, opened, text=new_text(next(NUMBERS)))
        form = await press(stage, stage.eve, found, ":source")
        found = await stage.fill(
            stage.eve,
            form,
            title="A title",
            publisher="Paper",
            url="https://paper.example/portugal/dates",
            published_on="3024-05-02",
        )
        assert "Published on: 2 May 3024 lies in the future" in said(found)
        assert "published_on" not in said(found)
        form = await press(stage, stage.eve, found, ":tags")
        found = await stage.fill(
            stage.eve, form, kind="press", event_on="soon", vendors="Clearveiw"
        )
        assert "Happened on: “soon” is no date" in said(found)
        assert "no vendor is called “Clearveiw”. Did you mean “Clearview AI”?" in (
            said(found)
        )
        assert "event_on" not in said(found)


async def test_a_file_is_read_and_its_own_claims_of_vetting_do_not_count(house):
    stage, here = house, house.here
    id = f"portugal-file-{stage.name}"
    front = (
        f"---\nid: {id}\ntitle: Portugal from a file\nkind: press\n"
        "vetting: starter-set\nvetted_on: 2020-01-01\npublisher: Paper\n"
        "url: https://paper.example/file\npublished_on: 2024-05-03\n---\n"
    )
    file = type(stage.upload())("note.md", (front + new_text(next(NUMBERS))).encode())
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        found = await stage.fill(stage.eve, opened, file=file)
        assert "Portugal from a file" in said(found)
        await press(stage, stage.eve, found, ":offer")
        await stage.settled()
        stage.later()
        waits = await stage.command(stage.ed, here.news, "kb queue")
        assert "Portugal from a file" in said(waits)
        shown = await press(stage, stage.ed, waits, ":show.")
        await press(stage, stage.ed, shown, ":yes.")
    kept = stage.shelf.library.document(id)
    assert (kept.status, str(kept.vetting)) == (Status.PUBLISHED, "person")
    assert str(kept.vetted_on) != "2020-01-01"


async def test_nobody_changes_documents_from_a_place_that_was_not_named(house):
    stage, there = house, house.there
    async with stage.serving():
        refused = await stage.command(there.ana, there.news, "kb queue")
        assert f"QUIS_KB_FROM={there.tenant.platform}:{there.tenant.id}" in (
            said(refused)
        )


async def test_a_file_that_is_too_large_is_refused_and_not_fetched(house):
    stage, here = house, house.here
    before = [d.id for d in stage.shelf.library.documents()]
    large = type(stage.upload())("large.txt", b"x" * (20 * 1024 * 1024 + 1))
    async with stage.serving():
        opened = await stage.command(stage.eve, here.news, "kb add")
        refused = await stage.fill(stage.eve, opened, file=large)
        assert "up to 20 MB" in said(refused)
        assert stage.private(refused)
    assert [d.id for d in stage.shelf.library.documents()] == before
