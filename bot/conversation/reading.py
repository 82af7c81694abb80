"""A text of a conversation, cut into words, with what it names."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
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

MOST_TELLING = 5
"""Words that are taken over from a question that names nothing known."""

LONGEST = 400
"""Characters; a longer text is no follow-up, and is not looked into."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the vocabulary knows (see ``Vocabulary``).

    ``mentions`` reads what a text names. ``matters`` are the concepts that a question can
    be on where it names no vendor, ``light_concepts`` those that say little, by id.
    """

    mentions: Callable[[str], Mentions]
    matters: Container[str]
    light_concepts: Container[str]


@dataclass(frozen=True, slots=True)
class Text:
    """A question, its words, and its mentions of vendors and places in order.

    ``concepts`` are what else it names that says something, ``matter`` those of them that
    are technologies and laws; ``telling`` the words that say something. As they are
    written.
    """

    text: str
    words: tuple[Token, ...]
    mentions: Mentions
    concepts: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that say something, the first so many."""
        said = [word.text for word in content_of(self, self.words)]
        return tuple(said[:MOST_TELLING])

    @property
    def has_subject(self) -> bool:
        """Whether a question that leans on it can take something over."""
        return bool(self.vendors or self.places or self.matter)

    @property
    def has_name(self) -> bool:
        """Whether a word within it has a capital or a digit, as names and cases have."""
        inner = [word.text for word in self.words[1:]]
        return any(word[0].isupper() or word[0].isdigit() for word in inner)

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


def read(text: str, known: Known) -> Text:
    """Cut a text into words and mentions; of a very long one, none are looked for."""
    if len(text) > LONGEST:
        return Text(text, (), Mentions())
    found = known.mentions(text)
    concepts = [
        m
        for m in found.found
        if m.kind is MentionKind.CONCEPT and m.id not in known.light_concepts
    ]
    return Text(
        text,
        tokens(text),
        found,
        concepts=tuple(_names(text, concepts)),
        matter=tuple(_names(text, [m for m in concepts if m.id in known.matters])),
    )


def _names(text: str, concepts: Iterable[Mention]) -> Iterator[str]:
    """Each once, by its longest name: "live facial recognition" holds another."""
    named = sorted(concepts, key=lambda m: (m.start, -m.end))
    end, said = 0, set()
    for mention in named:
        if mention.start >= end and mention.id not in said:
            said.add(mention.id)
            yield text[mention.start : mention.end]
        end = max(end, mention.end)


def content_of(new: Text, words: Sequence[Token]) -> list[Token]:
    """The words that say something, years left out."""
    return [
        word
        for word in words
        if word.folded not in FUNCTION_WORDS | FILLERS | VERBS | DETAILS | ASKS_WHERE
        and len(word.folded) > 1
        and not new.within(word, [MentionKind.YEAR])
    ]
