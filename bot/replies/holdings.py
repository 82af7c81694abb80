"""What is held, listed by place or by vendor, counted in documents."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.cards import Block, Card, CoverageList, CoverageRow, Line
from bot.catalogue import Words
from bot.replies.subject import Names
from knowledge.model import Coverage, Kind, PartialDate

LONGEST_LIST = 8
"""How many rows a refusal lists; the rest are counted."""

MOST_PLACES = 5
"""How many places of a region stand in a vendor's row."""


def on_vendor(
    vendor: str,
    rows: Iterable[Coverage],
    names: Names,
    words: Words,
    limit: int | None = LONGEST_LIST,
) -> CoverageList:
    """What is held on a vendor, place by place, most first."""

    def name(row: Coverage) -> str:
        if row.place is None:
            return words("held.no-place")
        return names.place_name(row.place, words.language)

    held = [row for row in rows if row.vendor == vendor]
    title = words("held.on", name=names.vendor_name(vendor))
    listed = [_row(name(row), row, words) for row in _most(held)]
    return _listed(title, listed, words, limit, "places")


def on_place(
    place: str,
    rows: Iterable[Coverage],
    names: Names,
    words: Words,
    limit: int | None = LONGEST_LIST,
) -> CoverageList:
    """What is held on a place, vendor by vendor, most first; on a region, and where."""
    opened = names.opened(place)
    held = [row for row in rows if row.place in opened]
    title = words("held.on", name=names.place_name(place, words.language))
    if len(opened) > 1:
        listed = _by_vendor(held, names, words, where=True)
        return _listed(title, listed, words, limit, "vendors")
    listed = [_row(_vendor(row, names, words), row, words) for row in _most(held)]
    return _listed(title, listed, words, limit, "vendors")


def by_vendor(
    rows: Iterable[Coverage],
    names: Names,
    words: Words,
    limit: int | None = LONGEST_LIST,
) -> CoverageList:
    """The vendors on which anything is held, those held in most places first.

    Places are counted and not documents, because a document on two places has two rows.
    What is on no particular place is counted with none.
    What is held without a vendor comes last.
    """
    listed = _by_vendor(rows, names, words)
    return _listed(words("held.vendors"), listed, words, limit, "vendors")


def _by_vendor(
    rows: Iterable[Coverage], names: Names, words: Words, *, where: bool = False
) -> list[CoverageRow]:
    """A row for each vendor; ``where`` it is held, too, most first."""
    ordered = sorted(rows, key=lambda row: row.vendor or "")
    groups = [list(group) for _, group in groupby(ordered, lambda row: row.vendor)]
    groups.sort(
        key=lambda group: (
            group[0].vendor is None,
            -_places(group),
            _vendor(group[0], names, words),
        )
    )
    return [
        CoverageRow(
            name=_vendor(group[0], names, words),
            count=_on_places(_places(group), words),
            newest=_newest((row.newest for row in group), words),
            kinds=_where(group, names, words) if where else "",
        )
        for group in groups
    ]


def holdings(
    rows: Sequence[Coverage],
    names: Names,
    words: Words,
    vendor: str | None,
    place: str | None,
) -> Card:
    """A card of all that is held on a vendor, a place, both or anything."""
    subject = [names.vendor_name(vendor)] if vendor else []
    subject += [names.place_name(place, words.language)] if place else []
    blocks: list[Block] = []
    if vendor:
        blocks.append(on_vendor(vendor, rows, names, words, limit=None))
    elif place:
        blocks.append(on_place(place, rows, names, words, limit=None))
    else:
        blocks.append(by_vendor(rows, names, words, limit=None))
    blocks.append(Line(words("held.hint")))
    return Card(" · ".join(subject) or words("held.all"), tuple(blocks))


def _listed(
    title: str,
    rows: Sequence[CoverageRow],
    words: Words,
    limit: int | None,
    of: str,
) -> CoverageList:
    """The first rows; of what the rest are, places or vendors, is said with their count."""
    left = 0 if limit is None else max(0, len(rows) - limit)
    return CoverageList(
        title,
        tuple(rows[:limit]),
        words("held.nothing"),
        words(f"held.more-{of}", count=left) if left else None,
    )


def _row(name: str, row: Coverage, words: Words) -> CoverageRow:
    kinds = [
        f"{words(f'kind_short.{kind}')} {row.kinds[kind]}"
        for kind in Kind
        if row.kinds.get(kind)
    ]
    return CoverageRow(
        name=name,
        count=words("profile.held-documents", count=row.count),
        newest=_newest([row.newest], words),
        kinds=" · ".join(kinds),
    )


def _most(rows: Iterable[Coverage]) -> list[Coverage]:
    """Most documents first; ties by vendor and place."""
    return sorted(rows, key=lambda r: (-r.count, r.vendor or "", r.place or ""))


def _vendor(row: Coverage, names: Names, words: Words) -> str:
    return names.vendor_name(row.vendor) if row.vendor else words("held.no-vendor")


def _places(rows: Iterable[Coverage]) -> int:
    return sum(row.place is not None for row in rows)


def _where(rows: Iterable[Coverage], names: Names, words: Words) -> str:
    codes = [row.place for row in _most(rows) if row.place is not None]
    named = [names.place_name(code, words.language) for code in codes[:MOST_PLACES]]
    return " · ".join([*named, "…"] if len(codes) > MOST_PLACES else named)


def _on_places(count: int, words: Words) -> str:
    return words("held.places", count=count) if count else words("held.no-place")


def _newest(dates: Iterable[PartialDate | None], words: Words) -> str:
    newest = max((when for when in dates if when is not None), default=None)
    if newest is None:
        return words("held.undated")
    coarse = PartialDate(newest.year, newest.month)
    return words("held.newest", date=words.dated(coarse))
