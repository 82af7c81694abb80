"""Nothing answers: what is held on the subject instead, and what could be asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.analysis import folded_words
from knowledge.demands import Demand
from knowledge.errors import IndexUnavailable
from knowledge.evidence import Candidate, missing_names
from knowledge.likeness import nearest
from knowledge.model import LANGUAGES, Coverage, NoAnswer, OwnQuestion, Question, Reason
from knowledge.ports import Store
from knowledge.quoting import Readings
from knowledge.retrieval import Found, Retrieval

MOST_SUGGESTIONS = 3

LOOKED_AT = 20
"""Passages whose questions are compared with the one that was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """Makes a refusal that informs (law 4)."""

    store: Store
    retrieval: Retrieval
    readings: Readings

    def refusal(
        self, question: Question, wanted: Demand, found: Sequence[Found]
    ) -> NoAnswer:
        """Why nothing is shown, what is held, and the nearest questions that are answered.

        ``found`` is what retrieval found for the question. Raises StoreUnavailable.
        """
        if question.unknown and not self._is_said(question, wanted, found):
            reason = Reason.UNKNOWN_SUBJECT
        elif self._is_held(question, wanted, found):
            reason = Reason.BELOW_THRESHOLD
        else:
            reason = Reason.NOTHING_HELD
        return NoAnswer(
            question=question,
            reason=reason,
            coverage=self._coverage_around(question),
            suggestions=self._suggestions(question, wanted, found),
        )

    def _is_said(
        self, question: Question, wanted: Demand, found: Sequence[Found]
    ) -> bool:
        """Whether one passage on a known subject says every name that nobody knows."""
        words = frozenset[str]().union(*map(folded_words, question.unknown))
        looked_for = {unit.label for unit in wanted.units if unit.needed}
        return (
            wanted.has_subject
            and words <= looked_for
            and any(
                not missing_names(wanted, self.readings.of(each.held))
                for each in found[:LOOKED_AT]
            )
        )

    def _is_held(
        self, question: Question, wanted: Demand, found: Sequence[Found]
    ) -> bool:
        """Whether something is held on its subject; without one, on its law or technology."""
        if wanted.has_subject:
            return bool(self.coverage_asked(question))
        matter = self._matter(question)
        return bool(matter) and any(matter <= _named(c) for c in self._read(found))

    def _matter(self, question: Question) -> frozenset[str]:
        """The laws and technologies that it names."""
        return self.retrieval.vocabulary.matters & {*question.mentions.concepts}

    def coverage_asked(self, question: Question) -> tuple[Coverage, ...]:
        """The rows on just what was asked: each vendor in each place, or inside a region."""
        vendors: Sequence[str | None] = question.mentions.vendors or (None,)
        places: Sequence[str | None] = question.places or (None,)
        if not question.mentions.vendors and not question.places:
            return ()
        return _once(
            row
            for vendor in vendors
            for place in places
            for row in self._coverage(vendor, place)
        )

    def _coverage_around(self, question: Question) -> tuple[Coverage, ...]:
        """The rows on the vendors asked about anywhere, and on the places at all."""
        subjects: list[tuple[str | None, str | None]] = []
        subjects += [(vendor, None) for vendor in question.mentions.vendors]
        subjects += [(None, place) for place in question.places]
        return _once(
            row
            for vendor, place in subjects or [(None, None)]
            for row in self._coverage(vendor, place)
        )

    def _coverage(self, vendor: str | None, place: str | None) -> tuple[Coverage, ...]:
        opened = self.retrieval.vocabulary.opened
        return self.store.coverage(vendor, opened(place) if place else None)

    def _suggestions(
        self, question: Question, wanted: Demand, first: Sequence[Found]
    ) -> tuple[OwnQuestion, ...]:
        """On vendor and place where both are held together; else on each of them alone.

        Without either, on the technology or law that is named. In every language, so that
        the reader's is among them. None on a subject that nobody knows: the nearest would
        be on another.
        """
        matter = self._matter(question)
        if question.unknown or not (wanted.has_subject or matter):
            return ()
        none: frozenset[str] = frozenset()
        subjects = [wanted]
        if wanted.vendors and wanted.places:
            subjects += [replace(wanted, places=none), replace(wanted, vendors=none)]
        found: dict[str, dict[OwnQuestion, None]] = {code: {} for code in LANGUAGES}
        for subject in subjects:
            if all(len(held) >= MOST_SUGGESTIONS for held in found.values()):
                break
            same = subject is wanted and not wanted.law
            read = self._read(first) if same else self._near(question, subject)
            if not wanted.has_subject:
                read = _on_most_of(matter, read)
            for code, held in found.items():
                held |= dict.fromkeys(nearest(subject, read, code))
        return tuple(
            q for held in found.values() for q in list(held)[:MOST_SUGGESTIONS]
        )

    def _near(self, question: Question, subject: Demand) -> Sequence[Candidate]:
        try:
            found = self.retrieval.find(question, replace(subject, law=False))
        except IndexUnavailable:  # it informs less, but it is a refusal still
            return ()
        return self._read(found)

    def _read(self, found: Sequence[Found]) -> Sequence[Candidate]:
        return [
            self.readings.with_own(self.readings.of(each.held))
            for each in found[:LOOKED_AT]
        ]


def _on_most_of(
    matter: frozenset[str], read: Sequence[Candidate]
) -> Sequence[Candidate]:
    """Those that name most of it, of as many the likelier first; none that names nothing."""
    counted = [(len(matter & _named(candidate)), candidate) for candidate in read]
    most = max((count for count, _ in counted), default=0)
    return [candidate for count, candidate in counted if count == most > 0]


def _named(candidate: Candidate) -> frozenset[str]:
    texts = (candidate.title, *candidate.sentences)
    return frozenset(m.id for text in texts for m in text.mentions.found)


def _once(rows: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """Each row once, in the order in which it first comes."""
    unique = {(row.vendor, row.place): row for row in rows}
    return tuple(unique.values())
