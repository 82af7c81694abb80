"""A passage → its sentences, read one by one, and the run of them to show.

Pure: what stands here was read from the store by whoever calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from sys import intern

from knowledge.analysis import fold, folded_words, stem
from knowledge.demands import Demand
from knowledge.evidence import Candidate, OwnRead, Sentence, worth
from knowledge.model import (
    Beside,
    Document,
    HeldPassage,
    Kind,
    OwnQuestion,
    Passage,
    Question,
    Related,
    Span,
)
from knowledge.own_questions import answered_by
from knowledge.passages import sentences
from knowledge.questions import read_own
from knowledge.ranking import choose_quote, leans
from knowledge.vocabulary import Vocabulary

MOST_BESIDE = 2
"""How many other documents stand beside one passage."""

MOST_REMEMBERED = 20_000
"""Passages whose reading is kept in memory: some 100 MB at the most."""


_ALL = "all"  # in place of a language, of the questions read

_Read = tuple[tuple[Sentence, ...], Sentence]


class Readings:
    """Passages read sentence by sentence, and remembered: a text never changes under
    its passage's id. Where the vocabulary does, all are read anew. Safe to share
    between threads.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._read: dict[str, _Read] = {}
        self._own: dict[tuple[str, str], tuple[OwnRead, ...]] = {}
        self._same: dict[frozenset[str], frozenset[str]] = {}
        self._read_by = vocabulary.fingerprint

    def of(self, held: HeldPassage) -> Candidate:
        """The passage's sentences, as spans of the body, with what each names."""
        self._anew_by_new_names()
        kept = self._read
        read = kept.get(held.passage.id)
        if read is None:
            if len(kept) >= MOST_REMEMBERED:
                kept.clear()
            read = kept[held.passage.id] = self._sentences(held)
        return Candidate(held, *read)

    def with_own(self, found: Candidate) -> Candidate:
        """With the questions that it answers, in every language.

        To read those of one passage takes as long as to read ten passages.
        """
        questions = found.held.document.questions
        if not questions:
            return found
        return replace(found, own=self._own_of(found.held, _ALL, questions))

    def asked(self, found: Candidate, language: str) -> Candidate:
        """The same to be compared with one in a language: with those in readers' words,
        which are as many again, in that language alone.
        """
        wordings = found.held.document.wordings
        worded = [question for question in wordings if question.language == language]
        if not worded:
            return self.with_own(found)
        return replace(
            self.with_own(found), worded=self._own_of(found.held, language, worded)
        )

    def _own_of(
        self, held: HeldPassage, which: str, questions: Sequence[OwnQuestion]
    ) -> tuple[OwnRead, ...]:
        self._anew_by_new_names()
        kept, key = self._own, (held.passage.id, which)
        own = kept.get(key)
        if own is None:
            if len(kept) >= MOST_REMEMBERED:
                kept.clear()
                self._same = {}
            own = kept[key] = tuple(
                self._own_question(read_own(q.text, self._vocabulary, q.language))
                for q in answered_by(held, questions)
            )
        return own

    def _anew_by_new_names(self) -> None:
        """Another vocabulary reads all anew.

        Anew, and not emptied: another thread may be reading by the one before.
        """
        if self._read_by != self._vocabulary.fingerprint:
            self._read_by, self._read = self._vocabulary.fingerprint, {}
            self._own, self._same = {}, {}

    def _own_question(self, question: Question) -> OwnRead:
        forms = (
            intern(form)
            for term in question.terms
            for form in (term, stem(term, question.language))
        )
        concepts = self._one(frozenset(question.mentions.concepts))
        return OwnRead(
            text=question.text,
            language=question.language,
            kind=question.kind,
            vendors=self._one(frozenset(question.mentions.vendors)),
            places=self._one(frozenset(question.mentions.places)),
            concepts=concepts,
            light=self._one(concepts & self._vocabulary.light_concepts),
            forms=tuple(forms),
        )

    def _one(self, names: frozenset[str]) -> frozenset[str]:
        """One for all that are the same: tens of thousands of questions share few."""
        return self._same.setdefault(names, names)

    def _sentences(self, held: HeldPassage) -> tuple[tuple[Sentence, ...], Sentence]:
        passage = held.passage
        spans = sentences(passage.text, passage.language)
        inside = tuple(
            self._sentence(
                Span(passage.start + span.start, passage.start + span.end),
                span.of(passage.text),
                passage.language,
            )
            for span in spans
        )
        title = self._sentence(Span(0, 0), held.document.title, passage.language)
        return inside, title

    def _sentence(self, span: Span, text: str, language: str) -> Sentence:
        words = folded_words(text)
        stems = {*map(intern, words), *(intern(stem(word, language)) for word in words)}
        # Copied whole, a set takes half the room that it takes when it grows word by word.
        mentions = self._vocabulary.mentions
        return Sentence(span, text, language, frozenset(stems), mentions)


def quote(found: Candidate, worth: Mapping[int, float]) -> Span:
    """The whole sentences of a passage to show, by what each is worth."""
    language = found.held.passage.language
    leaning = frozenset(
        number
        for number, sentence in enumerate(found.sentences)
        if leans(fold(sentence.text), language)
    )
    return choose_quote([s.span for s in found.sentences], worth, leaning)


def belonging(
    shown: Passage, related: Sequence[Related], wanted: Demand
) -> tuple[Related, ...]:
    """Those that are to stand beside a passage, in the order in which they come.

    Law 3 holds for them too: on a vendor of the passage, and on the place asked about.
    A company's own statement speaks for the company wherever it is asked about.
    """
    return tuple(
        one
        for one in related
        if _on_vendor(shown, one.document) and _on_place(wanted, one.document)
    )[:MOST_BESIDE]


def _on_vendor(shown: Passage, document: Document) -> bool:
    ours, theirs = set(shown.vendors), set(document.vendors)
    return not ours or not theirs or bool(ours & theirs)


def _on_place(wanted: Demand, document: Document) -> bool:
    return (
        not wanted.places
        or document.kind is Kind.COMPANY_STATEMENT
        or bool(wanted.places & set(document.places))
    )


def beside(
    shown: Passage,
    one: Related,
    passages: Sequence[Passage],
    wanted: Demand,
    readings: Readings,
) -> Beside | None:
    """The words of a related document that stand beside a passage.

    Of its ``passages`` the one that shares most with what is shown; None without any.
    """
    if not passages:
        return None

    def shared(passage: Passage) -> int:
        return sum(
            len(set(getattr(passage, tags)) & set(getattr(shown, tags)))
            for tags in ("vendors", "places", "concepts")
        )

    nearest = max(passages, key=lambda passage: (shared(passage), -passage.start))
    found = readings.of(HeldPassage(nearest, one.document))
    return Beside(
        relation=one.relation,
        forward=one.forward,
        passage=nearest,
        document=one.document,
        quote=quote(found, worth(wanted, found)),
    )
