"""Text of a person → the question as it was read: subject, kind and content words."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Protocol

from knowledge.analysis import Token, function_words, guess_language, tokens
from knowledge.model import (
    LANGUAGES,
    Correction,
    Mention,
    Mentions,
    Question,
    QuestionKind,
)
from knowledge.origins import natives, origins
from knowledge.questions.alternatives import side_by_side
from knowledge.questions.asides import (
    around,
    asking_sentence,
    detail,
    introduces,
    stands_alone,
)
from knowledge.questions.courtesy import is_courtesy
from knowledge.questions.framing import closed_up, unframed
from knowledge.questions.kinds import asking, asks_how_it_stands, kind_of
from knowledge.questions.metonyms import seated
from knowledge.questions.name_words import OWNED_BY
from knowledge.questions.names import Name, names
from knowledge.questions.phrases import Phrases
from knowledge.questions.shorthand import spelt_out
from knowledge.questions.still_there import still_there
from knowledge.questions.subjects import must_be_said, subjects
from knowledge.questions.what_it_does import asks_what_it_does
from knowledge.questions.wordless import is_address, is_one_letter
from knowledge.questions.words import ORIGIN, SCAFFOLD
from knowledge.questions.years import years
from knowledge.spelling import Misspelt

POLICE = "police"
"""The concept of which a country has several bodies: who asks about the ``Bundespolizei``
asks about no other."""

_IDLE = frozenset().union(*(function_words(language) for language in LANGUAGES))


class ReadsMentions(Protocol):
    """What a question needs of the vocabulary."""

    def mentions(self, text: str) -> Mentions:
        """All that the text names."""
        ...

    def misspelt(self, text: str, mentions: Mentions) -> Sequence[Misspelt]:
        """Slips of the finger for a name, where the mentions have none of its kind."""
        ...

    def asks_for_law(self, concepts: Sequence[str]) -> bool:
        """Whether one of these concepts is law itself."""
        ...


def read(
    text: str,
    vocabulary: ReadsMentions,
    language: str | None = None,
    today: date | None = None,
) -> Question:
    """Read a question; ``language`` overrules the guess. Never raises.

    ``today`` is the day from which ``last year`` is reckoned.
    """
    if language not in LANGUAGES:
        language = guess_language(text)
    whole = _read(text, text, vocabulary, language, today)
    asked = unframed(_sentence(text, vocabulary, language), language)
    if asked == text or whole.kind is QuestionKind.NONE:
        return whole
    bare = _read(text, asked, vocabulary, language, today)
    # What is left of it must still be a question.
    return whole if bare.kind is QuestionKind.NONE else bare


def _sentence(text: str, vocabulary: ReadsMentions, language: str) -> str:
    """With blanks for the sentences that only lead to the one that asks."""
    span = asking_sentence(text, language)
    if span is None:
        return text
    start, end = span
    asked = " " * start + text[start:end] + " " * (len(text) - end)
    # "I'm a reporter on Clearview. Was it fined?" is on Clearview.
    others = "\n".join(
        sentence
        for sentence in around(text, start, end)
        if not introduces(sentence) or vocabulary.mentions(sentence).vendors
    )
    named, more = vocabulary.mentions(asked), vocabulary.mentions(others)
    return asked if stands_alone(named, more, others) else text


def _read(
    whole: str,
    text: str,
    vocabulary: ReadsMentions,
    language: str,
    today: date | None,
) -> Question:
    """``text`` is the ``whole`` with blanks for what asks nothing."""
    words = spelt_out(tokens(text), language)
    mentions, corrected, suggested = _spelt(text, vocabulary)
    mentions, content = _said(words, mentions, language)
    found = names(text, words, frozenset(content), language)
    law = bool(mentions.provisions) or vocabulary.asks_for_law(mentions.concepts)
    kind = _kind(text, words, content, mentions, language, law=law)
    misspelt = dict.fromkeys(name.written for name in suggested)
    unknown = (
        *misspelt,
        *subjects(
            found,
            words,
            vendor=bool(mentions.vendors),
            place=bool(mentions.places),
            about=_is_about_a_name(kind, words, found, content, mentions),
        ),
    )
    return Question(
        text=whole,
        core="" if text == whole else closed_up(text),
        language=language,
        kind=kind,
        mentions=mentions,
        terms=_terms(words, content, mentions, language),
        names=must_be_said(found, unknown),
        unknown=tuple(dict.fromkeys(unknown)),
        law=law,
        years=years(text, words, mentions.found, today),
        corrected=corrected,
        suggested=suggested,
        origins=origins(words, mentions.found, language),
        natives=natives(words, mentions.found, language),
        seated=seated(words),
        either=side_by_side(text, words, mentions.found),
    )


def read_own(text: str, vocabulary: ReadsMentions, language: str) -> Question:
    """Read a question that editors wrote: as ``read``, but no name is misspelt in it."""
    words = spelt_out(tokens(text), language)
    mentions, content = _said(words, vocabulary.mentions(text), language)
    law = bool(mentions.provisions) or vocabulary.asks_for_law(mentions.concepts)
    return Question(
        text=text,
        language=language,
        kind=_kind(text, words, content, mentions, language, law=law),
        mentions=mentions,
        terms=_terms(words, content, mentions, language),
        law=law,
    )


def _spelt(
    text: str, vocabulary: ReadsMentions
) -> tuple[Mentions, tuple[Correction, ...], tuple[Correction, ...]]:
    """What the text names, slips of the finger mended; those, and those in doubt."""
    mentions = vocabulary.mentions(text)
    slips = vocabulary.misspelt(text, mentions)
    clear = [slip for slip in slips if len(slip.ids) == 1]
    found = [Mention(s.kind, s.ids[0], s.start, s.end) for s in clear]
    if found:
        mentions = _with_more(mentions, found)
    return (
        mentions,
        tuple(Correction(s.written, s.kind, s.ids[0]) for s in clear),
        tuple(
            Correction(slip.written, slip.kind, identity)
            for slip in slips
            if slip not in clear
            for identity in slip.ids
        ),
    )


@cache
def _idle(language: str) -> frozenset[str]:
    """The words of a supported language that say nothing of what is asked."""
    return function_words(language) | SCAFFOLD[language]


def _said(
    words: Sequence[Token], mentions: Mentions, language: str
) -> tuple[Mentions, tuple[Token, ...]]:
    """All that is named, and the words beside that say what is asked."""
    content = _content(words, mentions, language)
    if still := still_there(words, content, mentions):
        return _with_more(mentions, [still]), ()
    does = asks_what_it_does(words, content, mentions)
    return mentions, () if does else content


def _with_more(mentions: Mentions, more: Sequence[Mention]) -> Mentions:
    """These beside what is named, in order of appearance."""
    every = (*mentions.found, *more)
    return Mentions(tuple(sorted(every, key=lambda m: (m.start, -m.end))))


def _content(
    words: Sequence[Token], mentions: Mentions, language: str
) -> tuple[Token, ...]:
    """The words that say what is asked, outside all mentions."""
    idle = _idle(language)
    taken = [(mention.start, mention.end) for mention in mentions.found]
    standing = asks_how_it_stands([token.folded for token in words], language)
    content = tuple(
        token
        for number, token in enumerate(words)
        if token.folded not in idle
        and number not in standing
        and any(map(str.isalnum, token.folded))
        and not (len(token.folded) == 1 and token.folded.isalpha())
        and not any(start <= token.start and token.end <= end for start, end in taken)
    )
    asks_more = content or mentions.concepts
    return content if asks_more else _origin(words, language)


def _origin(words: Sequence[Token], language: str) -> tuple[Token, ...]:
    """The small word by which alone it is asked where something is from."""
    phrases, telling = ORIGIN.get(language, (Phrases(), ""))
    if not phrases.anywhere([token.folded for token in words]):
        return ()
    return tuple(token for token in words if token.folded == telling)[:1]


def _terms(
    words: Sequence[Token],
    content: Sequence[Token],
    mentions: Mentions,
    language: str,
) -> tuple[str, ...]:
    """The content words, and those that name a part of a place: who asks about a city or
    an authority asks for no less. Its name may be in another language."""
    parts = {(m.start, m.end) for m in mentions.found if m.part}
    all_of_it = (
        m
        for m in mentions.found
        if not (m.part or (m.id == POLICE and (m.start, m.end) in parts))
    )
    whole = Mentions(tuple(all_of_it))
    if whole == mentions:
        return tuple(dict.fromkeys(token.folded for token in content))
    said = {*_content(words, whole, language)} - {*content}
    named = {token for token in said if token.folded not in _IDLE}
    kept = named.union(content)
    return tuple(dict.fromkeys(token.folded for token in words if token in kept))


def _kind(
    text: str,
    words: Sequence[Token],
    content: Sequence[Token],
    mentions: Mentions,
    language: str,
    *,
    law: bool,
) -> QuestionKind:
    marked = "?" in text
    last = spelt_out(tokens(detail(text, language)), language)
    folded = [token.folded for token in last or words]
    asked = asking(folded, language)
    if is_address(text) or is_one_letter(text):
        return QuestionKind.NONE
    if is_courtesy(
        folded,
        content=[token.folded for token in content],
        idle=_idle(language),
        named=bool(mentions.found),
        subject=bool(mentions.vendors or mentions.places),
        marked=marked,
        asks=bool(asked),
    ):
        return QuestionKind.NONE
    if asks_what_it_does(words, content, mentions):
        return QuestionKind.DEFINITION
    return kind_of(
        folded,
        language,
        asked,
        law=law,
        vendor=bool(mentions.vendors),
        bare=not content and not mentions.concepts,
        marked=marked,
    )


def _is_about_a_name(
    kind: QuestionKind,
    words: Sequence[Token],
    found: Sequence[Name],
    content: Sequence[Token],
    mentions: Mentions,
) -> bool:
    """Whether it asks what something is or does, and no more: ``what does Acme do``."""
    if kind is QuestionKind.DEFINITION:
        return True
    own = {token.folded for name in found for token in tokens(name.text)}
    opening = tuple(token.folded for token in words[:2])
    more = [token for token in content if token.folded not in own]
    asks_who = kind is QuestionKind.WHO and opening not in OWNED_BY
    return not asks_who and not more and not mentions.concepts
