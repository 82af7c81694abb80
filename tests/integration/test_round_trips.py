"""A folder of documents and a store hold the same: export and sync undo each other."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import knowledge
from knowledge.adapters.corpus_files import CorpusFiles, write_document
from knowledge.adapters.language import LanguageDetector
from knowledge.adapters.readers.table import TableReader
from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.folders import Folders, SyncReport
from knowledge.model import (
    LANGUAGES,
    Actor,
    Document,
    Form,
    Kind,
    Link,
    OwnQuestion,
    PartialDate,
    Relation,
    Role,
    Source,
    Status,
    Step,
    Translation,
    Vetting,
)
from knowledge.moderation import Moderation
from knowledge.passages.paragraphs import paragraphs
from knowledge.ports import Findings
from knowledge.workflow import Policy
from tests.fakes import FixedClock

EDITOR = Actor("test:editor", Role.ADMIN)
VOCABULARY = load_vocabulary(Path(knowledge.__file__).parent / "vocabulary")


@contextmanager
def a_house(url: str = "sqlite://") -> Iterator[tuple[SqlStore, Folders]]:
    """An empty store and what carries folders in and out of it."""
    clock = FixedClock()
    store = open_store(url, clock)
    moderation = Moderation(
        store=store,
        vocabulary=VOCABULARY,
        clock=clock,
        detect=LanguageDetector(),
        policy=Policy(),
    )
    try:
        yield store, Folders(store, moderation, CorpusFiles(), TableReader())
    finally:
        store.close()


def sync(folders: Folders, folder: Path) -> SyncReport:
    return folders.sync(
        folder,
        EDITOR,
        publish=True,
        progress=lambda *_: None,
        defaults={},
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def put(folders: Folders, words: str, id: str = "doc-1", **more: object) -> Document:
    """A published document."""
    front = {
        "id": id,
        "title": "A page",
        "kind": "press",
        "language": "en",
        "publisher": "The Paper",
        "url": f"https://paper.example/{id}",
        "published_on": "2024-05-01",
        **more,
    }
    found = Findings(origin=id, body=words, metadata=front)
    return folders.moderation.add(found, {}, EDITOR, publish=True).document


def test_a_draft_on_top_of_what_was_exported_stays_as_it_is(tmp_path):
    with a_house() as (store, folders):
        put(folders, "The police used it.")
        folders.export(tmp_path)
        draft = folders.moderation.correct(
            "doc-1", None, {"event_on": "2023"}, EDITOR, "a date"
        )
        end = store.inspection.ledger_end()
        assert sync(folders, tmp_path).unchanged == ("doc-1",)
        assert store.inspection.ledger_end() == end
        assert store.document("doc-1") == draft


def test_what_was_retracted_leaves_the_folder_and_never_comes_back(tmp_path):
    with a_house() as (store, folders):
        put(folders, "The police used it.")
        put(folders, "Nobody else did.", "doc-2")
        folders.export(tmp_path)
        (tmp_path / "notes.md").write_text("Somebody's own.")
        kept = (tmp_path / "doc-2.md").read_bytes()
        folders.moderation.step("doc-2", Step.RETRACT, EDITOR, "it was wrong")
        folders.export(tmp_path)
        assert sorted(files(tmp_path)) == ["doc-1.md", "notes.md"]
        (tmp_path / "notes.md").unlink()
        assert sync(folders, tmp_path).unchanged == ("doc-1",)
        (tmp_path / "doc-2.md").write_bytes(kept)
        assert sync(folders, tmp_path).unchanged == ("doc-1", "doc-2")
        assert store.document("doc-2").status is Status.RETRACTED


@pytest.mark.parametrize(
    "body", ["\r\nOne went.\r\nAnother came.\r", "  One went. \n\n\x85"]
)
def test_a_text_is_held_as_a_file_would_read_back(tmp_path, body):
    with a_house() as (_, folders):
        held = put(folders, body)
        folders.export(tmp_path)
        assert sync(folders, tmp_path).unchanged == ("doc-1",)
        assert "\r" not in held.body
        assert held.body == held.body.strip()


# --- documents with every field -----------------------------------------------------

WORDS = st.sampled_from(
    "Clearview police l'Italie NO yes null 2020 2020-02-01 1e3 0x1F ~ --- # : - > | * & "
    "!tag %x @a `b` {c} [d] \"e\" 'f' «g» 😀 e\u0301 \u200f\u05e9 \ufeffz a\u00a0b c\u2028d "
    "e\u0085f key: ...".split(" ")
)
LINES = (
    st.lists(WORDS, min_size=1, max_size=8)
    .map(" ".join)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not any(c in text for c in "\u0085"))
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(
    lambda words: f"The police {' '.join(words)} used it."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
BODIES = st.lists(
    st.one_of(
        PARAGRAPHS,
        st.sampled_from(["---", "# Heading", "\tindented", "  two", "***", "a\n\n\nb"]),
        SENTENCES.map(lambda text: f"    {text}"),
    ),
    max_size=4,
).map(lambda parts: "\n\n".join(["The first sentence stands here.", *parts]).strip())
URLS = st.sampled_from(
    [
        "https://a.example/x",
        "http://b.example/?q=1&r=%20#f",
        "https://c.example/l’été",
        "https://d.example/'\"",
    ]
)
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1990, 2025)),
    st.builds(PartialDate, st.integers(1990, 2025), st.integers(1, 12)),
    st.builds(
        PartialDate, st.integers(1990, 2025), st.integers(1, 12), st.integers(1, 28)
    ),
)
DAYS = st.dates(date(2000, 1, 1), date(2026, 11, 24))
SOURCES = st.builds(
    Source,
    title=LINES,
    publisher=LINES,
    url=URLS,
    language=st.sampled_from([*LANGUAGES, "no", "ja", "el"]),
    published_on=DATES,
    archived_url=st.none() | URLS,
)
IDS = st.sampled_from(["other-1", "other-2", "null", "2020", "no"])
LINKS = st.lists(st.builds(Link, st.sampled_from(Relation), IDS), unique=True).map(
    lambda links: tuple(
        link for each in Relation for link in links if link.relation is each
    )
)
QUESTIONS = st.dictionaries(
    st.sampled_from(LANGUAGES), st.lists(LINES, min_size=1, max_size=3, unique=True)
).map(lambda d: tuple(OwnQuestion(code, text) for code, ts in d.items() for text in ts))
LATE = PartialDate(2026)


@st.composite
def documents(draw, number: int) -> Document:
    body = draw(BODIES)
    language = draw(st.sampled_from(LANGUAGES))
    others = draw(
        st.lists(st.sampled_from([c for c in LANGUAGES if c != language]), unique=True)
    )
    body = f"{body}\n\nIt is number {number}."
    count = len(paragraphs(body))
    return Document(
        id=f"doc-{number}",
        title=draw(LINES),
        body=body,
        form=draw(st.sampled_from(Form)),
        kind=draw(st.sampled_from(Kind)),
        language=language,
        sources=tuple(
            replace(source, published_on=LATE) if n == 0 else source
            for n, source in enumerate(draw(st.lists(SOURCES, min_size=1, max_size=3)))
        ),
        vendors=tuple(
            draw(st.lists(st.sampled_from(["clearview-ai", "paragon"]), unique=True))
        ),
        places=tuple(
            draw(st.lists(st.sampled_from(["NO", "IT", "EU", "COE"]), unique=True))
        ),
        event_on=draw(st.none() | DATES),
        links=draw(LINKS),
        translations=tuple(
            Translation(
                language=code,
                by=draw(LINES),
                text="\n\n".join(
                    draw(st.lists(PARAGRAPHS, min_size=count, max_size=count))
                ),
            )
            for code in others[:2]
        ),
        questions=draw(QUESTIONS),
        wordings=draw(QUESTIONS),
        vetting=draw(st.sampled_from(Vetting)),
        vetted_on=draw(DAYS),
        rechecked_on=draw(st.none() | DAYS),
    )


FOLDERS = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(documents(number) for number in range(count)))
)


@given(FOLDERS)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
)
def test_what_is_exported_makes_the_same_store_and_the_same_files(made):
    with tempfile.TemporaryDirectory() as name:
        given_, first, second = (Path(name) / part for part in ("0", "1", "2"))
        for document in made:
            write_document(document, given_)
        with a_house() as (store, folders):
            report = sync(folders, given_)
            assert report.failed == ()
            folders.export(first)
            assert files(first) == files(given_)
            end = store.head(), store.inspection.ledger_end()
            again = sync(folders, first)
            assert again.unchanged == tuple(d.id for d in made)
            assert (store.head(), store.inspection.ledger_end()) == end
            held = list(store.documents())
        with a_house() as (store, folders):
            assert sync(folders, first).failed == ()
            folders.export(second)
            assert files(second) == files(first)
            assert list(store.documents()) == held
