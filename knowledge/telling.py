"""Of the passages that were weighed for a question: which are told, and in what order.

Pure rules; whoever answers has searched and weighed.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from knowledge.analysis import tokens
from knowledge.evidence import Candidate
from knowledge.gate import NOTHING_MORE
from knowledge.model import MentionKind, Question, QuestionKind, Relation, Standing

FURTHER = 0.995
"""How likely a passage beside the likeliest must answer a question that asks for more
than its subject. What the gate accepts is accepted for the likeliest alone: of the others
half did not answer (four fifths did from here on). A list is asked for all of them."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate that the laws admit, how likely it answers, and whether it passes.

    ``lead`` are the log-odds by which it is put before or behind others of the question.
    """

    candidate: Candidate
    standing: Standing
    features: Mapping[str, float]
    probability: float
    lead: float
    passes: bool


def told(
    found: Sequence[Weighed],
    question: Question,
    each_place: Sequence[AbstractSet[str]] = (),
) -> Sequence[Weighed]:
    """Of those that pass the one that leads, and beside it those that are sure enough.

    Where a list is asked for, all that pass. Where a city or an authority is asked about,
    only those that name it, if any does; where ``each_place`` is asked about at once, only
    those on all of them, if any is. What is on all that is held on one place of two is no
    answer to a question that asks for nothing more.

    How a matter stands is told by what goes on with the one that leads, too: that came
    later, and comes first.

    A law of a wider place, which stands under a heading of its own, does not keep out
    what is on the subject itself.
    """
    passed = _naming_part(question, [weighed for weighed in found if weighed.passes])
    passed = _on_all(each_place, passed)
    if question.kind is QuestionKind.LIST:
        return passed
    direct = [each.lead for each in passed if each.standing is Standing.DIRECT]
    leading = {max(leads) for leads in (direct, [e.lead for e in passed]) if leads}
    leaders = {
        each.candidate.held.document.id
        for each in passed
        if each.lead in leading and question.kind is QuestionKind.STATUS
    }
    return [
        each
        for each in passed
        if each.features[NOTHING_MORE]
        or each.lead in leading
        or each.probability >= FURTHER
        or _goes_on_with(each, leaders)
    ]


def _goes_on_with(later: Weighed, documents: AbstractSet[str]) -> bool:
    links = later.candidate.held.document.links
    return any(
        link.document in documents and link.relation is not Relation.CONTRADICTS
        for link in links
    )


def _on_all(
    each_place: Sequence[AbstractSet[str]], passed: Sequence[Weighed]
) -> Sequence[Weighed]:
    """Without those on some of the places alone, where one is on all of them."""
    if len(each_place) < 2:
        return passed

    def is_on_all(weighed: Weighed) -> bool:
        on = weighed.candidate.places
        return all(not on.isdisjoint(place) for place in each_place)

    direct = [each for each in passed if each.standing is Standing.DIRECT]
    some = any(map(is_on_all, direct))
    return [
        each
        for each in passed
        if each.standing is not Standing.DIRECT
        or is_on_all(each)
        or not (some or each.features[NOTHING_MORE])
    ]


def _naming_part(question: Question, passed: Sequence[Weighed]) -> Sequence[Weighed]:
    """Without those on the right country that are on another part of it, as it seems.

    All of Rome, Milan and Italy count as Italy; but where a passage names Milan, who asked
    about its police is not told of Rome's.
    """
    parts = [
        {token.folded for token in tokens(question.text[mention.start : mention.end])}
        for mention in question.mentions.found
        if mention.part and mention.kind is MentionKind.PLACE
    ]
    if not parts:
        return passed

    def is_on_it(weighed: Weighed) -> bool:
        held = weighed.candidate.held
        text = f"{held.document.title}\n{held.passage.text}"
        said = {token.folded for token in tokens(text)}
        return any(part <= said for part in parts)

    direct = [each for each in passed if each.standing is Standing.DIRECT]
    if not any(map(is_on_it, direct)):
        return passed
    return [e for e in passed if e.standing is not Standing.DIRECT or is_on_it(e)]


def in_order(
    question: Question, passed: Sequence[Weighed], *, ranked: bool
) -> Sequence[Weighed]:
    """Direct evidence before law; a status newest first, else what leads first.

    Undated evidence comes last among its equals; ties keep the fused order. ``ranked``:
    what comes in is best first by a reranker already, which knows better than the gate.
    """

    def newest(weighed: Weighed) -> tuple[int, int, int]:
        dated = weighed.candidate.held.document.dated
        return (
            (-dated.year, -(dated.month or 0), -(dated.day or 0)) if dated else (0,) * 3
        )

    if question.kind is QuestionKind.STATUS:
        ordered = sorted(passed, key=newest)
    elif ranked:
        ordered = list(passed)
    else:
        ordered = sorted(passed, key=lambda each: (-round(each.lead, 2), newest(each)))
    return sorted(ordered, key=lambda each: each.standing is not Standing.DIRECT)
