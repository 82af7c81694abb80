"""Phrases, and whether they stand in the folded words of a question."""

from collections.abc import Mapping, Sequence
from functools import cached_property

Phrase = tuple[str, ...]

WIDEST_GAP = 8
"""Words that a lone ``*`` may stand for."""


class Phrases(tuple[Phrase, ...]):
    """Phrases in order, looked up by the word with which they begin."""

    def standing(self, words: Sequence[str], at: int) -> Sequence[Phrase]:
        """Those that stand from word ``at`` on."""
        if at >= len(words):
            return ()
        word = words[at]
        begun = self._by_word.get(word) or self._by_letter.get(word[:1], self._lone)
        return [p for p in begun if stands(p, words, at)] if begun else ()

    def anywhere(self, words: Sequence[str]) -> bool:
        """Whether one of them stands somewhere."""
        return any(self.standing(words, at) for at in range(len(words)))

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[Phrase]]:
        """For the words with which a phrase begins as they are."""
        firsts = {phrase[0] for phrase in self if not phrase[0].endswith("*")}
        return {
            first: [p for p in self if p[0] == first or _may_begin(p, first[:1])]
            for first in firsts
        }

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[Phrase]]:
        """For all other words: those that more than one word can begin, by its letter."""
        letters = {phrase[0][0] for phrase in self if phrase[0].endswith("*")}
        return {
            letter: [p for p in self if _may_begin(p, letter)] for letter in letters
        }

    @cached_property
    def _lone(self) -> Sequence[Phrase]:
        """Those that any word can begin."""
        return [phrase for phrase in self if phrase[0] == "*"]


def _may_begin(phrase: Phrase, letter: str) -> bool:
    """Whether other words with this letter than one can begin it."""
    first = phrase[0]
    return first == "*" or (first.endswith("*") and first[0] == letter)


def phrases(listed: str) -> Phrases:
    """Phrases between bars; ``*`` is any end of a word, alone it is a few words."""
    return Phrases(tuple(phrase.split()) for phrase in listed.split("|") if phrase)


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
