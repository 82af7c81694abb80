"""Text of a person → the question as it was read: subject, kind and content words."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.analysis import Token, function_words, guess_language, tokens
from knowledge.model import (
    LANGUAGES,
    MentionKind,
    Mentions,
    Question,
    QuestionKind,
)
from knowledge.questions.words import ASKING, GREETINGS, SCAFFOLD, SINCE

FEWEST_LETTERS = 2
"""Below this a text asks nothing."""

LONGEST_GAP = 2
"""Characters between two words of one name, as in ``J. Doe``."""


class ReadsMentions(Protocol):
    """What a question needs of the vocabulary."""

    def mentions(self, text: str) -> Mentions:
        """All that the text names."""
        ...

    def asks_for_law(self, concepts: Sequence[str]) -> bool:
        """Whether one of these concepts is law itself."""
        ...


def read(text: str, vocabulary: ReadsMentions, language: str | None = None) -> Question:
    """Read a question; ``language`` overrules the guess. Never raises."""
    words = tokens(text)
    if language not in LANGUAGES:
        language = guess_language(text)
    mentions = vocabulary.mentions(text)
    content = _content(words, mentions, language)
    unknown = _unknown_names(text, words, content, language)
    return Question(
        text=text,
        language=language,
        kind=_kind(words, content, mentions, vocabulary, language),
        mentions=mentions,
        terms=tuple(dict.fromkeys(token.folded for token in content)),
        unknown=unknown,
    )


def _content(
    words: Sequence[Token], mentions: Mentions, language: str
) -> tuple[Token, ...]:
    """The words that say what is asked, outside all mentions."""
    idle = function_words(language) | SCAFFOLD[language]
    return tuple(
        token
        for token in words
        if token.folded not in idle
        and any(character.isalnum() for character in token.folded)
        and not (len(token.folded) == 1 and token.folded.isalpha())
        and not any(
            m.start <= token.start and token.end <= m.end for m in mentions.found
        )
    )


def _kind(
    words: Sequence[Token],
    content: Sequence[Token],
    mentions: Mentions,
    vocabulary: ReadsMentions,
    language: str,
) -> QuestionKind:
    letters = sum(character.isalnum() for token in words for character in token.folded)
    named = mentions.vendors or mentions.places
    if letters < FEWEST_LETTERS:
        return QuestionKind.NONE
    if not named and not mentions.found:
        idle = function_words(language) | SCAFFOLD[language] | GREETINGS
        if all(token.folded in idle for token in words):
            return QuestionKind.NONE
        if content and all(token.folded in GREETINGS for token in content):
            return QuestionKind.NONE
    if mentions.provisions or vocabulary.asks_for_law(mentions.concepts):
        return QuestionKind.LAW
    return _asked(" ".join(token.folded for token in words), language)


def _asked(folded: str, language: str) -> QuestionKind:
    """The kind whose longest asking phrase the question holds or, if short, begins with."""
    padded = f" {folded} "
    hits = [
        (len(phrase), kind)
        for kind, phrases in ASKING[language].items()
        for phrase in phrases
        if padded.startswith(f" {phrase} ")
        or (kind is not QuestionKind.STATUS and f" {phrase} " in padded)
    ]
    special = [hit for hit in hits if hit[1] is not QuestionKind.STATUS]
    return max(special or hits, default=(0, QuestionKind.OTHER))[1]


def _unknown_names(
    text: str, words: Sequence[Token], content: Sequence[Token], language: str
) -> tuple[str, ...]:
    """Names among the content words: capitals where the language has none by habit.

    Neighbouring name words are one name, as written (``Hoan Ton-That``). German
    capitalises every noun, so there only a capital inside a word (``FooCorp``, ``XYZ``)
    tells a name; a question written all in capitals tells nothing.
    """
    if text.upper() == text:
        return ()
    saying = set(content)
    names: list[tuple[int, int]] = []
    for number, token in enumerate(words):
        gap = text[names[-1][1] : token.start] if names else None
        hyphened = gap == "-" and token.text[0].isupper()
        inner = any(character.isupper() for character in token.text[1:])
        initial = token.text[0].isupper() and language != "de" and number > 0
        if not hyphened and not (token in saying and (inner or initial)):
            continue
        if gap is not None and len(gap) <= LONGEST_GAP and gap.strip(" -.&'’") == "":
            names[-1] = (names[-1][0], token.end)
        else:
            names.append((token.start, token.end))
    return tuple(dict.fromkeys(text[start:end] for start, end in names))


def since_years(question: Question) -> frozenset[int]:
    """The years asked about "since": those right behind such a word."""
    words = tokens(question.text)
    before = {
        token.start: words[number - 1].folded
        for number, token in enumerate(words)
        if number
    }
    return frozenset(
        int(mention.id)
        for mention in question.mentions.found
        if mention.kind is MentionKind.YEAR and before.get(mention.start) in SINCE
    )
