"""An earlier question asked again: with another vendor or place in it, or more behind it."""

from collections.abc import Sequence

from bot.conversation.reading import Text
from bot.conversation.words import (
    ARTICLES,
    BEFORE_PLACE,
    ELIDED,
    JOINTS,
    PREPOSITIONS,
)
from knowledge.analysis import Token
from knowledge.model import MentionKind, Span

ENDINGS = " \u00a0\u202f?!.…"


def continued(last: Text, new: Text) -> str:
    """The last question with the new one behind it, as both were typed."""
    asked = last.text.rstrip()
    return f"{asked if asked[-1:] in ENDINGS else asked + '?'} {new.text.strip()}"


def added(text: str, names: Sequence[str]) -> str:
    """The text with the names that it lacks behind it, in brackets."""
    return f"{text.rstrip()} ({', '.join(names)})" if names else text


def substituted(last: Text, new: Text, kind: MentionKind) -> str:
    """The last question with the new text's names of ``kind`` in place of its own.

    A place takes the new text's preposition along where the language is the same.
    Where the last question has none of that kind, the new names are put behind it.
    """
    old = _joined(last, kind)
    name = _joined(new, kind)[0]
    if not old:
        return _inserted(last, new, name, kind)
    text = last.text
    for span in reversed(old):
        start, words = (
            _with_preposition(last, span, new, name)
            if kind is MentionKind.PLACE
            else (span.start, name.of(new.text))
        )
        text = text[:start] + words + text[span.end :]
    return text


def _inserted(last: Text, new: Text, name: Span, kind: MentionKind) -> str:
    prefix = _prefix(new, name) if kind is MentionKind.PLACE else []
    body = last.text.rstrip(ENDINGS)
    if body.endswith(")") or not any(w.folded in BEFORE_PLACE for w in prefix):
        return added(last.text, [name.of(new.text)])
    phrase = new.text[prefix[0].start : name.end]
    return f"{body} {phrase}{last.text[len(body) :] or '?'}"


def _with_preposition(last: Text, old: Span, new: Text, name: Span) -> tuple[int, str]:
    """Where to begin replacing, and with what."""
    before, behind = _prefix(last, old), _prefix(new, name)
    old_word = next((w for w in before if w.folded in BEFORE_PLACE), None)
    new_word = next((w for w in behind if w.folded in BEFORE_PLACE), None)
    if old_word and new_word and _same_language(old_word, new_word):
        words = new.text[new_word.start : name.end]
        if old_word.text.islower():  # the new one may have begun a sentence
            words = words[0].lower() + words[1:]
        return old_word.start, words
    the = "the " if any(w.folded == "the" for w in behind) else ""
    articles = [w for w in before if w.folded in ARTICLES - BEFORE_PLACE]
    droppable = [w for w in articles if w.folded in ELIDED | {"the"}]
    start = droppable[0].start if droppable else old.start
    return start, the + name.of(new.text)


def _same_language(one: Token, other: Token) -> bool:
    return any(
        one.folded in words and other.folded in words for words in PREPOSITIONS.values()
    )


def _prefix(text: Text, name: Span) -> list[Token]:
    """Prepositions and articles right before a name, in order."""
    found: list[Token] = []
    for word in reversed([w for w in text.words if w.end <= name.start]):
        if word.folded not in BEFORE_PLACE | ARTICLES | ELIDED or len(found) == 2:
            break
        found.insert(0, word)
    return found


def _joined(text: Text, kind: MentionKind) -> list[Span]:
    """The spans of the names of a kind; a list of names (``A and B``) is one span."""
    spans: list[Span] = []
    for mention in text.of(kind):
        if spans and _is_list(text, spans[-1].end, mention.start):
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, mention.end))
        else:
            spans.append(Span(mention.start, mention.end))
    return spans


def _is_list(text: Text, start: int, end: int) -> bool:
    between = [w for w in text.words if start <= w.start and w.end <= end]
    return all(word.folded in JOINTS for word in between)
