"""Events → a picture of them along the years, and the same in words for who cannot see it.

Above, a lane for each kind of evidence with a dot for each document; below, the newest
of them by their titles. Pure but for Pillow, and safe in threads: nothing is shared.
"""

from collections import Counter
from collections.abc import Sequence

from bot.cards import Picture
from bot.catalogue import Words, words
from bot.timeline.drawing import Lane, Sheet, drawn
from knowledge.model import DatedEvent, Kind

MOST_LISTED = 10

LONGEST_TITLE = 160
"""Characters of a title that are shown, in the picture and in its words alike."""

LONGEST_ALT = 1000
"""Discord takes 1024 units of UTF-16 as a picture's text alternative, Slack 2000."""

NAME = "timeline.png"


def draw(events: Sequence[DatedEvent], subject: str, language: str) -> Picture:
    """The picture of at least one event; ``subject`` may be empty for all that is held.

    The text alternative says all that is in the picture: how many there are of each kind,
    and as many of the newest, by title, as are listed below the lanes.
    """
    if not events:
        raise ValueError("a timeline needs an event")
    spoken = words(language)
    ordered = sorted(events, key=lambda each: (each.when, each.document))
    heading = _heading(ordered, subject or spoken("held.all"), spoken)
    lanes = _lanes(ordered, spoken)
    top = f"{heading} {' · '.join(lane.label for lane in lanes)}."
    rows = [_said(event, spoken) for event in reversed(ordered)]
    listed, rest = _as_many_as_fit(top, rows, spoken)
    sheet = Sheet(
        heading=heading,
        lanes=lanes,
        rows=tuple(
            (row, _said(event, spoken, titled=False))
            for row, event in zip(listed, reversed(ordered), strict=False)
        ),
        rest=rest,
    )
    return Picture(name=NAME, png=drawn(sheet), alt=_alt(top, listed, rest))


def _heading(ordered: Sequence[DatedEvent], subject: str, words: Words) -> str:
    first, last = (words.dated(each.when) for each in (ordered[0], ordered[-1]))
    return words(
        "timeline.alt", subject=subject, count=len(ordered), first=first, last=last
    )


def _lanes(ordered: Sequence[DatedEvent], words: Words) -> tuple[Lane, ...]:
    counted = Counter(each.kind for each in ordered)
    return tuple(
        Lane(
            label=f"{words(f'kind_short.{kind}')} {counted[kind]}",
            dates=tuple(each.when for each in ordered if each.kind is kind),
        )
        for kind in Kind
        if counted[kind]
    )


def _said(event: DatedEvent, words: Words, *, titled: bool = True) -> str:
    """The event in a sentence; without its title, where no letters are there for it."""
    when, kind = words.dated(event.when), words(f"kind.{event.kind}")
    if not titled:
        return f"{when}{words.colon}{kind}"
    title = " ".join(event.title.split())
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return words("timeline.event", date=when, kind=kind, title=title)


def _as_many_as_fit(
    top: str, rows: Sequence[str], words: Words
) -> tuple[tuple[str, ...], str]:
    """The first rows that the text alternative has room for, and how many are left."""
    most = min(MOST_LISTED, len(rows))
    while (
        most and _units(_alt(top, rows[:most], _rest(rows, most, words))) > LONGEST_ALT
    ):
        most -= 1
    return tuple(rows[:most]), _rest(rows, most, words)


def _rest(rows: Sequence[str], most: int, words: Words) -> str:
    left = len(rows) - most
    return words("more-of.documents", count=left) if left else ""


def _alt(top: str, listed: Sequence[str], rest: str) -> str:
    return "\n".join(part for part in (top, *listed, rest) if part)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
