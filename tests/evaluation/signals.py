"""Labelled questions asked of a library → what the gate and the judge have to weigh."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.conversation import Known, resolve
from knowledge.assembly import LibraryConfig, open_library
from knowledge.demands import Demand
from knowledge.evidence import Candidate, admit
from knowledge.library import Library
from knowledge.model import Question
from knowledge.retrieval import Found
from tests.evaluation.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Weighable:
    """A candidate that the laws admit, and whether it may be shown for the question."""

    found: Found
    candidate: Candidate
    right: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question with its candidates, in the order of the fused ranking."""

    label: Labelled
    question: Question
    wanted: Demand
    candidates: tuple[Weighable, ...]


def opened(data: Path) -> Library:
    """The starter set with the packaged model, in a folder that may be used again."""
    library = open_library(LibraryConfig(data=data))
    library.refresh()
    return library


def known_to(library: Library) -> Known:
    """What its vocabulary knows, for follow-up questions."""
    terms = library.vocabulary
    return Known(terms.mentions, terms.matters, terms.light_concepts)


def cases(library: Library, labels: Sequence[Labelled]) -> Iterator[Case]:
    """Each question as the desk would ask it, with what retrieval finds for it.

    What goes on with an earlier question is asked by itself: another gate weighs both.
    """
    for label in labels:
        meant = resolve(label.context, label.text, known_to(library))
        alone = meant.follows.alone if meant.follows else meant.text
        question = library.read(alone, label.lang)
        wanted = library.answering.retrieval.demand(question)
        candidates = (
            Weighable(found, candidate, found.held.document.id in label.relevant)
            for found, candidate in admitted(library, question, wanted)
        )
        yield Case(label, question, wanted, tuple(candidates))


def admitted(
    library: Library, question: Question, wanted: Demand
) -> Iterator[tuple[Found, Candidate]]:
    """What retrieval finds and the laws admit, with the own questions to compare."""
    answering = library.answering
    for found in answering.retrieval.find(question, wanted):
        candidate = answering.readings.of(found.held)
        if admit(wanted, candidate) is not None:
            yield found, answering.readings.asked(candidate, question.language)
