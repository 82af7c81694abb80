"""How the vocabulary has changed, to those who ask by it or keep it."""

from collections.abc import Iterator, Sequence

from bot.cards import Block, Fact, Facts, Heading, Line
from bot.catalogue import Words
from bot.replies.subject import Names, echo
from knowledge.model import NewsKind, Renamed

MOST = 10
"""In one message; the others are counted."""


def names_part(
    heading: str, renamed: Sequence[Renamed], names: Names, spoken: Words
) -> Iterator[Block]:
    """The newest first, under a heading of the catalogue; nothing where there is none."""
    if not renamed:
        return
    newest = sorted(renamed, key=lambda one: -one.line)
    yield Heading(spoken(heading, count=len(renamed)))
    yield Facts(tuple(_fact(one, names, spoken) for one in newest[:MOST]), spoken.colon)
    left = len(newest) - MOST
    if left > 0:
        yield Line(spoken("more-of.rows", count=left))


def _fact(one: Renamed, names: Names, spoken: Words) -> Fact:
    """``Clearview AI``: ``“CV One” counts for it from now on``."""
    owner = (
        names.vendor_name(one.owner)
        if one.vendor
        else names.concept_name(one.owner, spoken.language)
    )
    out = one.kind is NewsKind.RETRACTED
    said = "renamed.out" if out else "renamed.in"
    return Fact(owner, spoken(said, name=spoken.quoted(echo(one.name))))
