"""The composition root: settings → an opened library and the desk over it, and their end."""

import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog

from bot import logs
from bot.cards import Picture
from bot.config import Settings
from bot.desk import Desk
from knowledge.library import Library
from knowledge.model import Actor, DatedEvent, Role
from knowledge.ports import Progress

if TYPE_CHECKING:  # it imports every adapter, and `quis --help` has no need of them
    from knowledge.assembly import LibraryConfig


class Opener(Protocol):
    """Opens a library, as ``assembly.open_library`` does."""

    def __call__(
        self, config: "LibraryConfig", progress: Progress | None = None
    ) -> Library:
        """Raises QuisError."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A library that is open, the desk over it, and where long work shows."""

    library: Library
    desk: Desk
    progress: Progress


class SystemClock:
    """Implements ``ports.Clock``."""

    def now(self) -> datetime:
        """The machine's time."""
        return datetime.now(UTC)


def library_config(settings: Settings) -> "LibraryConfig":
    """The engine's configuration for these settings."""
    from knowledge.assembly import LibraryConfig

    config = LibraryConfig(
        data=settings.data,
        store_url=settings.store,
        model=settings.model,
        query_prompt=settings.query_prompt,
        document_prompt=settings.document_prompt,
        model_languages=settings.model_languages,
        reranker=settings.reranker,
        chroma=settings.chroma,
        two_person=settings.two_person,
        refused_days=settings.refused_days,
        fetch_allow=settings.fetch_allow,
    )
    if settings.corpus is not None:
        folder = settings.corpus if isinstance(settings.corpus, Path) else None
        config = replace(config, corpus=folder)
    if settings.vocabulary is not None:
        config = replace(config, vocabulary=settings.vocabulary)
    return config


@contextmanager
def opened(
    config: "LibraryConfig",
    opener: Opener | None,
    progress: Progress,
) -> Iterator[Opened]:
    """Open what a configuration describes, and close it again whatever happens.

    ``opener`` takes the place of ``assembly.open_library``. Raises QuisError.
    """
    if opener is None:
        from knowledge.assembly import open_library

        opener = open_library
    with opener(config, progress=progress) as library:
        desk = Desk(library, SystemClock(), on_fault=_noted, draw=_drawn)
        yield Opened(library, desk, progress)


def _noted(fault: Exception) -> None:
    """Log what nobody foresaw: its kind and where it arose, not its words."""
    structlog.get_logger().error("desk_failed", **logs.fault(fault))


def _drawn(events: Sequence[DatedEvent], subject: str, language: str) -> Picture:
    """A timeline; what draws it is loaded with the first one."""
    from bot.timeline import draw

    return draw(events, subject, language)


def person() -> Actor:
    """Whoever sits at the terminal: who can read the data folder may do everything."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in many containers
        name = f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown"
    return Actor(f"terminal:{name}", Role.ADMIN)


@contextmanager
def progress_shown(stages: Callable[[str], str]) -> Iterator[Progress]:
    """A progress bar on standard error, where that is a terminal; silence elsewhere.

    ``stages`` says a stage in words. Nothing is drawn before there is work to show.
    """
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    # Only drawn while there is work, so that it never stands amid an answer.
    bars = Bars(console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(stages(stage), total=total)
        bars.update(tasks[stage], completed=done, total=total)
        if done < total:
            bars.start()
        else:
            bars.stop()

    try:
        yield show
    finally:
        bars.stop()
