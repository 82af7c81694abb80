"""One run of the command line: its settings, its words, its two streams, its exit status."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.catalogue import Words, words
from bot.config import InvalidSetting, Settings, read_settings
from knowledge.errors import InvalidInput, QuisError, UnknownDocument
from knowledge.model import LANGUAGES

if TYPE_CHECKING:  # `quis --help` loads neither the engine nor the renderer
    from collections.abc import Coroutine

    from bot.cards import Card
    from bot.wiring import Opened, Opener
    from knowledge.assembly import LibraryConfig

T = TypeVar("T")

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0
    FAILURE = 1
    BAD_USE = 2
    REFUSED = 3
    INTERRUPTED = 130


@dataclass
class Session:
    """What every command is given. ``opener`` takes the place of the real one in tests."""

    opener: "Opener | None" = None

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Raises InvalidSetting."""
        return read_settings()

    @cached_property
    def spoken(self) -> str | None:
        """The interface language that is set; None also where no setting can be read."""
        try:
            return self.settings.language
        except InvalidSetting:
            return None

    @cached_property
    def words(self) -> Words:
        """The words of the language that is set, else English."""
        return words(self.spoken)

    @cached_property
    def loop(self) -> asyncio.Runner:
        """Where the desk's work runs; closed by ``close``."""
        return asyncio.Runner()

    @contextmanager
    def open(self, config: "LibraryConfig | None" = None) -> Iterator["Opened"]:
        """The library of the settings, or of another configuration. Raises QuisError."""
        from bot.wiring import library_config, opened, progress_shown

        with (
            progress_shown(self.stage) as progress,
            opened(config or library_config(self.settings), self.opener, progress) as o,
        ):
            yield o

    def stage(self, stage: str) -> str:
        """A stage of long work in words."""
        key = f"cli.stage.{stage}"
        return self.words(key) if key in self.words else stage

    def wait(self, work: "Coroutine[object, object, T]") -> T:
        """What the desk gives back."""
        return self.loop.run(work)

    def show(self, card: "Card") -> None:
        """Draw a card on standard output."""
        from rich.console import Console

        from bot.terminal import render

        render(card, Console(file=sys.stdout, highlight=False, markup=False))

    def say(self, key: str, /, *, count: int = 0, **values: object) -> None:
        """Print a sentence of the catalogue's section ``cli``."""
        self.line(self.words(f"cli.{key}", count=count, **values))

    def line(self, text: str) -> None:
        """Print one line, with nothing in it that acts on a terminal."""
        from bot.terminal import harmless

        sys.stdout.write(f"{harmless(text)}\n")

    def record(self, record: object) -> None:
        """Print a value as one line of JSON, at once."""
        text = json.dumps(record, ensure_ascii=False)
        try:
            text.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:
            text = json.dumps(record)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def complain(self, text: str) -> None:
        """Print one line on standard error."""
        from bot.terminal import harmless

        sys.stdout.flush()
        sys.stderr.write(f"quis: {' '.join(harmless(text).split())}\n")

    def fail(self, error: QuisError) -> Exit:
        """Tell an error in one line; returns the status that fits it."""
        from bot.replies import error_line

        self.complain(error_line(error, self.spoken))
        return status_of(error)

    def close(self) -> None:
        """Let go of what was made on the way."""
        if "loop" in self.__dict__:
            self.loop.close()


def session_of(context: typer.Context) -> Session:
    """The session that a command runs in."""
    session = context.find_object(Session)
    if session is None:
        raise RuntimeError("commands are run by bot.cli.main")
    return session


def status_of(error: QuisError) -> Exit:
    """Bad use where the input is at fault, failure otherwise."""
    at_fault = isinstance(error, (InvalidInput, UnknownDocument))
    return Exit.BAD_USE if at_fault else Exit.FAILURE


def language_option(value: str | None) -> str | None:
    """A callback that lets supported languages pass."""
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(LANGUAGES)}")
    return value


def whole(text: str) -> str:
    """The text with each half character, as undecodable bytes leave them, as ``�``."""
    return _HALF_CHARACTER.sub("\ufffd", text)
