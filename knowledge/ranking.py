"""Several rankings into one, and its best by a judge; which sentences to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import Span

QUOTE_LIMIT = 350
"""Characters of a quote, beyond the one sentence that is always shown whole."""

A_PLACE_LOWER = 0.6
"""Log-odds by which a judge must prefer a candidate to the one before it. From 0.3 to 1.2
public sets gain alike; a judge without the ranking loses to the ranking alone."""

LEANING: Mapping[str, tuple[str, ...]] = {
    language: tuple(openings.split(", "))
    for language, openings in {
        "en": "it, its, he, she, they, their, this, that, these, those, such, the company,"
        " the firm, the agency, the authority, the court, the map, the document, but,"
        " however, nevertheless, yet, instead, according to it, there",
        "fr": "il, elle, ils, elles, ce, cet, cette, ces, celui ci, celle ci, son, sa, ses,"
        " leur, leurs, l'entreprise, l'entreprise americaine, la societe, la firme, mais,"
        " cependant, toutefois, en effet, pourtant, or, ainsi, cela",
        "it": "esso, essa, egli, ella, lui, lei, questo, questa, questi, queste, quello,"
        " tale, tali, la societa, l'azienda, l'impresa, ma, tuttavia, pero, inoltre",
        "de": "er, sie, es, dieser, diese, dieses, diesem, das unternehmen, die firma,"
        " die gesellschaft, aber, jedoch, allerdings, doch, dabei, damit, sein, ihr",
        "es": "el mismo, ella, ellos, este, esta, estos, estas, ese, esa, dicho, dicha,"
        " la empresa, la compania, la firma, pero, sin embargo, no obstante, su, sus",
        "nl": "hij, zij, ze, het bedrijf, de onderneming, dit, dat, deze, die, maar,"
        " echter, toch, zijn, haar, hun, daarbij",
        "pt": "ele, ela, eles, elas, este, esta, esse, essa, isso, isto, tal, a empresa,"
        " a companhia, a firma, mas, porem, contudo, no entanto, seu, sua",
    }.items()
}
"""Openings, folded, that lean on the sentence before: an antecedent or a turn."""


def leans(folded: str, language: str) -> bool:
    """Whether a folded sentence begins by leaning on the one before it."""
    return any(
        folded.startswith((f"{opening} ", f"{opening},", f"{opening}'"))
        for opening in LEANING.get(language, ())
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages with one index's scores, whose scale is its own, best first, and how much
    this ranking counts.
    """

    scored: Sequence[tuple[str, float]]
    weight: float = 1.0


def fuse(rankings: Sequence[Ranking]) -> tuple[str, ...]:
    """Ids by a convex combination of the rankings' scores, each scaled to 0..1.

    From the worst to the best of each ranking (min–max); what a ranking does not name
    has 0 there. Better than reciprocal ranks on public sets, as in Bruch, Gai and Ingber,
    "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1), 2023. For an
    order only: whether anything answers is never told from it. Ties are broken by id, so
    that the same rankings always give the same order.
    """
    fused: dict[str, float] = {}
    for ranking in rankings:
        best: dict[str, float] = {}
        for identity, score in ranking.scored:
            best[identity] = max(score, best.get(identity, score))
        low, high = min(best.values(), default=0.0), max(best.values(), default=0.0)
        for identity, score in best.items():
            scaled = (score - low) / (high - low) if high > low else 1.0
            fused[identity] = fused.get(identity, 0.0) + ranking.weight * scaled
    return tuple(sorted(fused, key=lambda identity: (-fused[identity], identity)))


def reread(odds: Sequence[float]) -> tuple[int, ...]:
    """The numbers of the first candidates of a ranking, in a new order, best first.

    ``odds`` are a judge's log-odds that each answers, in the order that the ranking gave
    them; each place further down has to be made up for by ``A_PLACE_LOWER``. Ties keep
    the order.
    """
    return tuple(
        sorted(range(len(odds)), key=lambda place: A_PLACE_LOWER * place - odds[place])
    )


def choose_quote(
    sentences: Sequence[Span],
    worth: Mapping[int, float],
    leaning: frozenset[int] = frozenset(),
    limit: int = QUOTE_LIMIT,
) -> Span:
    """The contiguous run of whole sentences to show, as a span of the body.

    ``worth`` gives a sentence's value by its number. The best sentence (the first, of
    equals) is always in; a neighbour joins while the whole stays within ``limit``
    characters and the neighbour is worth something or the run would otherwise begin
    with a sentence that is ``leaning`` on the one before ("The company …", "It …"),
    which it may do only at the start of the passage. A passage within the limit is
    shown whole.
    """
    if sentences[-1].end - sentences[0].start <= limit:
        return Span(sentences[0].start, sentences[-1].end)
    numbers = range(len(sentences))
    best = max(numbers, key=lambda number: (worth.get(number, 0.0), -number))
    first = last = best
    while first in leaning and first > 0:
        first -= 1
    while True:
        grown = [
            (a, b)
            for a, b in ((first - 1, last), (first, last + 1))
            if a >= 0
            and b < len(sentences)
            and worth.get(a if a < first else b, 0.0) > 0
            and (a == first or a not in leaning)
            and sentences[b].end - sentences[a].start <= limit
        ]
        if not grown:
            return Span(sentences[first].start, sentences[last].end)
        first, last = grown[0]
