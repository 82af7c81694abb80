"""Dates that lie in the future, or contradict each other."""

from collections.abc import Sequence
from datetime import date

from knowledge.metadata.problems import Problem
from knowledge.model import Kind, PartialDate, Source


def chronology(
    kind: Kind | None,
    sources: Sequence[Source],
    event_on: PartialDate | None,
    latest: date,
) -> list[Problem]:
    """Dates that cannot be, or cannot be together."""
    problems = [
        future("published_on", source.published_on, "check the year")
        for source in sources
        if source.published_on and source.published_on.earliest > latest
    ]
    # A law is often printed years before it applies.
    if event_on is None or kind is Kind.LAW:
        return problems
    dates = [source.published_on for source in sources if source.published_on]
    newest = max(dates, key=lambda day: day.latest, default=None)
    if event_on.earliest > latest:
        problems.append(future("event_on", event_on, "check the year"))
    elif newest and len(dates) == len(sources) and event_on.earliest > newest.latest:
        says = (
            f" {event_on} is contradictory: its newest source is of {newest}, "
            "before it happened; correct one of the two"
        )
        both = {"value": event_on, "other": newest}
        problems.append(
            Problem(key="event_on", says=says, name="before-it-happened", values=both)
        )
    return problems


def future(key: str, day: PartialDate | date, advice: str) -> Problem:
    """The problem of a day that has not come."""
    says = f" {day} lies in the future: {advice}"
    return Problem(key=key, says=says, name="future", values={"value": day})
