"""What is said of a text that was brought in: found, stated by it, given by a person. (pure)

A person who confirms a form has the last word; nothing that a file says of its own
vetting counts, since only a step of review vets.
"""

import re
from collections.abc import Mapping, Sequence

from knowledge.model import Document, OwnQuestion, Proposal
from knowledge.own_questions.lines import of_languages

SOURCE = ("title", "publisher", "url", "published_on", "language")
TAGS = ("kind", "form", "event_on", "vendors", "countries")
"""The fields of the two forms, by the keys of the front-matter format."""

LISTS = ("vendors", "countries")
OF_A_SOURCE = ("publisher", "url", "published_on", "archived_url")
_OWN_VETTING = ("vetting", "vetted_on", "rechecked_on")


def said_of(proposal: Proposal) -> dict[str, object]:
    """All that is said of a new text, the later over the earlier, as a file would."""
    said = {**proposal.found, **proposal.stated}
    said = {k: v for k, v in said.items() if k not in _OWN_VETTING}
    given = dict(proposal.given)
    sources = said.get("sources")
    if isinstance(sources, list) and sources and isinstance(sources[0], Mapping):
        first = dict(sources[0])
        for key in OF_A_SOURCE:
            if key in given:
                first[key] = given.pop(key)
        first = {key: value for key, value in first.items() if not _silent(value)}
        said["sources"] = [first, *sources[1:]]
    said |= given
    return {key: value for key, value in said.items() if not _silent(value)}


def given_of(proposal: Proposal) -> dict[str, object]:
    """What a correction changes; what it does not name stays."""
    return {key: value for key, value in proposal.given.items() if not _silent(value)}


def given_questions(proposal: Proposal) -> tuple[OwnQuestion, ...] | None:
    """Its own questions as its proposer wrote them; None where nobody did."""
    given = proposal.given.get("questions")
    return of_languages(given) if isinstance(given, Mapping) else None


def read_form(values: Mapping[str, str], fields: Sequence[str]) -> dict[str, object]:
    """What was filled in, by the keys of the front-matter format."""
    read: dict[str, object] = {}
    for key in fields:
        if key in values:
            text = " ".join(values[key].split())
            parts = [part.strip() for part in re.split(r"[,;]", text)]
            read[key] = [p for p in parts if p] if key in LISTS else text
    return read


def filled(document: Document) -> dict[str, str]:
    """A document in the words of the two forms."""
    source = document.sources[0] if document.sources else None
    return {
        "title": document.title,
        "publisher": source.publisher if source else "",
        "url": source.url if source else "",
        "published_on": str(source.published_on or "") if source else "",
        "language": document.language,
        "kind": document.kind.value,
        "form": document.form.value,
        "event_on": str(document.event_on or ""),
        "vendors": ", ".join(document.vendors),
        "countries": ", ".join(document.places),
    }


def changed(
    values: Mapping[str, object], before: Mapping[str, str]
) -> dict[str, object]:
    """Those of a form's values that are not what stood in it to begin with."""
    return {
        key: value
        for key, value in values.items()
        if (", ".join(value) if isinstance(value, list) else value)
        != before.get(key, "")
    }


def _silent(value: object) -> bool:
    return value is None or value in ("", [], ())
