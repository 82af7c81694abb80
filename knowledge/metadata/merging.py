"""What a file states and what a person gives, merged key by key, problems collected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from knowledge.metadata import problems, values
from knowledge.metadata.problems import Problem
from knowledge.model import Document, Kind

_FLAGS = {"vendors": "--vendor", "countries": "--country"}
_T = TypeVar("_T")


@dataclass(slots=True)
class Merging:
    """One document's metadata under way.

    ``held`` is the newest revision of the document, if any: then what is given may
    differ from what the file states.
    """

    stated: Mapping[str, object]
    given: Mapping[str, object]
    held: Document | None
    problems: list[str | Problem] = field(default_factory=list)

    @property
    def base(self) -> Document | None:
        """What stands where nobody says anything else: a file with front matter is whole."""
        return None if self.stated else self.held

    def merged(self, key: str, read: Callable[[object], _T]) -> _T | None:
        """The value stated or given, or None where both are silent."""
        stated = self.read(key, self.stated.get(key), read)
        given = self.given.get(key)
        # A flag that may be repeated and is not there arrives as an empty list.
        told = None if given in ([], ()) else self.read(key, given, read)
        if stated is None or told is None:
            return stated if told is None else told
        self.agree(key, "the front matter", stated, told)
        return told

    def agree(self, key: str, where: str, stated: object, given: object) -> None:
        """Complain where two values differ, unless this is a later revision."""
        if stated != given and self.held is None:
            says = (
                f" is contradictory: {where} says {values.shown(stated)}, "
                f"{flag(key)} says {values.shown(given)}; leave one out"
            )
            self.problems.append(Problem(key=key, says=says))

    def read(
        self,
        key: str,
        value: object,
        read: Callable[[object], _T],
        where: str = "",
    ) -> _T | None:
        """A value, or None and perhaps a problem. ``where`` it stands, of several."""
        if values.silent(value):
            return None
        try:
            return read(value)
        except ValueError as error:
            self.problems.append(problems.of(key, error, where))
            return None

    def many(self, key: str, read: Callable[[str], str]) -> tuple[str, ...] | None:
        """A list of ids, each once, in the order written; None where none is said."""

        def each(value: object) -> tuple[str, ...]:
            if not isinstance(value, (str, list, tuple)):
                raise ValueError("write a list, as in [a, b]")  # noqa: TRY004
            found = []
            for item in [value] if isinstance(value, str) else value:
                try:
                    found.append(read(values.text(item)))
                except ValueError as error:
                    self.problems.append(_of_one(key, error))
            return tuple(dict.fromkeys(found))

        return self.merged(key, each)

    def complained(self, key: str, where: str = "") -> bool:
        """Whether a value of this key was there and could not be used."""
        start = f"{where}, {key}:" if where else f"{key}:"
        return any(str(problem).startswith(start) for problem in self.problems)


def _of_one(key: str, error: ValueError) -> str | Problem:
    """Of one of a list: it is named by itself, and needs no key before it."""
    found = problems.of(key, error)
    return replace(found, says=str(error), bare=True) if found.name else str(error)


def flag(key: str) -> str:
    """The command-line option for a key."""
    return _FLAGS.get(key, f"--{key.replace('_', '-')}")


def missing(key: str) -> Problem:
    """The problem of a key that nobody said anything about."""
    says = f" is missing: say {flag(key)}"
    if key == "kind":
        says = f"{says} ({', '.join(Kind)})"
    return Problem(key=key, says=says)
