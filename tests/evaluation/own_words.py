"""Short passages on makers that do not exist, with what their own words answer and do not.

A line of ``own_words/*.jsonl`` has a passage, questions that a careful editor would print
it in reply to, and as many on the same subject that it leaves open; in ``places_*`` those
ask the same of another city, authority or person. Half or more of either ask for yes or no,
so that neither the form nor shared words tell which is which. ``{V}`` and ``{W}`` stand for
makers: a name is put in when it is learned from, as what a passage says is to be read and
not known. Nothing of it is claimed of anybody.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.groups import Group, Kind
from tests.evaluation.judge_groups import ways
from tests.evaluation.labelled import FOLDS, HELD_OUT
from tests.evaluation.plain import names

FOLDER = Path(__file__).parent / "own_words"

INVENTED = (
    "Aldervane",
    "Brixtor",
    "Corvalis Sight",
    "Dunmere",
    "Eyra Systems",
    "Faltrix AI",
    "Gryme Labs",
    "Hollowgate",
    "Istrella",
    "Jorvane Group",
    "Kestrix",
    "Lumenar",
    "Mirovox",
    "Norvetta",
    "Ostrakon",
    "Pellucid One",
    "Quenstar",
    "Rivoltec",
    "Syntagma Face",
    "Torvex",
    "Umbralis",
    "Velkatrace",
    "Wyrmeye",
    "Xantria",
    "Yverdata",
    "Zorbatech",
)
"""Makers that do not exist: half of the passages are read with these, the others with the
names of those that are held, lest what is said of them be known by heart."""

NAMED = 2
"""How often a passage is read, each time with other names; the second time as moderators
file what they have not found a title for."""

LABELS = ("note-1", "se-fine", "paper-a", "police-2", "2024-3", "draft", "Item 12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A passage with what it answers and what it does not, each (language, question)."""

    lang: str
    title: str
    text: str
    answered: Sequence[tuple[str, str]]
    unanswered: Sequence[tuple[str, str]]

    @property
    def fold(self) -> int:
        """0 to 3; HELD_OUT is not learned from."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % FOLDS

    def read_for(self, question: str, label: str | None = None) -> str:
        """The passage as a judge reads it (``knowledge.judging.prose``): a maker that is
        asked about and not named stands before it.
        """
        held = f"{label or self.title}\n{self.text}"
        return held if "{V}" in held or "{V}" not in question else "{V}\n" + held


def told() -> Iterator[Told]:
    """All that was written."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield Told(**json.loads(line))


def own_words(chance: random.Random, held_out: bool = False) -> Iterator[Group]:
    """A group for each question and passage, of the folds learned from or of the other."""
    known = names()
    for each in told():
        if (each.fold == HELD_OUT) != held_out:
            continue
        for again in range(NAMED):
            label = chance.choice(LABELS) if again and "{V}" not in each.title else None
            one, other = chance.sample(chance.choice([INVENTED, known]), 2)

            def named(text: str, one: str = one, other: str = other) -> str:
                return text.replace("{V}", one).replace("{W}", other)

            for answers in (True, False):
                for language, text in each.answered if answers else each.unanswered:
                    question = named(text)
                    yield Group(
                        kind=Kind.OWN_WORDS,
                        question=question,
                        ways=ways(question, language, 1, chance),
                        passage=named(each.read_for(text, label)),
                        answers=answers,
                    )
