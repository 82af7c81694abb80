"""A text of a conversation, cut into words, with what it names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.conversation.words import (
    ASKS_WHERE,
    DETAILS,
    FILLERS,
    FUNCTION_WORDS,
    VERBS,
    Phrase,
)
from knowledge.analysis import Token, tokens
from knowledge.model import Mention, MentionKind, Mentions

SUBJECTS = (MentionKind.VENDOR, MentionKind.PLACE)

LONGEST = 400
"""Characters; a longer text is no follow-up, and is not looked into."""


@dataclass(frozen=True, slots=True)
class Text:
    """A question, its words, and its mentions of vendors and places in order."""

    text: str
    words: tuple[Token, ...]
    mentions: Mentions

    @property
    def vendors(self) -> tuple[Mention, ...]:
        """Where it names vendors."""
        return self.of(MentionKind.VENDOR)

    @property
    def places(self) -> tuple[Mention, ...]:
        """Where it names places."""
        return self.of(MentionKind.PLACE)

    def of(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Where it names something of a kind, in order."""
        found = (m for m in self.mentions.found if m.kind is kind)
        return tuple(sorted(found, key=lambda m: (m.start, m.end)))

    def names(self, kind: MentionKind) -> tuple[str, ...]:
        """The names of a kind as they are written, one for each id."""
        first: dict[str, str] = {}
        for mention in self.of(kind):
            first.setdefault(mention.id, self.text[mention.start : mention.end])
        return tuple(first.values())

    def within(self, word: Token, kinds: Iterable[MentionKind]) -> bool:
        """Whether a word belongs to a mention of one of these kinds."""
        wanted = frozenset(kinds)
        return any(
            m.kind in wanted and m.start <= word.start and word.end <= m.end
            for m in self.mentions.found
        )

    def holds(self, phrase: Phrase) -> bool:
        """Whether the words of a phrase stand in it, one behind the other."""
        folded = [word.folded for word in self.words]
        size = len(phrase)
        return any(
            tuple(folded[at : at + size]) == phrase
            for at in range(len(folded) - size + 1)
        )


def read(text: str, mentions: Callable[[str], Mentions]) -> Text:
    """Cut a text into words and mentions; of a very long one, none are looked for."""
    if len(text) > LONGEST:
        return Text(text, (), Mentions())
    return Text(text, tokens(text), mentions(text))


def content_of(new: Text, words: Sequence[Token]) -> list[Token]:
    """The words that say something, years left out."""
    return [
        word
        for word in words
        if word.folded not in FUNCTION_WORDS | FILLERS | VERBS | DETAILS | ASKS_WHERE
        and len(word.folded) > 1
        and not new.within(word, [MentionKind.YEAR])
    ]
