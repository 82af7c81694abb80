"""Killed at a write, out of disk, without its server: what is derived heals, once it can."""

import hashlib
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.adapters.snapshots import SnapshotFiles
from knowledge.adapters.vocabulary_folder import FILES
from knowledge.assembly import LibraryConfig, open_library
from knowledge.entries import Name
from knowledge.errors import StoreUnavailable
from knowledge.library import Library
from knowledge.model import Actor, Answered, Role, Step
from knowledge.ports import Fetched
from knowledge.terms import Term, TermKind
from tests.contracts.postgres_process import PostgresProcess
from tests.fakes import NOON, FixedClock, WordEmbedder
from tests.integration.test_upkeep import added

pytest_plugins = ["tests.contracts.sql_fixtures"]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither SIGKILL nor such limits"
)

ROOT = Path(__file__).parents[2]
ANA = Actor("terminal:ana", Role.ADMIN)
JAPAN = "Is Clearview active in Japan?"
OLD = "Police in Japan used Clearview AI in 2024."
NEW = "The prosecutors of Osaka in Japan tried Clearview AI for a month."


def opened(config: LibraryConfig) -> Library:
    return open_library(config, clock=FixedClock(), embedder=WordEmbedder())


def retracted(library: Library, identity: str) -> None:
    library.step(identity, Step.RETRACT, ANA, "A hoax.")


def shown(library: Library) -> set[str]:
    """The documents that answer."""
    answer = library.ask(JAPAN)
    assert isinstance(answer, Answered)
    return {each.document.id for each in answer.evidence}


def is_healed(library: Library) -> None:
    """The new answers, the retracted does not, and no repair was needed."""
    assert shown(library) == {"jp-2"}
    assert set(library.lag().values()) == {0}
    assert library.verify().ok


@pytest.fixture
def config(tmp_path: Path) -> LibraryConfig:
    return LibraryConfig(data=tmp_path / "data", corpus=None)


def scripted(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process of its own that has this module's words at hand."""
    return subprocess.run(
        [
            *(sys.executable, "-c"),
            f"from {__name__} import *\n{script}",
            *map(str, arguments),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


# --- killed ------------------------------------------------------------------------


def dies_at(write: str, when: str) -> None:
    """This process ends by SIGKILL as a function is called, or as it returns.

    By the interpreter's own profiler: what runs is not altered.
    """
    import os

    def watch(frame: Any, event: str, called: Any) -> None:
        name = frame.f_code.co_qualname
        if event.startswith("c_"):
            owner = getattr(called, "__self__", None)
            kind = owner if isinstance(owner, type(sys)) else type(owner)
            name = f"{kind.__name__}.{called.__name__}"
        if name == write and event.removeprefix("c_") == when:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


INDEXER = """
library = opened(LibraryConfig(data=Path(sys.argv[1]), corpus=None))
library.refresh()  # opens the indexes, which the profiler would slow down
added(library, "jp-2", NEW)
retracted(library, "jp-1")
print("acknowledged", flush=True)
dies_at(*sys.argv[2:])
library.refresh()
"""


@pytest.mark.parametrize(
    ("write", "when"),
    [
        ("IndexWriter.commit", "call"),
        ("IndexWriter.commit", "return"),
        ("Collection.delete", "return"),
        ("Collection.upsert", "return"),
        ("Collection.modify", "return"),
    ],
)
def test_a_kill_at_any_write_to_an_index_is_healed_by_the_next_process(
    config: LibraryConfig, write: str, when: str
) -> None:
    with opened(config) as library:
        added(library, "jp-1", OLD)
        assert shown(library) == {"jp-1"}
    ended = scripted(INDEXER, config.data, write, when)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "acknowledged\n")
    with opened(config) as library:
        is_healed(library)


PAGE = Fetched(
    asked="https://paper.example/1",
    url="https://paper.example/1",
    content_type="text/html",
    body=b"<p>Police in Japan used Clearview AI.</p>" * 2000,
)
KEEPER = """
dies_at(*sys.argv[2:])
SnapshotFiles(Path(sys.argv[1])).keep(PAGE, NOON)
"""


@pytest.mark.parametrize(
    ("write", "when"),
    [("posix.fsync", "call"), ("posix.replace", "call"), ("posix.replace", "return")],
)
def test_a_kill_while_a_page_is_kept_leaves_it_whole_or_not_at_all(
    tmp_path: Path, write: str, when: str
) -> None:
    ended = scripted(KEEPER, tmp_path, write, when)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    snapshots, sha256 = SnapshotFiles(tmp_path), hashlib.sha256(PAGE.body).hexdigest()
    assert snapshots.kept(sha256) is None  # its record comes last
    snapshots.keep(PAGE, NOON)
    kept = snapshots.kept(sha256)
    assert kept is not None
    assert kept.page == PAGE
    assert snapshots.damaged([sha256]) == ()


PACKER = """
library = opened(LibraryConfig(data=Path(sys.argv[1]), corpus=None))
dies_at(*sys.argv[3:])
library.backups.backup(Path(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("write", "when", "there"),
    [
        ("ZipFile.write", "return", False),
        ("posix.replace", "call", False),
        ("posix.replace", "return", True),
    ],
)
def test_a_kill_while_a_backup_is_written_leaves_a_whole_one_or_none(
    config: LibraryConfig, tmp_path: Path, write: str, when: str, *, there: bool
) -> None:
    file = tmp_path / "backup.zip"
    with opened(config) as library:
        added(library, "jp-1", OLD)
    ended = scripted(PACKER, config.data, file, write, when)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert file.exists() is there
    if not there:
        with opened(config) as library:
            library.backups.backup(file)
    with opened(replace(config, data=tmp_path / "elsewhere")) as library:
        library.backups.restore(file, force=False)
        assert shown(library) == {"jp-1"}
        assert library.verify().ok


EXPORTER = """
library = opened(LibraryConfig(data=Path(sys.argv[1]), corpus=None))
added(library, "jp-2", NEW)
retracted(library, "jp-1")
library.naming.accept(*sys.argv[5:6], 1, ANA, two_person=False)
dies_at(*sys.argv[3:5])
library.export(Path(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("write", "when"),
    [
        ("TextIOWrapper.write", "return"),
        ("posix.replace", "return"),
        ("posix.unlink", "return"),
    ],
)
def test_a_kill_while_a_folder_is_exported_leaves_every_file_whole_and_the_next_ends_it(
    config: LibraryConfig, tmp_path: Path, write: str, when: str
) -> None:
    folder = tmp_path / "folder"
    osprey = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text="Osprey X"))
    with opened(config) as library:
        added(library, "jp-1", OLD)
        library.export(folder)
        library.naming.propose(osprey, ANA)
    ended = scripted(EXPORTER, config.data, folder, write, when, osprey.id)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with opened(config) as library:
        assert library.lint(folder) == ()
        assert library.export(folder) == 1
        assert library.lint(folder) == ()
        report = library.sync(folder, ANA, publish=True)
        assert (report.unchanged, report.added, report.failed) == (("jp-2",), (), ())
    left = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert left == {"jp-2.md", "vocabulary", *(f"vocabulary/{n}" for n in FILES)}


# --- a full disk -------------------------------------------------------------------

FULL = """
import contextlib
import resource
from knowledge.errors import QuisError

library = opened(LibraryConfig(data=Path(sys.argv[1]), corpus=None))
added(library, "jp-2", NEW)
retracted(library, "jp-1")
whole = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (512, whole[1]))
with contextlib.suppress(QuisError):
    library.refresh()
for _ in range(2):
    try:
        answer = library.ask(JAPAN)
    except QuisError as error:
        print(str(error))
    else:
        found = getattr(answer, "evidence", ())
        assert not [each for each in found if each.document.id == "jp-1"]
print([index.problem for index in library.state().indexes])
resource.setrlimit(resource.RLIMIT_FSIZE, whole)
library.refresh()
is_healed(library)
print("healed")
"""


def test_indexes_on_a_full_disk_show_nothing_retracted_and_heal_once_there_is_room(
    config: LibraryConfig,
) -> None:
    with opened(config) as library:
        added(library, "jp-1", OLD)
        assert shown(library) == {"jp-1"}
    ended = scripted(FULL, config.data)
    assert ended.returncode == 0, ended.stderr
    *told, healed = ended.stdout.splitlines()
    assert healed == "healed"
    assert "the disk is full" in " ".join(told)


# --- PostgreSQL is gone, and back --------------------------------------------------


def test_a_postgresql_that_is_gone_is_told_and_nothing_is_lost_when_it_is_back(
    tmp_path: Path, postgres: PostgresProcess
) -> None:
    config = LibraryConfig(data=tmp_path / "data", corpus=None, store_url=postgres.url)
    with opened(config) as library:
        added(library, "jp-1", OLD)
        assert shown(library) == {"jp-1"}
        postgres.fail()
        for attempt in (
            lambda: library.ask(JAPAN),
            lambda: added(library, "jp-3", "Police in Nara, Japan, use Clearview AI."),
            lambda: retracted(library, "jp-1"),
            library.refresh,
        ):
            with pytest.raises(StoreUnavailable, match="check that it runs") as caught:
                attempt()
            assert "\n" not in str(caught.value)
        postgres.start()
        assert shown(library) == {"jp-1"}
        added(library, "jp-2", NEW)
        retracted(library, "jp-1")
        library.refresh()
        is_healed(library)
