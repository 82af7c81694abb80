"""Question → answer: search, read again from the store, pass the gate, quote."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.errors import IndexUnavailable
from knowledge.evidence import Demand, demand, judge
from knowledge.model import (
    Answer,
    Answered,
    Beside,
    Coverage,
    Evidence,
    HeldPassage,
    NoAnswer,
    PartialDate,
    Question,
    QuestionKind,
    Reason,
    Related,
    Standing,
)
from knowledge.ports import Clock, PassageIndex, Query, Store
from knowledge.questions import since_years
from knowledge.quoting import belonging, beside, candidate, quote
from knowledge.ranking import Ranking, fuse
from knowledge.vocabulary import Vocabulary

CANDIDATES = 60
"""How many passages each index is asked for."""

FOREIGN_DENSE = 0.3
"""The weight of the dense ranking for a language that its model does not read.

Equal weights are worse than BM25 alone there (nDCG@10 of public sets)."""

STALE = timedelta(days=365)
"""Past this age the newest evidence is said to be old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Answers from the store, by way of the indexes.

    ``reads`` are the languages that the dense index's model reads well.
    ``on_failure`` hears of an index that failed while another could still be asked.
    """

    store: Store
    indexes: Sequence[PassageIndex]
    vocabulary: Vocabulary
    clock: Clock
    reads: frozenset[str]
    on_failure: Callable[[IndexUnavailable], None]

    def answer(self, question: Question, limit: int) -> Answer:
        """At most ``limit`` passages that answer, or a refusal with what is held.

        Raises StoreUnavailable; IndexUnavailable only where no index can be asked.
        """
        if question.kind is QuestionKind.NONE:
            return NoAnswer(question=question, reason=Reason.NOT_A_QUESTION)
        wanted = self._demand(question)
        passed = [
            evidence
            for held in self._found(question, wanted)
            if (evidence := self._evidence(wanted, held)) is not None
        ]
        if not passed:
            return self._refusal(question, wanted)
        passed = _in_order(question, passed)
        newest = max(
            (e.document.dated for e in passed if e.document.dated), default=None
        )
        return Answered(
            question=question,
            evidence=self._with_other_sides(passed[:limit], wanted),
            coverage=self._coverage_asked(question),
            newest_event_on=newest,
            stale=self._is_stale(newest),
            more=len(passed) - len(passed[:limit]),
        )

    def candidates(self, question: Question, limit: int) -> tuple[HeldPassage, ...]:
        """The fused ranking before the gate, for measuring retrieval alone."""
        wanted = self._demand(question)
        return tuple(self._found(question, wanted))[:limit]

    # --- finding -------------------------------------------------------------------

    def _demand(self, question: Question) -> Demand:
        asked = question.mentions.places
        inside = {
            code
            for code in self.vocabulary.places
            if set(self.vocabulary.wider(code)) & set(asked)
        }
        around = {wider for place in asked for wider in self.vocabulary.wider(place)}
        return demand(
            question,
            places=frozenset(asked) | inside,
            law_places=frozenset(asked) | around,
            light=self.vocabulary.light_concepts,
            since=since_years(question),
        )

    def _found(self, question: Question, wanted: Demand) -> Sequence[HeldPassage]:
        """Fused candidates, best first, as the store has them published now (law 2)."""
        query = Query(
            text=question.text,
            language=question.language,
            vendors=tuple(sorted(wanted.vendors)),
            places=tuple(sorted(wanted.places)),
            concepts=question.mentions.concepts,
        )
        rankings = self._ask_indexes(query)
        if wanted.law and (wanted.vendors or wanted.places):
            law = replace(query, vendors=(), places=tuple(sorted(wanted.law_places)))
            rankings += self._ask_indexes(law)
        fused = fuse(rankings)
        published = self.store.published(fused)
        return [published[identity] for identity in fused if identity in published]

    def _ask_indexes(self, query: Query) -> list[Ranking]:
        rankings: list[Ranking] = []
        failure: IndexUnavailable | None = None
        for index in self.indexes:
            try:
                hits = index.search(query, CANDIDATES)
            except IndexUnavailable as error:
                failure = error
                self.on_failure(error)
                continue
            foreign = index.name == "dense" and query.language not in self.reads
            weight = FOREIGN_DENSE if foreign else 1.0
            rankings.append(Ranking([hit.passage for hit in hits], weight))
        if failure is not None and not rankings:
            raise failure
        return rankings

    # --- judging and quoting -------------------------------------------------------

    def _evidence(self, wanted: Demand, held: HeldPassage) -> Evidence | None:
        found = candidate(held, self.vocabulary)
        verdict = judge(wanted, found)
        if verdict is None:
            return None
        return Evidence(
            passage=held.passage,
            document=held.document,
            quote=quote(found, verdict.worth),
            score=verdict.score,
            standing=verdict.standing,
            reasons=verdict.reasons,
        )

    def _with_other_sides(
        self, shown: Sequence[Evidence], wanted: Demand
    ) -> tuple[Evidence, ...]:
        """The same evidence, each with the documents that belong beside it."""
        related = self.store.related([e.document.id for e in shown])
        return tuple(
            replace(each, beside=tuple(self._beside(each, related, wanted)))
            for each in shown
        )

    def _beside(
        self,
        shown: Evidence,
        related: Mapping[str, tuple[Related, ...]],
        wanted: Demand,
    ) -> Iterator[Beside]:
        linked = related.get(shown.document.id, ())
        for one in belonging(shown.passage, linked, wanted):
            passages = self.store.passages(one.document.id, one.document.revision)
            other = beside(shown.passage, one, passages, wanted, self.vocabulary)
            if other is not None:
                yield other

    # --- what is held --------------------------------------------------------------

    def _refusal(self, question: Question, wanted: Demand) -> NoAnswer:
        coverage = self._coverage_around(question)
        if question.unknown:
            reason = Reason.UNKNOWN_SUBJECT
        elif not wanted.has_subject or not self._coverage_asked(question):
            reason = Reason.NOTHING_HELD
        else:
            reason = Reason.BELOW_THRESHOLD
        return NoAnswer(question=question, reason=reason, coverage=coverage)

    def _coverage_asked(self, question: Question) -> tuple[Coverage, ...]:
        """The rows on just what was asked: each vendor in each place."""
        vendors: Sequence[str | None] = question.mentions.vendors or (None,)
        places: Sequence[str | None] = question.mentions.places or (None,)
        if not question.mentions.vendors and not question.mentions.places:
            return ()
        return _once(
            row
            for vendor in vendors
            for place in places
            for row in self.store.coverage(vendor, place)
        )

    def _coverage_around(self, question: Question) -> tuple[Coverage, ...]:
        """The rows on the vendors asked about anywhere, and on the places at all."""
        subjects: list[tuple[str | None, str | None]] = []
        subjects += [(vendor, None) for vendor in question.mentions.vendors]
        subjects += [(None, place) for place in question.mentions.places]
        return _once(
            row
            for vendor, place in subjects or [(None, None)]
            for row in self.store.coverage(vendor, place)
        )

    def _is_stale(self, newest: PartialDate | None) -> bool:
        """Unknown age counts as stale."""
        today = self.clock.now().date()
        return newest is None or newest.latest < today - STALE


def _once(rows: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """Each row once, in the order in which it first comes."""
    unique = {(row.vendor, row.place): row for row in rows}
    return tuple(unique.values())


def _in_order(question: Question, passed: Sequence[Evidence]) -> list[Evidence]:
    """Direct evidence before law; a status newest first, else best first.

    Undated evidence comes last among its equals; ties keep the fused order.
    """

    def newest(evidence: Evidence) -> tuple[int, int, int]:
        dated = evidence.document.dated
        return (
            (-dated.year, -(dated.month or 0), -(dated.day or 0)) if dated else (0,) * 3
        )

    by_date = sorted(passed, key=newest)
    if question.kind not in (QuestionKind.STATUS, QuestionKind.OTHER):
        by_date = sorted(by_date, key=lambda evidence: -evidence.score)
    return sorted(
        by_date, key=lambda evidence: evidence.standing is not Standing.DIRECT
    )
