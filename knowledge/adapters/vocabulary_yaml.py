"""One file of the vocabulary: YAML → values of the kinds that entries have, or what is wrong."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.analysis import tokens
from knowledge.entries import Name
from knowledge.errors import InvalidVocabulary
from knowledge.model import LANGUAGES

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The one in C where it was built: it starts Quis a quarter of a second sooner."""

LARGEST = 20 * 1024 * 1024
"""Characters of one file; the whole starter vocabulary has a thirtieth of that."""

DEEPEST = 8
"""Levels of entries inside entries; an alias inside itself has no end."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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


class VocabularyFile:
    """One file; every complaint names it, the entry and what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, entry: str, problem: str) -> InvalidVocabulary:
        """The complaint about an entry, to be raised."""
        return InvalidVocabulary(path=self.path, problem=f"{entry}: {problem}")

    def require_slug(self, identity: str) -> None:
        """Refuse what is no id. Each method here raises InvalidVocabulary."""
        if not SLUG.fullmatch(identity):
            raise self.wrong(identity, "an id is made of a-z, 0-9 and single hyphens")

    def top(self) -> dict[str, Any]:
        """The whole file, a mapping."""
        try:
            with self.path.open(encoding="utf-8") as file:
                text = file.read(LARGEST + 1)
            if len(text) > LARGEST:
                raise self.wrong("the file", "is larger than 20 MB; split it up")
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
