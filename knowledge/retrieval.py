"""Question → candidates: every index is asked, ranks are fused, the store has its say.

What an index returns is ids and scores; only what the store has published at this
moment comes out of here (law 2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.demands import Demand, demand
from knowledge.errors import IndexUnavailable, ModelUnavailable, QuisError
from knowledge.model import HeldPassage, Question, QuestionKind
from knowledge.ports import PassageIndex, Query, Reranker, Store
from knowledge.ranking import Ranking, fuse
from knowledge.vocabulary import Vocabulary
from knowledge.whereabouts import whereabouts

CANDIDATES = 60
"""How many passages each index is asked for."""

RERANKED = 30
"""How many of the fused candidates a reranker reads."""

FOREIGN_DENSE = 0.25
"""The weight of the dense ranking for a language that its model does not read.

Equal weights are worse than BM25 alone there (nDCG@10 of public sets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A candidate, and each index's own score of it; None where it was not returned."""

    held: HeldPassage
    lexical: float | None = None
    dense: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Finds candidates by way of the indexes.

    ``reads`` are the languages that the dense index's model reads well.
    ``on_failure`` hears of an index, or the reranker, that failed while the rest works.
    """

    store: Store
    indexes: Sequence[PassageIndex]
    vocabulary: Vocabulary
    reads: frozenset[str]
    on_failure: Callable[[QuisError], None]
    reranker: Reranker | None = None

    def demand(self, question: Question) -> Demand:
        """What the question demands of a passage; places are read with those inside."""
        homes = {v.id: v.home for v in self.vocabulary.vendors.values()}
        where = whereabouts(question, self.vocabulary.inside, homes)
        asked = question.mentions.places
        around = {wider for place in asked for wider in self.vocabulary.wider(place)}
        matter, foreign = self._technologies(question)
        light = self.vocabulary.light_concepts
        if question.kind is QuestionKind.LAW and matter & {*question.mentions.concepts}:
            # "Which law applies to facial recognition?": all law on that answers, and
            # whether a law is on it is told before anything is weighed.
            light |= matter | self.vocabulary.law_concepts
        return demand(
            question,
            places=where.places,
            law_places=frozenset(asked) | around,
            light=light,
            matter=matter,
            foreign=foreign,
            said=frozenset(
                concept
                for concept in question.mentions.concepts
                if self.vocabulary.concepts[concept].said
            ),
            where=where,
        )

    def _technologies(
        self, question: Question
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The concepts of the technologies asked about, and of all others."""
        known = self.vocabulary
        asked = known.technologies(question.mentions.concepts).union(
            *(known.field(vendor) for vendor in question.mentions.vendors)
        )
        if not asked:
            return frozenset(), frozenset()
        of_one = known.of_technology
        matter = frozenset(i for i, technology in of_one.items() if technology in asked)
        return matter, frozenset(of_one) - matter

    def find(self, question: Question, wanted: Demand) -> Sequence[Found]:
        """Fused candidates, best first, as published now.

        Raises StoreUnavailable; IndexUnavailable only where no index can be asked.
        """
        query = Query(
            text=question.asked,
            language=question.language,
            vendors=tuple(sorted(wanted.vendors)),
            places=tuple(sorted(wanted.places)),
            concepts=question.mentions.concepts,
        )
        queries = [query]
        origins, makers = wanted.where.origins, wanted.where.makers
        if origins and not wanted.places:
            queries = [replace(query, places=tuple(sorted(origins)))]
            if makers:
                queries.append(replace(query, vendors=tuple(sorted(makers))))
        if wanted.law and (wanted.vendors or wanted.places):
            places = tuple(sorted(wanted.law_places))
            queries.append(replace(query, vendors=(), places=places))
        scores: dict[str, dict[str, float]] = {}
        rankings = [r for each in queries for r in self._ask(each, scores)]
        fused = fuse(rankings)
        published = self.store.published(fused)
        return self._reranked(
            question,
            [
                Found(held=published[identity], **scores[identity])
                for identity in fused
                if identity in published
            ],
        )

    def _reranked(self, question: Question, found: list[Found]) -> list[Found]:
        """The best of them in the order of the reranker, where one is set and works."""
        if self.reranker is None:
            return found
        best = found[:RERANKED]
        texts = [f"{f.held.document.title}\n{f.held.passage.text}" for f in best]
        try:
            scores = self.reranker.scores(question.asked, texts)
        except ModelUnavailable as error:
            self.on_failure(error)
            return found
        ordered = sorted(range(len(best)), key=lambda number: -scores[number])
        return [best[number] for number in ordered] + found[RERANKED:]

    def _ask(
        self, query: Query, scores: dict[str, dict[str, float]]
    ) -> Sequence[Ranking]:
        """Each index's ranking; the best score of a passage is kept by index."""
        rankings: list[Ranking] = []
        failure: IndexUnavailable | None = None
        for index in self.indexes:
            try:
                hits = index.search(query, CANDIDATES)
            except IndexUnavailable as error:
                failure = error
                self.on_failure(error)
                continue
            for hit in hits:
                held = scores.setdefault(hit.passage, {})
                held[index.name] = max(hit.score, held.get(index.name, hit.score))
            foreign = index.name == "dense" and query.language not in self.reads
            weight = FOREIGN_DENSE if foreign else 1.0
            rankings.append(Ranking([(hit.passage, hit.score) for hit in hits], weight))
        if failure is not None and not rankings:
            raise failure
        return rankings
