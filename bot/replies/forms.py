"""Forms: what a person is asked to fill in. A form's id is like a button's code.

Titles and the words that send a form have 24 characters at most, labels 45, which is
what fits on both platforms; a test holds every language to it.
"""

from enum import StrEnum

from bot.cards import Action, Field, Form, Input
from bot.catalogue import Words, words
from knowledge.model import ReportKind

LONGEST_TEXT = 1000
"""Characters that a person may write to the moderators."""


class Unhelpful(StrEnum):
    """Why an answer did not help. No words of the person's own are kept."""

    NOT_ASKED = "not-asked"
    TOO_OLD = "too-old"
    MISSING = "missing"
    UNCLEAR = "unclear"
    OTHER = "other"


def wrong_form(key: str, language: str | None = None) -> Form:
    """ "Something wrong?": fields ``kind`` (a ReportKind) and ``text``."""
    spoken = words(language)
    kinds = tuple((spoken(f"report-kind.{kind}"), str(kind)) for kind in ReportKind)
    return _form(
        Action.WRONG,
        key,
        spoken,
        _choice("wrong", "kind", kinds, spoken),
        _text("wrong", "text", spoken, required=False),
    )


def request_form(key: str, text: str = "", language: str | None = None) -> Form:
    """ "Ask the moderators": the field ``text``, with what was asked to begin with."""
    spoken = words(language)
    field = _text("request", "text", spoken, value=text[:LONGEST_TEXT])
    return _form(Action.REQUEST, key, spoken, field)


def reason_form(key: str, language: str | None = None) -> Form:
    """Why an answer did not help: the field ``reason`` (an Unhelpful)."""
    spoken = words(language)
    reasons = tuple((spoken(f"unhelpful.{why}"), str(why)) for why in Unhelpful)
    field = _choice("unhelpful", "reason", reasons, spoken)
    return _form(Action.NOT_HELPFUL, key, spoken, field)


def _form(action: Action, key: str, spoken: Words, *fields: Field) -> Form:
    return Form(
        id=f"quis:{action}:{key}:",
        title=spoken(f"form-{action}.title"),
        submit=spoken(f"form-{action}.submit"),
        intro=spoken(f"form-{action}.intro"),
        fields=fields,
    )


def _choice(
    form: str, name: str, options: tuple[tuple[str, str], ...], spoken: Words
) -> Field:
    return Field(
        name=name,
        label=spoken(f"form-{form}.{name}"),
        input=Input.CHOICE,
        options=options,
    )


def _text(
    form: str, name: str, spoken: Words, *, value: str = "", required: bool = True
) -> Field:
    return Field(
        name=name,
        label=spoken(f"form-{form}.{name}"),
        input=Input.TEXT,
        value=value,
        hint=spoken(f"form-{form}.hint"),
        required=required,
        longest=LONGEST_TEXT,
    )
