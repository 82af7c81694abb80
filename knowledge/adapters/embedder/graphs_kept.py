"""Graphs of models that somebody set: exported once, kept by the model's fingerprint."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import knowledge
from knowledge.adapters.embedder.graph import CARD

FORMAT = 2
"""Counted up where the exporter changes: what it could not export is tried again."""

_LONGEST = 1800.0  # seconds
_REFUSED = "not-exported.txt"


def kept_graph(model: str, fingerprint: str, cache: Path) -> Path | None:
    """The folder of a model's graph, exported now where it never was.

    None where it cannot be exported, which is noted and not tried again; and where
    nothing can be kept.
    """
    place = cache / f"{fingerprint}-{FORMAT}"
    if (place / CARD).is_file():
        return place
    if (place / _REFUSED).is_file():
        return None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix="exporting-", dir=cache))
    except OSError:
        return None
    try:
        problem = _exported(model, made)
        if problem:
            shutil.rmtree(made)
            made.mkdir()
            (made / _REFUSED).write_text(problem, encoding="utf-8")
        made.rename(place)
    except OSError:  # a full disk; or another process was first
        return place if (place / CARD).is_file() else None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return None if problem else place


def _exported(model: str, folder: Path) -> str:
    """Export in a process of its own; why it failed, or nothing."""
    location = str(Path(model).absolute()) if Path(model).is_dir() else model
    program = f"{__package__}.exporting"
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", program, location, str(folder.absolute())],
            # Where this very package lies, so that no other is taken for it.
            cwd=Path(knowledge.__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"took more than {_LONGEST:g} seconds\n"
    if done.returncode == 0:
        return ""
    return done.stderr.decode(errors="replace") or f"ended with {done.returncode}\n"
