"""Every word of the bot, in each interface language: a file each, found by itself.

The words of a language are in ``<language>.yaml`` beside this module. Entries are named
by their path, ``answer.ends``. The English file is the pattern for the others; errors
are worded in English by ``knowledge.errors``, so their entries come from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

import yaml
from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list

from knowledge import errors
from knowledge.model import PartialDate

DEFAULT = "en"
"""The interface language where a question's own has no catalogue."""

PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The categories of CLDR; an entry made of these is one entry, chosen by its count."""

Entry = str | Mapping[str, str]
"""A pattern, or one for each plural category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language, and its manner of writing dates and lists."""

    language: str
    locale: Locale
    entries: Mapping[str, Entry]
    place_in: Mapping[str, frozenset[str]]

    def __call__(self, key: str, /, **values: object) -> str:
        """The entry called ``key``, filled in.

        ``count`` chooses the plural. Raises KeyError for an unknown entry or value.
        """
        entry = self.entries[key]
        if not isinstance(entry, str):
            form = self.locale.plural_form(int(str(values["count"])))
            entry = entry.get(form, entry["other"])
        return entry.format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def in_place(self, code: str, name: str) -> str:
        """A place as it stands in a sentence, e.g. ``in the Netherlands``."""
        default = next(iter(self.place_in))
        pattern = next((p for p, codes in self.place_in.items() if code in codes), None)
        return (pattern or default).format(place=name)

    def quoted(self, text: str) -> str:
        """The text between this language's quotation marks."""
        return f"{self('quote.opening')}{text}{self('quote.closing')}"

    @property
    def colon(self) -> str:
        """What stands between a name and what is said of it, with its spaces."""
        return self("labelled", heading="", cell="")

    def either(self, names: Sequence[str]) -> str:
        """Names as alternatives: ``A, B or C``."""
        return str(format_list(list(names), "or", locale=self.locale))

    def dated(self, when: PartialDate | date) -> str:
        """A date as precise as it is known: ``2017``, ``Feb 2022``, ``10 Feb 2022``."""
        match when:
            case PartialDate(month=None):
                return self._written("y", when.earliest)
            case PartialDate(day=None):
                return self._written("yMMM", when.earliest)
            case PartialDate():
                return self._written("yMMMd", when.earliest)
            case _:
                return self._written("yMMMd", when)

    def minute(self, at: datetime) -> str:
        """A moment to the minute, as it stands in the store: in UTC."""
        return f"{self.dated(at.date())}, {at:%H:%M} UTC"

    def month(self, when: PartialDate) -> str:
        """A date to the month: ``April 2025``; ``2017`` where no more is known."""
        skeleton = "y" if when.month is None else "yMMMM"
        return self._written(skeleton, when.earliest)

    def language_name(self, code: str) -> str:
        """A language in this language's words: ``it`` → ``Italian``; else the code."""
        return self.locale.languages.get(code) or code

    def _written(self, skeleton: str, day: date) -> str:
        return str(format_skeleton(skeleton, day, locale=self.locale))


@lru_cache
def languages() -> tuple[str, ...]:
    """The interface languages, sorted: one for every file."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def words(*wanted: str | None) -> Words:
    """The words of the first of these languages that has a catalogue, else English."""
    held = languages()
    return _load(next((code for code in wanted if code in held), DEFAULT))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where it was built: ten times as quick."""


@lru_cache
def _load(language: str) -> Words:
    text = files(__name__).joinpath(f"{language}.yaml").read_text("utf-8")
    tree = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are the safe one
    locale = tree.pop("locale")
    place_in = {p: frozenset(codes) for p, codes in tree.pop("place_in").items()}
    entries = dict(_entries(tree, ""))
    if language == DEFAULT:
        entries |= _english_errors()
    return Words(
        language=language,
        locale=Locale.parse(locale),
        entries=entries,
        place_in=place_in,
    )


def _entries(tree: Mapping[str, object], above: str) -> Iterator[tuple[str, Entry]]:
    for name, value in tree.items():
        match value:
            case dict() if value and value.keys() <= PLURALS:
                yield f"{above}{name}", value
            case dict():
                yield from _entries(value, f"{above}{name}.")
            case _:
                yield f"{above}{name}", str(value)


def _english_errors() -> dict[str, str]:
    """The messages of all errors of the engine, which are their docstrings."""
    return {
        f"errors.{name}": kind.__doc__ or ""
        for name, kind in sorted(vars(errors).items())
        if isinstance(kind, type) and issubclass(kind, errors.QuisError)
    }
