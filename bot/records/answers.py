"""Answer → the object that ``quis ask --json`` prints: plain values, for machines.

Its keys are a contract with whoever reads them: add keys, never change or drop one.
"""

from collections.abc import Sequence

from bot.links import exact_words
from knowledge.model import (
    Answer,
    Answered,
    Beside,
    Correction,
    Coverage,
    Evidence,
    Form,
    NoAnswer,
    PartialDate,
    Question,
    Source,
)
from knowledge.translations import translated

Record = dict[str, object]


def answer_record(answer: Answer) -> Record:
    """The whole object. A refusal has a reason, and no passages, dates or links."""
    match answer:
        case Answered():
            return {
                **_opening(answer.question, None),
                "passages": [_passage(evidence) for evidence in answer.evidence],
                "newest_event_on": _date(answer.newest_event_on),
                "stale": answer.stale,
                "more": answer.more,
                "coverage": coverage_records(answer.coverage),
            }
        case NoAnswer():
            return {
                **_opening(answer.question, str(answer.reason)),
                "passages": [],
                "newest_event_on": None,
                "stale": False,
                "more": 0,
                "coverage": coverage_records(answer.coverage),
            }


def coverage_records(rows: Sequence[Coverage]) -> list[Record]:
    """What is held, one object for each vendor and place, in the order given."""
    return [
        {
            "vendor": row.vendor,
            "place": row.place,
            "count": row.count,
            "kinds": {str(kind): row.kinds[kind] for kind in sorted(row.kinds)},
            "newest": _date(row.newest),
        }
        for row in rows
    ]


def source_record(source: Source) -> Record:
    """A cited source."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published_on": _date(source.published_on),
        "language": source.language,
    }


def _opening(question: Question, reason: str | None) -> Record:
    mentions = question.mentions
    return {
        "question": question.text,
        "answered": reason is None,
        "reason": reason,
        "language": question.language,
        "mentions": {
            "vendors": list(mentions.vendors),
            "places": list(mentions.places),
            "concepts": list(mentions.concepts),
            "years": list(mentions.years),
        },
        "corrected": _corrections(question.corrected),
        "suggested": _corrections(question.suggested),
    }


def _corrections(listed: Sequence[Correction]) -> list[Record]:
    """Misspelt names, each with what it was read as or may be."""
    return [
        {"written": each.written, "kind": str(each.kind), "id": each.id}
        for each in listed
    ]


def _passage(evidence: Evidence) -> Record:
    document, sources = evidence.document, evidence.document.sources
    return {
        "quote": evidence.text,
        "document": document.id,
        "revision": document.revision,
        "start": evidence.quote.start,
        "end": evidence.quote.end,
        "locator": evidence.passage.locator,
        "form": str(document.form),
        "kind": str(document.kind),
        "language": document.language,
        "event_on": _date(document.event_on),
        "vetted_on": document.vetted_on.isoformat() if document.vetted_on else None,
        "vetting": str(document.vetting),
        "standing": str(evidence.standing),
        "score": round(evidence.score, 4),
        "link": sources[0].url if sources else None,
        "exact_link": exact_words(sources[0].url, evidence.text)
        if sources and document.form is Form.SOURCE
        else None,
        "sources": [source_record(source) for source in sources],
        "translations": [
            {"language": made.language, "by": made.by, "text": made.text}
            for held in document.translations
            if (made := translated(document, evidence.quote, held.language))
        ],
        "beside": [_beside(other) for other in evidence.beside],
    }


def _beside(other: Beside) -> Record:
    """Another document that belongs next to the passage."""
    return {
        "relation": str(other.relation),
        "forward": other.forward,
        "quote": other.text,
        "document": other.document.id,
        "revision": other.document.revision,
        "start": other.quote.start,
        "end": other.quote.end,
        "locator": other.passage.locator,
        "form": str(other.document.form),
        "kind": str(other.document.kind),
        "event_on": _date(other.document.event_on),
        "sources": [source_record(source) for source in other.document.sources],
    }


def _date(date: PartialDate | None) -> str | None:
    return str(date) if date is not None else None
