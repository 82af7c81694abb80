"""Which rows of Chroma may be found: by vendor and place, where a question names them.

Given a filter, Chroma looks through all rows to see which pass, at each question anew: a
third of a second at a million. Given their ids it finds them at once. So it is asked for
the ids when a filter is first met; what is written later is told apart here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.adapters.chroma_library import chromadb
from knowledge.ports import Query

MOST_REMEMBERED = 250_000
"""Ids of all filters together, some 25 MB; of a larger collection as many as it has rows,
which is a small part of what its vectors take."""

Filter = tuple[tuple[str, ...], tuple[str, ...]]
"""The vendors and the places of which a row has to have one each, where there are any."""


@dataclass(frozen=True, slots=True)
class Passing:
    """The rows that pass the filters that were asked for. One thread at a time.

    ``written`` is how far the collection was when it was asked, by its own word; of what
    was written elsewhere meanwhile nothing is known here. ``held`` has what was asked for
    last at its end.
    """

    written: Mapping[str, Any] | None = None
    held: dict[Filter, Sequence[str]] = field(default_factory=dict)

    def of(self, query: Query, collection: chromadb.Collection) -> Sequence[str]:
        """Ids of the rows that pass; the collection is asked where it is not known."""
        asked = (query.vendors, query.places)
        passing = self.held.pop(asked, None)
        if passing is None:
            passing = collection.get(where=where(query), include=[])["ids"]
            self._make_room(len(passing), max(MOST_REMEMBERED, collection.count()))
        self.held[asked] = passing
        return passing

    def _make_room(self, rows: int, most: int) -> None:
        """Forget what was unused for longest until so many more rows fit."""
        remembered = sum(map(len, self.held.values()))
        while self.held and remembered + rows > most:
            remembered -= len(self.held.pop(next(iter(self.held))))

    def after(
        self,
        written: Mapping[str, Any],
        passage: Callable[[str], str],
        gone: frozenset[str],
        rows: Sequence[tuple[str, Mapping[str, Any]]],
    ) -> "Passing":
        """Who passes once all rows of some passages are gone, and then others came.

        ``passage`` names the passage of a row; the rows come with their tags.
        """
        return Passing(
            written,
            {
                asked: [row for row in held if passage(row) not in gone]
                + [row for row, tags in rows if _passes(tags, asked)]
                for asked, held in self.held.items()
            },
        )


def where(query: Query) -> Any:
    """The filter as Chroma is told it; None where every row passes.

    By equality only: ``$ne`` would return rows without the key as well.
    """
    wanted = [
        _either([{key: {"$contains": value}} for value in values])
        for key, values in (("vendors", query.vendors), ("places", query.places))
        if values
    ]
    if not wanted:
        return None
    return wanted[0] if len(wanted) == 1 else {"$and": wanted}


def _either(tests: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return tests[0] if len(tests) == 1 else {"$or": list(tests)}


def _passes(tags: Mapping[str, Any], asked: Filter) -> bool:
    """What ``where`` tells Chroma, of one row."""
    return all(
        not wanted or not {*wanted}.isdisjoint(tags.get(key, ()))
        for key, wanted in zip(("vendors", "places"), asked, strict=True)
    )
