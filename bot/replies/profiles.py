"""What is held on one vendor or one country, and the picture of it along the years.

The vocabulary's description of a vendor is not shown: no document says it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

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
    Picture,
)
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.replies.arguments import About
from bot.replies.holdings import on_place, on_vendor
from bot.replies.subject import Names, about, page_of, place_names
from knowledge.model import (
    CountryProfile,
    Coverage,
    Holding,
    Kind,
    OtherName,
    PartialDate,
    Profile,
)

MOST_NEWEST = 5
MOST_CHOICES = 25
"""A menu of either platform takes as many."""


def profile(
    held: Profile, names: Names, *, key: str = "", language: str | None = None
) -> Card:
    """A vendor: its names and seat, what is held, the newest, and what to ask next."""
    spoken = words(language)
    seat = names.place_name(held.home, spoken.language) if held.home else None
    facts = [
        *_names("profile.names", held.also, spoken),
        *_names("profile.former", held.former, spoken),
        Fact(spoken("profile.seat"), seat or spoken("profile.seat-unknown")),
        *_held(held, spoken("profile.held-places", count=len(held.places)), spoken),
    ]
    blocks: list[Block] = [Facts(tuple(facts), spoken.colon)]
    if held.documents:
        blocks += _newest(held.newest, held.documents, spoken)
        blocks.append(on_vendor(held.vendor, held.coverage, names, spoken))
    else:
        blocks.append(Said(spoken("profile.nothing", name=held.name)))
    choices = tuple(
        (names.place_name(code, spoken.language), str(About(held.vendor, code)))
        for code in _most(held.coverage, lambda row: row.place)
    )
    label = spoken("profile.menu-country")
    if held.documents:
        blocks.append(_actions(About(held.vendor), label, choices, key, spoken))
    return Card(held.name, tuple(blocks))


def country(
    held: CountryProfile, names: Names, *, key: str = "", language: str | None = None
) -> Card:
    """A country or wider place: what is held, by vendor, and what to ask next.

    On a region also on how many places in it, as that is where all of it is held.
    """
    spoken = words(language)
    name = names.place_name(held.place, spoken.language)
    wider = ", ".join(place_names(held.wider, names, spoken))
    counted = spoken("profile.held-vendors", count=len(held.vendors))
    if len(names.opened(held.place)) > 1:
        places = {row.place for row in held.coverage}
        counted += f" · {spoken('profile.held-places', count=len(places))}"
    facts = [*_held(held, counted, spoken)]
    if wider:
        facts.append(Fact(spoken("profile.wider"), wider))
    blocks: list[Block] = [Facts(tuple(facts), spoken.colon)] if facts else []
    if held.documents:
        blocks += _newest(held.newest, held.documents, spoken)
        blocks.append(on_place(held.place, held.coverage, names, spoken))
        choices = tuple(
            (names.vendor_name(vendor), str(About(vendor, held.place)))
            for vendor in _most(held.coverage, lambda row: row.vendor)
        )
        label = spoken("profile.menu-vendor")
        blocks.append(_actions(About(None, held.place), label, choices, key, spoken))
    else:
        blocks.append(Said(spoken("profile.nothing", name=name)))
    return Card(name, tuple(blocks))


def timeline(
    picture: Picture | None,
    names: Names,
    *,
    vendor: str | None = None,
    place: str | None = None,
    undated: int = 0,
    language: str | None = None,
) -> Card:
    """A card around the picture; one that says so where nothing dated is held."""
    spoken = words(language)
    subject = about(
        (vendor,) if vendor else (), (place,) if place else (), names, spoken
    )
    title = spoken("timeline.title", subject=subject or spoken("held.all"))
    if picture is None:
        blocks: list[Block] = [Said(spoken("timeline.nothing"))]
    else:
        blocks = [picture, Line(spoken("timeline.hint"))]
    if undated:
        blocks.append(Line(spoken("timeline.undated", count=undated)))
    return Card(title, tuple(blocks))


def _names(key: str, listed: Sequence[OtherName], words: Words) -> Iterator[Fact]:
    if listed:
        yield Fact(words(key), ", ".join(_name(each, words) for each in listed))


def _name(other: OtherName, words: Words) -> str:
    match other:
        case OtherName(since=None, until=None):
            return other.name
        case OtherName(since=None):
            return words("profile.name-until", name=other.name, year=other.until)
        case OtherName(until=None):
            return words("profile.name-since", name=other.name, year=other.since)
        case _:
            return words(
                "profile.name-between",
                name=other.name,
                since=other.since,
                until=other.until,
            )


def _held(held: Profile | CountryProfile, others: str, words: Words) -> Iterator[Fact]:
    """How much is held, from when to when, of which kinds; nothing of nothing."""
    if not held.documents:
        return
    counted = (
        words("profile.held-documents", count=held.documents),
        words("profile.held-passages", count=held.passages),
        others,
    )
    yield Fact(words("profile.held"), " · ".join(counted))
    if held.first is not None and held.last is not None:
        yield Fact(words("profile.span"), _span(held.first, held.last, words))
    yield Fact(words("profile.kinds"), _kinds(held.kinds, words))


def _span(first: PartialDate, last: PartialDate, words: Words) -> str:
    if first == last:
        return words.dated(first)
    return words("profile.from-to", first=words.dated(first), last=words.dated(last))


def _kinds(kinds: Mapping[Kind, int], words: Words) -> str:
    return " · ".join(
        f"{words(f'kind_short.{kind}')} {kinds[kind]}"
        for kind in Kind
        if kinds.get(kind)
    )


def _newest(newest: Sequence[Holding], documents: int, words: Words) -> Iterator[Block]:
    """The newest documents by their titles, which are the sources' or the editors'.

    Each leads to the page that it stands on.
    """
    yield Heading(words("profile.newest-title"))
    shown = newest[:MOST_NEWEST]
    yield Facts(
        tuple(
            Fact(
                words.dated(each.dated) if each.dated else words("answer.undated"),
                f"{words.quoted(each.title)} · {words(f'kind.{each.kind}')}",
                link=page_of(each),
            )
            for each in shown
        ),
        words.colon,
    )
    if documents > len(shown):
        yield Line(words("more-of.documents", count=documents - len(shown)))


def _most(rows: Sequence[Coverage], of: Callable[[Coverage], str | None]) -> list[str]:
    """The vendors or places of the rows, most documents first."""
    counted = sorted(
        ((-row.count, name) for row in rows if (name := of(row)) is not None),
    )
    return list(dict.fromkeys(name for _, name in counted))[:MOST_CHOICES]


def _actions(
    subject: About,
    label: str,
    choices: tuple[tuple[str, str], ...],
    key: str,
    words: Words,
) -> Actions:
    """Ask on from here. What a choice is about is in its value, and no secret."""
    button = Button(
        label=words("button.timeline"),
        action=Action.TIMELINE,
        key=key,
        argument=str(subject),
    )
    dossier = Button(
        label=words("button.dossier"),
        action=Action.DOSSIER,
        key=key,
        argument=str(subject),
    )
    menu = Menu(
        label=label,
        action=Action.COUNTRY,
        options=choices,
        key=key,
        argument=str(subject),
    )
    buttons = (button, dossier) if subject.vendor else (button,)
    return Actions(buttons, (menu,) if choices else ())
