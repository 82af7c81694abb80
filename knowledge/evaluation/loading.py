"""A set's corpus as files that a library can take in."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.evaluation.dataset import Text

_UNPRINTED = dict.fromkeys([*range(9), 11, *range(13, 32), 127], " ")
"""Control characters, which no document may have; a blank keeps all offsets."""

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which of a set's documents a held document is, and where its text begins there.

    Several where the set repeats a text: a library holds it once.
    """

    ids: tuple[str, ...]
    offset: int


def write_corpus(corpus: Sequence[Text], folder: Path) -> Mapping[str, Loaded]:
    """Write each text as a Markdown document into a folder; returns held id → origin.

    Texts without a word are left out. The metadata that a set does not have are made
    up: they are never shown.
    """
    bodies: dict[str, list[Text]] = defaultdict(list)
    for text in corpus:
        body = text.text.translate(_UNPRINTED).strip()
        if body:
            bodies[body].append(text)
    loaded = {}
    for number, (body, texts) in enumerate(bodies.items(), start=1):
        identity = f"text-{number:06}"
        text = texts[0]
        plain = text.text.translate(_UNPRINTED)
        loaded[identity] = Loaded(
            tuple(t.id for t in texts), len(plain) - len(plain.lstrip())
        )
        path = folder / f"{identity}.md"
        path.write_text(_markdown(identity, text, body), "utf-8", newline="\n")
    return loaded


def _markdown(identity: str, text: Text, body: str) -> str:
    title = " ".join(text.title.translate(_UNPRINTED).split())[:_LONGEST_TITLE]
    front = {
        "id": identity,
        "title": title or identity,
        "form": "source",
        "kind": "research",
        "language": text.language,
        "publisher": "labelled set",
        "url": f"https://labelled-set.example/{identity}",
        "published_on": "2000-01-01",
    }
    # A JSON string is a YAML string.
    lines = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in front.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])
