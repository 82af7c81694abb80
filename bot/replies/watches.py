"""What a channel watches, and what it is told of it."""

from collections.abc import Iterator, Sequence

from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    Fact,
    Facts,
    Heading,
    Line,
    Menu,
    Notice,
)
from bot.catalogue import Words, words
from bot.replies.guidance import typed
from bot.replies.renamed import names_part
from bot.replies.subject import Names, about, echo
from knowledge.model import Bulletin, News, NewsKind, Rhythm, Watch

MOST_OF_A_KIND = 10
"""Documents of one kind of news in one message; the others are counted."""

LONGEST_TITLE = 150
LONGEST_REASON = 300

Subject = tuple[str | None, str | None]


def watched(
    vendor: str | None,
    place: str | None,
    rhythm: Rhythm,
    names: Names,
    *,
    changed: bool = False,
    language: str | None = None,
) -> Card:
    """It is watched from now on, or in another rhythm."""
    spoken = words(language)
    subject = _subject((vendor, place), names, spoken)
    said = "changed" if changed else "added"
    blocks = (
        Line(spoken(f"watch.{said}", subject=subject)),
        Line(spoken(f"watch.rhythm.{rhythm}")),
        Actions((_list_button("", spoken),)),
    )
    return Card(spoken("watch.title"), blocks)


def watches(
    held: Sequence[Watch],
    names: Names,
    *,
    ended: bool = False,
    language: str | None = None,
) -> Card:
    """What is watched in a channel, and a menu by which each can be ended."""
    spoken = words(language)
    blocks: list[Block] = [Notice(spoken("watch.ended"))] if ended else []
    subjects = [_subject((w.vendor, w.place), names, spoken) for w in held]
    facts = tuple(
        Fact(subject, spoken(f"rhythm.{watch.rhythm}"))
        for subject, watch in zip(subjects, held, strict=True)
    )
    if not facts:
        return Card(spoken("watch.title"), (*blocks, Line(spoken("watch.none"))))
    options = tuple(
        (subject, watch.id) for subject, watch in zip(subjects, held, strict=True)
    )
    menu = Menu(label=spoken("watch.end"), action=Action.UNWATCH, options=options)
    blocks += [Facts(facts, spoken.colon), Actions((), (menu,))]
    remark = spoken("watch.count", count=len(held))
    return Card(spoken("watch.title"), tuple(blocks), remark=remark)


def watch_what(platform: str, language: str | None = None) -> Card:
    """Neither a vendor nor a country was named."""
    spoken = words(language)
    command = typed("watch", platform, language)
    return Card(spoken("watch.title"), (Notice(spoken("watch.what", command=command)),))


def too_many_watches(most: int, platform: str, language: str | None = None) -> Card:
    """The channel watches as much as one may."""
    spoken = words(language)
    command = typed("watches", platform, language)
    said = spoken("watch.full", most=most, command=command)
    return Card(spoken("watch.title"), (Notice(said),))


def no_watches(language: str | None = None) -> Card:
    """Nothing can be watched from here."""
    spoken = words(language)
    return Card(spoken("watch.title"), (Notice(spoken("watch.not-here")),))


def unwatched(language: str | None = None) -> Card:
    """Somebody else began it, and keeps it."""
    spoken = words(language)
    return Card(spoken("watch.title"), (Notice(spoken("watch.not-yours")),))


def bulletin(
    told: Bulletin, names: Names, *, asked: str = "", language: str | None = None
) -> Card:
    """All that is to be told to a channel, in one message.

    Of a document only its title, kind and date are shown: its words are quoted where
    somebody asks. ``asked`` is the command by which one asks.
    """
    spoken = words(language, told.language)
    blocks: list[Block] = []
    for kind in NewsKind:
        blocks += _of_kind([n for n in told.news if n.kind is kind], kind, spoken)
    blocks += names_part("bulletin.names", told.names, names, spoken)
    if told.asked:
        blocks.append(Heading(spoken("bulletin.asked")))
        blocks.append(
            Facts(
                tuple(
                    Fact(
                        _subject((one.vendor, one.place), names, spoken),
                        spoken("bulletin.times", count=one.count),
                    )
                    for one in told.asked
                ),
                spoken.colon,
            )
        )
    if any(news.kind is not NewsKind.RETRACTED for news in told.news):
        blocks.append(Line(spoken("bulletin.ask", command=asked)))
    blocks.append(Actions((_list_button(told.name, spoken),)))
    subjects = dict.fromkeys(
        _subject((w.vendor, w.place), names, spoken)
        for w in told.watches
        if len(told.watches) == 1
    )
    title = (
        spoken("bulletin.title-on", subject=next(iter(subjects)))
        if subjects
        else spoken("bulletin.title")
    )
    return Card(title, tuple(blocks))


def bulletin_mark(told: Bulletin) -> str:
    """The code of a button that no other message of its channel has."""
    return _list_button(told.name, words(told.language)).code


def _of_kind(news: Sequence[News], kind: NewsKind, words: Words) -> Iterator[Block]:
    if not news:
        return
    newest = sorted(news, key=lambda each: -each.line)
    yield Heading(words(f"bulletin.{kind}", count=len(news)))
    yield Facts(
        tuple(_fact(each, words) for each in newest[:MOST_OF_A_KIND]), words.colon
    )
    if len(newest) > MOST_OF_A_KIND:
        left = len(newest) - MOST_OF_A_KIND
        yield Line(words("more-of.documents", count=left))


def _fact(news: News, words: Words) -> Fact:
    """``Title``: ``Press · 2 Mar 2026``, and why it changed."""
    document = news.document
    dated = document.dated
    parts = [
        words(f"kind.{document.kind}"),
        words.dated(dated) if dated else words("answer.undated"),
    ]
    if news.reason:
        parts.append(echo(news.reason, LONGEST_REASON))
    return Fact(echo(document.title, LONGEST_TITLE), " · ".join(parts))


def _subject(subject: Subject, names: Names, words: Words) -> str:
    vendor, place = subject
    return about((vendor,) if vendor else (), (place,) if place else (), names, words)


def _list_button(argument: str, words: Words) -> Button:
    return Button(
        label=words("button.watches"), action=Action.WATCHES, argument=argument
    )
