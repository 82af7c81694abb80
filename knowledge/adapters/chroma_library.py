"""chromadb, as the indexes here import and ask it: a quick import, and its errors as ours."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from textwrap import shorten
from types import ModuleType
from typing import Any, TypeVar

from knowledge.errors import IndexUnavailable, ModelUnavailable

F = TypeVar("F", bound=Callable[..., Any])

_EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"

ADVICE = "quis kb verify --repair rebuilds it"


@contextmanager
def unchecked() -> Iterator[None]:
    """``overrides`` marks and does not check, as Python's own ``typing.override`` does.

    chromadb's methods say what they override. To compare the signatures of all of them
    at each start is for who writes chromadb, and was a third of its import. A chromadb
    that has no need of that library is imported as it is.
    """
    if find_spec("overrides") is None:
        yield
        return
    import overrides

    held = overrides.override, overrides.overrides
    overrides.override = overrides.overrides = _marked  # type: ignore[assignment]
    try:
        yield
    finally:
        overrides.override, overrides.overrides = held


def _marked(method: F) -> F:
    method.__override__ = True  # type: ignore[attr-defined]
    return method


@contextmanager
def _telling_nobody() -> Iterator[None]:
    """Without what would send telemetry, and is never asked to: gRPC takes 14 MB."""
    stand_in = ModuleType(_EXPORTER)
    stand_in.OTLPSpanExporter = None  # type: ignore[attr-defined]
    held = sys.modules.get(_EXPORTER)
    sys.modules[_EXPORTER] = held or stand_in
    try:
        yield
    finally:
        if held is None:  # whoever else asks for it gets the real one
            del sys.modules[_EXPORTER]


with unchecked(), _telling_nobody():
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

__all__ = ["ChromaError", "SharedSystemClient", "chromadb"]
"""Of chromadb: whoever imports it by itself pays for what is left out here."""


def settings() -> Settings:
    """Those of each client: nothing is told to anybody."""
    return Settings(anonymized_telemetry=False)


@contextmanager
def translated() -> Iterator[None]:
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
    return f"it is damaged, or the disk is full ({said}); {ADVICE}"
