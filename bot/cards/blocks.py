"""What a card can hold to be read: words, quotes, lists, facts and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
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


NOTHING = "–"
"""A cell of a table in which there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings; every row is as long as ``headings``.

    ``colon`` stands between a heading and its cell, where a row is a line by itself.
    ``links`` are where the rows lead, in their order; a row without one leads nowhere.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colon: str = ": "
    links: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("every row of a table has one cell for each heading")
        if len(self.links) > len(self.rows):
            raise ValueError("a table has no more links than rows")

    def linked(self) -> tuple[tuple[tuple[str, ...], str | None], ...]:
        """Each row with where it leads."""
        unlinked = (None,) * (len(self.rows) - len(self.links))
        return tuple(zip(self.rows, (*self.links, *unlinked), strict=True))

    def line(self, row: Sequence[str]) -> tuple[str, ...]:
        """The cells of a row as they are read without columns: what leads, and the others.

        Each of the others says what it is; those that say nothing are left out. The
        first is empty where nothing leads.
        """
        lead, *others = row or ("",)
        named = zip(self.headings[1:], others, strict=True)
        return (
            "" if lead == NOTHING else lead,
            *(
                f"{heading}{self.colon}{cell}" if heading.strip() else cell
                for heading, cell in named
                if cell.strip() and cell != NOTHING
            ),
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, a value and how it stands.

    ``channels`` and ``groups`` are ids of the platform that the value is about. Where the
    platform can show them by name without telling anybody, that stands for the value.
    ``link`` is where the value leads; it stands behind it, by its host.
    """

    name: str
    value: str
    mark: Mark = Mark.NONE
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one a line; ``colon`` stands between them."""

    facts: tuple[Fact, ...]
    colon: str = ": "


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, as PNG. ``alt`` says all that is to be seen in it."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to be copied, to the character; ``label`` names it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file for whoever is shown the card. ``name`` is letters, digits, ``-`` and ``.``.

    ``label`` says what it is. Where a message that one person sees cannot bring a file,
    it comes by direct message, and ``sent`` says so; ``lost`` where it cannot come.
    """

    name: str
    data: bytes
    label: str
    sent: str = ""
    lost: str = ""
