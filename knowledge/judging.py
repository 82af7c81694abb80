"""What a judge reads beside the question asked: questions that a passage is known to
answer, and the passage.

A judge is a small cross-encoder that was taught to tell whether two questions ask the
same, and whether a passage answers a question. Each tells what the other does not: the
two together separate what is answered from what is not better than either. The same
pairs were made for its training.
"""

from collections.abc import Sequence

from knowledge.demands import Demand
from knowledge.evidence import Candidate, OwnRead
from knowledge.likeness import alike
from knowledge.model import MentionKind, Question

MOST_COMPARED = 12
"""Questions of one passage that are compared with the one asked. The more, the better the
unanswerable are told (AUROC on held-out questions .967, .970, .972, .975 with three, four,
eight, twelve), and few have more in one language."""

BRIDGE = "en"
"""The language of the questions that stand in where none is in the asker's."""


def compared(
    wanted: Demand, found: Candidate, language: str, most: int = MOST_COMPARED
) -> Sequence[OwnRead]:
    """The passage's own questions to compare with the one asked, the likest first."""
    own = [question for question in found.own if question.language == language]
    own += [question for question in found.worded if question.language == language]
    if not own:
        own = [question for question in found.own if question.language == BRIDGE]
    own.sort(key=lambda question: -alike(wanted.units, question))
    return own[:most]


def is_as_wide(own: OwnRead, question: Question) -> bool:
    """Whether it names no vendor and no place beyond those that were asked about.

    "Who reported on Pegasus in Thailand?" is narrower than "Who reported on Pegasus?",
    and a judge may find them the same.
    """
    asked = question.mentions
    return own.vendors <= set(asked.vendors) and own.places <= set(asked.places)


def prose(wanted: Demand, found: Candidate, question: Question) -> str:
    """The passage as a judge reads it: its document's title, then its words.

    Before them what was asked about and they do not name, as the question has it. The
    laws have admitted the passage as one on that; a judge cannot know that "the company"
    is PimEyes, that Stockholm is in Sweden, or that a law of the Union holds in Italy.
    """
    texts = (found.title, *found.sentences)
    named = {m.id for text in texts for m in text.mentions.found if not m.part}
    unsaid = []
    for kind, accepted, from_there in (
        (MentionKind.VENDOR, wanted.vendors, False),
        (MentionKind.PLACE, wanted.places, False),
        (MentionKind.PLACE, wanted.where.origins, True),
    ):
        if not named & accepted:
            unsaid += [
                question.text[m.start : m.end]
                for m in question.mentions.found
                if m.kind is kind
                and not m.part
                and (m.id in question.origins) == from_there
                and m.id not in wanted.where.natives
            ]
    lines = (", ".join(dict.fromkeys(unsaid)), found.held.document.title)
    return "\n".join((*filter(None, lines), found.held.passage.text))
