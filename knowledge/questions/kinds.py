"""Words of a question → the sort of answer that it asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.analysis import function_words
from knowledge.model import QuestionKind
from knowledge.questions.asking import ASKING, Telling
from knowledge.questions.asking_nouns import PEOPLE, PLURALS

EARLY = 2
"""Before so many words a word that also joins clauses (``qui``, ``che``) still asks."""

NEAR = 3
"""Words between ``which`` and its noun at most."""

DEFINED_IN = 7
"""Words; what is asked of a longer question is more than what something is."""

JOINING = frozenset({"qui", "chi", "che", "quien", "quem", "ou", "wo", "where", "when"})
"""Words that ask and join clauses."""

AFTER_JOINING = frozenset(
    "et y e und and en a de di da du par per por con avec van door aan mais ma pero mas"
    " c est".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase of asking that stands in the question from word ``at``."""

    at: int
    length: int
    kind: QuestionKind


def asking(words: Sequence[str], language: str) -> Sequence[Asked]:
    """The phrases of asking in the folded words, in order, the longer of two first."""
    hits = [*_hits(ASKING[language].wanting, words), *_which(words, language)]
    hits.sort(key=lambda hit: (hit.at, -hit.length))
    return [hit for hit in hits if not _joins(hit, words)]


def asks_how_it_stands(words: Sequence[str], language: str) -> frozenset[int]:
    """The numbers of the folded words that ask how a matter stands and say no more.

    Of ``a che punto è`` no word is looked for in a passage.
    """
    listed = ASKING[language].wanting
    return frozenset(
        at + number
        for at in range(len(words))
        for phrase in listed.phrases.standing(words, at)
        if QuestionKind.STATUS in listed.kinds[phrase]
        for number, (asked, word) in enumerate(zip(phrase, words[at:], strict=False))
        if asked == word
    )


def kind_of(
    words: Sequence[str],
    language: str,
    asked: Sequence[Asked],
    *,
    law: bool,
    vendor: bool,
    bare: bool,
    marked: bool,
) -> QuestionKind:
    """The sort of answer that the folded ``words`` ask for.

    ``asked`` is what ``asking`` finds in them. ``law``: it names law. ``vendor``: it names
    a vendor. ``bare``: it says nothing beside names. ``marked``: it ends with a question
    mark.
    """
    listed = ASKING[language]
    first = _first(asked, words, law=law, vendor=vendor)
    if first is not None:
        return first
    if not vendor and any(listed.may.standing(words, at) for at in range(3)):
        return QuestionKind.LAW
    if listed.yes_or_no.standing(words, 0):
        return QuestionKind.LAW if law else QuestionKind.STATUS
    topics = sorted(_hits(listed.topics, words), key=lambda hit: hit.at)
    if topics and not marked:
        return topics[0].kind
    if law and not vendor:
        return QuestionKind.LAW
    if bare or (marked and not asked and not _asks_what(words, language)):
        return QuestionKind.STATUS
    return QuestionKind.OTHER


def _first(
    hits: Sequence[Asked], words: Sequence[str], *, law: bool, vendor: bool
) -> QuestionKind | None:
    """The kind of the phrase that comes first; what something is asks for little else."""
    if not hits:
        return None
    first = hits[0]
    if first.kind is QuestionKind.DEFINITION:
        rest = [hit for hit in hits[1:] if hit.at <= first.at + first.length + 1]
        if rest:
            return rest[0].kind
        if len(words) > DEFINED_IN:
            return QuestionKind.LAW if law and not vendor else QuestionKind.OTHER
    return first.kind


def _asks_what(words: Sequence[str], language: str) -> bool:
    """Whether it asks for anything at all but yes or no."""
    return any(word in WHAT for word in words[:4])


WHAT = frozenset(
    "what which how that cosa che come quale quali quoi que quel quelle quels quelles"
    " comment was wie welche welcher welches welchen welchem wat hoe welk welke qual"
    " quais como cual cuales cosi".split()
)


def _hits(listed: Telling, words: Sequence[str]) -> Iterator[Asked]:
    for at in range(len(words)):
        for phrase in listed.phrases.standing(words, at):
            for kind in listed.kinds[phrase]:
                yield Asked(at, len(phrase), kind)


def _joins(hit: Asked, words: Sequence[str]) -> bool:
    """Whether the words of a hit only join two clauses: ``la loi qui …``."""
    return (
        words[hit.at] in JOINING
        and hit.length == 1
        and hit.at >= EARLY
        and words[hit.at - 1] not in AFTER_JOINING
    )


def _which(words: Sequence[str], language: str) -> Iterator[Asked]:
    """``which judge`` → who, ``which judges`` → a list."""
    for at in range(len(words)):
        for phrase in ASKING[language].which.standing(words, at):
            start = at + len(phrase)
            for noun in words[start : start + NEAR]:
                if noun in function_words(language):
                    break
                kind = _noun(noun, language)
                if kind is not None:
                    yield Asked(at, len(phrase), kind)
                    break


def _noun(noun: str, language: str) -> QuestionKind | None:
    if noun in PLURALS[language]:
        return QuestionKind.LIST
    if noun in PEOPLE[language]:
        return QuestionKind.WHO
    return None
