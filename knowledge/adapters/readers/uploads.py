"""Files that came as bytes under a name that somebody chose."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.errors import UnreadableFile
from knowledge.ports import Findings, Reader

_LONGEST_NAME = 100


class UploadReader:
    """Implements ``ports.Uploads`` over a reader of files."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, name: str, content: bytes) -> Findings:
        """What is in it; it is known by its name alone. Raises UnreadableFile."""
        shown = _harmless(name)
        with TemporaryDirectory(prefix="quis-") as folder:
            path = Path(folder) / shown
            try:
                path.write_bytes(content)
            except OSError as error:
                reason = f"it cannot be kept for reading ({error.strerror})"
                raise UnreadableFile(path=shown, reason=reason) from error
            try:
                found = self._reader.read(path)
            except UnreadableFile as error:
                reason = str(error.subject.get("reason", "")).replace(str(path), shown)
                raise UnreadableFile(path=shown, reason=reason) from error
        return Findings(
            origin=shown,
            body=found.body,
            metadata=found.metadata,
            found=found.found,
            snapshot=found.snapshot,
        )


def _harmless(name: str) -> str:
    """The last part of a name, in letters that any file system takes."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = last.rpartition(".")
    stem = re.sub(r"[^\w.-]+", "-", stem or ending).strip("-.") or "file"
    ending = re.sub(r"[^A-Za-z0-9]+", "", ending)[:10] if dot and stem else ""
    return f"{stem[:_LONGEST_NAME]}.{ending}" if ending else stem[:_LONGEST_NAME]
