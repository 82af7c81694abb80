"""A refusal → a card: what is not held, what is, and what one could ask instead.

No quote, no source and no link ever stands on such a card (law 4).
"""

from collections.abc import Iterable, Sequence

from bot.cards import (
    Action,
    Actions,
    Block,
    Card,
    CoverageList,
    Line,
    Notice,
    Suggestions,
)
from bot.catalogue import Words
from bot.replies.buttons import Under, under_refusal
from bot.replies.holdings import by_vendor, on_place, on_vendor
from bot.replies.subject import (
    LONGEST_NAME,
    Names,
    corrections,
    echo,
    heading,
    known_name,
    places_phrase,
    vendors_phrase,
)
from knowledge.model import Coverage, NoAnswer, Question, Reason
from knowledge.questions.courtesy import gives_thanks

MOST_SUGGESTIONS = 3
MOST_NAMES = 3


def refused(
    refusal: NoAnswer,
    names: Names,
    words: Words,
    understood: str | None,
    under: Under | None = None,
) -> Card:
    """The card of a refusal, by its reason."""
    question = refusal.question
    if refusal.reason is Reason.NOT_A_QUESTION:
        hello: list[Block] = [Line(words("greeting.text"))]
        if under is not None:
            hello.append(Actions((under.button(Action.HELP),)))
        thanked = "thanked" if gives_thanks(question.text) else "title"
        return Card(words(f"greeting.{thanked}"), tuple(hello))
    said = corrections(question, names, words, answered=False)
    blocks: list[Block] = [Notice(sentence) for sentence in said]
    if understood is not None:
        blocks.append(Line(words("answer.understood", question=echo(understood))))
    match refusal.reason:
        case Reason.NOTHING_HELD:
            blocks.append(Notice(_sentence("nothing", question, names, words)))
        case Reason.BELOW_THRESHOLD:
            blocks.append(Notice(_sentence("below", question, names, words)))
        case Reason.UNKNOWN_SUBJECT:
            blocks.append(Notice(_unknown(question, words)))
            if question.suggested:
                near = [known_name(each, names, words) for each in question.suggested]
                blocks.append(
                    Line(words("refusal.suggested", names=words.either(near)))
                )
    blocks += _held(question, refusal.coverage, names, words)
    fitting = [q.text for q in refusal.suggestions if q.language == words.language]
    suggested = tuple(fitting) or _suggestions(question, refusal.coverage, names, words)
    if suggested:
        blocks.append(Suggestions(words("suggest.title"), suggested))
    if under is not None:
        blocks.append(under_refusal(under, corrected=bool(question.corrected)))
    return Card(_title(refusal, names, words), tuple(blocks))


def _title(refusal: NoAnswer, names: Names, words: Words) -> str:
    """The subject; an unknown name stands in it as it was written."""
    question = refusal.question
    if refusal.reason is not Reason.UNKNOWN_SUBJECT or not question.unknown:
        return heading(question, names, words)
    known = question.mentions.vendors or question.places
    parts = [heading(question, names, words)] if known else []
    return " · ".join([", ".join(_quoted_names(question, words)), *parts])


def _sentence(reason: str, question: Question, names: Names, words: Words) -> str:
    vendors = vendors_phrase(question, names, words)
    if vendors and question.places:
        places = places_phrase(question, names, words)
        return words(f"refusal.{reason}-vendor-place", vendor=vendors, place=places)
    if vendors:
        return words(f"refusal.{reason}-vendor", vendor=vendors)
    if question.places:
        bare = [names.place_name(code, words.language) for code in question.places]
        return words(f"refusal.{reason}-place", place=words.either(bare))
    return words(f"refusal.{reason}")


def _unknown(question: Question, words: Words) -> str:
    if not question.unknown:
        return words("refusal.unsaid")
    quoted = _quoted_names(question, words)
    return words("refusal.unknown", names=", ".join(quoted), count=len(quoted))


def _quoted_names(question: Question, words: Words) -> list[str]:
    unknown = question.unknown[:MOST_NAMES]
    return [words.quoted(echo(name, LONGEST_NAME)) for name in unknown]


def _held(
    question: Question, rows: Sequence[Coverage], names: Names, words: Words
) -> list[CoverageList]:
    """What is held on each vendor and place asked about, else on which vendors."""
    mentions = question.mentions
    lists = [on_vendor(vendor, rows, names, words) for vendor in mentions.vendors]
    lists += [on_place(place, rows, names, words) for place in question.places]
    return lists or [by_vendor(rows, names, words)]


def _suggestions(
    question: Question, rows: Iterable[Coverage], names: Names, words: Words
) -> tuple[str, ...]:
    """Questions on what is held, newest first, and never the one just refused.

    Two on the vendor asked about and one on the place, where there are as many.
    """
    asked = question.mentions
    cells = sorted(
        (
            (row.vendor, row.place, row)
            for row in rows
            if row.vendor is not None
            and row.place is not None
            and not (row.vendor in asked.vendors and row.place in question.places)
        ),
        key=lambda cell: (_age(cell[2]), -cell[2].count, cell[0], cell[1]),
    )
    opened = {code for place in question.places for code in names.opened(place)}
    there = [cell for cell in cells if cell[1] in opened]
    others = [cell for cell in cells if cell[1] not in opened]
    if not asked.vendors:  # one for each vendor says more than three on one
        newest = {vendor: cell for cell in reversed(others) for vendor in cell[:1]}
        others = [cell for cell in others if newest[cell[0]] is cell]
    kept = MOST_SUGGESTIONS - min(1, len(there))
    return tuple(
        words(
            "suggest.active",
            vendor=names.vendor_name(vendor),
            place=words.in_place(place, names.place_name(place, words.language)),
        )
        for vendor, place, _ in [*others[:kept], *there][:MOST_SUGGESTIONS]
    )


def _age(row: Coverage) -> tuple[int, int]:
    """Smaller is newer; undated comes last."""
    if row.newest is None:
        return (0, 0)
    return (-row.newest.year, -(row.newest.month or 0))
