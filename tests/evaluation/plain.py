"""Plain questions on every vendor: who runs it, where it is based, what it costs.

``plain_questions/wordings.json`` has ten wordings of each fact in every language,
``labels.json`` which documents on a vendor tell a fact. Of most vendors most facts are told
by none: right vendor, other detail, which is where a wrong answer is nearest.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.evaluation.labelled import HELD_OUT, Labelled

FOLDER = Path(__file__).parent / "plain_questions"

SEVERAL = frozenset({"how", "howmany", "renamed", "export", "convicted", "optout"})
"""Facts whose wordings ask one of several things each: which of them a document answers is
not labelled; one that answers none of them is."""

KEPT_APART = 3
"""Wordings of a fact in each language that only the held-out vendors are asked in."""

LANGUAGES_EACH = 4
"""In how many of the languages a fact on a vendor is asked."""


def plain_questions(languages: int = LANGUAGES_EACH) -> Iterator[Labelled]:
    """A question in so many languages for each fact on each vendor that could be labelled.

    By its first document, or by vendor and fact, each is in one fold (``Labelled.fold``).
    """
    wordings = _read("wordings.json")
    for vendor, told in _read("labels.json").items():
        for fact, in_languages in wordings.items():
            answers = told["answers"].get(fact, {"must": (), "relevant": ()})
            if fact in told["doubtful"] or (answers["must"] and fact in SEVERAL):
                continue
            label = Labelled(
                id=f"plain-{vendor}-{fact}",
                lang="",
                text="",
                context=(),
                answerable=bool(answers["must"]),
                must=tuple(answers["must"]),
                relevant=tuple(answers["relevant"]),
                type=fact,
                wrong=None if answers["must"] else "detail",
            )
            key = label.id
            by_chance = sorted(in_languages, key=lambda code: _drawn(key + code))
            for language in by_chance[:languages]:
                yield _worded(label, language, in_languages[language], told["names"])


def on_every_vendor() -> Iterator[Labelled]:
    """Each fact on each vendor once, for gates; less the latest news, which asks for
    nothing more than its subject.
    """
    return (each for each in plain_questions(languages=1) if each.type != "latest")


def names() -> Sequence[str]:
    """What the vendors are called there."""
    return [name for told in _read("labels.json").values() for name in told["names"]]


def _worded(
    label: Labelled, language: str, texts: Sequence[str], names: Sequence[str]
) -> Labelled:
    held_out = label.fold == HELD_OUT
    texts = texts[-KEPT_APART:] if held_out else texts[:-KEPT_APART]
    drawn = _drawn(f"{label.id}-{language}")
    text, name = texts[drawn // 7 % len(texts)], names[drawn % len(names)]
    return replace(label, lang=language, text=text.replace("{X}", name))


def _drawn(key: str) -> int:
    """By chance, and the same at every run."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return read
