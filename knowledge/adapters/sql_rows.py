"""Model values to rows of the store and back; touches no database.

Values of a type unknown to the model raise ValueError on the way back.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from sys import intern
from typing import Any

from knowledge.adapters.sql_text import body_hash
from knowledge.model import (
    Coverage,
    Document,
    Event,
    Form,
    HeldPassage,
    Holding,
    Kind,
    LedgerLine,
    Link,
    OwnQuestion,
    PartialDate,
    Passage,
    Related,
    Relation,
    Source,
    Status,
    Step,
    Translation,
    Vetting,
)

Row = Mapping[Any, Any]

MOST_REMEMBERED = 1_024
"""Columns of a kind whose reading is remembered: a question reads fifty documents anew,
and what a text says does not change. A few MB at the most."""

_QUESTIONS: dict[tuple[int, int], tuple[OwnQuestion, ...]] = {}

_KINDS = tuple((kind.value, kind) for kind in Kind)


# --- documents ---------------------------------------------------------------------


def revision_row(document: Document) -> dict[str, Any]:
    """The row of one revision."""
    translations = document.translations
    return {
        "document": document.id,
        "revision": document.revision,
        "status": document.status.value,
        "title": document.title,
        "form": document.form.value,
        "kind": document.kind.value,
        "language": document.language,
        "sources": _json([_source_object(source) for source in document.sources]),
        "vendors": _json(document.vendors),
        "places": _json(document.places),
        "event_on": _text_or_none(document.event_on),
        "links": _json([[link.relation, link.document] for link in document.links]),
        "translations": _json(
            [{"language": t.language, "by": t.by, "text": t.text} for t in translations]
        ),
        "questions": _json([[q.language, q.text] for q in document.questions]),
        "wordings": _json([[q.language, q.text] for q in document.wordings]),
        "vetting": document.vetting.value,
        "vetted_on": _text_or_none(document.vetted_on),
        "rechecked_on": _text_or_none(document.rechecked_on),
        "dated": _text_or_none(document.dated),
        "body_sha256": body_hash(document.body),
        "body": document.body,
    }


def document_of(row: Row) -> Document:
    """The revision that a row of ``revisions`` holds."""
    return Document(
        id=row["document"],
        revision=row["revision"],
        status=Status(row["status"]),
        title=row["title"],
        body=row["body"],
        form=Form(row["form"]),
        kind=Kind(row["kind"]),
        language=row["language"],
        sources=_sources(row["sources"]),
        vendors=_tuple(row["vendors"]),
        places=_tuple(row["places"]),
        event_on=_partial_date(row["event_on"]),
        links=_links(row["links"]),
        translations=_translations(row["translations"]),
        questions=_questions(row["questions"]),
        wordings=_questions(row["wordings"]),
        vetting=Vetting(row["vetting"]),
        vetted_on=_date(row["vetted_on"]),
        rechecked_on=_date(row["rechecked_on"]),
    )


def _source_object(source: Source) -> dict[str, str | None]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "language": source.language,
        "published_on": _text_or_none(source.published_on),
        "archived_url": source.archived_url,
    }


@lru_cache(MOST_REMEMBERED)
def _sources(text: str) -> tuple[Source, ...]:
    return tuple(_source_of(source) for source in json.loads(text))


@lru_cache(MOST_REMEMBERED)
def _links(text: str) -> tuple[Link, ...]:
    return tuple(Link(Relation(said), target) for said, target in json.loads(text))


@lru_cache(MOST_REMEMBERED)
def _translations(text: str) -> tuple[Translation, ...]:
    return tuple(Translation(**held) for held in json.loads(text))


def _questions(text: str) -> tuple[OwnQuestion, ...]:
    """As the others are remembered, but not by the text, which is as long as what it says.

    Python's hash of a text is keyed (SipHash, PEP 456), so that none can be made to fit.
    """
    key = (hash(text), len(text))
    found = _QUESTIONS.get(key)
    if found is None:
        if len(_QUESTIONS) >= MOST_REMEMBERED:
            _QUESTIONS.clear()
        found = _QUESTIONS[key] = tuple(
            OwnQuestion(intern(language), asked) for language, asked in json.loads(text)
        )
    return found


def _source_of(held: Mapping[str, Any]) -> Source:
    return Source(
        title=held["title"],
        publisher=held["publisher"],
        url=held["url"],
        language=held["language"],
        published_on=_partial_date(held["published_on"]),
        archived_url=held["archived_url"],
    )


def link_rows(document: Document) -> list[dict[str, Any]]:
    """A row for each of its links."""
    home = {"document": document.id, "revision": document.revision}
    return [
        {**home, "relation": link.relation.value, "target": link.document}
        for link in dict.fromkeys(document.links)
    ]


def related_of(rows: Iterable[Row]) -> dict[str, tuple[Related, ...]]:
    """By the id of the one that was asked about, what ``sql_reading.linked`` found."""
    found: dict[str, list[Related]] = {}
    for row in rows:
        related = Related(
            relation=Relation(row["link_relation"]),
            forward=bool(row["link_forward"]),
            document=document_of(row),
        )
        found.setdefault(row["link_of"], []).append(related)
    return {of: tuple(sorted(all_, key=_related_order)) for of, all_ in found.items()}


def _related_order(related: Related) -> tuple[object, ...]:
    """Contradictions, then what comes after the document, then the rest; newest first."""
    dated = related.document.dated
    newest = (
        (-dated.year, -(dated.month or 0), -(dated.day or 0)) if dated else (0,) * 3
    )
    contradicts = related.relation is Relation.CONTRADICTS
    return (not contradicts, related.forward, newest, related.document.id)


# --- passages ----------------------------------------------------------------------


def passage_row(passage: Passage) -> dict[str, Any]:
    """The row of a passage; its text is not in it, see ``sql_schema``."""
    return {
        "id": passage.id,
        "document": passage.document,
        "revision": passage.revision,
        "start": passage.start,
        "end": passage.end,
        "locator": passage.locator,
        "language": passage.language,
        **tag_columns(passage),
    }


def tag_columns(passage: Passage) -> dict[str, str]:
    """What a passage is on, as columns of its row."""
    return {
        "vendors": _json_of(passage.vendors),
        "places": _json_of(passage.places),
        "concepts": _json_of(passage.concepts),
    }


def subject_rows(passage: Passage) -> list[dict[str, str | None]]:
    """What a passage is on, as one row for each vendor × place; none for nothing."""
    if not passage.vendors and not passage.places:
        return []
    return [
        {"passage": passage.id, "vendor": vendor, "place": place}
        for vendor in dict.fromkeys(passage.vendors) or [None]
        for place in dict.fromkeys(passage.places) or [None]
    ]


def passage_of(row: Row, body: str, before: str = "") -> Passage:
    """The passage that a row of ``passages`` holds, of its revision's body.

    ``before`` stands before the names of its columns.
    """
    start, end = row[before + "start"], row[before + "end"]
    return Passage(
        document=row[before + "document"],
        revision=row[before + "revision"],
        start=start,
        end=end,
        text=body[start:end],
        locator=row[before + "locator"],
        language=row[before + "language"],
        vendors=_tuple(row[before + "vendors"]),
        places=_tuple(row[before + "places"]),
        concepts=_tuple(row[before + "concepts"]),
    )


def held_passages(rows: Iterable[Row]) -> dict[str, HeldPassage]:
    """By id, what rows of ``sql_reading.published_passages`` hold."""
    rows = list(rows)
    documents = {
        (row["document"], row["revision"]): document_of(row)
        for row in rows
        if row["body"] is not None
    }
    found = {}
    for row in rows:
        document = documents[row["document"], row["revision"]]
        passage = passage_of(row, document.body, "passage_")
        found[passage.id] = HeldPassage(passage, document)
    return found


def coverage_of(rows: Iterable[Row]) -> tuple[Coverage, ...]:
    """What rows of ``sql_reading.coverage_cells`` say.

    Sorted by vendor, by count (largest first), by place; None comes last.
    """
    cells: dict[tuple[str | None, str | None], tuple[dict[str, int], list[str]]] = {}
    for row in rows:
        counts, dates = cells.setdefault((row["vendor"], row["place"]), ({}, []))
        counts[row["kind"]] = row["documents"]
        if row["newest"]:
            dates.append(row["newest"])
    found = []
    for (vendor, place), (counts, dates) in cells.items():
        found.append(
            Coverage(
                vendor=vendor,
                place=place,
                count=sum(counts.values()),
                kinds={kind: counts[name] for name, kind in _KINDS if name in counts},
                newest=_partial_date(max(dates, default=None)),
            )
        )
    return tuple(sorted(found, key=_coverage_order))


def _coverage_order(row: Coverage) -> tuple[object, ...]:
    vendor = (row.vendor is None, row.vendor or "")
    return (*vendor, -row.count, row.place is None, row.place or "")


def holdings_of(rows: Iterable[Row], on: Iterable[Row]) -> tuple[Holding, ...]:
    """Documents without their words, newest first; ``on`` says what they are on."""
    vendors: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, None]] = {}
    for row in on:
        for column, found in (("vendor", vendors), ("place", places)):
            if row[column] is not None:
                found.setdefault(row["document"], {})[row[column]] = None
    held = [
        Holding(
            id=row["document"],
            title=row["title"],
            form=Form(row["form"]),
            kind=Kind(row["kind"]),
            language=row["language"],
            sources=_sources(row["sources"]),
            event_on=_partial_date(row["event_on"]),
            dated=_partial_date(row["dated"]),
            vendors=tuple(sorted(vendors.get(row["document"], ()))),
            places=tuple(sorted(places.get(row["document"], ()))),
            passages=row["passages"],
        )
        for row in rows
    ]
    held.sort(key=lambda one: str(one.dated or ""), reverse=True)  # keeps ids in order
    return tuple(held)


# --- the ledger --------------------------------------------------------------------


def ledger_row(line: LedgerLine) -> dict[str, Any]:
    """The row of a ledger line."""
    event = line.event
    return {
        "sequence": line.sequence,
        "at": instant(event.at),
        "actor": event.actor,
        "step": event.step.value,
        "document": event.document,
        "revision": event.revision,
        "rule": event.rule,
        "detail": _json(dict(sorted(event.detail.items()))),
        "previous": line.previous,
        "hash": line.hash,
    }


def ledger_line(row: Row) -> LedgerLine:
    """The ledger line that a row holds."""
    event = Event(
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        step=Step(row["step"]),
        document=row["document"],
        revision=row["revision"],
        rule=row["rule"],
        detail=json.loads(row["detail"]),
    )
    return LedgerLine(
        sequence=row["sequence"],
        event=event,
        previous=row["previous"],
        hash=row["hash"],
    )


# --- values ------------------------------------------------------------------------


def instant(at: datetime) -> str:
    """An instant as text that sorts as the instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(MOST_REMEMBERED)
def _partial_date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(MOST_REMEMBERED)
def _json_of(ids: tuple[str, ...]) -> str:
    return _json(ids)


@lru_cache(MOST_REMEMBERED)
def _tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
