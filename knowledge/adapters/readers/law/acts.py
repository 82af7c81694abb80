"""What the readers of laws say of an act in the words of the front-matter format."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from knowledge.model import LANGUAGES

_LETTERS = {
    "ENG": "en",
    "FRA": "fr",
    "ITA": "it",
    "DEU": "de",
    "SPA": "es",
    "NLD": "nl",
    "POR": "pt",
    "DAN": "da",
    "FRE": "fr",
    "GER": "de",
    "DUT": "nl",
}
_THREE = {"en": "eng", "fr": "fra", "it": "ita", "de": "deu", "es": "spa", "nl": "nld"}
_THREE |= {"pt": "por", "da": "dan"}
_ELI = re.compile(r"(https?://[^/]+/eli/.+?)/[a-z]{3}/?\Z")
_WRITTEN = re.compile(
    r"(\d{1,2})(?:er|º|°|\.)?\s+(?:de\s+)?([^\W\d_]{3,12})\s+(?:de\s+)?(\d{4})\b"
)
_NUMBERS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def described(
    *,
    title: str,
    language: str,
    country: str,
    publisher: str = "",
    url: str = "",
    event_on: str = "",
    published_on: str = "",
) -> Mapping[str, object]:
    """Metadata of a law; what is empty is left out.

    A law names no vendor. A language that is not supported is left out, so that it is
    told from the text and refused there, or given by a person.
    """
    found: dict[str, object] = {
        "title": " ".join(title.split()),
        "kind": "law",
        "form": "source",
        "language": language if language in LANGUAGES else "",
        "countries": [country] if country else "",
        "publisher": publisher,
        "url": url,
        "event_on": event_on,
        "published_on": published_on,
    }
    return {key: value for key, value in found.items() if value} | {"vendors": []}


def two_letters(code: str) -> str:
    """``ENG``, ``EN`` or ``en`` → ``en``."""
    code = code.strip().upper()
    return _LETTERS.get(code, code.lower() if len(code) == 2 else "")


def eli(url: str, language: str) -> str:
    """An ELI in the language of the text: the page names that of its own menus."""
    match = _ELI.match(url)
    if match is None:
        return url
    return "/".join(filter(None, (match[1], _THREE.get(language))))


def numeric_day(text: str) -> str:
    """The first ``4.5.2016`` in a text, as ``2016-05-04``; empty if none."""
    match = _NUMBERS.search(text)
    return _iso(int(match[3]), int(match[2]), int(match[1])) if match else ""


def written_day(text: str, language: str) -> str:
    """The first ``27 April 2016`` in a text, as ``2016-04-27``; empty if none."""
    months = _months(language)
    for match in _WRITTEN.finditer(text):
        month = months.get(match[2].casefold())
        if month:
            return _iso(int(match[3]), month, int(match[1]))
    return ""


@cache
def _months(language: str) -> Mapping[str, int]:
    from babel import Locale, UnknownLocaleError

    try:
        named = Locale.parse(language).months["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {name.casefold(): number for number, name in named.items()}


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
