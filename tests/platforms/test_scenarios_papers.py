"""What a person takes away: citations, an evidence pack, a dossier, on every transport."""

import hashlib
import io
import json
import zipfile

import docx

from tests.platforms.shelf import ITALY, JAPAN


async def test_a_passage_is_copied_as_a_citation_by_whoever_wants_it(stage):
    here = stage.here
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, ITALY)
        cited = await stage.press(here.ana, answer, "cite")
        assert stage.private(cited)
        for words in (
            "editors’ brief “Made document made-1”",
            "“A page on made-1”, 2 Mar 2026, https://paper.example/made-1",
            "@misc{quis-made-1-1-",
            '"id": "quis-made-1-1-',
            "quis:made-1@1#",
        ):
            assert words in cited.text, words
        second = next(
            id for id in stage.ids(cited) if id.partition("#")[0].endswith(":2")
        )
        other = await here.ana.presses(cited, second)
    assert "@misc{quis-made-2-1-" in other.text
    assert "made-1" not in other.text


async def test_what_proves_a_passage_comes_as_a_file_for_one_person(stage):
    here = stage.here
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, ITALY)
        cited = await stage.press(here.ana, answer, "cite")
        before = len(stage.seen(here.ben, here.news))
        given = await stage.press(here.ana, cited, "evidence")
        assert stage.private(given)
        ((name, data),) = stage.files(given, here.ana)
        assert len(stage.seen(here.ben, here.news)) == before
    assert name.startswith("quis-made-1-1-")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {n.partition("/")[2]: archive.read(n) for n in archive.namelist()}
    assert b"police of Rome" in files["quote.txt"]
    assert json.loads(files["document.json"])["now"]["status"] == "published"
    listed = [
        line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()
    ]
    sums = {name: digest for digest, name in listed}
    assert sums == {n: hashlib.sha256(data).hexdigest() for n, data in files.items()}


async def test_all_that_is_held_on_a_vendor_comes_as_a_document(stage):
    here = stage.here
    async with stage.serving():
        given = await stage.command(
            here.ben, here.news, "dossier", vendor="Clearview", country="Italy"
        )
        assert stage.private(given)
        assert "passages, the oldest first" in given.text
        files = dict(stage.files(given, here.ben))
    assert set(files) == {"quis-clearview-ai-it.docx", "quis-clearview-ai-it.md"}
    text = files["quis-clearview-ai-it.md"].decode()
    places = [text.index(f"quis:made-{n}@1") for n in (4, 5, 3, 2, 1)]
    assert places == sorted(places)
    assert "made-6" not in text
    document = docx.Document(io.BytesIO(files["quis-clearview-ai-it.docx"]))
    written = "\n".join(p.text for p in document.paragraphs)
    assert "“Italy stood on a map of countries that Clearview AI wanted to enter.”" in (
        written
    )


async def test_of_a_profile_the_dossier_is_a_button_away(stage):
    here = stage.here
    async with stage.serving():
        profile = await stage.command(here.ben, here.news, "vendor", vendor="clearview")
        given = await stage.press(here.ben, profile, "dossier")
        assert len(stage.files(given, here.ben)) == 2


async def test_where_nothing_is_held_or_known_there_is_no_file(stage, tmp_path):
    here = stage.here
    published = stage.shelf.publish_on_japan(tmp_path)
    async with stage.serving():
        nothing = await stage.command(
            here.ben, here.news, "dossier", vendor="Paragon", country="Italy"
        )
        assert "there is no dossier" in nothing.text
        unknown = await stage.command(here.ben, here.news, "dossier", vendor="Zorblax")
        assert "Zorblax" in unknown.text
        answer = await stage.ask(here.ben, here.news, JAPAN)
        cited = await stage.press(here.ana, answer, "cite")
        stage.shelf.retract(published)
        again = await stage.press(here.ana, answer, "cite")
        assert "@misc" not in again.text
        stage.later()
        given = await stage.press(here.ana, cited, "evidence")
        ((_, data),) = stage.files(given, here.ana)
    for other in (nothing, unknown, again):
        assert stage.files(other, here.ben) == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        read = next(archive.read(n) for n in archive.namelist() if "README" in n)
    assert "**Retracted on" in read.decode()
    assert "it was withdrawn" in read.decode()
