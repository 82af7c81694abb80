"""Plain text files (.txt): a body and no metadata."""

import codecs
from pathlib import Path

from knowledge.adapters.readers.extract import Unreadable
from knowledge.errors import UnreadableFile
from knowledge.metadata import LARGEST_BODY
from knowledge.ports import Findings

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What an editor may leave in a text: tab, line feed, carriage return, form feed.
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f") | {"\x7f"}


class TextReader:
    """Implements ``ports.Reader``."""

    def read(self, path: Path) -> Findings:
        """The whole file as body, white space at both ends left out.

        Raises UnreadableFile.
        """
        body = decoded(path).strip()
        if not body:
            raise UnreadableFile(path=path, reason="there is no text in it")
        return Findings(origin=str(path), body=body, metadata={})


def decoded(path: Path) -> str:
    """A text file's characters, with line feeds alone as line ends.

    UTF-8, or UTF-16 with a byte-order mark; nothing is guessed, and no character is
    changed for another that looks the same. Raises UnreadableFile.
    """
    data = contents(path)
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data:
        raise UnreadableFile(path=path, reason="it is a binary file, not text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8 (byte {error.start}); save it as UTF-8"
        if encoding == "utf-16":
            reason = "it is broken UTF-16; save it as UTF-8"
        raise UnreadableFile(path=path, reason=reason) from error
    try:
        return clean(text)
    except Unreadable as error:
        raise UnreadableFile(path=path, reason=str(error)) from error


def clean(text: str) -> str:
    """A text with line feeds alone as line ends. Raises Unreadable for what is none."""
    if not _CONTROLS.isdisjoint(text):
        raise Unreadable("it has control characters in it, so it is not plain text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def contents(path: Path) -> bytes:
    """A file's bytes, of which there are some and not too many. Raises UnreadableFile."""
    try:
        if path.is_dir():
            raise UnreadableFile(
                path=path, reason="it is a folder; name a file, or use kb sync"
            )
        if not path.exists():
            raise UnreadableFile(path=path, reason="there is no such file")
        if not path.is_file():
            raise UnreadableFile(path=path, reason="it is not a regular file")
        # One byte more than allowed is read, so that a growing file cannot slip by.
        with path.open("rb") as file:
            data = file.read(LARGEST_BODY + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise UnreadableFile(
            path=path, reason=reason[0].lower() + reason[1:]
        ) from error
    if len(data) > LARGEST_BODY:
        raise UnreadableFile(
            path=path, reason="it is larger than 20 MB; split it into documents"
        )
    if not data:
        raise UnreadableFile(path=path, reason="it is empty")
    return data
