"""Phrases, and whether they stand in the folded words of a question."""

from collections.abc import Sequence

Phrase = tuple[str, ...]
Phrases = tuple[Phrase, ...]

WIDEST_GAP = 8
"""Words that a lone ``*`` may stand for."""


def phrases(listed: str) -> Phrases:
    """Phrases between bars; ``*`` is any end of a word, alone it is a few words."""
    return tuple(tuple(phrase.split()) for phrase in listed.split("|") if phrase)


def stands(phrase: Phrase, words: Sequence[str], at: int) -> bool:
    """Whether the phrase stands from word ``at`` on."""
    for number, part in enumerate(phrase):
        if part == "*":
            last = min(at + WIDEST_GAP, len(words))
            rest = phrase[number + 1 :]
            return any(stands(rest, words, later) for later in range(at, last + 1))
        if at >= len(words):
            return False
        begins = part[-1] == "*" and words[at].startswith(part[:-1])
        if words[at] != part and not begins:
            return False
        at += 1
    return True


def stands_anywhere(phrase: Phrase, words: Sequence[str]) -> bool:
    """Whether the phrase stands somewhere."""
    return any(stands(phrase, words, at) for at in range(len(words)))
