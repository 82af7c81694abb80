"""A folder of YAML and the CLDR's names of countries → the vocabulary."""

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from knowledge.analysis import tokens
from knowledge.entries import Concept, Name, Place, Vendor
from knowledge.errors import InvalidVocabulary
from knowledge.model import LANGUAGES
from knowledge.vocabulary import Vocabulary

NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""Codes of the CLDR beside those of countries."""

GERMAN_ENDINGS = ("", "e", "er", "en", "es", "em")

PLACE_PARTS = ("wider", "countries", "whole", "common-words", "left-out", "no-places")

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The one in C where it was built: it starts Quis a quarter of a second sooner."""

DEEPEST = 8
"""Levels of entries inside entries; an alias inside itself has no end."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
BRACES = re.compile(r"(?P<stem>[^{}*]*)(?:\{(?P<endings>[^{}]*)\}|(?P<german>\*))?")


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read ``vendors.yaml``, ``places.yaml``, ``concepts.yaml`` and ``ordinary.yaml``.

    The last may be missing: then no word is known to be another than a misspelt name.
    Raises InvalidVocabulary, which names the file, the entry and what to do.
    """
    # A hundred thousand small values are made and none is garbage: not looking for any
    # takes a third of the time. They stay, so that no later search for garbage goes
    # through them either: each would take a tenth of a second, in whatever is done then.
    # Once in a process: what is kept from the searches is kept for good.
    gc.disable()
    try:
        return _loaded(folder)
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        gc.enable()


def _loaded(folder: Path) -> Vocabulary:
    countries = _countries()
    file = _File(folder / "places.yaml")
    content = file.known_keys("the file", file.top(), set(PLACE_PARTS))
    return Vocabulary(
        vendors=_vendors(_File(folder / "vendors.yaml"), countries),
        places=_places(file, content, countries),
        concepts=_concepts(_File(folder / "concepts.yaml")),
        no_places=tuple(file.names("no-places", content.get("no-places"))),
        ordinary=_ordinary(folder / "ordinary.yaml"),
    )


def _plain(node: yaml.Node | None, depth: int = 0) -> Any:
    """Dictionaries, lists and strings only: Norway's NO is no ``false``.

    Raises YAMLError for a key that stands there twice.
    """
    if depth > DEEPEST:
        raise yaml.YAMLError("entries stand inside entries without end")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, depth + 1) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return "" if node is None else node.value
    found: dict[str, Any] = {}
    for key_node, value in node.value:
        key = str(_plain(key_node, depth + 1))
        if key in found:
            line = key_node.start_mark.line + 1
            raise yaml.YAMLError(f'"{key}" stands there twice, again in line {line}')
        found[key] = _plain(value, depth + 1)
    return found


class _File:
    """One file; every complaint names it, the entry and what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, entry: str, problem: str) -> InvalidVocabulary:
        return InvalidVocabulary(path=self.path, problem=f"{entry}: {problem}")

    def top(self) -> dict[str, Any]:
        """The whole file, a mapping."""
        try:
            text = self.path.read_text(encoding="utf-8")
            content = _plain(yaml.compose(text, Loader=LOADER))
        except FileNotFoundError as error:
            raise self.wrong("the file is missing", "put it back") from error
        except (OSError, UnicodeDecodeError) as error:
            raise self.wrong("the file cannot be read", str(error)) from error
        except yaml.YAMLError as error:
            problem = " ".join(str(error).split())
            raise self.wrong("the YAML is broken", f"{problem}; mend it") from error
        if not isinstance(content, dict):
            raise self.wrong("the file", "holds no entries; write `id:` lines")
        return content

    def mapping(self, entry: str, value: object) -> dict[str, Any]:
        """The value, a mapping."""
        if not isinstance(value, dict):
            raise self.wrong(entry, "must hold `key: value` lines; write them below it")
        return value

    def known_keys(self, entry: str, value: object, keys: set[str]) -> dict[str, Any]:
        """The value, a mapping with no other keys."""
        fields = self.mapping(entry, value)
        for key in fields:
            if key not in keys:
                allowed = ", ".join(sorted(keys))
                raise self.wrong(entry, f'unknown key "{key}"; use one of {allowed}')
        return fields

    def text(self, entry: str, value: object) -> str:
        """The value, a text that is not empty."""
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(entry, "must be a text; write one or take the line out")
        return value.strip()

    def items(self, entry: str, value: object) -> list[Any]:
        """The value, a list."""
        if not isinstance(value, list):
            raise self.wrong(entry, "must be a list; write `- ` before each line")
        return value

    def flag(self, entry: str, value: object) -> bool:
        """The value, true or false."""
        if value not in ("true", "false"):
            raise self.wrong(entry, f'"{value}" is neither true nor false')
        return value == "true"

    def year(self, entry: str, value: object) -> int:
        """The value, a year."""
        if not isinstance(value, str) or not re.fullmatch(r"(?:19|20)\d\d", value):
            raise self.wrong(entry, f'"{value}" is not a year; write YYYY')
        return int(value)

    def country(self, entry: str, value: object, countries: Iterable[str]) -> str:
        """The value, the code of a country."""
        code = self.text(entry, value)
        if code not in countries:
            raise self.wrong(entry, f'"{code}" is no ISO 3166-1 code of a country')
        return code

    def language(self, entry: str, value: object) -> str:
        """The value, the code of a supported language."""
        code = self.text(entry, value)
        if code not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise self.wrong(entry, f'"{code}" is no supported language; use {known}')
        return code

    def names(self, entry: str, value: object) -> Iterator[Name]:
        """The value, a list of names, plain or with their conditions."""
        for item in self.items(entry, value):
            yield self.name(entry, item)

    def name(self, entry: str, item: object) -> Name:
        """One name; ``=customs`` counts in this form only."""
        keys = {"name", "exact", "lowercase", "language", "since", "until"}
        given = {"name": item} if isinstance(item, str) else item
        fields = self.known_keys(entry, given, keys)
        written = self.text(entry, fields.get("name"))
        text = written.removeprefix("=")
        where = f'{entry}, name "{text}"'
        if not any(map(str.isalnum, text)):
            raise self.wrong(where, "has no letter or digit; take it out")
        if "lowercase" in fields and "exact" not in fields:
            raise self.wrong(where, "lowercase says nothing without exact: true")
        language = fields.get("language")
        since, until = fields.get("since"), fields.get("until")
        return Name(
            text=text,
            exact=self.flag(where, fields.get("exact", "false")),
            lowercase=self.flag(where, fields.get("lowercase", "false")),
            language=None if language is None else self.language(where, language),
            whole=written.startswith("="),
            since=None if since is None else self.year(where, since),
            until=None if until is None else self.year(where, until),
        )

    def one_owner(self, owned: Iterable[tuple[str, Name]]) -> None:
        """Refuse a name that two entries have."""
        owners: dict[tuple[tuple[str, ...], str | None], str] = {}
        for owner, name in owned:
            # An exact name is another than the same letters in another case.
            words = tuple(
                token.text if name.exact else token.folded
                for token in tokens(name.text)
            )
            first = owners.setdefault((words, name.language), owner)
            if first != owner:
                raise self.wrong(
                    owner, f'"{name.text}" names {first} too; keep it in one of them'
                )


# --- vendors -----------------------------------------------------------------------


def _vendors(file: _File, countries: Mapping[str, Any]) -> tuple[Vendor, ...]:
    vendors = []
    for identity, value in file.top().items():
        _check_slug(file, identity)
        fields = file.known_keys(
            identity, value, {"name", "home", "description", "aliases"}
        )
        home = fields.get("home")
        vendors.append(
            Vendor(
                id=identity,
                name=file.text(f"{identity}, name", fields.get("name")),
                description=file.text(
                    f"{identity}, description", fields.get("description")
                ),
                home=home and file.country(f"{identity}, home", home, countries),
                aliases=tuple(file.names(identity, fields.get("aliases", []))),
            )
        )
    file.one_owner(
        (vendor.id, name)
        for vendor in vendors
        for name in (Name(text=vendor.name), *vendor.aliases)
    )
    return tuple(vendors)


def _check_slug(file: _File, identity: str) -> None:
    if not SLUG.fullmatch(identity):
        raise file.wrong(identity, "an id is made of a-z, 0-9 and single hyphens")


# --- places ------------------------------------------------------------------------


def _countries() -> dict[str, dict[str, str]]:
    """Country code → language → the name that the CLDR gives."""
    countries: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES:
                countries.setdefault(code, {})[language] = name
    return dict(sorted(countries.items()))


def _places(
    file: _File, content: Mapping[str, Any], countries: Mapping[str, dict[str, str]]
) -> tuple[Place, ...]:
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
            names += (Name(text=n) for n in _people(file, code, fields))
            listed = file.names(code, fields.get("aliases", []))
            names += (replace(n, part=n.text not in whole) for n in listed)
        places.append(
            Place(
                code=code,
                names=countries[code],
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
    file: _File, entries: object, countries: Mapping[str, Any]
) -> tuple[list[Place], dict[str, tuple[str, ...]]]:
    """The wider places, and for each country those that it is in."""
    wider, within = [], dict[str, tuple[str, ...]]()
    for code, value in file.mapping("wider", entries).items():
        fields = file.known_keys(code, value, {"members", "names", "aliases"})
        names = {
            file.language(code, language): file.text(f"{code}, names", name)
            for language, name in file.mapping(
                f"{code}, names", fields.get("names")
            ).items()
        }
        aliases = [Name(text=name) for name in dict.fromkeys(names.values())]
        aliases += file.names(code, fields.get("aliases", []))
        wider.append(Place(code=code, names=names, aliases=tuple(aliases)))
        for member in file.items(f"{code}, members", fields.get("members")):
            country = file.country(f"{code}, members", member, countries)
            within[country] = (*within.get(country, ()), code)
    return wider, within


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


def _people(file: _File, code: str, fields: Mapping[str, Any]) -> Iterator[str]:
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
            yield match["stem"] + ending


# --- concepts ----------------------------------------------------------------------


def _concepts(file: _File) -> tuple[Concept, ...]:
    concepts = []
    for identity, value in file.top().items():
        _check_slug(file, identity)
        flags = {"light", "law", "technology"}
        fields = file.known_keys(identity, value, flags | set(LANGUAGES))
        missing = [language for language in LANGUAGES if not fields.get(language)]
        if missing:
            raise file.wrong(
                identity, f"has no words in {', '.join(missing)}; add some"
            )
        concepts.append(
            Concept(
                id=identity,
                words={
                    language: tuple(file.names(f"{identity}, {language}", words))
                    for language, words in fields.items()
                    if language not in flags
                },
                light=file.flag(identity, fields.get("light", "false")),
                law=file.flag(identity, fields.get("law", "false")),
                technology=file.text(identity, fields["technology"])
                if "technology" in fields
                else None,
            )
        )
    return tuple(concepts)


# --- ordinary words ----------------------------------------------------------------


def _ordinary(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    file = _File(path)
    languages = file.known_keys("the file", file.top(), set(LANGUAGES))
    return tuple(
        file.text(language, word)
        for language, words in languages.items()
        for word in file.items(language, words)
    )
