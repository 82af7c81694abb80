"""An answer that was given, with what became of its quotes since; and the word of it.

Nothing is erased: what is published no longer is struck through, and why stands above it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.cards import (
    Action,
    Actions,
    Aside,
    Block,
    Button,
    Card,
    Flag,
    Line,
    Notice,
    Quote,
    Section,
)
from bot.catalogue import Words, words
from bot.replies.subject import echo
from knowledge.model import (
    Beside,
    Document,
    Evidence,
    Fall,
    Marking,
    Post,
    Standing,
)

LONGEST_REASON = 300
"""Characters of a moderator's reason that are shown."""

LONGEST_TITLE = 150

Others = Mapping[tuple[str, int], Document]
"""The documents that say otherwise or came in place of others, by id and revision."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Says of a quote what became of it."""

    markings: Sequence[Marking]
    others: Others
    words: Words

    def on(self, quoted: Evidence | Beside) -> tuple[Marking, ...]:
        """Those that concern this quote, in the ledger's order."""
        document = quoted.document
        return tuple(
            each
            for each in self.markings
            if each.document == document.id
            and self._concerns(each, quoted)
            and not self._lifted_since(each)
        )

    def _lifted_since(self, marking: Marking) -> bool:
        """Whether what another document says stands in its withdrawal, with both days."""
        return marking.fall in (Fall.SUPERSEDED, Fall.CONTRADICTED) and any(
            each.fall is Fall.LIFTED
            and (each.document, each.by) == (marking.document, marking.by)
            and each.change > marking.change
            for each in self.markings
        )

    def _lifts(self, marking: Marking) -> Marking:
        """What was said by the document that is withdrawn."""
        said = [
            each
            for each in self.markings
            if (each.document, each.by) == (marking.document, marking.by)
            and each.fall in (Fall.SUPERSEDED, Fall.CONTRADICTED)
            and each.change < marking.change
        ]
        return max(said, key=lambda each: each.change, default=marking)

    def _concerns(self, marking: Marking, quoted: Evidence | Beside) -> bool:
        revision = quoted.document.revision
        match marking.fall:
            case Fall.RETRACTED:
                return revision <= marking.revision
            case Fall.CORRECTED | Fall.AMENDED:
                return revision < marking.revision
            case Fall.SUPERSEDED | Fall.CONTRADICTED | Fall.LIFTED:
                return True

    def marked(self, quote: Quote, quoted: Evidence | Beside) -> Quote:
        """The quote with its flags, struck through where its words are published no more."""
        found = self.on(quoted)
        struck = any(self._strikes(each, quoted) for each in found)
        flags = tuple(self.flag(each, quoted) for each in found)
        return replace(quote, flags=flags, struck=struck)

    def _strikes(self, marking: Marking, quoted: Evidence | Beside) -> bool:
        return marking.fall.struck and not self._stands_in(marking, quoted)

    def _stands_in(self, marking: Marking, quoted: Evidence | Beside) -> bool:
        """Whether a later revision still has the very words of this quote."""
        if marking.fall is not Fall.CORRECTED:
            return False
        later = self.others.get((marking.document, marking.revision))
        return later is not None and quoted.text in later.body

    def flag(self, marking: Marking, quoted: Evidence | Beside) -> Flag:
        """What happened, when, by which document, and the moderators' reason."""
        name: str = marking.fall
        if marking.fall in (Fall.CORRECTED, Fall.AMENDED):
            earlier = (e for e in self.on(quoted) if e.change < marking.change)
            if any(each.fall is Fall.RETRACTED for each in earlier):
                name = "republished"
            elif self._stands_in(marking, quoted):
                name = Fall.AMENDED
        other = self.others.get((marking.by or "", marking.revision))
        own = marking.by == marking.document or marking.fall is Fall.LIFTED
        said = self._lifts(marking) if marking.fall is Fall.LIFTED else marking
        if said.fall is Fall.SUPERSEDED and marking.fall is Fall.LIFTED:
            name = "lifted-superseded"
        text = self.words(
            f"correction.{name}",
            date=self.words.dated(marking.at.date()),
            since=self.words.dated(said.at.date()),
            document=self._named(other) if other else marking.by or "",
        )
        if marking.reason:
            reason = self.words.quoted(echo(marking.reason, LONGEST_REASON))
            text = f"{text} {self.words('correction.reason', reason=reason)}"
        link = other.sources[0].url if other and other.sources and not own else None
        return Flag(text, link)

    def _named(self, document: Document) -> str:
        parts = [self.words.quoted(echo(document.title, LONGEST_TITLE))]
        parts += [source.publisher for source in document.sources[:1]]
        if document.dated is not None:
            parts.append(self.words.dated(document.dated))
        return ", ".join(parts)


def marked(
    card: Card,
    evidence: Sequence[Evidence],
    markings: Sequence[Marking],
    others: Others,
    *,
    language: str | None = None,
) -> Card:
    """The card of an answer, made of ``evidence``, with what became of its quotes."""
    spoken = words(language)
    marks = Marks(markings, others, spoken)
    by_number = dict(enumerate(_ordered(evidence), start=1))

    def one(quote: Quote) -> Quote:
        found = by_number.get(quote.number)
        if found is None:
            return quote
        sides = tuple(_aside(aside, found, marks) for aside in quote.asides)
        return replace(marks.marked(quote, found), asides=sides)

    def block(each: Block) -> Block:
        match each:
            case Quote():
                return one(each)
            case Section(title, quotes):
                return Section(title, tuple(map(one, quotes)))
            case _:
                return each

    last = max(markings, key=lambda each: each.at).at.date()
    notice = Notice(spoken("correction.notice", date=spoken.dated(last)))
    return replace(card, blocks=(notice, *map(block, card.blocks)))


def letter(card: Card, post: Post, *, language: str | None = None) -> Card:
    """The marked card to the asker of a private answer, who no longer has it in view.

    Without what can be pressed: buttons of a server do nothing in direct messages.
    """
    spoken = words(language)
    intro = spoken(
        "correction.letter",
        date=spoken.dated(post.at.date()),
        button=spoken(f"button.{Action.TELL_ME}"),
    )
    shown = tuple(each for each in card.blocks if not isinstance(each, Actions))
    return replace(card, blocks=(Line(intro), *shown))


def _aside(aside: Aside, found: Evidence, marks: Marks) -> Aside:
    quote = aside.quote
    if quote is None:
        return aside
    same = next((each for each in found.beside if each.text == quote.text), None)
    return aside if same is None else replace(aside, quote=marks.marked(quote, same))


def mark_of(post: Post, through: int) -> str:
    """The code by which the word of a correction is found again."""
    return why_button(post, through, words(None)).code


def why_button(post: Post, through: int, spoken: Words) -> Button:
    """Under a word of a correction; no other message has its code."""
    return Button(
        label=spoken(f"button.{Action.WHY}"),
        action=Action.WHY,
        key=post.key,
        argument=str(through),
    )


def correction(
    post: Post,
    evidence: Sequence[Evidence],
    markings: Sequence[Marking],
    others: Others,
    *,
    told: Sequence[Marking],
    through: int,
    language: str | None = None,
) -> Card:
    """The word of it under the answer, of the markings that were not ``told`` before.

    Quotes are named by number and publisher, and not shown again.
    """
    spoken = words(language)
    # What came later has a word of its own, and is not yet to be seen in the message.
    marks = Marks([m for m in markings if m.change <= through], others, spoken)
    known = {(each.change, each.document) for each in told}
    blocks: list[Block] = [Line(spoken("correction.intro"))]
    for name, quoted in _named(post, evidence, spoken):
        flags = [
            marks.flag(each, quoted)
            for each in marks.on(quoted)
            if (each.change, each.document) not in known
        ]
        for flag in flags:
            blocks.append(Notice(name))
            blocks.append(Line(flag.text))
    blocks.append(Actions((why_button(post, through, spoken),)))
    return Card(spoken("correction.title"), tuple(blocks))


def _named(
    post: Post, evidence: Sequence[Evidence], spoken: Words
) -> Iterator[tuple[str, Evidence | Beside]]:
    beside: set[str] = set()
    shown = list(enumerate(_ordered(evidence), start=1))[: post.shown]
    own = {each.document.id for _, each in shown}
    for number, each in shown:
        name = spoken("correction.quote", number=number, source=_source(each.document))
        yield name, each
    for _, each in shown:
        for other in each.beside:
            if other.document.id not in own | beside:
                beside.add(other.document.id)
                source = _source(other.document)
                yield spoken("correction.beside", source=source), other


def _source(document: Document) -> str:
    return document.sources[0].publisher if document.sources else document.title


def _ordered(evidence: Sequence[Evidence]) -> list[Evidence]:
    """As an answer's card numbers them: see ``answers.answered``."""
    return sorted(evidence, key=lambda each: each.standing is not Standing.DIRECT)
