"""A message before any platform has touched it: a closed little language of blocks.

All text is plain and unescaped. Whoever draws a card does all the escaping, and nobody
else knows a platform's limits. Every word is in the card already, in the reader's
language, so that drawing it needs no catalogue.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """How a fact stands, for lists of checks."""

    NONE = "none"
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A plain sentence of the bot's own fixed words."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source that a quote stands on.

    ``language`` is the source's, in words. ``archived_label`` names ``archived_link``.
    """

    publisher: str
    language: str
    title: str
    date: str | None
    link: str
    archived_link: str | None = None
    archived_label: str = ""  # with its colon


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A person's translation of a quote; ``label`` says into what and by whom."""

    label: str  # with its colon
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What belongs beside a quote: another document's words, or a quote of this card.

    ``label`` says how it stands to the quote, with its colon. ``pointer`` names the
    quote in this card, where it is shown already; else ``quote`` holds the words.
    """

    label: str
    pointer: str | None = None
    quote: "Quote | None" = None


@dataclass(frozen=True, slots=True)
class Flag:
    """What became of a quote since it was shown; ``link`` leads to what says so."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document, verbatim, between quotation marks that are not theirs.

    ``sources`` begins with the one that heads the quote; ``also`` is the label of the
    others, with its colon. ``caption`` says whose words these are, who vetted them, and
    where they stand. ``warning`` is about age. ``number`` is 0 for one in an aside.

    ``before`` and ``after`` are the words around it, with the white space between:
    ``before + text + after`` is one run of the document, inside the quotation marks, and
    ``text`` is set apart in it. Whoever draws a card may leave both away, never one half.

    ``flags`` stand above the words and are never left away. ``struck``: the words are
    struck through, as they are published no longer.
    """

    number: int
    kind: str
    date: str | None
    text: str
    opening: str
    closing: str
    sources: tuple[Citation, ...]
    also: str
    caption: tuple[str, ...]
    warning: str | None = None
    exact_link: str | None = None  # opens the page of the first source at the words
    exact_label: str = ""  # with its colon
    translation: Translated | None = None
    asides: tuple[Aside, ...] = ()
    before: str = ""
    after: str = ""
    flags: tuple[Flag, ...] = ()
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Quotes that stand apart under a heading of their own, e.g. the law."""

    title: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """What is held on one place or vendor: how much, how new, of which kinds."""

    name: str
    count: str
    newest: str
    kinds: str


@dataclass(frozen=True, slots=True)
class CoverageList:
    """What is held, under a heading; ``rest`` says how many rows are left out.

    The title ends in its colon; ``nothing`` is the word where there are no rows.
    """

    title: str
    rows: tuple[CoverageRow, ...]
    nothing: str
    rest: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Whole questions that one could ask, under a title that ends in its colon."""

    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings; every row is as long as ``headings``."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("every row of a table has one cell for each heading")


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, a value and how it stands.

    ``channels`` and ``groups`` are ids of the platform that the value is about. Where the
    platform can show them by name without telling anybody, that stands for the value.
    """

    name: str
    value: str
    mark: Mark = Mark.NONE
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one a line."""

    facts: tuple[Fact, ...]


class Action(StrEnum):
    """What a button asks for. It names a wish; whether it is granted is decided later."""

    MORE = "more"  # the passages that were not shown; argument: the last number shown
    CONTEXT = "context"  # the sentences around a quote; argument: its number
    COVERAGE = "coverage"
    WHY = "why"
    WRONG = "wrong"  # opens the form "Something wrong?"
    HELPFUL = "helpful"
    NOT_HELPFUL = "unhelpful"  # asks for the reason
    SHARE = "share"  # a private answer, here for all
    DELETE = "delete"  # the bot's post, by its asker
    REQUEST = "request"  # opens the form "Ask the moderators"
    NOT_MEANT = "not-meant"  # a misspelt name was read as another
    ASK = "ask"  # argument: a suggested question's number
    COUNTRY = "country"  # a menu of a profile; its value: vendor and place, as below
    TIMELINE = "timeline"  # argument: vendor, place or both, see replies.About
    RESOLVE = "resolve"  # a report or request, by a moderator; see replies.Resolving
    WATCHES = "watches"  # what is watched in the channel; argument: of which bulletin
    UNWATCH = "unwatch"  # a menu of what is watched; its value: a watch's id
    SETTINGS = "settings"  # argument: which, and for where; see replies.Setting
    HELP = "help"


class Weight(StrEnum):
    """How a button stands among the others."""

    PLAIN = "plain"
    FIRST = "first"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A wish that can be pressed. ``key`` names a post whose state the store keeps.

    ``name`` says for a screen reader what it does where the label alone does not.
    """

    label: str
    action: Action
    key: str = ""
    argument: str = ""
    weight: Weight = Weight.PLAIN
    name: str = ""

    @property
    def code(self) -> str:
        """What a component carries; at most 100 characters."""
        return f"quis:{self.action}:{self.key}:{self.argument}"[:100]


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One of several to choose from; each is a label and a value, at most 25.

    ``chosen`` is the value that holds now, where one does.
    """

    label: str
    action: Action
    options: tuple[tuple[str, str], ...]
    key: str = ""
    argument: str = ""
    chosen: str = ""

    @property
    def code(self) -> str:
        """What a component carries; at most 100 characters."""
        return f"quis:{self.action}:{self.key}:{self.argument}"[:100]


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done about the card, the most important first."""

    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, as PNG. ``alt`` says all that is to be seen in it."""

    name: str
    png: bytes
    alt: str


class Input(StrEnum):
    """What a field of a form takes."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"  # one of its options
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form. ``longest`` in characters; ``hint`` says what is wanted."""

    name: str
    label: str
    input: Input = Input.LINE
    value: str = ""
    hint: str = ""
    required: bool = True
    longest: int = 1000
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that a person fills in. ``id`` comes back with what was filled in."""

    id: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: str = ""


Block = (
    Heading
    | Line
    | Notice
    | Quote
    | Section
    | CoverageList
    | Suggestions
    | Table
    | Facts
    | Actions
    | Picture
)
"""All that a card can hold. Whoever draws cards matches every case."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message: a title, a short remark on the right of it, and blocks."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    remark: str = ""

    def quotes(self) -> tuple[Quote, ...]:
        """All quotes in it, also those in sections, in the order shown."""
        shown: list[Quote] = []
        for block in self.blocks:
            if isinstance(block, Quote):
                shown.append(block)
            elif isinstance(block, Section):
                shown.extend(block.quotes)
        return tuple(shown)
