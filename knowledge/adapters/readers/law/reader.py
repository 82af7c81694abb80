"""Files that are laws, read as such; all others are left to another reader."""

from pathlib import Path

from knowledge.adapters.readers.law import as_law, is_law, read_law_file
from knowledge.adapters.readers.text import contents
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings, Reader

LAW_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".xml"})
"""Of files that may be a law by what is in them; Markdown may be one, too."""


class LawReader:
    """Implements ``ports.Reader``."""

    def __init__(self, other: Reader) -> None:
        self._other = other

    def read(self, path: Path) -> Findings:
        """A law as its articles, any other file as ever. Raises UnreadableFile."""
        ending = path.suffix.lower()
        if ending == ".md":
            return as_law(self._other.read(path))
        if ending not in LAW_ENDINGS or not path.is_file():
            return self._other.read(path)
        data = contents(path)
        if is_law(data):
            return read_law_file(str(path), data)
        if ending == ".xml":
            raise UnreadableFile(
                path=path,
                reason="it is no law in Akoma Ntoso or Formex, the only XML that is read",
            )
        return self._other.read(path)
