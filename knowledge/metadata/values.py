"""Readers of single values: as written → checked; each raises ValueError with advice."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from knowledge.metadata.problems import Unusable
from knowledge.model import LANGUAGES, PartialDate

SUPPORTED = ", ".join(LANGUAGES)

_LONGEST_URL = 2000
_UNREADABLE = ("Cc", "Cs")  # controls, halves of characters
_E = TypeVar("_E", bound=StrEnum)


def silent(value: object) -> bool:
    """Whether a key says nothing: absent, null, or left empty. ``[]`` says: none."""
    return value is None or value == ""


def shown(value: object) -> str:
    """A value as a message names it."""
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "none"
    return str(value)


def text(value: object) -> str:
    """One line, its white space evened out."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"{value!r} is no text; put it in quotes")  # noqa: TRY004
    line = " ".join(str(value).split())
    if not line or any(unicodedata.category(c) in _UNREADABLE for c in line):
        raise ValueError("it is blank or has control characters in it")
    return line


def choice(options: type[_E]) -> Callable[[object], _E]:
    """A reader of one of a few words."""

    def read(value: object) -> _E:
        word = text(value).lower()
        if word not in list(options):
            raise ValueError(f"{word!r} is not one of {', '.join(options)}")
        return options(word)

    return read


def partial_date(value: object) -> PartialDate:
    """A year, a month or a day."""
    if isinstance(value, datetime):
        value = value.date()
    written = value.isoformat() if isinstance(value, date) else text(value)
    try:
        return PartialDate.parse(written)
    except ValueError as error:
        advice = f"{written!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
        raise Unusable(advice, "no-date", value=written) from error


def day(value: object) -> date:
    """A day and nothing coarser."""
    read = partial_date(value)
    if read.day is None:
        raise Unusable(f"{read} is no day; write YYYY-MM-DD", "no-day", value=read)
    return read.earliest


def url(value: object) -> str:
    """An address on the web."""
    address = text(value)
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or " " in address or len(address) > _LONGEST_URL:
        short = address[:80]
        advice = f"{short!r} is no web address; write https://…"
        raise Unusable(advice, "no-address", value=short)
    return address


def language(value: object) -> str:
    """A supported language."""
    code = text(value).lower()
    if code not in LANGUAGES:
        raise ValueError(f"{code!r} is not supported; {SUPPORTED} are")
    return code


def any_language(value: object) -> str:
    """Any language: a brief may stand on sources that Quis itself cannot read."""
    code = text(value).lower()
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise ValueError(f"{code!r} is no code of ISO 639, such as en")
    return code
