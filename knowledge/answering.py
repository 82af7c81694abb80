"""Question → answer: search, read again from the store, pass the gate, quote."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.demands import Demand
from knowledge.errors import ModelUnavailable
from knowledge.evidence import Candidate, admit, reasons, stands, worth
from knowledge.follow_ups import FOLLOWED_AT_MOST, heard
from knowledge.gate import (
    LAW_ON_IT,
    NOTHING_MORE,
    OWN,
    SAME,
    Gates,
    asks_nothing_more,
    features,
)
from knowledge.judgement import judgements
from knowledge.judging import prose
from knowledge.likeness import asks_the_same
from knowledge.model import (
    Answer,
    Answered,
    Beside,
    Evidence,
    FollowUp,
    HeldPassage,
    NoAnswer,
    PartialDate,
    Question,
    QuestionKind,
    Reason,
    Related,
    Standing,
)
from knowledge.ports import Clock, Judge, Stages, Store
from knowledge.quoting import Readings, belonging, beside, quote
from knowledge.ranking import reread
from knowledge.refusing import Refusing
from knowledge.retrieval import Found, Retrieval
from knowledge.telling import FURTHER, Weighed, in_order, told

STALE = timedelta(days=365)
"""Past this age the newest evidence is said to be old."""


UNASKED: Mapping[str, float] = {}
"""What a judge says of what it was not asked about."""

AHEAD = 60.0
"""Log-odds: more than there is between any two passages that were weighed."""

REREAD_AT_MOST = 6
"""Of a ranking without a gate, how many a judge reads to put them in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Answers from the store, by way of the indexes.

    Without a ``judge``, or where it cannot be loaded, the gate stands alone.
    """

    store: Store
    retrieval: Retrieval
    refusing: Refusing
    readings: Readings
    gates: Gates
    judge: Judge | None
    clock: Clock
    stages: Stages

    def answer(self, question: Question, limit: int) -> Answer:
        """At most ``limit`` passages that answer, or a refusal with what is held.

        Raises StoreUnavailable; IndexUnavailable only where no index can be asked.
        """
        if question.kind is QuestionKind.NONE:
            return NoAnswer(question=question, reason=Reason.NOT_A_QUESTION)
        wanted = self.retrieval.demand(question)
        retrieved = self._retrieved(question, wanted)
        found = self._weighing(question, wanted, retrieved)
        if question.follows is not None:
            found = self._following(question, question.follows, wanted, found)
        likeliest = max((weighed.probability for weighed in found), default=0.0)
        ranked = self.retrieval.reranker is not None
        chosen = told(found, question, wanted.where.each)
        best = in_order(question, chosen, ranked=ranked)
        if not best:
            refusal = self.refusing.refusal(question, wanted, retrieved)
            return replace(refusal, likeliest=likeliest)
        shown = [self._evidence(wanted, each) for each in best[:limit]]
        dates = [each.candidate.held.document.dated for each in best]
        newest = max(filter(None, dates), default=None)
        return Answered(
            question=question,
            evidence=self._with_other_sides(shown, wanted),
            coverage=self.refusing.coverage_asked(question),
            newest_event_on=newest,
            stale=self._is_stale(newest),
            more=len(best) - len(shown),
            likeliest=likeliest,
        )

    def candidates(self, question: Question, limit: int) -> tuple[HeldPassage, ...]:
        """The ranking before the gate, for measuring retrieval alone.

        As fused, the best of it in the order in which the judge finds that they answer;
        where a reranker is set, as that has it.
        """
        wanted = self.retrieval.demand(question)
        found = [each.held for each in self.retrieval.find(question, wanted)[:limit]]
        if self.retrieval.reranker is not None:
            return tuple(found)
        best = [self.readings.of(held) for held in found[:REREAD_AT_MOST]]
        return (*self._reread(question, wanted, best), *found[REREAD_AT_MOST:])

    def _reread(
        self, question: Question, wanted: Demand, best: Sequence[Candidate]
    ) -> Iterator[HeldPassage]:
        """In the order of the judge; as they come in where none can be asked."""
        order: Sequence[int] = range(len(best))
        if self.judge is not None:
            texts = [prose(wanted, each, question) for each in best]
            with suppress(ModelUnavailable):
                odds = self.judge.log_odds([(question.asked, text) for text in texts])
                order = reread(odds)
        yield from (best[place].held for place in order)

    def weigh(self, question: Question) -> Sequence[Weighed]:
        """All candidates that the laws admit, with what the gate makes of each.

        In the order of the fused ranking.
        """
        wanted = self.retrieval.demand(question)
        return self._weighing(question, wanted, self._retrieved(question, wanted))

    def _retrieved(self, question: Question, wanted: Demand) -> Sequence[Found]:
        with self.stages("retrieval"):
            return self.retrieval.find(question, wanted)

    def _weighing(
        self, question: Question, wanted: Demand, retrieved: Sequence[Found]
    ) -> Sequence[Weighed]:
        admitted = []
        more = not asks_nothing_more(wanted)
        for found in retrieved:
            if stands(wanted, found.held) is None:
                continue  # it need not be read
            candidate = self.readings.of(found.held)
            standing = admit(wanted, candidate)
            if standing is not None:
                if more:
                    candidate = self.readings.asked(candidate, question.language)
                admitted.append((candidate, standing))
        named = [
            {**features(wanted, held), SAME: float(asks_the_same(question, held))}
            for held, _ in admitted
        ]
        with self.stages("judging"):
            said = self._judged(question, wanted, admitted, named)
        return [
            self._weighed(
                *admitted[number], each, said.get(number, UNASKED), asked=bool(said)
            )
            for number, each in enumerate(named)
        ]

    def _weighed(
        self,
        candidate: Candidate,
        standing: Standing,
        named: Mapping[str, float],
        said: Mapping[str, float],
        *,
        asked: bool,
    ) -> Weighed:
        """``said`` is the judge's word on this one; ``asked``: it was heard on some."""
        if said:
            named = self.gates.with_judgement(named, said)
        gate = self.gates.of(named)
        probability = gate.probability(named)
        if asked and not said and self._is_for_judge(named):
            probability = 0.0  # others were likelier, and are told apart more finely
        if named[LAW_ON_IT]:
            probability = max(probability, gate.threshold)
        lead = self.gates.lead(named)
        if named[SAME]:
            probability, lead = max(probability, FURTHER), lead + AHEAD
        passes = probability >= gate.threshold
        return Weighed(candidate, standing, named, probability, lead, passes)

    def _judged(
        self,
        question: Question,
        wanted: Demand,
        admitted: Sequence[tuple[Candidate, Standing]],
        named: Sequence[Mapping[str, float]],
    ) -> Mapping[int, Mapping[str, float]]:
        """What a judge says of those that it is asked about, by their numbers.

        None where no judge can be asked.
        """
        if self.judge is None:
            return {}
        odds = {
            number: self.gates.unjudged(each).odds(each)
            for number, each in enumerate(named)
            if self._is_for_judge(each)
        }
        found = [candidate for candidate, _ in admitted]
        try:
            return judgements(self.judge, question, wanted, found, odds)
        except ModelUnavailable:
            return {}

    def _following(
        self,
        question: Question,
        follows: FollowUp,
        wanted: Demand,
        found: Sequence[Weighed],
    ) -> Sequence[Weighed]:
        """The likeliest to answer both questions, by whether they answer the last.

        None where no judge can be asked: what answers the first would pass.
        """
        gate = self.gates.followed
        if self.judge is None or gate is None:
            return ()
        likely = sorted(found, key=lambda each: -each.probability)[:FOLLOWED_AT_MOST]
        candidates = [each.candidate for each in likely]
        try:
            said = heard(self.judge, question, follows, wanted, candidates)
        except ModelUnavailable:
            return ()
        return [
            replace(
                each,
                probability=gate.probability(one),
                lead=gate.odds(one),
                passes=gate.probability(one) >= gate.threshold,
            )
            for each, one in zip(likely, said, strict=True)
        ]

    def _is_for_judge(self, named: Mapping[str, float]) -> bool:
        """Whether there is more to judge than the subject, and a gate to weigh it."""
        gate = self.gates.judged if named[OWN] else self.gates.read
        return gate is not None and not named[NOTHING_MORE]

    # --- quoting -------------------------------------------------------------------

    def _evidence(self, wanted: Demand, weighed: Weighed) -> Evidence:
        found = weighed.candidate
        return Evidence(
            passage=found.held.passage,
            document=found.held.document,
            quote=quote(found, worth(wanted, found)),
            score=round(weighed.probability, 4),
            standing=weighed.standing,
            reasons=reasons(wanted, found),
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
            other = beside(shown.passage, one, passages, wanted, self.readings)
            if other is not None:
                yield other

    def _is_stale(self, newest: PartialDate | None) -> bool:
        """Unknown age counts as stale."""
        today = self.clock.now().date()
        return newest is None or newest.latest < today - STALE
