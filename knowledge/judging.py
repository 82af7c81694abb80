"""What a judge reads beside the question asked: questions that a passage is known to
answer, and the passage.

A judge is a small cross-encoder that was taught to tell whether two questions ask the
same, and whether a passage answers a question. Each tells what the other does not: the
two together separate what is answered from what is not better than either. The same
pairs were made for its training.
"""

from collections.abc import Sequence

from knowledge.evidence import Candidate, Demand
from knowledge.likeness import alike

MOST_COMPARED = 4
"""Questions of one passage that are compared with the one asked."""

BRIDGE = "en"
"""The language of the questions that stand in where none is in the asker's."""


def compared(
    wanted: Demand, found: Candidate, language: str, most: int = MOST_COMPARED
) -> Sequence[str]:
    """The passage's own questions to compare with the one asked, the likest first."""
    own = [question for question in found.own if question.language == language]
    if not own:
        own = [question for question in found.own if question.language == BRIDGE]
    own.sort(key=lambda question: -alike(wanted.units, question))
    return [question.text for question in own[:most]]


def prose(found: Candidate) -> str:
    """The passage as a judge reads it: its document's title, then its words."""
    return f"{found.held.document.title}\n{found.held.passage.text}"
