"""Whether a pronoun stands for a vendor that was named in an earlier question."""

from collections.abc import Sequence

from bot.conversation.reading import SUBJECTS, Text, content_of
from bot.conversation.words import (
    AFTER_A_NOUN,
    BEFORE_CLAUSE,
    BEFORE_INVERSION,
    EXPLETIVES,
    INVERTED,
    JUDGING,
    PRONOUNS,
    PRONOUNS_AFTER,
    PRONOUNS_BEFORE,
    REFLEXIVE,
    THE_VENDOR,
    VERBS,
)


def is_expletive(new: Text) -> bool:
    """Whether its pronoun stands for nothing: ``is there …``."""
    return any(new.holds(phrase) for phrase in EXPLETIVES)


def stands_for_vendor(new: Text) -> bool:
    """Whether a pronoun or a phrase in it stands for a vendor."""
    if any(new.holds(phrase) for phrase in THE_VENDOR):
        return True
    if is_expletive(new):
        return False
    folded = [word.folded for word in new.words]
    for at, word in enumerate(folded):
        before = folded[at - 1] if at else ""
        after = folded[at + 1] if at + 1 < len(folded) else ""
        stands = (
            word in PRONOUNS
            or before in PRONOUNS_AFTER.get(word, ())
            or after in PRONOUNS_BEFORE.get(word, ())
        )
        if stands and not _stands_for_nothing(folded, at) and not _said(new, at):
            return True
    return False


def _stands_for_nothing(folded: Sequence[str], at: int) -> bool:
    """``is it legal to …``, ``is it a crime in Greece to …``."""
    if BEFORE_CLAUSE.intersection(folded[at + 2 : at + 3]):
        return True
    judged = JUDGING.intersection(folded[at + 1 : at + 4])
    return bool(judged and BEFORE_CLAUSE.intersection(folded[at + 2 :]))


def _said(new: Text, at: int) -> bool:
    """Whether the pronoun stands for something that the same question says before it."""
    words = new.words
    if words[at].folded in INVERTED and at and _hyphened(new, at):
        verb = at - 2 if words[at - 1].folded == "t" else at - 1
        while verb > 0 and words[verb - 1].folded in REFLEXIVE:
            verb -= 1
        subject = words[verb - 1] if verb > 0 else None
        return subject is not None and subject.folded not in BEFORE_INVERSION
    if words[at].folded not in AFTER_A_NOUN:
        return False
    before = [
        w
        for w in content_of(new, words[:at])
        if w.folded not in PRONOUNS and not new.within(w, SUBJECTS)
    ]
    if at and words[at - 1].folded in VERBS and not _clause_before(new, at):
        return False
    return len(before) > 1


def _hyphened(new: Text, at: int) -> bool:
    return "-" in new.text[new.words[at - 1].end : new.words[at].start].replace(
        "‑", "-"
    )


def _clause_before(new: Text, at: int) -> bool:
    """Whether a clause ends before the verb and the pronoun behind it."""
    start = new.words[max(0, at - 3)].start
    between = new.text[start : new.words[at].start]
    joins = any(
        w.folded in ("and", "or", "but") for w in new.words[max(0, at - 4) : at]
    )
    return at > 2 and (joins or "," in between)
