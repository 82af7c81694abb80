"""What a person takes away: citations to copy, an evidence pack, a dossier."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Attachment, Block, Card, Copy, Line
from bot.catalogue import words
from bot.citing import citations
from bot.replies.buttons import Under
from bot.replies.subject import Names, about
from knowledge.model import Evidence

MOST_NUMBERS = 4
"""How many other passages' buttons stand under one of them."""


def cite(
    evidence: Evidence,
    *,
    number: int,
    others: Sequence[int],
    key: str,
    language: str | None = None,
) -> Card:
    """A passage, cited in four ways; the others of its answer are a button away."""
    spoken = words(language)
    made = citations(evidence.document, evidence.passage, spoken)
    under = Under(key=key, words=spoken)
    buttons = [under.button(Action.EVIDENCE, str(number))]
    buttons += [under.cite(n) for n in others if n != number][:MOST_NUMBERS]
    return Card(
        spoken("cite.title", title=evidence.document.title),
        (
            Copy(spoken("cite.plain"), made.plain),
            Copy(spoken("cite.markdown"), made.markdown),
            Copy(spoken("cite.bibtex"), made.bibtex),
            Copy(spoken("cite.csl"), made.csl),
            Actions(tuple(buttons)),
        ),
        remark=spoken("context.number", number=number),
    )


def evidence_pack(
    name: str, data: bytes, *, number: int, language: str | None = None
) -> Card:
    """An evidence pack, as a file."""
    spoken = words(language)
    file = _attached(name, data, spoken("evidence.text"), language)
    return Card(spoken("evidence.title", number=number), (file,))


def dossier(
    files: Sequence[tuple[str, bytes]],
    passages: int,
    names: Names,
    *,
    vendor: str,
    place: str | None = None,
    language: str | None = None,
) -> Card:
    """A dossier's files, each in one of its forms; that there is none, where it is empty."""
    spoken = words(language)
    subject = about((vendor,), (place,) if place else (), names, spoken)
    title = spoken("dossier.title", subject=subject)
    if not passages:
        return Card(title, (Line(spoken("dossier.nothing")),))
    blocks: list[Block] = [Line(spoken("dossier.ready", count=passages))]
    for name, data in files:
        form = spoken(f"dossier.{name.rpartition('.')[2]}")
        blocks.append(_attached(name, data, form, language))
    return Card(title, tuple(blocks))


def _attached(name: str, data: bytes, label: str, language: str | None) -> Attachment:
    spoken = words(language)
    return Attachment(
        name=name,
        data=data,
        label=label,
        sent=spoken("evidence.sent"),
        lost=spoken("evidence.lost"),
    )
