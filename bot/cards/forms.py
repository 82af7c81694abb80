"""Forms that a person fills in."""

from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """What a field of a form takes."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"  # one of its options
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form. ``longest`` in characters; ``hint`` says what is wanted."""

    name: str
    label: str
    input: Input = Input.LINE
    value: str = ""
    hint: str = ""
    required: bool = True
    longest: int = 1000
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that a person fills in. ``id`` comes back with what was filled in."""

    id: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: str = ""
