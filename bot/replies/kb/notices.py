"""Short cards for moderators: what cannot be done, and what was."""

from collections.abc import Sequence

from bot.cards import Card, Line, Notice
from bot.catalogue import words
from bot.replies.kb.facts import invocation
from bot.replies.subject import LONGEST_NAME, echo


def not_from_here(place: str, language: str | None = None) -> Card:
    """All places share what is held, and it is not changed from this one."""
    return _notice("not-from-here", language, place=place)


def four_eyes(language: str | None = None) -> Card:
    """Who proposed it cannot approve it."""
    return _notice("four-eyes", language)


def not_there(language: str | None = None) -> Card:
    """What the button or form was about is not there any more."""
    return _notice("not-there", language)


def no_document(
    document: str,
    near: Sequence[str],
    platform: str,
    language: str | None = None,
) -> Card:
    """No document has this id; ``near`` are those that may be meant."""
    spoken = words(language)
    text = spoken(
        "kb.notice.no-document.text",
        document=spoken.quoted(echo(document, LONGEST_NAME)),
        cite=spoken("button.cite"),
        command=invocation("queue", platform, language),
    )
    blocks: list[Notice | Line] = [Notice(text)]
    if near:
        names = spoken.either(near)
        blocks.append(Line(spoken("refusal.suggested", names=names)))
    return Card(spoken("kb.notice.no-document.title"), tuple(blocks))


def retracted(document: str, platform: str, language: str | None = None) -> Card:
    """What was proposed is a document that was taken back; how it can return."""
    command = f"{invocation('correct', platform, language)} {document}"
    named = words(language).quoted(document)
    return _notice("retracted", language, document=named, command=command)


def handed_in_already(language: str | None = None) -> Card:
    """It was proposed before."""
    return _notice("handed-in-already", language)


def too_long(length: int, limit: int, language: str | None = None) -> Card:
    """A text is too long for a form."""
    return _notice("too-long", language, length=length, limit=limit)


def too_large(limit: int, language: str | None = None) -> Card:
    """A file is larger than is read; ``limit`` in megabytes."""
    return _notice("too-large", language, limit=limit)


def not_sent(language: str | None = None) -> Card:
    """The platform does not hand over the file."""
    return _notice("not-sent", language)


def handed_in(language: str | None = None) -> Card:
    """It waits for a review now."""
    spoken = words(language)
    text = Line(spoken("kb.notice.handed-in.text"))
    return Card(spoken("kb.notice.handed-in.title"), (text,))


def thrown_away(language: str | None = None) -> Card:
    """What was brought in is forgotten."""
    spoken = words(language)
    text = Line(spoken("kb.notice.thrown-away.text"))
    return Card(spoken("kb.notice.thrown-away.title"), (text,))


def _notice(name: str, language: str | None, **values: object) -> Card:
    spoken = words(language)
    text = Notice(spoken(f"kb.notice.{name}.text", **values))
    return Card(spoken(f"kb.notice.{name}.title"), (text,))
