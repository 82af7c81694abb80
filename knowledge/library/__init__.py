"""The front door: every verb that the front desk may use, over one opened library.

Long because it is a list: a verb is a line or two that hands it on to the use case that
its docstring names, and nothing is decided here.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from knowledge.answering import Answering
from knowledge.backups import Backups
from knowledge.corrections import Corrections
from knowledge.errors import (
    IndexUnavailable,
    InvalidVocabulary,
    QuestionTooLong,
    StoreUnavailable,
)
from knowledge.folders import Folders, SyncReport
from knowledge.gaps import grouped, refused
from knowledge.gate import Gates
from knowledge.holdings import Holdings
from knowledge.keeping_ports import Inspection, Mending
from knowledge.library.states import (
    IndexState,
    LibraryState,
    Setting,
    index_states,
    state_of,
)
from knowledge.linting import Problem
from knowledge.model import (
    Actor,
    Answer,
    Context,
    CountryProfile,
    Coverage,
    DatedEvent,
    Document,
    Evidence,
    FollowUp,
    Gap,
    HeldPassage,
    Holding,
    LedgerLine,
    NoAnswer,
    Passage,
    Profile,
    Publisher,
    Question,
    ShownPassage,
    Span,
    Status,
    Step,
    Tenant,
)
from knowledge.moderation import AddResult, Moderation
from knowledge.naming import Following, Naming
from knowledge.naming.intake import take_in
from knowledge.pages import Pages, is_address
from knowledge.ports import (
    Clock,
    Embedder,
    Findings,
    Judge,
    PassageIndex,
    Progress,
    Query,
    Reranker,
    Stages,
    Store,
    Uploads,
    silent,
)
from knowledge.proofs import Proofs
from knowledge.questions import read
from knowledge.questions.subjects import less_ordinary
from knowledge.queue_digests import QueueDigests
from knowledge.quoting import Readings
from knowledge.recalling import Recalling
from knowledge.rechecking import Rechecking
from knowledge.refusing import Refusing
from knowledge.retrieval import Retrieval
from knowledge.reviews import Reviews
from knowledge.slips import Words, meant
from knowledge.tables import Mapped
from knowledge.tenant_ports import (
    GapStore,
    MarkingStore,
    ProposalStore,
    TenantStore,
    WatchStore,
)
from knowledge.tenants import KEEP_REFUSED_WORDS, Notices
from knowledge.term_ports import VocabularyFiles
from knowledge.terms.rules import Ordinary
from knowledge.upkeep import Upkeep
from knowledge.verification import Verification, VerifyReport
from knowledge.vocabulary import Vocabulary
from knowledge.watches import Watches

__all__ = [
    "AddResult",
    "IndexState",
    "Library",
    "LibraryState",
    "Mapped",
    "Problem",
    "Setting",
    "SyncReport",
    "VerifyReport",
]

LONGEST_QUESTION = 2000
"""Characters; more is no question."""


def unmeasured(stage: str) -> AbstractContextManager[None]:
    """Stages that nobody measures."""
    return nullcontext()


class Library:
    """An opened library. Every verb is synchronous and safe to call from any thread."""

    def __init__(
        self,
        *,
        store: Store,
        upkeep: Upkeep,
        embedder: Embedder,
        following: Following,
        vocabulary_files: VocabularyFiles,
        words: Words,
        ordinary: Ordinary,
        clock: Clock,
        moderation: Moderation,
        folders: Folders,
        pages: Pages,
        rechecking: Rechecking,
        gates: Gates,
        judge: Judge | None,
        reranker: Reranker | None = None,
        tenants: TenantStore,
        markings: MarkingStore,
        proposals: ProposalStore,
        watches: WatchStore,
        gaps: GapStore,
        keep_refused_words: timedelta = KEEP_REFUSED_WORDS,
        uploads: Uploads,
        inspection: Inspection,
        mending: Mending,
        backups: Backups,
        setting: Setting,
    ) -> None:
        """Made by ``assembly.open_library`` alone."""
        self.vocabulary: Vocabulary = following.vocabulary
        vocabulary = self.vocabulary
        self._following = following
        self._vocabulary_files = vocabulary_files
        self.stages: Stages = unmeasured  # set by whoever wants to know
        self._store = store
        self._upkeep = upkeep
        self._embedder = embedder
        self._words = words
        self._clock = clock
        self._moderation = moderation
        self._folders = folders
        self._pages = pages
        self._gates = gates
        self._judge = judge
        self._reranker = reranker
        self._readings = Readings(vocabulary)
        self._setting = setting
        self._inspection = inspection
        self._mending = mending
        self.backups = backups
        self.proofs = Proofs(store, pages)
        self.tenants = tenants
        self.rechecking = rechecking
        self.refusals = gaps
        self.digests = QueueDigests(tenants=tenants, rechecking=rechecking, clock=clock)
        self.notices = Notices(
            store, tenants, gaps, vocabulary, clock, keep_refused_words
        )
        self.watches = Watches(
            store, tenants, watches, gaps, vocabulary, clock, following.terms
        )
        self._holdings = Holdings(store, vocabulary)
        self._recalling = Recalling(store, self._readings, vocabulary)
        self.naming = Naming(
            store=store,
            following=following,
            moderation=moderation,
            ordinary=ordinary,
            clock=clock,
        )
        self.reviews = Reviews(
            store=store,
            proposals=proposals,
            moderation=moderation,
            pages=pages,
            uploads=uploads,
            clock=clock,
            naming=self.naming,
        )
        self.corrections = Corrections(store, tenants, markings, self._recalling, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of indexes, lock and store. Repeatable."""
        try:
            self._upkeep.close()
        finally:
            self._store.close()

    # --- asking --------------------------------------------------------------------

    def read(
        self,
        text: str,
        language: str | None = None,
        follows: FollowUp | None = None,
    ) -> Question:
        """A question as it is understood. Raises QuestionTooLong.

        ``follows`` where it is put behind the one before it; where nothing can tell what
        answers the last of two, it is read by itself.
        """
        if follows is not None and not (self._judge and self._gates.followed):
            typed = text.removeprefix(follows.before).strip()
            text, follows = follows.alone if follows.shown else typed, None
        if len(text) > LONGEST_QUESTION:
            raise QuestionTooLong(length=len(text), limit=LONGEST_QUESTION)
        with suppress(StoreUnavailable):  # whoever asks for passages is told of it
            self._following.follow()
        today = self._clock.now().date()
        words, vocabulary = self._words, self.vocabulary
        text = meant(text, language, words, vocabulary, self._is_held)
        question = read(text, vocabulary, language, today)
        return replace(less_ordinary(question, words.is_only_of), follows=follows)

    def _is_held(self, word: str, language: str) -> bool:
        """Whether anything held has the word; where nobody can tell, it has."""
        unavailable = suppress(IndexUnavailable, StoreUnavailable)
        with unavailable, self._upkeep.in_use() as indexes:
            asked = Query(text=word, language=language)
            by_words = [index for index in indexes if index.name == "lexical"]
            return not by_words or any(index.search(asked, 1) for index in by_words)
        return True

    def ask(
        self,
        text: str,
        *,
        limit: int = 3,
        language: str | None = None,
        follows: FollowUp | None = None,
    ) -> Answer:
        """Answer with at most ``limit`` passages, or refuse; ``follows`` as in ``read``.

        Brings the indexes up to date first, where this process owns them. Raises
        QuestionTooLong, StoreUnavailable, and IndexUnavailable where no index works;
        one that fails beside one that works shows in ``state``.
        """
        return self.answer(self.read(text, language, follows), limit=limit)

    def answer(self, question: Question, *, limit: int = 3) -> Answer:
        """As ``ask``, for a question that was read before."""
        with self._upkeep.in_use() as indexes:
            self._upkeep.catch_up(indexes, silent)
            with self.stages("answering"):
                return self._answering(indexes).answer(question, limit)

    @property
    def answering(self) -> Answering:
        """The use case behind ``ask``, on the indexes as they are now."""
        with self._upkeep.in_use() as indexes:
            return self._answering(indexes)

    @property
    def moderation(self) -> Moderation:
        """The use case behind ``add``, ``step`` and ``correct``."""
        return self._moderation

    def expect_question(self) -> None:
        """Begin to load what the first question would wait for; never raises."""
        if self._judge is not None:
            self._judge.begin()

    def candidates(self, question: Question, limit: int) -> tuple[HeldPassage, ...]:
        """The best-ranked passages before the evidence gate, to measure retrieval."""
        with self._upkeep.in_use() as indexes:
            self._upkeep.catch_up(indexes, silent)
            return self._answering(indexes).candidates(question, limit)

    def _answering(self, indexes: tuple[PassageIndex, ...]) -> Answering:
        retrieval = Retrieval(
            store=self._store,
            indexes=indexes,
            vocabulary=self.vocabulary,
            reads=self._embedder.languages,
            on_failure=self._upkeep.failed,
            reranker=self._reranker,
        )
        return Answering(
            store=self._store,
            retrieval=retrieval,
            refusing=Refusing(
                store=self._store, retrieval=retrieval, readings=self._readings
            ),
            readings=self._readings,
            gates=self._gates,
            judge=self._judge,
            clock=self._clock,
            stages=self.stages,
        )

    # --- changing ------------------------------------------------------------------

    def read_file(self, path: Path) -> Findings:
        """The text of a file and what it says of itself. Raises UnreadableFile."""
        return self._folders.files.read(path)

    def read_from(self, name: str, actor: Actor) -> Findings:
        """As ``read_file``, for the name of a file or an address on the web.

        Raises UnreadableFile, and for an address EditorsOnly, ForbiddenAddress,
        PageUnavailable, StoreUnavailable where its bytes cannot be kept.
        """
        if is_address(name):
            return self._pages.read(name, actor)
        return self.read_file(Path(name))

    def add_table(
        self,
        path: Path,
        mapped: Mapped,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
        progress: Progress = silent,
    ) -> SyncReport:
        """Add every row of a table as a document; see ``Folders.table``."""
        return self._folders.table(
            path, mapped, overrides, actor, publish=publish, progress=progress
        )

    def add(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
    ) -> AddResult:
        """Add a document, or a new revision of one; see ``Moderation.add``."""
        return self._moderation.add(findings, overrides, actor, publish=publish)

    def step(
        self, document: str, step: Step, actor: Actor, reason: str = ""
    ) -> Document:
        """Put a document to a step of review; see ``Moderation.step``."""
        return self._moderation.step(document, step, actor, reason)

    def correct(
        self,
        document: str,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        reason: str = "",
    ) -> Document:
        """A new draft revision on top; see ``Moderation.correct``."""
        return self._moderation.correct(document, findings, overrides, actor, reason)

    def sync(
        self,
        folder: Path,
        actor: Actor,
        *,
        publish: bool,
        progress: Progress = silent,
        defaults: Mapping[str, object] | None = None,
    ) -> SyncReport:
        """Take in every file below a folder, and first the vocabulary in it, if any.

        See ``Folders.sync`` and ``naming.intake.take_in``. Raises InvalidVocabulary before
        anything is stored.
        """
        named, other = None, self._vocabulary_files.found(folder)
        if other is not None:
            named = take_in(self.naming, other, actor, publish=publish)
        report = self._folders.sync(
            folder,
            actor,
            publish=publish,
            progress=progress,
            defaults=defaults or {},
        )
        return replace(report, vocabulary=named)

    def export(self, folder: Path) -> int:
        """Write every published document as a file; how many there are.

        Where the vocabulary was changed it is written too, as a folder of its files.
        """
        written = self._folders.export(folder)
        self._vocabulary_files.write(folder, self.naming.vocabulary.now)
        return written

    def lint(self, folder: Path | None = None) -> tuple[Problem, ...]:
        """What is wrong with the files of a folder, by default of the own corpus."""
        where = folder or self._setting.corpus
        if where is None:
            return ()
        try:
            self._vocabulary_files.found(where)
        except InvalidVocabulary as error:
            broken = Problem(str(error.subject["path"]), str(error))
            return (broken, *self._folders.lint(where))
        return self._folders.lint(where)

    # --- looking -------------------------------------------------------------------

    def document(self, document: str, revision: int | None = None) -> Document:
        """One revision, by default the newest. Raises UnknownDocument."""
        return self._store.document(document, revision)

    def revisions(self, document: str) -> tuple[Document, ...]:
        """All revisions, oldest first. Raises UnknownDocument."""
        return self._store.revisions(document)

    def documents(self, status: Status | None = None) -> tuple[Document, ...]:
        """The newest revision of each document, or the newest of a status, by id."""
        return tuple(self._store.documents(status))

    def passages(
        self, document: str, revision: int | None = None
    ) -> tuple[Passage, ...]:
        """The passages of a revision, by default the newest. Raises UnknownDocument."""
        held = self._store.document(document, revision)
        return self._store.passages(held.id, held.revision)

    def history(self, document: str) -> tuple[LedgerLine, ...]:
        """All that was done to a document, oldest first. Raises UnknownDocument."""
        self._store.document(document)
        return tuple(self._store.ledger(document))

    def resolve(self, address: str) -> HeldPassage:
        """The passage at an address, published or not; see ``Proofs.resolve``."""
        return self.proofs.resolve(address)

    def everything_on(
        self, vendor: str, place: str | None = None
    ) -> tuple[Evidence, ...]:
        """Every published passage on them, oldest first, with what belongs beside it."""
        held = self._holdings.passages_on(vendor, place)
        return self.recall(
            [
                ShownPassage(
                    passage=one.passage.id, start=one.passage.start, end=one.passage.end
                )
                for one in held
            ]
        )

    def coverage(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[Coverage, ...]:
        """What is published, per vendor and place; see ``Holdings.coverage``."""
        return self._holdings.coverage(vendor, place)

    def missed(self, tenant: Tenant, answer: NoAnswer, text: str | None) -> None:
        """Count a refused question; ``text`` only where its words may be kept.

        What is old is wiped with it, as nobody else may come by to do so. Raises QuisError.
        """
        self.notices.purge_refusals()
        self.refusals.add(refused(tenant, answer, self._clock.now(), text))

    def gaps(self, tenant: Tenant | None = None) -> tuple[Gap, ...]:
        """What was asked and refused, of a tenant or of all; see ``gaps.grouped``."""
        return grouped(self.refusals.refusals(tenant))

    def recall(
        self, passages: Sequence[ShownPassage], places: Sequence[str] = ()
    ) -> tuple[Evidence, ...]:
        """Those quotes of an answer that are published at this moment, in order.

        With what belongs beside each now; ``places`` are those that were asked about.
        """
        return self._recalling.recall(passages, places)

    def around(self, passage: str, quote: Span) -> Context | None:
        """A quote's passage and the sentences around it, while it is published."""
        return self._recalling.around(passage, quote)

    def profile(self, vendor: str) -> Profile:
        """A vendor's names and what is held on it; see ``Holdings.profile``."""
        return self._holdings.profile(vendor)

    def country(self, place: str) -> CountryProfile:
        """What is held on a country; see ``Holdings.country``."""
        return self._holdings.country(place)

    def laws(self, place: str | None = None) -> tuple[Holding, ...]:
        """The laws that are held, or that hold in a place; see ``Holdings.laws``."""
        return self._holdings.laws(place)

    def sources(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[Publisher, ...]:
        """Who published what is held on them, most documents first."""
        return self._holdings.sources(vendor, place)

    def dated_events(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[DatedEvent, ...]:
        """What happened when, oldest first; see ``Holdings.dated_events``."""
        return self._holdings.dated_events(vendor, place)

    def undated(self, vendor: str | None = None, place: str | None = None) -> int:
        """How many documents a timeline leaves out; see ``Holdings.undated``."""
        return self._holdings.undated(vendor, place)

    # --- keeping -------------------------------------------------------------------

    def refresh(self, progress: Progress = silent) -> int:
        """Bring every index up to date; how many changes were applied.

        None where another process owns the indexes. Raises IndexUnavailable where no
        index works.
        """
        with self._upkeep.in_use() as indexes:
            return self._upkeep.catch_up(indexes, progress)

    def verify(
        self, *, repair: bool = False, progress: Progress = silent
    ) -> VerifyReport:
        """Check the ledger, every text and quote against it and its page, every index.

        ``repair`` rebuilds an index that is not in step, and sets where a revision stands
        as a ledger that is whole has it; nothing else can be repaired.
        """
        verification = Verification(
            self._store,
            self._inspection,
            self._mending,
            self._upkeep,
            self._pages,
            self.naming.terms,
        )
        return verification.run(progress, repair=repair)

    def state(self) -> LibraryState:
        """How the library stands; nothing is repaired. Raises StoreUnavailable."""
        vocabulary = self.vocabulary
        return state_of(
            self._store,
            self._upkeep,
            self._setting,
            languages=tuple(sorted(self._embedder.languages)),
            known=(
                len(vocabulary.vendors),
                len(vocabulary.places),
                len(vocabulary.concepts),
            ),
            now=self._clock.now(),
        )

    def lag(self) -> Mapping[str, int | None]:
        """How many lines of the feed each index is behind; None for one that ails.

        Cheap enough to be asked every few seconds. Raises StoreUnavailable.
        """
        states = index_states(self._store, self._upkeep)
        return {
            each.name: None if each.problem else each.head - (each.position or 0)
            for each in states
        }
