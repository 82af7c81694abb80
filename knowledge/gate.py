"""How likely does a passage on the right subject answer? Named features → probability.

A small logistic model. Its numbers are fitted by ``tests/evaluation`` on labelled
questions and kept in a file; nothing is compared with other candidates, so the best of
them can still be no answer. What is asked and not held weighs more than what is.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.analysis import tokens
from knowledge.demands import Demand, Unit
from knowledge.entries import LAW_ITSELF
from knowledge.evidence import Candidate, Sentence, matches, missing_names
from knowledge.likeness import likeness
from knowledge.model import Kind, MentionKind, Mentions, QuestionKind

OWN = "own"
"""The feature of a passage that has questions of its own."""

JUDGED = "judged"
"""The feature of what a judge says of the likest of a passage's own questions; there only
where it was asked, and the passage has some."""

AS_WIDE = "as-wide"
"""The feature of what a judge says of those of them that name no vendor and no place
beyond what was asked about; there only where ``JUDGED`` is."""

READ = "read"
"""The feature of what a judge says of the passage itself; there only where it was asked."""

NOTHING_MORE = "nothing-more"
"""The feature of a question that asks for nothing but its subject: whatever is held on
that is evidence, so there is nothing for a judge to compare."""

LAW_ON_IT = "law-on-it"
"""The feature of a law that names the technology on which law is asked for, where that is
all that is asked: it answers by what it is, and there is nothing to weigh."""

SAME = "same"
"""The feature of a passage that has the very question asked among its own: editors have
said that it answers, and there is nothing to weigh."""

OF_SUBJECT = frozenset(
    {
        QuestionKind.STATUS,
        QuestionKind.LIST,
        QuestionKind.WHERE,
        QuestionKind.LAW,
        QuestionKind.OTHER,
    }
)
"""Kinds of question that may ask for nothing more: an amount, a day, a person, a reason or
what a thing is are something more, whatever words ask for them."""

BEFORE = "before"
"""The feature of what a gate said before any judge was asked, its log-odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Weights by feature, and the probability from which a passage is shown.

    ``fitted_on`` and ``data`` (a sha-256) say when and on what they were fitted.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    fitted_on: str
    data: str

    def odds(self, features: Mapping[str, float]) -> float:
        """The log-odds, within ±30; a feature without a weight counts nothing."""
        odds = self.bias + sum(
            weight * features.get(name, 0.0) for name, weight in self.weights.items()
        )
        return max(-30.0, min(30.0, odds))

    def probability(self, features: Mapping[str, float]) -> float:
        """0..1."""
        return 1.0 / (1.0 + math.exp(-self.odds(features)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """One for each sort of passage, by what is known of it.

    ``bare``: nothing but its words. ``own``: questions of its own to compare with what is
    asked of its subject. ``judged`` weighs what ``own`` said (``BEFORE``) with what a judge
    says who has compared those questions with the one asked and read the passage; ``read``
    what ``bare`` said with what a judge says who could only read.

    ``followed`` weighs what a judge says of a passage for a follow-up (``follow_ups``).

    ``first`` has no say in whether there is an answer: it tells which of the passages
    that ``judged`` accepts comes first, fitted on questions that have an answer.
    """

    bare: Gate
    own: Gate
    judged: Gate | None = None
    read: Gate | None = None
    followed: Gate | None = None
    first: Gate | None = None

    def of(self, features: Mapping[str, float]) -> Gate:
        """The gate for a passage with these features."""
        if JUDGED in features and self.judged is not None:
            return self.judged
        if READ in features and self.read is not None:
            return self.read
        return self.unjudged(features)

    def lead(self, features: Mapping[str, float]) -> float:
        """The log-odds by which the passages of one question are put in order."""
        if JUDGED in features and self.first is not None:
            return self.first.odds(features)
        return self.of(features).odds(features)

    def unjudged(self, features: Mapping[str, float]) -> Gate:
        """The gate where no judge is asked."""
        asks_more = features[OWN] and not features[NOTHING_MORE]
        return self.own if asks_more else self.bare

    def with_judgement(
        self, features: Mapping[str, float], said: Mapping[str, float]
    ) -> Mapping[str, float]:
        """The features with a judge's log-odds beside what was known before."""
        return {**features, BEFORE: self.unjudged(features).odds(features), **said}


def asks_nothing_more(wanted: Demand) -> bool:
    """Whether it asks for nothing but its subject: then no gate weighs own questions."""
    return wanted.kind in OF_SUBJECT and not wanted.telling


def features(wanted: Demand, found: Candidate) -> Mapping[str, float]:
    """Everything that the gate weighs, by name, each about 0..1.

    Features are of the best sentence where a sentence can hold the answer, else of the
    passage with its document's title. ``judged`` are a judge's log-odds, where one was
    asked. The indexes' own scores are not weighed: a BM25 score grows with the store, and
    what a cosine means is up to the model.
    """
    held = [matches(wanted, sentence) for sentence in found.sentences]
    whole = frozenset().union(*held)
    title = matches(wanted, found.title)
    if found.held.document.kind is Kind.LAW:
        title |= {unit for unit in wanted.units if unit.concept == LAW_ITSELF}
    telling = wanted.telling
    concepts, words = wanted.telling_concepts, wanted.telling_words
    nothing_more = asks_nothing_more(wanted)
    own = (*found.own, *found.worded)
    alike = likeness(wanted, own)
    best = max((_share(telling, one) for one in held), default=0.0)
    return {
        "vendor": float(bool(wanted.vendors)),
        "place": float(wanted.where.told),
        "no-subject": float(not wanted.has_subject),
        NOTHING_MORE: float(nothing_more),
        "nothing-more-on-vendor": float(nothing_more and bool(wanted.vendors)),
        "together": float(_together(wanted, found)),
        "concepts": _share(concepts, whole | title),
        "concepts-missing": _missing(concepts, whole | title),
        "words": _share(words, whole | title),
        "words-missing": _missing(words, whole | title),
        "in-one-sentence": best,
        "in-title": _share(telling, title),
        "names-missing": min(2, len(missing_names(wanted, found))) / 2,
        OWN: float(bool(own)),
        "own-like": alike.whole,
        "own-holds": alike.held,
        "own-like-in-kind": alike.kind,
        "amount": _type(wanted, found, QuestionKind.HOW_MUCH),
        "when": _type(wanted, found, QuestionKind.WHEN),
        "who": _type(wanted, found, QuestionKind.WHO),
        "where": _type(wanted, found, QuestionKind.WHERE),
        "status": float(wanted.kind is QuestionKind.STATUS),
        "law": float(wanted.law),
        "law-by-law": float(wanted.law and found.held.document.kind is Kind.LAW),
        LAW_ON_IT: float(not telling and _is_law_on(wanted, found)),
    }


def _is_law_on(wanted: Demand, found: Candidate) -> bool:
    """Whether it is a law, and a technology's law is asked for.

    That it names the technology, and holds at the place, it was admitted by.
    """
    asked = wanted.concepts & wanted.matter
    is_law = found.held.document.kind is Kind.LAW
    return bool(asked) and is_law and wanted.kind is QuestionKind.LAW


def _share(asked: frozenset[Unit], held: frozenset[Unit]) -> float:
    return len(asked & held) / len(asked) if asked else 0.0


def _missing(asked: frozenset[Unit], held: frozenset[Unit]) -> float:
    return min(4, len(asked - held)) / 2


def _together(wanted: Demand, found: Candidate) -> bool:
    """Whether one sentence is on the vendor and the place asked about.

    It names one of them at least; the other it may leave to the passage, as long as it
    names no other. A law that names no vendor is on whoever it binds.
    """
    if (
        wanted.law
        and found.held.document.kind is Kind.LAW
        and not found.held.passage.vendors
    ):
        return True
    return wanted.has_subject and any(
        _on_subject(wanted, sentence.mentions) for sentence in found.sentences
    )


def _on_subject(wanted: Demand, mentions: Mentions) -> bool:
    named = False
    for asked, said in (
        (wanted.vendors or wanted.where.makers, mentions.vendors),
        (wanted.places, mentions.places),
    ):
        if asked and said:
            if asked.isdisjoint(said):
                return False
            named = True
    return named


def _type(wanted: Demand, found: Candidate, kind: QuestionKind) -> float:
    """1 where the passage has what such a question asks for, -1 where not; else 0."""
    if wanted.kind is not kind:
        return 0.0
    has = False
    for sentence in found.sentences:
        match kind:
            case QuestionKind.HOW_MUCH:
                has |= any(c.isdigit() for c in sentence.text)
            case QuestionKind.WHEN:
                has |= bool(sentence.mentions.years)
            case QuestionKind.WHERE:
                has |= bool(sentence.mentions.places)
            case _:
                has |= _names_somebody(sentence)
    return 1.0 if has else -1.0


def _names_somebody(sentence: Sentence) -> bool:
    """Whether two capitalised words stand side by side that are neither firm nor place."""
    taken = [
        (m.start, m.end)
        for m in sentence.mentions.found
        if m.kind in (MentionKind.VENDOR, MentionKind.PLACE)
    ]
    before = None
    for token in tokens(sentence.text):
        free = not any(start <= token.start < end for start, end in taken)
        name = free and token.text[:1].isupper() and token.text[1:].islower()
        if name and before is not None and token.start - before == 1:
            return True
        before = token.end if name else None
    return False
