"""A document, a passage, a line of the ledger → the object that ``--json`` prints."""

from collections.abc import Sequence

from bot.records.answers import Record, source_record
from knowledge.model import Document, LedgerLine, Passage
from knowledge.own_questions.lines import by_language


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
        "questions": by_language(document.questions),
        "wordings": by_language(document.wordings),
        "vetting": document.vetting.value,
        "vetted_on": _text(document.vetted_on),
        "rechecked_on": _text(document.rechecked_on),
        "sources": [
            {**source_record(source), "archived_url": source.archived_url}
            for source in document.sources
        ],
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


def _text(value: object) -> str | None:
    return None if value is None else str(value)
