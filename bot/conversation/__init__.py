"""Follow-up questions: what a person asked before → the question that is meant.

Only words of the same person are put together, never words about the world, and what
comes out is always shown. A question that stands on its own is never altered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.conversation.leaning import Leaning, leaning
from bot.conversation.reading import Text, read
from bot.conversation.substitution import added, substituted
from knowledge.model import MentionKind, Mentions

LONGEST_MEMORY = 8
"""How many earlier questions are looked at."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The question meant; ``understood`` where it is another than the one typed."""

    text: str
    understood: bool


def resolve(
    earlier: Sequence[str], text: str, mentions: Callable[[str], Mentions]
) -> Meant:
    """What ``text`` means after the ``earlier`` questions, oldest first. Never raises.

    ``mentions`` reads what a text names (see ``Vocabulary.mentions``).
    """
    if not earlier:
        return Meant(text, understood=False)
    past: list[Text] = []
    for question in earlier[-LONGEST_MEMORY:]:
        past.append(read(_meant(past, read(question, mentions)), mentions))
    meant = _meant(past, read(text, mentions))
    return Meant(meant, understood=meant != text)


def _meant(past: Sequence[Text], new: Text) -> str:
    last = next((text for text in reversed(past) if text.vendors or text.places), None)
    if last is None:
        return new.text
    match leaning(new):
        case Leaning.NOT:
            return new.text
        case Leaning.BARE:
            kind = MentionKind.VENDOR if new.vendors else MentionKind.PLACE
            return substituted(last, new, kind)
        case Leaning.ON_VENDOR | Leaning.ON_PLACE | Leaning.ON_BOTH as found:
            names: list[str] = []
            if found is not Leaning.ON_PLACE and not new.vendors:
                source = next((t for t in reversed(past) if t.vendors), last)
                names += source.names(MentionKind.VENDOR)
            if found is not Leaning.ON_VENDOR and not new.places:
                names += last.names(MentionKind.PLACE)
            return added(new.text, names)
