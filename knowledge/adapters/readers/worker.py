"""The process in which files that strangers made are parsed: one JSON line in, one out.

It may be killed at any moment. Run as ``python -m knowledge.adapters.readers.worker``
by ``confined``; nothing else is written to its standard output.
"""

import json
import logging
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from knowledge.adapters.readers.extract import Extract, Unreadable
from knowledge.errors import UnreadableFile


def serve(memory: int) -> None:
    """Answer until standard input ends."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints does not spoil an answer
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _limit(memory)
    for line in sys.stdin.buffer:
        answer = _answer(json.loads(line))
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def _answer(request: Mapping[str, str]) -> dict[str, object]:
    try:
        extract = _read(request["kind"], Path(request["path"]), request)
    except Unreadable as error:
        return {"refused": str(error)}
    except Exception as error:
        return {"fault": type(error).__name__}
    return {
        "body": extract.body,
        "found": dict(extract.found),
        "stated": dict(extract.stated),
    }


def _read(kind: str, path: Path, request: Mapping[str, str]) -> Extract:
    # Each library is loaded by the first file that needs it.
    if kind == "page":
        from knowledge.adapters.readers.page import read_page

        return read_page(path, request.get("url", ""), request.get("charset", ""))
    if kind == "pdf":
        from knowledge.adapters.readers.pdf import read_pdf

        return read_pdf(path)
    if kind == "word":
        from knowledge.adapters.readers.word import read_word

        return read_word(path)
    if kind == "law":
        from knowledge.adapters.readers.law import read_law_file

        try:
            findings = read_law_file(str(path), path.read_bytes())
        except UnreadableFile as error:
            raise Unreadable(str(error.subject["reason"])) from error
        return Extract(findings.body, stated=findings.metadata)
    raise ValueError(kind)


def _limit(memory: int) -> None:
    """No more memory than this, where the system knows such a limit."""
    try:
        import resource
    except ImportError:  # Windows; the time limit holds there too
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (OSError, ValueError):  # a system that allows no such limit
        return


if __name__ == "__main__":
    serve(int(sys.argv[1]))
