"""Parsers of pages, PDF and Word at arm's length: in a process with limits, killed when
it takes too long, started again for the next file. No library of theirs is loaded here."""

import json
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path

import knowledge
from knowledge.adapters.readers.extract import Extract, Unreadable

MEMORY = 2 * 1024**3
"""Bytes of address space; a file of 20 MB needs a tenth."""

SECONDS: Mapping[str, float] = {
    "page": 30.0,
    "law": 60.0,
    "word": 30.0,
    "pdf": 240.0,
}
"""The longest that a file of each kind may take."""

_ADVICE = "save its text as .txt or .md and add that"


class Confined:
    """Reads files in a process of its own, one at a time. Safe between threads."""

    def __init__(
        self, seconds: Mapping[str, float] = SECONDS, memory: int = MEMORY
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[..., Confined] | None = None

    def read(self, kind: str, path: Path, **hints: str) -> Extract:
        """What the reader of a kind finds. Raises Unreadable."""
        request = {"kind": kind, "path": str(path.absolute()), **hints}
        with self._lock:
            answer = self._asked(json.dumps(request).encode() + b"\n", kind)
        if "refused" in answer:
            raise Unreadable(str(answer["refused"]))
        if "fault" in answer:
            raise Unreadable(f"it is broken ({answer['fault']}); {_ADVICE}")
        found, stated = answer.get("found"), answer.get("stated")
        return Extract(
            str(answer["body"]),
            found if isinstance(found, dict) else {},
            stated if isinstance(stated, dict) else {},
        )

    def _asked(self, request: bytes, kind: str) -> Mapping[str, object]:
        process = self._running()
        seconds = self._seconds[kind]
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            line = _spoken(process, request)
        except BaseException:
            self.close()  # else the next file would get this one's answer
            raise
        finally:
            watch.cancel()
        if late.is_set() or not line.endswith(b"\n"):
            self.close()
            reason = "reading it breaks down or needs too much memory"
            if late.is_set():
                reason = f"it takes longer than {seconds:g} seconds to read"
            raise Unreadable(f"{reason}; {_ADVICE}")
        answer: Mapping[str, object] = json.loads(line)
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", f"{__package__}.worker", str(self._memory)],
                # Where this very package lies, so that no other is taken for it.
                cwd=Path(knowledge.__file__).parent.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._end = weakref.finalize(self, _ended, self._process)
        return self._process

    def close(self) -> None:
        """End the process; the next file starts another."""
        if self._end is not None:
            self._end()
        self._process = self._end = None


def _spoken(process: "subprocess.Popen[bytes]", request: bytes) -> bytes:
    """The line that answers; less than one where the process ended."""
    if process.stdin is None or process.stdout is None:
        return b""
    try:
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.readline()
    except OSError:
        return b""


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # a request that was never taken
                continue
