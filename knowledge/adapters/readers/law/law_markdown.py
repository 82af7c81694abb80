"""Laws in Markdown, as the projects Legalize and bundestag/gesetze keep them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from knowledge.adapters.readers.law.acts import described
from knowledge.adapters.readers.law.complete import check_complete
from knowledge.ports import Findings

_LEGALIZE = frozenset({"identifier", "country", "rank"})
_GESETZE = frozenset({"jurabk", "slug"})
_HEADING = re.compile(r"#{1,6} .*")
_ISSUED = re.compile(r"^Ausfertigungsdatum\n: *(\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_PUBLISHERS = {"www.legifrance.gouv.fr": "Légifrance", "www.boe.es": "BOE"}
_LANGUAGES = {"fr": "fr", "es": "es", "de": "de", "it": "it", "pt": "pt", "nl": "nl"}


def as_law(findings: Findings) -> Findings:
    """What a Markdown file holds, understood where its front matter is a law's.

    Other files are given back as they are. Raises UnreadableFile for a law of which an
    article is missing.
    """
    said = findings.metadata
    if said.keys() >= _LEGALIZE:
        metadata = _legalize(said)
    elif said.keys() >= _GESETZE:
        metadata = _gesetze(said, findings.body)
    else:
        return findings
    headings = [m.group().lstrip("# ") for m in _HEADING.finditer(findings.body)]
    check_complete(findings.origin, findings.body, headings)
    return replace(findings, metadata=metadata)


def _legalize(said: Mapping[str, object]) -> Mapping[str, object]:
    url = _text(said, "source")
    country = _text(said, "country").lower()
    return described(
        title=_text(said, "title"),
        language=_LANGUAGES.get(country, ""),
        country=country.upper(),
        publisher=_PUBLISHERS.get(urlsplit(url).hostname or "", ""),
        url=url,
        event_on=_text(said, "publication_date"),
        published_on=_text(said, "last_updated"),
    )


def _gesetze(said: Mapping[str, object], body: str) -> Mapping[str, object]:
    issued = _ISSUED.search(body)
    return described(
        title=_text(said, "Title"),
        language="de",
        country="DE",
        event_on=issued[1] if issued else "",
    )


def _text(said: Mapping[str, object], key: str) -> str:
    value = said.get(key)
    return value if isinstance(value, str) else ""
