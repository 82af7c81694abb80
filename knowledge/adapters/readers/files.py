"""Which reader reads which file, and which files of a folder are read at all."""

from pathlib import Path

from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.extract import Unreadable
from knowledge.adapters.readers.law.reader import LAW_ENDINGS
from knowledge.adapters.readers.markdown import MarkdownReader
from knowledge.adapters.readers.text import TextReader, contents
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings, Reader

_KINDS = {".html": "page", ".htm": "page", ".pdf": "pdf", ".docx": "word"}
_TABLES = frozenset({".csv", ".tsv", ".jsonl"})
_PLAIN = (".md", ".txt")
READABLE = frozenset({*_PLAIN, *_KINDS})
"""The endings of files that are a document each."""


class ConfinedReader:
    """Implements ``ports.Reader`` for the kinds that are parsed in another process."""

    def __init__(self, kind: str, confined: Confined) -> None:
        self._kind = kind
        self._confined = confined

    def read(self, path: Path) -> Findings:
        """The text, and as found what the file says of itself. Raises UnreadableFile."""
        contents(path)  # which refuses what is missing, empty or too large
        try:
            extract = self._confined.read(self._kind, path)
        except Unreadable as error:
            raise UnreadableFile(path=path, reason=str(error)) from error
        return Findings(
            origin=str(path), body=extract.body, metadata={}, found=extract.found
        )


class FileReader:
    """Implements ``ports.Reader`` for every kind of file that can be read."""

    def __init__(self, confined: Confined | None = None) -> None:
        confined = confined or Confined()
        self._readers: dict[str, Reader] = {
            ".md": MarkdownReader(),
            ".txt": TextReader(),
            **{
                ending: ConfinedReader(kind, confined)
                for ending, kind in _KINDS.items()
            },
        }

    def read(self, path: Path) -> Findings:
        """What the reader of the file's kind finds. Raises UnreadableFile."""
        ending = path.suffix.lower()
        reader = self._readers.get(ending)
        if reader is None:
            if path.is_dir():
                reader = self._readers[".txt"]  # which says so
            elif ending in _TABLES:
                raise UnreadableFile(
                    path=path,
                    reason="it is a table; say with --map which columns hold title and "
                    "body",
                )
            else:
                known = ", ".join(sorted(READABLE))
                raise UnreadableFile(
                    path=path, reason=f"only {known} are read; save its text as .txt"
                )
        return reader.read(path)


def readable_files(folder: Path) -> tuple[Path, ...]:
    """Every file below a folder that a reader is for, by path; none that is hidden.

    Raises UnreadableFile where there is no such folder.
    """
    if not folder.is_dir():
        raise UnreadableFile(path=folder, reason="there is no such folder")
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in READABLE | LAW_ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
