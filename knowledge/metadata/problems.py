"""What is wrong with the value of a key, so that each reader's words can be put to it.

As a text it is in English and names the key as it stands in a file. Whoever talks to
people puts the key's name in their words, see ``bot.replies.problems``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``says`` follows the key: ``: "x" is no date; write YYYY``.

    ``name`` is that of a sentence of the catalogue, filled in with ``values``; without
    one, ``says`` stays as it is. ``where`` it stands, of several: ``source 2``.
    ``bare``: it is told without its key.
    """

    key: str
    says: str
    name: str = ""
    where: str = ""
    bare: bool = False
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.named(self.key)}{self.says}"

    def named(self, label: str) -> str:
        """What the problem is with, the key by its label."""
        if self.bare:
            return ""
        return f"{self.where}, {label}" if self.where else label


class Unusable(ValueError):
    """A value that cannot be used; the message is advice, ``name`` as in ``Problem``."""

    def __init__(self, advice: str, name: str = "", /, **values: object) -> None:
        self.name = name
        self.values = values
        super().__init__(advice)


def of(key: str, error: ValueError, where: str = "") -> Problem:
    """The problem of a value that could not be read."""
    says = f": {error}"
    if not isinstance(error, Unusable):
        return Problem(key=key, says=says, where=where)
    name, values = error.name, error.values
    return Problem(key=key, says=says, name=name, where=where, values=values)
