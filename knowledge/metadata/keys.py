"""The keys that are known, and advice on one that is not."""

import difflib
from collections.abc import Mapping

from knowledge.metadata.sources import SHORTHANDS
from knowledge.model import Relation

KEYS = (
    *("id", "title", "form", "kind", "language", "vendors", "countries", "event_on"),
    *Relation,
    *("vetting", "vetted_on", "rechecked_on", "sources", "translations"),
    *("questions", "wordings"),
    *SHORTHANDS,
)
"""All keys that front matter may have and a person may give."""


def unknown_keys(said: Mapping[str, object], where: str) -> list[str]:
    """A problem for each key that is not known; ``where`` it was said."""
    problems = []
    for key in sorted(str(key) for key in said):
        if key in KEYS:
            continue
        close = difflib.get_close_matches(key, KEYS, 1)
        advice = f"did you mean {close[0]}?" if close else "leave it out"
        if key == "status":
            advice = "the steps of review set it; leave it out"
        problems.append(f"the key {key!r} in {where} is not known: {advice}")
    return problems
