"""Refused questions → what is missing, by vendor, place and concept."""

from collections.abc import Iterable
from datetime import datetime

from knowledge.model import Gap, NoAnswer, Refusal, Tenant

MOST_QUESTIONS = 10
"""How many of a gap's own questions are shown, where any are kept."""

Subject = tuple[str | None, str | None, str | None]


def refused(
    tenant: Tenant, answer: NoAnswer, at: datetime, text: str | None
) -> Refusal:
    """What is kept of a refused question; its ``text`` only where that was allowed."""
    question = answer.question
    mentions = question.mentions
    return Refusal(
        tenant=tenant,
        at=at,
        language=question.language,
        reason=answer.reason,
        vendors=mentions.vendors,
        places=question.places,
        concepts=mentions.concepts,
        text=text,
    )


def grouped(refusals: Iterable[Refusal]) -> tuple[Gap, ...]:
    """One for each vendor, place and concept that were asked about together.

    A question on two vendors is one on each. Most often asked first, then the newest.
    """
    held: dict[Subject, list[Refusal]] = {}
    for refusal in refusals:
        for subject in _subjects(refusal):
            held.setdefault(subject, []).append(refusal)
    gaps = [_gap(subject, own) for subject, own in held.items()]
    return tuple(
        sorted(
            gaps,
            key=lambda gap: (
                -gap.count,
                -gap.newest.timestamp(),
                gap.vendor or "",
                gap.place or "",
                gap.concept or "",
            ),
        )
    )


def _subjects(refusal: Refusal) -> list[Subject]:
    vendors: tuple[str | None, ...] = refusal.vendors or (None,)
    places: tuple[str | None, ...] = refusal.places or (None,)
    concepts: tuple[str | None, ...] = refusal.concepts or (None,)
    found = [(v, p, c) for v in vendors for p in places for c in concepts]
    return list(dict.fromkeys(found))


def _gap(subject: Subject, refusals: list[Refusal]) -> Gap:
    newest = sorted(refusals, key=lambda each: each.at, reverse=True)
    words = dict.fromkeys(each.text for each in newest if each.text)
    vendor, place, concept = subject
    return Gap(
        vendor=vendor,
        place=place,
        concept=concept,
        count=len(refusals),
        newest=newest[0].at,
        questions=tuple(words)[:MOST_QUESTIONS],
    )
