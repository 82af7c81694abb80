"""The dense index: nearest vectors by cosine, in an embedded Chroma.

A collection belongs to one model (its fingerprint) and one format; those of other
models stay, so that going back to a model costs only what changed in the meantime.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import shorten
from threading import RLock
from typing import Any

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError
from filelock import FileLock, Timeout

from knowledge.errors import IndexUnavailable, ModelUnavailable
from knowledge.model import HeldPassage, Position
from knowledge.own_questions import answered_by, readable
from knowledge.ports import Embedder, Hit, Query

FORMAT = 2
"""Counted up with every change of what is embedded or tagged."""

MOST_TIED = 5000
"""Beyond so many equals the order in the index decides, not the ids."""

ROWS_A_PASSAGE = 4
"""Rows that are asked for, for each passage wanted: most have questions of their own, whose
rows find the same passage. To ask anew for twice as many takes as long as the first time."""

MOST_REMEMBERED = 16
"""Vectors of the questions just asked: a refusal asks the same of other subjects."""

_QUESTION = "?"  # in an id, before the number of a question that the passage answers
_OF = "answered_by"  # the tag of such a row: its passage

_AT_ONCE = 500  # rows in one call to Chroma
_SEAL = "sealed"
_PROBE_SECONDS = 120
_PROBE = """
import sys, chromadb
from chromadb.config import Settings
settings = Settings(anonymized_telemetry=False)
client = chromadb.PersistentClient(path=sys.argv[1], settings=settings)
for collection in client.list_collections():
    collection.get(limit=1, include=["embeddings"])
    if collection.count():
        vector = list(collection.get(limit=1, include=["embeddings"])["embeddings"][0])
        collection.query(query_embeddings=[vector], n_results=1)
"""
_ADVICE = "quis kb verify --repair rebuilds it"


class ChromaIndex:
    """Implements ``ports.PassageIndex``, in a folder of its own.

    A passage is embedded behind its document's title, which names what the passage may
    only point to. The questions that it answers have rows of their own, which find it. Every row is deleted before it is put: Chroma's upsert keeps the old
    tags that a new row does not name.
    """

    name = "dense"

    def __init__(self, folder: Path, embedder: Embedder, *, anew: bool = False) -> None:
        """``anew`` throws away what is in the folder. Raises IndexUnavailable."""
        self._folder = folder
        self._embedder = embedder
        self._writing = RLock()
        self._vectors: dict[bytes, Sequence[float]] = {}
        self._client, self._collection = self._open(anew=anew)

    def position(self) -> Position | None:
        """How far it has followed the feed; None where it is new or was cleared."""
        held = self._now().metadata or {}
        if "store" not in held or "sequence" not in held:
            return None
        return Position(str(held["store"]), int(held["sequence"]))

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        """Drop and put passages, then move the position."""
        # Each once: Chroma refuses an id that it is told to delete twice.
        gone = list(dict.fromkeys([*drop, *(held.passage.id for held in put)]))
        with _translated():
            rows = [row for held in put for row in self._rows(held)]
            vectors = self._embedder.documents([text for _, text, _ in rows])
        with self._writing, _translated():
            for start in range(0, len(gone), _AT_ONCE):
                some = gone[start : start + _AT_ONCE]
                self._now().delete(ids=some)
                self._now().delete(where={_OF: {"$in": some}})  # type: ignore[dict-item]
            for start in range(0, len(rows), _AT_ONCE):
                batch = rows[start : start + _AT_ONCE]
                self._now().upsert(
                    ids=[identity for identity, _, _ in batch],
                    embeddings=list(vectors[start : start + len(batch)]),
                    metadatas=[tags for _, _, tags in batch],
                )
            self._now().modify(
                metadata={"store": position.store, "sequence": position.sequence}
            )
            self._written()

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The nearest passages, nearest first, ties by id; a score is a cosine."""
        if limit < 1 or not query.text.strip():
            return ()
        with _translated():
            vector = self._vector(query.text)
            size = ROWS_A_PASSAGE * (limit + 1)
            while True:
                found = self._nearest(vector, query, size)
                hits = _best_of_each(found)
                # Passages that tie at the end are taken in, so that ids can decide.
                more = len(hits) <= limit or hits[limit - 1].score == hits[-1].score
                if not more or len(found) < size or size > MOST_TIED:
                    break
                size *= 2
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit])

    def _vector(self, text: str) -> Sequence[float]:
        known = self._vectors
        # Not by its words: what somebody asked is nowhere kept.
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        vector = known.get(name)
        if vector is None:
            vector = self._embedder.queries([text])[0]
            if len(known) >= MOST_REMEMBERED:
                # Anew, and not emptied: another thread may be looking something up.
                self._vectors = known = {}
            known[name] = vector
        return vector

    def _rows(self, held: HeldPassage) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Id, text and tags: of the passage, then of each question that it answers."""
        tags = _tags(held)
        yield held.passage.id, _text(held), tags
        questions = answered_by(held)
        reads = self._embedder.languages
        for number, question in enumerate(
            readable(questions, held.passage.language, reads), start=1
        ):
            identity = f"{held.passage.id}{_QUESTION}{number}"
            yield identity, question.text, {**tags, _OF: held.passage.id}

    def _nearest(
        self, vector: Sequence[float], query: Query, size: int
    ) -> Sequence[Hit]:
        # A row deleted in the middle of a query makes Chroma fail, so they take turns.
        with self._writing:
            found = self._now().query(
                query_embeddings=[vector],
                n_results=size,
                where=_where(query),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [
            Hit(identity, round(1.0 - float(distance), 6))
            for identity, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it."""
        with _translated():
            every = self._now().get(include=[])["ids"]
        return frozenset(_passage(identity) for identity in every)

    def clear(self) -> None:
        """Empty it and forget the position; a damaged one is made new."""
        with self._writing:
            try:
                with _translated():
                    self._client.delete_collection(self._collection.name)
                    self._collection = self._made(self._client)
            except IndexUnavailable:
                self.close()
                self._client, self._collection = self._open(anew=True)

    def close(self) -> None:
        """Let go of files and memory. Repeatable."""
        with self._writing:
            self._client.close()
            _seal(self._folder)

    def _now(self) -> chromadb.Collection:
        """The collection, as it is to be asked now."""
        return self._collection

    def _written(self) -> None:
        """What was given to Chroma is on its way to the disk."""
        _seal(self._folder)

    def _open(self, *, anew: bool) -> tuple[Any, chromadb.Collection]:
        try:
            if anew:
                # Chroma remembers a folder that it could not open, and would not again.
                SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = f"its folder cannot be made ({error.strerror})"
            raise IndexUnavailable(index=self.name, problem=problem) from error
        if not anew:
            _require_loadable(self._folder)
        with _translated():
            client: Any = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False)
            )
            try:
                collection = self._made(client)
                with _watched(self._folder):
                    collection.get(limit=1, include=["embeddings"])  # loads vectors
            except BaseException:
                client.close()
                raise
            _seal(self._folder)
            return client, collection

    def _made(self, client: Any) -> chromadb.Collection:
        collection: chromadb.Collection = client.get_or_create_collection(
            f"passages-{FORMAT}-{self._embedder.fingerprint}",
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )
        return collection


def _vector_files(folder: Path) -> str:
    """Which files of vectors there are, of what size and age."""
    found = sorted(folder.glob("*/*.bin"))
    return "".join(
        f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}\n"
        for path in found
    )


def _seal(folder: Path) -> None:
    """Note the files of vectors as Chroma left them."""
    with suppress(OSError):  # a folder that may not be written to is only read
        (folder / _SEAL).write_text(_vector_files(folder), encoding="utf-8")


def _require_loadable(folder: Path) -> None:
    """Try files that are not as Chroma left them in a process that may die of them.

    Damaged vectors end the process that loads them. Raises IndexUnavailable.
    """
    try:
        noted = (folder / _SEAL).read_bytes()
        if noted == _vector_files(folder).encode():
            return
    except OSError:
        return  # nothing was noted yet
    probe = [sys.executable, "-c", _PROBE, str(folder)]
    try:
        died = subprocess.run(  # noqa: S603 - our own program
            probe, capture_output=True, timeout=_PROBE_SECONDS, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        died = 1
    if died:
        problem = f"it is damaged (its vectors cannot be loaded); {_ADVICE}"
        raise IndexUnavailable(index="dense", problem=problem)


@contextmanager
def _watched(folder: Path) -> Iterator[None]:
    """Leaves word of a loading that ends the process, as damaged vectors can.

    Whoever opens the folder next then gets IndexUnavailable instead of the same end.
    """
    lock, word = FileLock(folder / "loading.lock"), folder / "loading"
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):  # another process loads it too, or nothing can be kept
        yield
        return
    with lock:
        if word.exists():
            problem = "it is damaged (whoever loaded it last did not survive it)"
            raise IndexUnavailable(index="dense", problem=f"{problem}; {_ADVICE}")
        try:
            word.touch()
            yield
        finally:  # an error is no end of the process
            word.unlink(missing_ok=True)


@contextmanager
def _translated() -> Iterator[None]:
    """Turns what Chroma and the model raise inside into IndexUnavailable."""
    try:
        yield
    except ModelUnavailable as error:
        problem = str(error).rstrip(".")
        raise IndexUnavailable(index="dense", problem=problem) from error
    except (ChromaError, ValueError, OSError, AttributeError, RuntimeError) as error:
        raise IndexUnavailable(index="dense", problem=_said(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Chroma's Rust half
            raise
        raise IndexUnavailable(index="dense", problem=_said(error)) from error


def _said(error: BaseException) -> str:
    said = str(error).split("\n")[0].strip().rstrip(".") or type(error).__name__
    said = shorten(said, 90, placeholder=" …")
    return f"it is damaged, or the disk is full ({said}); {_ADVICE}"


# --- passages to rows, questions to filters ------------------------------------------


def _passage(row: str) -> str:
    """The id of the passage that a row finds."""
    return row.partition(_QUESTION)[0]


def _best_of_each(found: Sequence[Hit]) -> Sequence[Hit]:
    """One hit a passage, by the row that is nearest; best first."""
    best: dict[str, Hit] = {}
    for hit in found:
        passage = _passage(hit.passage)
        best.setdefault(passage, Hit(passage, hit.score))
    return list(best.values())


def _text(held: HeldPassage) -> str:
    return f"{held.document.title}\n{held.passage.text}"


def _tags(held: HeldPassage) -> dict[str, Any]:
    """Only tags that there are: Chroma refuses an empty list, and an empty row."""
    tags: dict[str, Any] = {"document": held.document.id}
    if held.passage.vendors:
        tags["vendors"] = list(held.passage.vendors)
    if held.passage.places:
        tags["places"] = list(held.passage.places)
    return tags


def _where(query: Query) -> Any:
    """By equality only: ``$ne`` would return rows without the key as well."""
    wanted = [
        _either([{key: {"$contains": value}} for value in values])
        for key, values in (("vendors", query.vendors), ("places", query.places))
        if values
    ]
    if not wanted:
        return None
    return wanted[0] if len(wanted) == 1 else {"$and": wanted}


def _either(tests: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return tests[0] if len(tests) == 1 else {"$or": list(tests)}
