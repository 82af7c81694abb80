"""The cards of a gallery for newsrooms and moderators: watches, bulletins, what waits."""

from collections.abc import Iterator
from datetime import datetime

from bot import replies
from bot.cards import Card
from knowledge.library import Library
from knowledge.model import (
    Asked,
    BadPage,
    Bulletin,
    Document,
    DueRecheck,
    Gap,
    News,
    NewsKind,
    PageCheck,
    PageState,
    Queue,
    Renamed,
    Rhythm,
    Tenant,
    WaitingDraft,
    WaitingTerm,
    Watch,
)

VENDOR, PLACE = "clearview-ai", "IT"


def cards(
    library: Library,
    document: Document,
    tenant: Tenant,
    now: datetime,
    language: str,
    asked: str,
) -> Iterator[tuple[str, Card]]:
    """Each with its name. ``asked`` is a question that was refused."""
    names, platform = library.vocabulary, tenant.platform
    watch = Watch(
        id="1",
        tenant=tenant,
        channel="1",
        owner="h",
        rhythm=Rhythm.WEEKLY,
        language=language,
        told=0,
        told_at=now,
        vendor=VENDOR,
        place=PLACE,
    )
    for rhythm in Rhythm:
        card = replies.watched(VENDOR, PLACE, rhythm, names, language=language)
        yield f"watched-{rhythm}", card
    yield "watches", replies.watches([watch], names, ended=True, language=language)
    yield "watches-none", replies.watches([], names, language=language)
    yield "watch-what", replies.watch_what(platform, language)
    yield "watches-too-many", replies.too_many_watches(20, platform, language)
    yield "watches-not-here", replies.no_watches(language)
    yield "watch-of-another", replies.unwatched(language)
    news = tuple(
        News(
            line=line,
            kind=kind,
            document=document,
            vendors=frozenset(),
            places=frozenset(),
            reason="" if kind is NewsKind.PUBLISHED else "@everyone <!channel> `x`",
            at=now,
        )
        for line, kind in enumerate(NewsKind)
    )
    renamed = Renamed(
        line=8,
        kind=NewsKind.PUBLISHED,
        owner=VENDOR,
        name="Clearview Prism",
        vendor=True,
        at=now,
    )
    bulletin = Bulletin(
        tenant=tenant,
        channel="1",
        language=language,
        watches=(watch,),
        news=news,
        through=9,
        again=False,
        asked=(Asked(vendor=VENDOR, place=PLACE, count=3),),
        names=(renamed,),
    )
    ask = replies.typed("ask", platform, language)
    yield "bulletin", replies.bulletin(bulletin, names, asked=ask, language=language)
    gap = Gap(
        vendor=VENDOR,
        place="JP",
        concept=None,
        count=4,
        newest=now,
        questions=(asked,),
    )
    yield "gaps", replies.gaps([gap], names, language=language)
    yield "gaps-none", replies.gaps([], names, language=language)
    dead = PageCheck(
        url="https://example.org/", at=now, state=PageState.DEAD, problem="404"
    )
    held = Queue(
        drafts=(WaitingDraft(document=document, since=now.date()),),
        terms=(WaitingTerm(owner=VENDOR, name="Clearview Prism", since=now.date()),),
        rechecks=(DueRecheck(document=document, since=None),),
        pages=(BadPage(document=document, check=dead),),
        renamed=(renamed,),
    )
    yield "queue", replies.queue(held, names, language=language, week="2026-11-23")
    empty = Queue(drafts=(), terms=(), rechecks=(), pages=())
    yield "queue-empty", replies.queue(empty, language=language)
