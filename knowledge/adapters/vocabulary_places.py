"""The file of places and the CLDR's names of countries → the places of the vocabulary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowledge.adapters.vocabulary_yaml import VocabularyFile
from knowledge.entries import Name, Place
from knowledge.model import LANGUAGES

NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""Codes of the CLDR beside those of countries."""

ALSO = ("pt-BR",)
"""Spellings that are read as well, and not shown: Irã beside Irão."""

LOCALES = {"pt": "pt_PT", "pt-BR": "pt"}
"""Where the CLDR calls it otherwise; Portuguese is shown as its catalogue is written."""

GERMAN_ENDINGS = ("", "e", "er", "en", "es", "em")

PLACE_PARTS = ("wider", "countries", "whole", "common-words", "left-out", "no-places")
"""Of the file."""

BRACES = re.compile(r"(?P<stem>[^{}*]*)(?:\{(?P<endings>[^{}]*)\}|(?P<german>\*))?")


def country_names() -> dict[str, dict[str, str]]:
    """Country code → language → the name that the CLDR gives.

    With ``ALSO``, under its code: how a language's other half of the world spells it.
    """
    from babel import Locale  # not where a vocabulary is kept that was read before

    countries: dict[str, dict[str, str]] = {}
    for language in (*LANGUAGES, *ALSO):
        locale = Locale.parse(LOCALES.get(language, language))
        for code, name in locale.territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES:
                countries.setdefault(code, {})[language] = name
    return dict(sorted(countries.items()))


def read_places(
    file: VocabularyFile,
    content: Mapping[str, Any],
    countries: Mapping[str, dict[str, str]],
) -> tuple[Place, ...]:
    """Wider places first, then every country. Raises InvalidVocabulary."""
    common = {
        n.text: n for n in file.names("common-words", content.get("common-words"))
    }
    left_out = file.mapping("left-out", content.get("left-out"))
    whole = {n.text for n in file.names("whole", content.get("whole"))}
    entries: dict[str, object] = dict.fromkeys(countries)
    for code, entry in file.mapping("countries", content.get("countries")).items():
        entries[file.country("countries", code, countries)] = entry
    wider, within = _wider(file, content.get("wider"), countries)
    places = list(wider)
    for code, entry in entries.items():
        usual = [n for n in _usual(code, countries) if n not in left_out]
        names = [common.get(name, Name(text=name)) for name in dict.fromkeys(usual)]
        if entry is not None:
            fields = file.known_keys(code, entry, {"people", "aliases"})
            names += _people(file, code, fields)
            listed = file.names(code, fields.get("aliases", []))
            names += (n._replace(part=n.text not in whole) for n in listed)
        places.append(
            Place(
                code=code,
                names={lang: countries[code][lang] for lang in LANGUAGES},
                aliases=tuple(names),
                within=within.get(code, ()),
            )
        )
    file.one_owner((place.code, name) for place in places for name in place.aliases)
    held = {name.text for place in places for name in place.aliases}
    for name in sorted(whole - held):
        raise file.wrong("whole", f'"{name}" is no alias of a country')
    return tuple(places)


def _wider(
    file: VocabularyFile, entries: object, countries: Mapping[str, Any]
) -> tuple[list[Place], dict[str, tuple[str, ...]]]:
    """The wider places, and for each place those that it is in."""
    wider, within = [], dict[str, tuple[str, ...]]()
    inside: dict[str, dict[str, None]] = {}
    for code, value in file.mapping("wider", entries).items():
        keys = {"law", "members", "names", "people", "aliases", "bodies"}
        fields = file.known_keys(code, value, keys)
        if code in countries:
            raise file.wrong(code, "is the code of a country; take a longer one")
        names = {
            file.language(code, language): file.text(f"{code}, names", name)
            for language, name in file.mapping(
                f"{code}, names", fields.get("names")
            ).items()
        }
        aliases = [Name(text=name) for name in dict.fromkeys(names.values())]
        aliases += _people(file, code, fields)
        aliases += file.names(code, fields.get("aliases", []))
        bodies = file.names(code, fields.get("bodies", []))
        aliases += (name._replace(body=True) for name in bodies)
        law = file.flag(code, fields.get("law", "true"))
        wider.append(Place(code=code, names=names, aliases=tuple(aliases), law=law))
        held = inside[code] = {}
        for member in file.items(f"{code}, members", fields.get("members")):
            if member not in inside:
                file.country(f"{code}, members", member, countries)
            held |= {member: None, **inside.get(member, {})}
        for member in held:
            within[member] = (*within.get(member, ()), code)
    return [replace(p, within=within.get(p.code, ())) for p in wider], within


def _usual(code: str, countries: Mapping[str, dict[str, str]]) -> Iterator[str]:
    """The CLDR's names, and each without its brackets: ``Myanmar (Burma)``.

    Not where that would be another country: ``Saint-Martin (partie néerlandaise)``.
    """
    others = {
        name
        for other, names in countries.items()
        for name in names.values()
        if other != code
    }
    for name in countries[code].values():
        yield name
        short = re.sub(r"\s*\([^)]*\)", "", name)
        if short not in others:
            yield short


def _people(
    file: VocabularyFile, code: str, fields: Mapping[str, Any]
) -> Iterator[Name]:
    """``italien{,s}`` → ``italien``, ``italiens``."""
    people = fields.get("people") or ""
    for word in file.text(f"{code}, people", people).split() if people else ():
        match = BRACES.fullmatch(word)
        if match is None:
            raise file.wrong(code, f'"{word}" has a brace too many or too few')
        endings: Sequence[str] = ("",)
        if match["endings"] is not None:
            endings = match["endings"].split(",")
        elif match["german"]:
            endings = GERMAN_ENDINGS
        for ending in endings:
            yield Name(text=match["stem"] + ending, people=True)
