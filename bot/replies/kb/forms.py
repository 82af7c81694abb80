"""The forms of moderators: what was found, tags, a text, a reason; see ``replies.forms``."""

from collections.abc import Mapping, Sequence

from bot.cards import Action, Field, Form, Input
from bot.catalogue import Words, words
from bot.replies.kb.arguments import Doing, Verb
from knowledge.model import LANGUAGES, Kind, OwnQuestion
from knowledge.model import Form as TextForm
from knowledge.own_questions.lines import in_a_form, line_of

LONGEST_LINE = 1000
LONGEST_TEXT = 4000
"""Characters; what is longer comes as a file."""

LONGEST_REASON = 1000
LONGEST_QUESTIONS = 3000
"""Characters of all of them; the one platform takes no more in a field."""

NAME_MANNERS = ("any", "exact", "typed")
WORD_MANNERS = ("any", "whole", "exact")
"""How a name or a word may count; see ``vocabulary.Name``."""


def form_id(key: str, doing: Doing) -> str:
    """What comes back with a form."""
    return f"quis:{Action.KB_FORM}:{key}:{doing}"


def add_form(language: str | None = None) -> Form:
    """A link, a file or a pasted text: fields ``link``, ``file``, ``text``."""
    spoken = words(language)
    fields = (
        _field("link", spoken, required=False),
        _field("file", spoken, input=Input.FILE, required=False),
        _field("text", spoken, input=Input.TEXT, required=False, longest=LONGEST_TEXT),
    )
    return _form("add", "", Doing(Verb.ADD), spoken, fields)


def source_form(
    key: str, values: Mapping[str, str], language: str | None = None
) -> Form:
    """What it is: title, publisher, address, date, language."""
    spoken = words(language)
    lines = ("title", "publisher", "url", "published_on")
    fields = [_field(n, spoken, value=values.get(n, ""), required=False) for n in lines]
    fields.append(_choice("language", _languages(spoken), values, spoken))
    return _form("source", key, Doing(Verb.SOURCE), spoken, fields)


def tags_form(key: str, values: Mapping[str, str], language: str | None = None) -> Form:
    """What it is on: kind of evidence, whose words, day, vendors, countries."""
    spoken = words(language)
    kinds = [(spoken(f"kind.{kind}"), str(kind)) for kind in Kind]
    forms = [(spoken(f"form.{form}"), str(form)) for form in TextForm]
    fields = [
        _choice("kind", kinds, values, spoken),
        _choice("form", forms, values, spoken),
        *(
            _field(name, spoken, value=values.get(name, ""), required=False)
            for name in ("event_on", "vendors", "countries")
        ),
    ]
    return _form("tags", key, Doing(Verb.TAGS), spoken, fields)


def text_form(key: str, text: str, language: str | None = None) -> Form:
    """Another text: fields ``text`` and ``file``, of which the file wins."""
    spoken = words(language)
    shown = text if len(text) <= LONGEST_TEXT * 3 // 4 else ""
    fields = (
        _field(
            "text",
            spoken,
            value=shown,
            input=Input.TEXT,
            required=False,
            longest=LONGEST_TEXT,
        ),
        _field("file", spoken, input=Input.FILE, required=False),
    )
    return _form("text", key, Doing(Verb.TEXT), spoken, fields)


def questions_form(
    key: str,
    questions: Sequence[OwnQuestion],
    asked_in: str,
    language: str | None = None,
) -> Form:
    """What it answers: the field ``questions``, one a line; ``asked_in`` is its language."""
    spoken = words(language)
    shown = in_a_form(questions, asked_in)
    field = _field(
        "questions",
        spoken,
        value="\n".join(line_of(question, asked_in) for question in shown),
        input=Input.TEXT,
        required=False,
        longest=LONGEST_QUESTIONS,
    )
    intro = spoken("kb.form.questions.intro")
    if left := len(questions) - len(shown):
        intro = f"{intro} {spoken('kb.own.left', count=left)}"
    return _form("questions", key, Doing(Verb.QUESTIONS), spoken, (field,), intro)


def reason_form(
    key: str, doing: Doing, language: str | None = None, *, intro: str = ""
) -> Form:
    """Why something is done: the field ``reason``."""
    spoken = words(language)
    field = _field("reason", spoken, input=Input.TEXT, longest=LONGEST_REASON)
    name = {
        Verb.RETURN: "return",
        Verb.REJECT: "reject",
        Verb.RETRACT: "retract",
    }.get(doing.verb, "offer")
    return _form(name, key, doing, spoken, (field,), intro)


def vendor_form(language: str | None = None) -> Form:
    """A vendor: fields ``name``, ``names``, ``home``, ``description``, ``reason``."""
    spoken = words(language)
    fields = (
        _field("name", spoken),
        _field("names", spoken, required=False),
        _field("home", spoken, required=False),
        _field("description", spoken),
        _why(spoken),
    )
    return _form("vendor", "", Doing(Verb.VENDOR), spoken, fields)


def name_form(language: str | None = None) -> Form:
    """A name: fields ``vendor``, ``name``, ``manner``, ``until``, ``reason``."""
    spoken = words(language)
    fields = (
        _field("vendor", spoken),
        _field("name", spoken),
        _choice("manner", _manners(spoken, NAME_MANNERS), {}, spoken),
        _field("until", spoken, required=False),
        _why(spoken),
    )
    return _form("name", "", Doing(Verb.NAME), spoken, fields)


def word_form(language: str | None = None) -> Form:
    """A word: fields ``concept``, ``language``, ``word``, ``manner``, ``reason``."""
    spoken = words(language)
    fields = (
        _field("concept", spoken),
        _choice("language", _languages(spoken), {"language": spoken.language}, spoken),
        _field("word", spoken),
        _choice("manner", _manners(spoken, WORD_MANNERS), {}, spoken),
        _why(spoken),
    )
    return _form("word", "", Doing(Verb.WORD), spoken, fields)


def _why(spoken: Words) -> Field:
    return _field(
        "reason", spoken, input=Input.TEXT, required=False, longest=LONGEST_REASON
    )


def _manners(spoken: Words, manners: Sequence[str]) -> list[tuple[str, str]]:
    return [(spoken(f"kb.term.manner.{each}"), each) for each in manners]


def _form(
    name: str,
    key: str,
    doing: Doing,
    spoken: Words,
    fields: Sequence[Field],
    intro: str = "",
) -> Form:
    return Form(
        id=form_id(key, doing),
        title=spoken(f"kb.form.{name}.title"),
        submit=spoken(f"kb.form.{name}.submit"),
        intro=intro or spoken(f"kb.form.{name}.intro"),
        fields=tuple(fields),
    )


def _field(
    name: str,
    spoken: Words,
    *,
    input: Input = Input.LINE,
    value: str = "",
    required: bool = True,
    longest: int = LONGEST_LINE,
) -> Field:
    hint = f"kb.hint.{name}"
    return Field(
        name=name,
        label=spoken(f"kb.field.{name}"),
        input=input,
        value=value[:longest],
        hint=spoken(hint) if hint in spoken else "",
        required=required,
        longest=longest,
    )


def _choice(
    name: str,
    options: Sequence[tuple[str, str]],
    values: Mapping[str, str],
    spoken: Words,
) -> Field:
    return Field(
        name=name,
        label=spoken(f"kb.field.{name}"),
        input=Input.CHOICE,
        value=values.get(name, ""),
        required=False,
        options=tuple(options),
    )


def _languages(spoken: Words) -> list[tuple[str, str]]:
    return [(spoken.language_name(code), code) for code in LANGUAGES]
