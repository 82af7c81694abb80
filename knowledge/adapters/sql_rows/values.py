"""Single values of rows: instants, dates, ids and whatever stands there as JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from knowledge.model import PartialDate

Row = Mapping[Any, Any]

MOST_REMEMBERED = 1_024
"""Columns of a kind whose reading is remembered: a question reads fifty documents anew,
and what a text says does not change. A few MB at the most."""


def instant(at: datetime) -> str:
    """An instant as text that sorts as the instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(MOST_REMEMBERED)
def partial_date(text: str | None) -> PartialDate | None:
    """A year, a month or a day, as ``PartialDate`` writes it."""
    return None if text is None else PartialDate.parse(text)


def day(text: str | None) -> date | None:
    """A day and nothing coarser."""
    return None if text is None else date.fromisoformat(text)


def text_or_none(value: object) -> str | None:
    """A value as it writes itself; NULL for none."""
    return None if value is None else str(value)


def as_json(value: object) -> str:
    """A value as JSON, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(MOST_REMEMBERED)
def ids_as_json(ids: tuple[str, ...]) -> str:
    """Ids as JSON, as many passages have the same."""
    return as_json(ids)


@lru_cache(MOST_REMEMBERED)
def ids_of(text: str) -> tuple[str, ...]:
    """The ids that stand there as JSON."""
    return tuple(json.loads(text))
