"""The command line, run in this process, on a model that is quick."""

import io
import json
import logging
import shutil
import sys
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from bot.cli import main
from knowledge.assembly import LibraryConfig
from tests.quick import opener


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one value that was printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """A value for each line that was printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one line on standard error, which is all that may be there."""
        (line,) = self.err.splitlines()
        assert line.startswith("quis: ")
        assert "Traceback" not in line
        return line.removeprefix("quis: ")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory, ten_briefs):
    """A data folder with ten briefs of the starter set in store and indexes."""
    folder = tmp_path_factory.mktemp("seeded") / "quis"
    with opener(LibraryConfig(data=folder, corpus=ten_briefs)) as library:
        library.refresh()
    return folder


@pytest.fixture
def quis(capsys, monkeypatch, tmp_path, seeded):
    """Runs a command and says how it ended; ten briefs are held."""
    shutil.copytree(seeded, tmp_path / "quis")

    def run(*arguments: object, stdin: str | bytes = "") -> Done:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        capsys.readouterr()
        status = main([str(argument) for argument in arguments], opener=opener)
        written = capsys.readouterr()
        return Done(status, written.out, written.err)

    handlers = list(logging.getLogger().handlers)
    yield run
    logging.getLogger().handlers = handlers
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def done(quis):
    """As ``quis``, for a command that has to end well."""

    def run(*arguments: object, **streams: Any) -> Any:
        ended = quis(*arguments, **streams)
        assert (ended.status, ended.err) == (0, ""), ended
        return ended

    return run
