"""Words of a question → the years that it is on: ``since 2021``, ``last year``.

``Now`` and ``still`` bound nothing: the newest passage may be old, and says so itself.
"""

from collections.abc import Sequence
from datetime import date

from knowledge.analysis import Token
from knowledge.model import Mention, MentionKind, YearSpan
from knowledge.questions.phrases import phrases

FROM = phrases(
    "since|after|from|starting in|as from|depuis|apres|a partir de|a compter de|dopo|dal"
    "|dalla|a partire dal|seit|ab|nach|desde|tras|despues de|sinds|vanaf|na|depois de|apos"
    "|since the year|seit dem jahr"
)
"""Right before a year that is the first."""

BEFORE = phrases(
    "before|prior to|earlier than|avant|prima del|prima di|vor|antes de|antes del|voor"
    "|antes de|anterior a"
)
"""Right before a year that is past the last."""

UNTIL = phrases(
    "until|till|up to|through|by|as of|as at|jusqu en|jusque en|jusqu a|fino al|entro il"
    "|al|bis|bis ende|stand|hasta|tot|tot en met|per|ate"
)
"""Right before a year that is the last."""

OPENS_RANGE = phrases(
    "between|from|entre|de|tra il|tra|dal|fra il|zwischen|von|desde|del|tussen|van"
)
JOINS_RANGE = phrases(
    "and|to|until|et|a|e il|e|al|und|bis|y|hasta|en|tot|till|ate|through"
)

THIS_YEAR = phrases(
    "this year|cette annee|quest anno|dieses jahr|diesem jahr|este ano|dit jaar|heuer"
    "|current year|lopende jaar"
)
LAST_YEAR = phrases(
    "last year|l an dernier|l annee derniere|an dernier|annee derniere|l anno scorso"
    "|anno scorso|lo scorso anno|scorso anno|letztes jahr|letzten jahr|vergangenes jahr"
    "|vergangenen jahr|voriges jahr|vorigen jahr|el ano pasado|ano pasado|vorig jaar"
    "|afgelopen jaar|ano passado"
)
IN_YEARS = phrases(
    "last # years|past # years|# last years|recent # years|# dernieres annees|# derniers ans"
    "|ultimi # anni|# ultimi anni|letzten # jahren|letzten # jahre|vergangenen # jahren"
    "|ultimos # anos|afgelopen # jaar|laatste # jaar|# ultimos anos|last # year"
)
"""``#`` is a small number."""

NUMBERS = {
    word: number
    for number, listed in enumerate(
        (
            "two deux due zwei dos twee dois 2",
            "three trois tre drei tres drie 3",
            "four quatre quattro vier cuatro quatro 4",
            "five cinq cinque funf cinco vijf 5",
            "six sei sechs seis zes 6",
            "seven sept sette sieben siete zeven sete 7",
            "eight huit otto acht ocho oito 8",
            "nine neuf nove neun nueve negen 9",
            "ten dix dieci zehn diez tien dez 10",
        ),
        start=2,
    )
    for word in listed.split()
}

STILL = frozenset(
    "still yet encore toujours ancora noch todavia aun nog steeds ainda".split()
)
"""What still holds in a year may be older."""

DASHES = ("-", "\u2010", "\u2011", "–", "—", "/")

AND_LATER = ("or later", "and later", "onwards", "onward", "and after", "und spater")


def years(
    text: str, words: Sequence[Token], found: Sequence[Mention], today: date | None
) -> tuple[YearSpan, ...]:
    """The spans that the question names, any of which a passage may be on.

    Without ``today`` nothing is told of ``last year``.
    """
    folded = [word.folded for word in words]
    at = {word.start: number for number, word in enumerate(words)}
    named = [
        (at[m.start], int(m.id))
        for m in found
        if m.kind is MentionKind.YEAR and m.start in at
    ]
    named = [each for each in named if not _names_games(folded, *each)]
    spans: list[YearSpan] = []
    skipped = False
    for number, (place, year) in enumerate(named):
        if skipped:
            skipped = False
            continue
        after = named[number + 1] if number + 1 < len(named) else None
        if after is not None and _is_range(text, words, place, after[0]):
            spans.append(YearSpan(min(year, after[1]), max(year, after[1])))
            skipped = True
        else:
            spans.append(_span(folded, place, year))
    if today is not None:
        spans += _relative(folded, today.year)
    return tuple(dict.fromkeys(spans))


def _span(folded: Sequence[str], place: int, year: int) -> YearSpan:
    if _ends_before(BEFORE, folded, place):
        return YearSpan(None, year - 1)
    if _ends_before(UNTIL, folded, place):
        return YearSpan(None, year)
    later = " ".join(folded[place + 1 : place + 3]).startswith(AND_LATER)
    if later or _ends_before(FROM, folded, place):
        return YearSpan(year, None)
    return YearSpan(None if STILL.intersection(folded) else year, year)


def _names_games(folded: Sequence[str], place: int, year: int) -> bool:
    """``Paris 2024``, ``the 2024 Olympics``: laws on them are older, and trials younger."""
    before, behind = folded[max(0, place - 1) : place], folded[place + 1 : place + 2]
    return bool(GAMES & {*before, *behind}) or (*before, year) in HOSTS


GAMES = frozenset(
    "olympics games jeux jo olimpiadi giochi olympia spiele juegos olimpiadas spelen jogos"
    " olimpiadas olympische olympiques olimpicos olimpici paralympics cortina".split()
)

HOSTS = frozenset(
    {
        ("paris", 2024),
        ("parigi", 2024),
        ("parijs", 2024),
        ("tokyo", 2020),
        ("rio", 2016),
    }
)


def _is_range(text: str, words: Sequence[Token], first: int, last: int) -> bool:
    """``between 2019 and 2021``, ``2019-2021``."""
    if last == first + 1:
        return text[words[first].end : words[last].start].strip() in DASHES
    folded = [word.folded for word in words]
    between = tuple(folded[first + 1 : last])
    return between in JOINS_RANGE and _ends_before(OPENS_RANGE, folded, first)


def _ends_before(
    listed: Sequence[tuple[str, ...]], folded: Sequence[str], at: int
) -> bool:
    return any(tuple(folded[max(0, at - len(p)) : at]) == p for p in listed)


def _relative(folded: Sequence[str], year: int) -> list[YearSpan]:
    spans = []
    if THIS_YEAR.anywhere(folded):
        spans.append(YearSpan(year, year))
    if LAST_YEAR.anywhere(folded):
        spans.append(YearSpan(year - 1, year - 1))
    for phrase in IN_YEARS:
        for at in range(len(folded)):
            seen = folded[at : at + len(phrase)]
            gap = phrase.index("#")
            if len(seen) == len(phrase) and seen[gap] in NUMBERS:
                wanted = [seen[gap] if part == "#" else part for part in phrase]
                if wanted == list(seen):
                    spans.append(YearSpan(year - NUMBERS[seen[gap]], None))
    return spans
