"""Chroma in this process, by its native half alone.

``chromadb.PersistentClient`` does the same, and imports a quarter of a second and 35 MB
of what only its server and its telemetry need. These are the calls that it makes, in the
one release that ``pyproject.toml`` pins; their names and arguments are ``chromadb``'s.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb_rust_bindings

ROWS = "chroma.sqlite3"

_COLLECTIONS_IN_MEMORY = 100
_TENANT, _DATABASE = "default_tenant", "default_database"
_ANY_FUNCTION = {"type": "legacy"}  # what chromadb notes where vectors are given


class EmbeddedChroma:
    """A folder of collections. Raises what ``chromadb.errors`` has, and panics."""

    def __init__(self, folder: Path) -> None:
        native = chromadb_rust_bindings
        self.native: Any = native.Bindings(
            allow_reset=False,
            sqlite_db_config=native.SqliteDBConfig(
                hash_type=native.MigrationHash.MD5,
                migration_mode=native.MigrationMode.Apply,
                url=str(folder / ROWS),
            ),
            persist_path=str(folder),
            hnsw_cache_size=_COLLECTIONS_IN_MEMORY,
        )

    def get_or_create_collection(
        self, name: str, *, embedding_function: None, configuration: Mapping[str, Any]
    ) -> "EmbeddedCollection":
        """One by its name. ``configuration`` counts where it is new."""
        written = json.dumps(
            {"spann": None, "embedding_function": _ANY_FUNCTION, **configuration}
        )
        found = self.native.create_collection(name, written, get_or_create=True)
        return EmbeddedCollection(self, found)

    def delete_collection(self, name: str) -> None:
        """With all of its rows."""
        self.native.delete_collection(name, _TENANT, _DATABASE)

    def close(self) -> None:
        """Let go of files and memory; no collection can be asked any more. Repeatable."""
        self.native = None


class EmbeddedCollection:
    """Rows of an id, a vector and tags."""

    def __init__(self, chroma: EmbeddedChroma, found: Any) -> None:
        self._chroma = chroma
        self._id = str(found.id)
        self.name: str = found.name
        self.metadata: Mapping[str, Any] | None = found.metadata

    def modify(self, *, metadata: Mapping[str, Any]) -> None:
        """Put notes in the place of those that it has."""
        self._chroma.native.update_collection(self._id, None, dict(metadata), None)
        self.metadata = metadata

    def upsert(
        self,
        *,
        ids: Sequence[str],
        embeddings: Sequence[Sequence[float]],
        metadatas: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put rows; tags that a row had and a new one does not name are kept."""
        self._chroma.native.upsert(
            self._id, list(ids), list(embeddings), [dict(tags) for tags in metadatas]
        )

    def delete(
        self,
        *,
        ids: Sequence[str] | None = None,
        where: Mapping[str, Any] | None = None,
    ) -> None:
        """Take rows out, by their ids or by their tags."""
        self._chroma.native.delete(
            self._id, None if ids is None else list(ids), _written(where)
        )

    def get(
        self, *, include: Sequence[str], limit: int | None = None
    ) -> Mapping[str, Any]:
        """The rows, with what is wanted of them beside their ids."""
        found = self._chroma.native.get(
            self._id, limit=limit, where=None, include=list(include)
        )
        return {"ids": found.ids, "embeddings": found.embeddings}

    def query(
        self,
        *,
        query_embeddings: Sequence[Sequence[float]],
        n_results: int,
        where: Mapping[str, Any] | None,
        include: Sequence[str],
    ) -> Mapping[str, Any]:
        """The nearest rows to each vector, nearest first."""
        found = self._chroma.native.query(
            self._id,
            None,
            list(query_embeddings),
            n_results,
            _written(where),
            include=list(include),
        )
        return {"ids": found.ids, "distances": found.distances}


def _written(where: Mapping[str, Any] | None) -> str | None:
    return json.dumps(where) if where else None
