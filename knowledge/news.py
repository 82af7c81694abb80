"""Who is to be told of what, and when: rules on values, without a store or a clock."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Protocol

from knowledge.model import (
    Asked,
    Bulletin,
    Kind,
    LedgerLine,
    News,
    NewsKind,
    Refusal,
    Renamed,
    Rhythm,
    Step,
    Watch,
)

MOST_WATCHES = 20
"""How much one channel may watch."""

DIGESTS_AT = time(7)
"""When digests are due, in UTC: before a European newsroom begins; weekly on Mondays."""


class Lying(Protocol):
    """What is needed of the vocabulary: what a place lies in."""

    def around(self, place: str) -> Collection[str]:
        """All wider places that it lies in."""
        ...

    def wider(self, place: str) -> Collection[str]:
        """Those of them whose law holds there too."""
        ...


def last_slot(rhythm: Rhythm, now: datetime) -> datetime:
    """The last instant at which such a telling was due; ``now`` where it is at once.

    Fixed instants, and no spans since the last telling: a digest that was late once, or
    a process that was down, does not put off those after it.
    """
    if rhythm is Rhythm.AT_ONCE:
        return now
    slot = datetime.combine(now.date(), DIGESTS_AT, now.tzinfo)
    if rhythm is Rhythm.WEEKLY:
        slot -= timedelta(days=now.weekday())
    if slot <= now:
        return slot
    return slot - timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)


def is_due(watch: Watch, now: datetime) -> bool:
    """Whether its channel is to be told now of what there is.

    What was begun is due until it is known to stand. Where the clock goes back nothing
    is due before the instant that was reached already.
    """
    if watch.begun is not None or watch.rhythm is Rhythm.AT_ONCE:
        return True
    return watch.told_at < last_slot(watch.rhythm, now)


def kind_of(line: LedgerLine, earlier: Sequence[LedgerLine]) -> NewsKind:
    """What a line of publishing or retracting is to a reader; ``earlier`` of its document."""
    if line.event.step is Step.RETRACT:
        return NewsKind.RETRACTED
    again = any(each.event.step is Step.PUBLISH for each in earlier)
    return NewsKind.CORRECTED if again else NewsKind.PUBLISHED


def concerns(watch: Watch, news: News, lying: Lying) -> bool:
    """Whether a channel that watches this wants to know of that.

    As for a question, what is on a place counts for the wider ones that it lies in, and
    a law of a wider place holds in it; a law names no vendor, so it is on each (law 3).
    """
    law = news.document.kind is Kind.LAW
    on_vendor = watch.vendor is None or watch.vendor in news.vendors
    if watch.place is None:
        return on_vendor
    law_there = law and bool(news.places & set(lying.wider(watch.place)))
    on_place = law_there or _within(watch.place, news.places, lying)
    return (on_vendor or (law and not news.vendors)) and on_place


def settled(news: Iterable[News]) -> tuple[News, ...]:
    """One for each document, as it stands at the end; in the ledger's order.

    What was published and then corrected is new to who reads of both at once.
    """
    last: dict[str, News] = {}
    for each in sorted(news, key=lambda one: one.line):
        before = last.pop(each.document.id, None)
        new = before is not None and before.kind is NewsKind.PUBLISHED
        if new and each.kind is NewsKind.CORRECTED:
            each = News(
                line=each.line,
                kind=NewsKind.PUBLISHED,
                document=each.document,
                vendors=each.vendors,
                places=each.places,
                reason="",
                at=each.at,
            )
        last[each.document.id] = each
    return tuple(last.values())


def settled_names(names: Iterable[Renamed]) -> tuple[Renamed, ...]:
    """The last word on each name; in the ledger's order."""
    last: dict[tuple[str, str], Renamed] = {}
    for each in sorted(names, key=lambda one: one.line):
        last.pop((each.owner, each.name), None)
        last[each.owner, each.name] = each
    return tuple(last.values())


def _is_called(watch: Watch, renamed: Renamed) -> bool:
    """Whether it is a name of what is watched; concepts nobody watches."""
    return renamed.vendor and renamed.owner == watch.vendor


def bulletins(
    watches: Sequence[Watch],
    news: Sequence[News],
    head: int,
    lying: Lying,
    names: Sequence[Renamed] = (),
) -> tuple[Bulletin, ...]:
    """One message for each channel of these watches, all of which are due.

    ``head`` is the line up to which ``news`` and ``names`` were looked for. What was begun before is
    told first, just as it was begun; what came since waits for the next message. One
    without news is among them: its watches have been looked at.
    """

    def where(watch: Watch) -> tuple[str, str, str]:
        return (watch.tenant.platform, watch.tenant.id, watch.channel)

    found = []
    for _, held in groupby(sorted(watches, key=lambda w: (*where(w), w.id)), where):
        here = list(held)
        begun = min((w.begun for w in here if w.begun is not None), default=None)
        if begun is not None:
            here = [watch for watch in here if watch.begun == begun]
        through = head if begun is None else begun
        own = [
            each
            for each in news
            if any(
                watch.told < each.line <= through and concerns(watch, each, lying)
                for watch in here
            )
        ]
        renamed = [
            each
            for each in names
            if any(
                watch.told < each.line <= through and _is_called(watch, each)
                for watch in here
            )
        ]
        found.append(
            Bulletin(
                tenant=here[0].tenant,
                channel=here[0].channel,
                language=here[0].language,
                watches=tuple(here),
                news=settled(own),
                names=settled_names(renamed),
                through=through,
                again=begun is not None,
            )
        )
    return tuple(found)


def asked(
    watches: Sequence[Watch], refusals: Sequence[Refusal], lying: Lying
) -> tuple[Asked, ...]:
    """How often what these digests watch was asked since and not held, most often first.

    No words of a question: a channel is not where somebody asked in private.
    """
    counted = []
    for watch in watches:
        if watch.rhythm is Rhythm.AT_ONCE:
            continue
        own = [
            each
            for each in refusals
            if each.at > watch.told_at
            and (watch.vendor is None or watch.vendor in each.vendors)
            and (watch.place is None or _within(watch.place, each.places, lying))
        ]
        if own:
            one = Asked(vendor=watch.vendor, place=watch.place, count=len(own))
            counted.append(one)
    return tuple(sorted(counted, key=lambda one: -one.count))


def _within(place: str, on: Iterable[str], lying: Lying) -> bool:
    return any(place in (one, *lying.around(one)) for one in on)
