"""What a vocabulary knows: vendors, places and concepts, and the ways to write them.

Plain frozen values; ``vocabulary`` reads texts by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

LAW_ITSELF = "law"
"""The concept of law as such: every law is one, whether or not it says so."""


class Name(NamedTuple):
    """One way to write a name; a tuple, as there are some twenty thousand.

    An ``exact`` name counts as written or all in capitals: it is also a common word.
    With ``lowercase`` it counts in a text without any capital too, as people type.
    With ``language`` it counts in a text that is in that language only. A ``whole``
    concept word counts in this very form, not by its stem: ``customs``, ``customer``.
    ``since`` and ``until`` are years, for a name that was given or given up. A ``part``
    names a city, a region or an authority, and its country with it; ``people`` those of
    a place, or what is of it: ``Israeli``; a ``body`` an institution of a wider place.
    """

    text: str
    exact: bool = False
    lowercase: bool = False
    language: str | None = None
    whole: bool = False
    part: bool = False
    since: int | None = None
    until: int | None = None
    people: bool = False
    body: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A maker or seller. ``home`` is a country code, or None where it is not known."""

    id: str
    name: str
    aliases: tuple[Name, ...]
    description: str
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, the EU or the Council of Europe, or a region such as Africa.

    ``names`` are for showing, by language; ``aliases`` are all ways to name it: those,
    short forms, people and adjectives, cities and institutions that stand for it.
    ``within`` are the wider places that it lies in. ``law``: whether there is law of it,
    which holds in what lies in it; a region has none.
    """

    code: str
    names: Mapping[str, str]
    aliases: tuple[Name, ...]
    within: tuple[str, ...] = ()
    law: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing of the field, with its usual words by language, the first for showing.

    ``light``: it weighs little, as nearly every passage holds it, or need not hold it.
    ``law``: to name it is to ask for law. ``technology`` is the one that it belongs to,
    such as ``faces``: a law on one technology is no law on another. ``said``: a passage
    that does not say it answers nothing on it, however it reads: "still in business?".
    """

    id: str
    words: Mapping[str, tuple[Name, ...]]
    light: bool = False
    law: bool = False
    technology: str | None = None
    said: bool = False
