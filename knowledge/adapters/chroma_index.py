"""The dense index: nearest vectors by cosine, in an embedded Chroma.

A collection belongs to one model (its fingerprint) and one format; those of other
models stay, so that going back to a model costs only what changed in the meantime.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

from knowledge.adapters.chroma_few import are_few, nearest_of
from knowledge.adapters.chroma_filter import Passing, where
from knowledge.adapters.chroma_folder import opened, seal
from knowledge.adapters.chroma_library import ChromaError, chromadb, translated
from knowledge.errors import IndexUnavailable
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


class ChromaIndex:
    """Implements ``ports.PassageIndex``, in a folder of its own.

    A passage is embedded behind its document's title, which names what the passage may
    only point to. The questions that it answers have rows of their own, which find it.
    Every row is deleted before it is put: Chroma's upsert keeps the old tags that a new
    row does not name.
    """

    name = "dense"

    def __init__(self, folder: Path, embedder: Embedder, *, anew: bool = False) -> None:
        """``anew`` throws away what is in the folder. Raises IndexUnavailable."""
        self._folder = folder
        self._embedder = embedder
        self._writing = RLock()
        self._vectors: dict[bytes, Sequence[float]] = {}
        self._passing = Passing()
        self._client, self._collection = opened(folder, self._made, anew=anew)

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
        with translated():
            rows = [row for held in put for row in self._rows(held)]
            vectors = self._embedder.documents([text for _, text, _ in rows])
        with self._writing, translated():
            passing, self._passing = self._passing, Passing()  # should it fail half-way
            for start in range(0, len(gone), _AT_ONCE):
                self._delete(gone[start : start + _AT_ONCE])
            for start in range(0, len(rows), _AT_ONCE):
                batch = rows[start : start + _AT_ONCE]
                self._now().upsert(
                    ids=[identity for identity, _, _ in batch],
                    embeddings=list(vectors[start : start + len(batch)]),
                    metadatas=[tags for _, _, tags in batch],
                )
            written = {"store": position.store, "sequence": position.sequence}
            self._now().modify(metadata=written)
            self._written()
            tagged = [(identity, tags) for identity, _, tags in rows]
            self._passing = passing.after(written, _passage, frozenset(gone), tagged)

    def _delete(self, passages: Sequence[str]) -> None:
        """All rows of these, a passage's own last: where that is not, there is none.

        For rows by a tag Chroma looks through all, which is spared where nothing is held,
        as when an index is filled.
        """
        held = self._now().get(ids=list(passages), include=[])["ids"]
        if held:
            self._now().delete(where={_OF: {"$in": held}})  # type: ignore[dict-item]
            self._now().delete(ids=held)

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The nearest passages, nearest first, ties by id; a score is a cosine."""
        if limit < 1 or not query.text.strip():
            return ()
        with translated():
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
            among = self._among(query)
            if among is None:
                return ()
            rows = among.get("ids")
            if rows is not None and are_few(rows, self._now()):
                return nearest_of(rows, vector, size, self._now())
            try:
                found = self._asked(vector, size, among)
            except ChromaError:
                if "ids" not in among:
                    raise
                # Another process is writing: what it has deleted can't be asked among.
                self._passing = Passing()
                found = self._asked(vector, size, {"where": where(query)})
        distances = found["distances"] or [[]]
        return [
            Hit(identity, round(1.0 - float(distance), 6))
            for identity, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def _asked(
        self, vector: Sequence[float], size: int, among: Mapping[str, Any]
    ) -> chromadb.QueryResult:
        return self._now().query(
            query_embeddings=[vector],
            n_results=size,
            include=["distances"],
            **among,
        )

    def _among(self, query: Query) -> Mapping[str, Any] | None:
        """The rows that pass the query's filter, as Chroma is told; None for no row."""
        if where(query) is None:
            return {}
        # Read again, and not as this process knows it: another may have written.
        written = self._client.get_collection(self._collection.name).metadata
        if self._passing.written != written:
            self._passing = Passing(written)
        passing = self._passing.of(query, self._now())
        return {"ids": passing} if passing else None

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it."""
        with translated():
            every = self._now().get(include=[])["ids"]
        return frozenset(_passage(identity) for identity in every)

    def clear(self) -> None:
        """Empty it and forget the position; a damaged one is made new."""
        with self._writing:
            self._passing = Passing()
            try:
                with translated():
                    self._client.delete_collection(self._collection.name)
                    self._collection = self._made(self._client)
            except IndexUnavailable:
                self.close()
                self._client, self._collection = opened(
                    self._folder, self._made, anew=True
                )

    def close(self) -> None:
        """Let go of files and memory. Repeatable."""
        with self._writing:
            self._client.close()
            seal(self._folder)

    def _now(self) -> chromadb.Collection:
        """The collection, as it is to be asked now."""
        return self._collection

    def _written(self) -> None:
        """What was given to Chroma is on its way to the disk."""
        seal(self._folder)

    def _made(self, client: Any) -> chromadb.Collection:
        collection: chromadb.Collection = client.get_or_create_collection(
            f"passages-{FORMAT}-{self._embedder.fingerprint}",
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )
        return collection


# --- passages to rows ------------------------------------------------------------------


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
