"""What moderators do to documents that are held, from chat, the same on every transport."""

import pytest

from knowledge.ledger import SNAPSHOT
from knowledge.model import Relation, Status, Step
from tests.platforms.moderators import (
    NUMBERS,
    ROOT,
    held,
    new_text,
    offered,
    press,
    said,
    tidied,
    told,
    with_moderators,
)
from tests.scenario.documents import in_japan

PAGE = """<html><head><title>Portugal behind link {number}</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-05-02"></head><body><article>
<h1>Portugal behind link {number}</h1><p>{text}</p></article></body></html>"""


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors; the desk is the moderators' channel."""
    with_moderators(stage)
    before = {document.id for document in stage.shelf.library.documents()}
    yield stage
    tidied(stage, before)


async def published(stage, title):
    """A document that eve proposed and ed approved."""
    card = await offered(stage, stage.eve, title)
    await press(stage, stage.ed, card, ":yes.")
    return held(stage, card)


async def test_a_page_behind_a_link_is_read_shown_and_its_bytes_are_kept(house, web):
    stage = house
    number = next(NUMBERS)
    page = PAGE.format(text=new_text(number), number=number)
    link = web.page(f"/portugal-{stage.name}", page)
    async with stage.serving():
        found = await stage.command(stage.eve, stage.here.news, "kb add", link=link)
        for part in (
            f"Portugal behind link {number}",
            "The Paper",
            "Police in Portugal",
        ):
            assert part in said(found)
        form = await press(stage, stage.eve, found, ":tags")
        found = await stage.fill(stage.eve, form, kind="press")
        await press(stage, stage.eve, found, ":offer")
        await stage.settled()
        card = stage.seen(stage.ed, stage.here.desk)[-1]
        assert "The Paper" in said(card)
        await press(stage, stage.ed, card, ":yes.")
        asked = await stage.ask(
            stage.here.ben, stage.here.news, "Is Clearview active in Portugal?"
        )
        assert "Police in Portugal" in said(asked)
        library = stage.shelf.library
        title = f"Portugal behind link {number}"
        (document,) = [d for d in library.documents() if d.title == title]
        kept = library.history(document.id)[0].event.detail[SNAPSHOT]
        (passage, *_) = library.passages(document.id)
        proof = library.proofs.proof(passage.id)
        assert proof.page is not None
        assert proof.page.page.body == page.encode()
        assert proof.snapshot == kept


async def test_what_is_held_is_looked_at_again_linked_and_its_history_read(
    house, tmp_path
):
    stage, news = house, house.here.news
    number = next(NUMBERS)
    file = in_japan(tmp_path, f"portugal-{number}", new_text(number))
    library = stage.shelf.library
    id = library.add(library.read_file(file), {}, ROOT, publish=True).document.id
    async with stage.serving():
        stage.later(days=1)
        done = await stage.command(stage.ed, news, "kb recheck", document=id)
        assert "Rechecked by ed" in said(done)
        vetted = await stage.command(stage.ed, news, "kb vet", document=id)
        assert "A person has vetted it already" in said(vetted)
        shown = await stage.command(stage.ed, news, "kb history", document=id)
        for step in ("proposed", "published", "rechecked", "editor-rechecks"):
            assert step in said(shown)
        touched = await stage.command(stage.ed, news, "kb impact", document=id)
        assert "1 passage would be quoted no longer" in said(touched)

        stage.later()
        await stage.command(
            stage.eve, news, "kb link", document=id, relation="updates", other="made-1"
        )
        await stage.settled()
        card = stage.seen(stage.ed, stage.here.desk)[-1]
        assert "+ updates made-1" in said(card)
        await press(stage, stage.ed, card, ":yes.")
        (link,) = stage.shelf.library.document(id).links
        assert (link.relation, link.document) == (Relation.UPDATES, "made-1")


async def test_what_was_retracted_comes_back_by_the_command_that_is_named_alone(house):
    stage, here = house, house.here
    async with stage.serving():
        document = await published(stage, "Portugal taken back")
        stage.shelf.library.step(document.id, Step.RETRACT, ROOT, "withdrawn")
        opened = await stage.command(stage.eve, here.news, "kb add")
        found = await stage.fill(stage.eve, opened, text=document.body)
        form = await press(stage, stage.eve, found, ":source")
        (source,) = document.sources
        found = await stage.fill(
            stage.eve,
            form,
            title=document.title,
            publisher=source.publisher,
            url=source.url,
            published_on="2024-05-02",
        )
        form = await press(stage, stage.eve, found, ":tags")
        found = await stage.fill(stage.eve, form, kind="press")
        known = len(stage.seen(stage.ed, here.desk))
        refused = await press(stage, stage.eve, found, ":offer")
        assert stage.private(refused)
        assert f"kb correct {document.id}" in said(refused)
        assert len(stage.seen(stage.ed, here.desk)) == known


async def test_a_correction_is_told_to_the_channel_that_watches(house):
    stage, here = house, house.here
    async with stage.serving():
        document = await published(stage, "Portugal to be corrected")
        await stage.command(
            here.ben, here.news, "watch", country="Portugal", rhythm="at-once"
        )
        stage.later()
        begun = await stage.command(
            stage.eve, here.news, "kb correct", document=document.id
        )
        form = await press(stage, stage.eve, begun, ":source")
        begun = await stage.fill(stage.eve, form, title="Portugal corrected")
        form = await press(stage, stage.eve, begun, ":offer")
        await stage.fill(stage.eve, form, reason="A better title")
        await stage.settled()
        card = stage.seen(stage.ed, here.desk)[-1]
        await press(stage, stage.ed, card, ":yes.")
        assert stage.shelf.library.document(document.id).status is Status.PUBLISHED
        await told(stage)
        (news,) = [m for m in stage.seen(here.ana, here.news) if "News on" in said(m)]
        for part in ("News on Portugal", "1 document corrected", "A better title"):
            assert part in said(news)
