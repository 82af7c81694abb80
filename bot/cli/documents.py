"""A document → the object that `--json` prints, and the lines that a person reads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cards import Fact, Facts
from bot.catalogue import Words
from bot.records import Record, source_record
from knowledge.model import Document, LedgerLine, Passage, Source

if TYPE_CHECKING:
    from bot.replies.subject import Names


def document_record(
    document: Document,
    passages: Sequence[Passage] | None = None,
    *,
    body: bool = True,
) -> Record:
    """All that is held of a revision; with passages their texts and places in the body."""
    record: Record = {
        "id": document.id,
        "revision": document.revision,
        "status": document.status.value,
        "title": document.title,
        "form": document.form.value,
        "kind": document.kind.value,
        "language": document.language,
        "vendors": list(document.vendors),
        "countries": list(document.places),
        "event_on": _text(document.event_on),
        "links": [
            {"relation": link.relation.value, "document": link.document}
            for link in document.links
        ],
        "vetting": document.vetting.value,
        "vetted_on": _text(document.vetted_on),
        "rechecked_on": _text(document.rechecked_on),
        "sources": [_source(source) for source in document.sources],
    }
    if body:
        record["body"] = document.body
    if passages is not None:
        record["passages"] = [passage_record(passage) for passage in passages]
    return record


def passage_record(passage: Passage) -> Record:
    """A passage: ``body[start:end] == text``, counted in code points."""
    return {
        "id": passage.id,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "locator": passage.locator,
        "language": passage.language,
        "vendors": list(passage.vendors),
        "countries": list(passage.places),
        "concepts": list(passage.concepts),
    }


def ledger_record(line: LedgerLine) -> Record:
    """A line of the ledger with its hashes."""
    event = line.event
    return {
        "sequence": line.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "step": event.step.value,
        "document": event.document,
        "revision": event.revision,
        "rule": event.rule,
        "detail": dict(event.detail),
        "previous": line.previous,
        "hash": line.hash,
    }


def document_facts(
    document: Document, passages: int, names: "Names", words: Words
) -> Facts:
    """What was found of a document, one fact a line."""

    def fact(name: str, value: str) -> Fact:
        return Fact(words(f"cli.document.{name}"), value or words("cli.document.none"))

    places = (names.place_name(code, words.language) for code in document.places)
    facts = [
        fact("id", f"{document.id}@{document.revision}"),
        fact("status", words(f"cli.status.{document.status}")),
        fact("form", words(f"form.{document.form}")),
        fact("kind", words(f"kind.{document.kind}")),
        fact("language", words.language_name(document.language)),
        fact("event_on", words.dated(document.event_on) if document.event_on else ""),
        fact("vendors", ", ".join(names.vendor_name(v) for v in document.vendors)),
        fact("countries", ", ".join(places)),
        fact("passages", str(passages)),
    ]
    facts += [
        Fact(words(f"cli.document.{link.relation}"), link.document)
        for link in document.links
    ]
    facts += [fact("source", _cited(source, words)) for source in document.sources]
    return Facts(tuple(facts))


def _cited(source: Source, words: Words) -> str:
    date = words.dated(source.published_on) if source.published_on else ""
    parts = (source.publisher, date, source.url, source.archived_url)
    return " · ".join(part for part in parts if part)


def _source(source: Source) -> Record:
    return {**source_record(source), "archived_url": source.archived_url}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
