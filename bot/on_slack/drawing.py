"""Blocks of a card → blocks of Slack, as much of each as the thrift allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards import (
    Actions,
    Aside,
    Attachment,
    Block,
    Citation,
    Copy,
    CoverageList,
    Fact,
    Facts,
    Heading,
    Line,
    Mark,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
)
from bot.cards.signs import one_line
from bot.on_slack import rich
from bot.on_slack.rich import Json
from bot.on_slack.texts import ELLIPSIS, cut, label
from bot.on_slack.thrift import Thrift

LONGEST_ALT = 2000
MARKS = {Mark.NONE: "", Mark.GOOD: "✓ ", Mark.ATTENTION: "⚠ ", Mark.BAD: "✗ "}
LONGEST_NAME = 300
"""Characters of a name beside a quote; nobody's is longer."""


@dataclass(slots=True)
class Drawer:
    """Draws blocks one after the other, and counts the quotes that it has drawn.

    ``files`` are the pictures that Slack holds already: name → its id there.
    """

    thrift: Thrift
    files: Mapping[str, str]
    drawn: int = 0

    def draw(self, block: Block) -> list[Json]:
        """None for actions, which stand apart."""
        match block:
            case Heading(text) | Notice(text):
                return rich.block(rich.section(self._said(text, "bold")))
            case Line(text):
                return rich.block(rich.section(self._said(text)))
            case Quote():
                return self._quote(block)
            case Section(title, quotes):
                blocks = rich.block(rich.section(self._said(title, "bold")))
                for quote in quotes:
                    blocks += self._quote(quote)
                return blocks
            case CoverageList():
                return self._coverage(block)
            case Suggestions(title, questions):
                items = [self._said(question) for question in questions]
                return self._list(title, items)
            case Table():
                rows = [self._row(block.line(row), to) for row, to in block.linked()]
                return self._list("", rows)
            case Facts(facts):
                return self._list("", [self._fact(fact, block.colon) for fact in facts])
            case Picture():
                return self._picture(block)
            case Copy(label, text):
                return self._copy(label, text)
            case Attachment():
                held = block.name in self.files
                how = self._said(block.sent if held else block.lost)
                return rich.block(
                    rich.section(rich.row((self._said(block.label), how)))
                )
            case Actions():
                return []

    def _said(self, text: str, *styles: str) -> list[Json]:
        return rich.words(cut(one_line(text), self.thrift.line), *styles)

    def _list(
        self, title: str, items: Sequence[list[Json]], rest: str | None = None
    ) -> list[Json]:
        """A list under its title; where rows are left out, how many."""
        shown = [item for item in items if item][: self.thrift.rows]
        left = len([item for item in items if item]) - len(shown)
        after = [rich.words(f"{ELLIPSIS} +{left}")] if left else []
        after += [self._said(rest)] if rest else []
        return rich.block(
            rich.section(self._said(title, "bold")),
            *rich.bullets(shown),
            rich.section(rich.row(after)),
        )

    def _fact(self, fact: Fact, colon: str) -> list[Json]:
        """Channels by name; groups not, since a group that is named is told."""
        value = (
            rich.row((rich.channel(id) for id in fact.channels), ", ")
            if fact.channels
            else self._said(fact.value)
        )
        if fact.link:
            value = rich.row((value, rich.link(fact.link)))
        name = f"{fact.name}{colon.rstrip()}" if value else fact.name
        return [*rich.words(f"{MARKS[fact.mark]}{name}", "bold"), *_spaced(value)]

    def _coverage(self, block: CoverageList) -> list[Json]:
        if not block.rows:
            said = rich.row((self._said(block.title), self._said(block.nothing)), " ")
            return rich.block(rich.section(said))
        items = [
            [
                *self._said(row.name, "bold"),
                *_spaced(
                    rich.row(
                        self._said(part) for part in (row.count, row.newest, row.kinds)
                    )
                ),
            ]
            for row in block.rows
        ]
        return self._list(block.title, items, block.rest)

    def _row(self, cells: Sequence[str], link: str | None) -> list[Json]:
        """A row as one line: its first cell leads, the others say what they are.

        Slack's own table stands at a message's end, once, and is read cell by cell.
        """
        lead, *others = cells
        leads = rich.link(link) if link else []
        return rich.row((self._said(lead, "bold"), *map(self._said, others), leads))

    def _picture(self, picture: Picture) -> list[Json]:
        """The picture; in words where Slack does not hold it."""
        held = self.files.get(picture.name)
        if held is None:
            return rich.block(rich.section(self._said(picture.alt)))
        return [
            {
                "type": "image",
                "slack_file": {"id": held},
                "alt_text": label(picture.alt, LONGEST_ALT),
            }
        ]

    def _copy(self, label: str, text: str) -> list[Json]:
        """Whole, or left out: half of it is of no use to whoever pastes it."""
        fits = len(text) <= self.thrift.line
        shown = text if fits else ELLIPSIS
        return rich.block(
            rich.section(self._said(label, "bold")), rich.preformatted(shown)
        )

    def _quote(self, quote: Quote) -> list[Json]:
        number, self.drawn = self.drawn, self.drawn + 1
        if number >= self.thrift.citations:
            return []
        whole = number < self.thrift.quotes
        elements = [
            rich.section(self._head(quote)),
            *_flags(quote),
            rich.quotation(self._quoted(quote) if whole else rich.words(ELLIPSIS)),
        ]
        if whole and quote.translation is not None and self.thrift.translations:
            elements += [
                rich.section(rich.words(quote.translation.label, "italic")),
                rich.quotation(rich.verbatim("", quote.translation.text, "", "italic")),
            ]
        elements.append(rich.section(self._citation(quote)))
        if self.thrift.more_sources:
            elements += [
                rich.section(self._also(quote.also, source))
                for source in quote.sources[1:]
            ]
        for aside in quote.asides:
            elements += self._aside(aside)
        return rich.block(*elements)

    def _quoted(self, quote: Quote) -> list[Json]:
        if quote.struck:
            return rich.verbatim(quote.opening, quote.text, quote.closing, "strike")
        if self.thrift.around and (quote.before or quote.after):
            return rich.verbatim_in(
                quote.opening, quote.before, quote.text, quote.after, quote.closing
            )
        return rich.verbatim(quote.opening, quote.text, quote.closing)

    def _head(self, quote: Quote) -> list[Json]:
        numbered = f"{quote.number} " if quote.number else ""
        first = [_publisher(source) for source in quote.sources[:1]]
        named = [quote.kind.upper(), quote.date or "", *first]
        said = " · ".join(short for part in named if (short := _short(part)))
        head = rich.words(f"{numbered}{said}", "bold")
        if quote.warning:
            head += _spaced(rich.words(f"⚠ {quote.warning}"), " · ")
        return head

    def _citation(self, quote: Quote) -> list[Json]:
        """Whose words they are, where they stand, and the links to them."""
        parts = [rich.words(_short(part)) for part in quote.caption]
        for source in quote.sources[:1]:
            parts.append(rich.link(source.link))
            if quote.exact_link and rich.web_address(quote.exact_link):
                exact = rich.link(quote.exact_link)
                parts.append([*rich.words(quote.exact_label), *_spaced(exact)])
            parts.append(_archived(source))
        return rich.row(parts)

    def _also(self, named: str, source: Citation) -> list[Json]:
        said = rich.words(f"{named} {_short(_publisher(source))}")
        date = rich.words(source.date or "")
        return rich.row((said, date, rich.link(source.link), _archived(source)))

    def _aside(self, aside: Aside) -> list[Json]:
        """What stands beside a quote, with one source: it has its own card."""
        named = rich.words(aside.label, "bold")
        if aside.quote is None:
            pointer = rich.words(aside.pointer or "")
            return [rich.section(rich.row((named, pointer), " "))]
        quote = aside.quote
        elements = [rich.section(rich.row((named, self._head(quote)), " "))]
        elements += _flags(quote)
        if self.thrift.aside_quotes:
            strike = ("strike",) if quote.struck else ()
            words = rich.verbatim(quote.opening, quote.text, quote.closing, *strike)
            elements.append(rich.quotation(words))
        return [*elements, rich.section(self._citation(quote))]


def _flags(quote: Quote) -> list[Json]:
    """What became of it: paragraphs of their own, above the words."""
    return [
        rich.section(
            rich.sign("⚠"),
            rich.words(flag.text, "bold"),
            _spaced(rich.link(flag.link)) if flag.link else (),
        )
        for flag in quote.flags
    ]


def _publisher(source: Citation) -> str:
    language = f" ({source.language})" if source.language else ""
    return f"{source.publisher}{language}"


def _archived(source: Citation) -> list[Json]:
    if not source.archived_link or rich.web_address(source.archived_link) is None:
        return []
    return [
        *rich.words(source.archived_label),
        *_spaced(rich.link(source.archived_link)),
    ]


def _spaced(words: list[Json], space: str = " ") -> list[Json]:
    return [{"type": "text", "text": space}, *words] if words else []


def _short(text: str) -> str:
    return cut(one_line(text), LONGEST_NAME)
