"""Follow-up questions: what a person asked before → the question that is meant.

Only words of the same person are put together, never words about the world, and what
comes out is always shown. A question that stands on its own is never altered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.askable import cleaned, unfit
from bot.conversation.leaning import (
    COURTESY,
    Leaning,
    asks_for_such,
    dangles,
    leaning,
    points_at_matter,
)
from bot.conversation.reading import SUBJECTS, Known, Text, content_of, read
from bot.conversation.substitution import added, continued, substituted
from bot.conversation.words import FILLERS
from knowledge.model import FollowUp, MentionKind

__all__ = ["Known", "Meant", "resolve"]

A_NAME, A_QUESTION = 4, 4
"""Letters of a word that may be what a question was on, and words of that question."""

LONGEST_MEMORY = 8
"""How many earlier questions are looked at."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The question meant; ``understood`` where it is another than the one typed.

    ``dangling`` where it leans on something that nobody said: ``was it fined?``, at the
    beginning. Whatever is held on fines would be on somebody. ``follows`` where it was put
    behind the one before it.
    """

    text: str
    understood: bool
    dangling: bool = False
    follows: FollowUp | None = None


def resolve(earlier: Sequence[str], text: str, known: Known) -> Meant:
    """What ``text`` means after the ``earlier`` questions, oldest first. Never raises."""
    if unfit(cleaned(text)):  # nothing is asked, so nothing is meant by it
        return Meant(text, understood=False)
    past: list[_Turn] = []
    for question in earlier[-LONGEST_MEMORY:]:
        past.append(_turn(past, read(question, known), known))
    new = read(text, known)
    turn = _turn(past, new, known)
    understood = turn.meant.text != text
    return Meant(
        turn.meant.text,
        understood,
        dangling=not understood and dangles(new),
        follows=turn.follows,
    )


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a question of a talk means, and what of it a later one is put behind: itself,
    without what was put behind it. ``follows`` where it has such a part itself.
    """

    meant: Text
    head: Text
    follows: FollowUp | None = None


def _turn(past: Sequence[_Turn], new: Text, known: Known) -> _Turn:
    last = _last(past)
    if last is None or unfit(cleaned(new.text)):  # nothing is asked, or of nobody
        return _Turn(new, new)
    match leaning(new, talking=True):
        case Leaning.NOT:
            return _Turn(new, new)
        case Leaning.BARE:
            kind = MentionKind.VENDOR if new.vendors else MentionKind.PLACE
            meant, head = (
                read(substituted(text, new, kind), known)
                for text in (last.meant, last.head)
            )
            return _Turn(meant, head)
        case _ if new.has_subject and not last.meant.has_subject:
            return _Turn(new, new)
        case found:
            names = _lacking(past, last.head, new, found)
            alone = read(added(new.text, names), known)
            said = all(name in last.head.text for name in names)
            if found is not Leaning.ON_BOTH or not said or new.of(MentionKind.YEAR):
                return _Turn(alone, alone)
            meant = read(continued(last.head, new), known)
            shown = leaning(new) is not Leaning.NOT
            follows = FollowUp(last.head.text, alone.text, shown)
            return _Turn(meant, last.head, follows)


def _lacking(
    past: Sequence[_Turn], last: Text, new: Text, found: Leaning
) -> Sequence[str]:
    """The names that a follow-up takes over from what was asked before."""
    if not last.has_subject:
        return last.telling
    names: list[str] = []
    if found is not Leaning.ON_PLACE and not new.vendors:
        names += _who_or_what([turn.meant for turn in past], last, new)
    if _asks_a_detail_alone(new) or asks_for_such(new):
        names += [name for name in last.concepts if name not in names]
    if found is not Leaning.ON_VENDOR and not new.places:
        names += last.names(MentionKind.PLACE)
    return names


def _last(past: Sequence[_Turn]) -> _Turn | None:
    """What a follow-up leans on: the last question that names something, if any does."""
    found = [turn for turn in reversed(past) if _can_be_leant_on(turn.meant)]
    named = (turn for turn in found if turn.meant.has_subject or turn.meant.has_name)
    return next(named, next(iter(found), None))


def _can_be_leant_on(text: Text) -> bool:
    """Whether it names a subject; or, in a whole question, something that is not known as
    one, such as a case.
    """
    said = {word.casefold() for word in text.telling} - COURTESY
    return text.has_subject or (
        len(text.words) >= A_QUESTION and any(len(word) >= A_NAME for word in said)
    )


def _who_or_what(past: Sequence[Text], last: Text, new: Text) -> Sequence[str]:
    """The vendors of the last question that named any; else what the last was on.

    A new question that names a technology, a law or another place has a matter of its
    own, unless it points at the one before.
    """
    source = next((text for text in reversed(past) if text.vendors), last)
    if source.vendors:
        return source.names(MentionKind.VENDOR)
    own = new.matter or (new.places and not points_at_matter(new))
    return () if own else last.matter


def _asks_a_detail_alone(new: Text) -> bool:
    """``and when was that?``: what happened was said before, by whatever words.

    ``and who owns it now?`` asks for something else.
    """
    said = [w for w in new.words if not new.within(w, SUBJECTS)]
    return not content_of(new, said) and not any(w.folded in FILLERS for w in said)
