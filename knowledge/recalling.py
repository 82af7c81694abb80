"""An answer that was given → its quotes once more, as far as they are published now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.demands import Demand
from knowledge.errors import UnknownDocument
from knowledge.model import (
    Beside,
    Context,
    Evidence,
    HeldPassage,
    Passage,
    QuestionKind,
    Related,
    Relation,
    ShownBeside,
    ShownPassage,
    Span,
)
from knowledge.passages import sentences
from knowledge.ports import Store
from knowledge.quoting import Readings, belonging, beside
from knowledge.vocabulary import Vocabulary

FARTHEST = 500
"""Characters: a sentence that reaches farther from its passage is left out of a context."""


@dataclass(frozen=True, slots=True)
class Recalling:
    """Reads again from the store what was shown. May raise StoreUnavailable."""

    store: Store
    readings: Readings
    vocabulary: Vocabulary

    def recall(
        self, shown: Sequence[ShownPassage], places: Sequence[str]
    ) -> tuple[Evidence, ...]:
        """Those that are published at this moment, in order, with what is beside them now.

        What stood beside one is quoted as it was; what has come since is added.
        ``places`` are those that were asked about, by default the passage's own.
        """
        published = self.store.published([each.passage for each in shown])
        evidence = [
            (each, self._evidence(each, published[each.passage]))
            for each in shown
            if each.passage in published
        ]
        related = self.store.related([found.document.id for _, found in evidence])
        return tuple(
            replace(found, beside=tuple(self._beside(each, found, related, places)))
            for each, found in evidence
        )

    def as_shown(
        self, shown: Sequence[ShownPassage], places: Sequence[str]
    ) -> tuple[Evidence, ...]:
        """All of them, published still or not, in order, with what stands beside them.

        Only to be shown with what became of them. One whose text is not held at all is
        left out.
        """
        held = {each.passage.id: each for each in self.recall(shown, places)}
        found = []
        for each in shown:
            now = held.get(each.passage) or self._fallen(each)
            if now is not None:
                there = {one.passage.id for one in now.beside}
                gone = (self._fallen_beside(now, b) for b in each.beside)
                more = [b for b in gone if b is not None and b.passage.id not in there]
                found.append(replace(now, beside=(*now.beside, *more)))
        return tuple(found)

    def _fallen(self, shown: ShownPassage) -> Evidence | None:
        held = self._as_it_was(shown.passage)
        if held is None:
            return None
        return Evidence(
            passage=held.passage,
            document=held.document,
            quote=shown.quote,
            score=shown.score,
            standing=shown.standing,
            reasons=shown.reasons,
        )

    def _fallen_beside(self, found: Evidence, shown: ShownBeside) -> Beside | None:
        quote = Span(shown.start, shown.end)
        held = self._as_it_was(shown.passage)
        if held is None:
            return None
        other = held.document
        relation, forward = Relation.UPDATES, False
        for link in found.document.links:
            if link.document == other.id:
                relation, forward = link.relation, True
        for link in other.links:
            if link.document == found.document.id:
                relation, forward = link.relation, False
        return Beside(
            relation=relation,
            forward=forward,
            passage=held.passage,
            document=other,
            quote=quote,
        )

    def _as_it_was(self, address: str) -> HeldPassage | None:
        """A passage at the revision that it was shown at, whatever became of that."""
        id, _, place = address.partition("@")
        revision = place.partition("#")[0]
        if not (revision.isascii() and revision.isdigit()):
            return None
        try:
            document = self.store.document(id, int(revision))
        except UnknownDocument:
            return None
        for passage in self.store.passages(id, int(revision)):
            if passage.id == address:
                return HeldPassage(passage, document)
        return None

    def _evidence(self, shown: ShownPassage, held: HeldPassage) -> Evidence:
        passage = held.passage
        # A span comes from the store, but a quote outside its passage is none (law 1).
        inside = passage.start <= shown.start < shown.end <= passage.end
        return Evidence(
            passage=passage,
            document=held.document,
            quote=shown.quote if inside else Span(passage.start, passage.end),
            score=shown.score,
            standing=shown.standing,
            reasons=shown.reasons,
        )

    def _beside(
        self,
        shown: ShownPassage,
        found: Evidence,
        related: Mapping[str, tuple[Related, ...]],
        places: Sequence[str],
    ) -> Iterator[Beside]:
        wanted = self._demand(places or found.passage.places)
        before = {one.passage: Span(one.start, one.end) for one in shown.beside}
        linked = related.get(found.document.id, ())
        for one in belonging(found.passage, linked, wanted):
            passages = self.store.passages(one.document.id, one.document.revision)
            same = [passage for passage in passages if passage.id in before]
            other = beside(found.passage, one, same or passages, wanted, self.readings)
            if other is not None:
                yield replace(other, quote=before.get(other.passage.id, other.quote))

    def _demand(self, places: Sequence[str]) -> Demand:
        """What is asked of a document beside: to be on these places, or inside them."""
        inside = (one for place in places for one in self.vocabulary.inside(place))
        return Demand(
            vendors=frozenset(),
            places=frozenset(places).union(inside),
            law_places=frozenset(),
            units=(),
            years=(),
            kind=QuestionKind.OTHER,
            law=False,
        )

    def around(self, passage: str, quote: Span) -> Context | None:
        """A passage that is published, with the sentence before and the one behind it.

        None where it is not published, or ``quote`` is no part of it. One span without
        a gap: headings that stand between are in it.
        """
        held = self.store.published([passage]).get(passage)
        if held is None:
            return None
        this, document = held.passage, held.document
        if not this.start <= quote.start <= quote.end <= this.end:
            return None
        others = self.store.passages(document.id, document.revision)
        before = [one for one in others if one.end <= this.start]
        behind = [one for one in others if one.start >= this.end]
        start, end = this.start, this.end
        if before:
            last = _sentences(max(before, key=lambda one: one.end))[-1]
            if this.start - last.start <= FARTHEST:
                start = last.start
        if behind:
            first = _sentences(min(behind, key=lambda one: one.start))[0]
            if first.end - this.end <= FARTHEST:
                end = first.end
        return Context(document, passage, Span(start, end))


def _sentences(passage: Passage) -> Sequence[Span]:
    """A passage's sentences as spans of the body; the whole passage where it has none."""
    found = sentences(passage.text, passage.language) or (Span(0, len(passage.text)),)
    return [Span(passage.start + s.start, passage.start + s.end) for s in found]
