"""Revisions of documents to rows and back."""

import json
from collections.abc import Mapping
from functools import lru_cache
from sys import intern
from typing import Any

from knowledge.adapters.sql_rows.values import (
    MOST_REMEMBERED,
    Row,
    as_json,
    day,
    ids_of,
    partial_date,
    text_or_none,
)
from knowledge.adapters.sql_text import body_hash
from knowledge.model import (
    Document,
    Form,
    Kind,
    Link,
    OwnQuestion,
    Relation,
    Source,
    Status,
    Translation,
    Vetting,
)

_QUESTIONS: dict[tuple[int, int], tuple[OwnQuestion, ...]] = {}


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
        "sources": as_json([_source_object(source) for source in document.sources]),
        "vendors": as_json(document.vendors),
        "places": as_json(document.places),
        "event_on": text_or_none(document.event_on),
        "links": as_json([[link.relation, link.document] for link in document.links]),
        "translations": as_json(
            [{"language": t.language, "by": t.by, "text": t.text} for t in translations]
        ),
        "questions": as_json([[q.language, q.text] for q in document.questions]),
        "wordings": as_json([[q.language, q.text] for q in document.wordings]),
        "vetting": document.vetting.value,
        "vetted_on": text_or_none(document.vetted_on),
        "rechecked_on": text_or_none(document.rechecked_on),
        "dated": text_or_none(document.dated),
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
        sources=sources_of(row["sources"]),
        vendors=ids_of(row["vendors"]),
        places=ids_of(row["places"]),
        event_on=partial_date(row["event_on"]),
        links=_links(row["links"]),
        translations=_translations(row["translations"]),
        questions=_questions(row["questions"]),
        wordings=_questions(row["wordings"]),
        vetting=Vetting(row["vetting"]),
        vetted_on=day(row["vetted_on"]),
        rechecked_on=day(row["rechecked_on"]),
    )


def _source_object(source: Source) -> dict[str, str | None]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "language": source.language,
        "published_on": text_or_none(source.published_on),
        "archived_url": source.archived_url,
    }


@lru_cache(MOST_REMEMBERED)
def sources_of(text: str) -> tuple[Source, ...]:
    """The sources that a column of ``revisions`` holds."""
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
        published_on=partial_date(held["published_on"]),
        archived_url=held["archived_url"],
    )
