"""What moderators do to documents that are held, from chat, the same on every transport."""

import pytest

from knowledge.ledger import SNAPSHOT
from knowledge.model import Relation, Status
from tests.platforms.moderators import (
    NUMBERS,
    held,
    new_text,
    offered,
    press,
    said,
    tidied,
    told,
    with_moderators,
)

PAGE = """<html><head><title>Portugal behind a link</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-05-02"></head><body><article>
<h1>Portugal behind a link</h1><p>{text}</p></article></body></html>"""


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
    page = PAGE.format(text=new_text(next(NUMBERS)))
    link = web.page(f"/portugal-{stage.name}", page)
    async with stage.serving():
        found = await stage.command(stage.eve, stage.here.news, "kb add", link=link)
        for part in ("Portugal behind a link", "The Paper", "Police in Portugal"):
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
        document = next(d for d in library.documents() if d.title in said(card))
        kept = library.history(document.id)[0].event.detail[SNAPSHOT]
        (passage, *_) = library.passages(document.id)
        proof = library.proofs.proof(passage.id)
        assert proof.page is not None
        assert proof.page.page.body == page.encode()
        assert proof.snapshot == kept


async def test_what_is_held_is_looked_at_again_linked_and_its_history_read(house):
    stage, news = house, house.here.news
    async with stage.serving():
        document = await published(stage, "Portugal looked at again")
        id = document.id
        stage.later(days=1)
        done = await stage.command(stage.ed, news, "kb recheck", document=id)
        assert "Rechecked by ed" in said(done)
        vetted = await stage.command(stage.ed, news, "kb vet", document=id)
        assert "A person has vetted it already" in said(vetted)
        shown = await stage.command(stage.ed, news, "kb history", document=id)
        for step in (
            "proposed",
            "approved",
            "published",
            "rechecked",
            "rule two-person",
        ):
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
