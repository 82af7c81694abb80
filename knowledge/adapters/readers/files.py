"""Which reader reads which file, and which files of a folder are read at all."""

from pathlib import Path

from knowledge.adapters.readers.law.reader import LAW_ENDINGS
from knowledge.adapters.readers.markdown import MarkdownReader
from knowledge.adapters.readers.text import TextReader
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings, Reader

_READERS: dict[str, Reader] = {".md": MarkdownReader(), ".txt": TextReader()}


class FileReader:
    """Implements ``ports.Reader`` for every kind of file that can be read."""

    def read(self, path: Path) -> Findings:
        """What the reader of the file's kind finds. Raises UnreadableFile."""
        # A Path folds the slashes of an address into one.
        if str(path).lower().startswith(("http:/", "https:/")):
            raise UnreadableFile(
                path=path,
                reason="pages cannot be read yet; save the text as .txt or .md",
            )
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            if path.is_dir():
                reader = _READERS[".txt"]  # which says so
            else:
                known = " and ".join(sorted(_READERS))
                raise UnreadableFile(
                    path=path,
                    reason=f"only {known} files are read now; save its text as one",
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
        if path.suffix.lower() in {*_READERS, *LAW_ENDINGS}
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
