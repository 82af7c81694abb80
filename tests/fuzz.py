"""Bytes bred by libFuzzer against the readers, for whoever has an hour.

    pip install atheris && python -m tests.fuzz .docx [-max_total_time=600 …]

Atheris is no test extra: it has wheels for Linux alone. What it takes beside the ending are
libFuzzer's own flags. A crash, a hang or a body that cannot be stored ends it, with the
bytes in a file. ``tests/integration/test_any_bytes.py`` asks the same of fewer bytes.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

# The worker loads a reader with its first file, which would be too late to be watched.
with atheris.instrument_imports(
    include=["knowledge", "trafilatura", "docx", "pdfminer"]
):
    from knowledge.adapters.readers import law, page, pdf, word  # noqa: F401
    from knowledge.adapters.readers.extract import Unreadable
    from knowledge.adapters.readers.markdown import MarkdownReader
    from knowledge.adapters.readers.text import TextReader
    from knowledge.adapters.readers.worker import _answer
    from knowledge.errors import UnreadableFile
    from knowledge.ports import Reader
    from tests.any_bytes import SEEDS

KINDS = {".html": "page", ".xml": "law", ".pdf": "pdf", ".docx": "word"}
PLAIN: dict[str, Reader] = {".txt": TextReader(), ".md": MarkdownReader()}


def main() -> None:
    """Breed on the seeds of one ending until told to stop."""
    ending, *flags = sys.argv[1:]
    with TemporaryDirectory() as made:
        folder = Path(made)
        seeds = folder / "seeds"
        seeds.mkdir()
        for number, seed in enumerate(SEEDS[ending]):
            (seeds / str(number)).write_bytes(seed)
        path = folder / f"a{ending}"

        def one(data: bytes) -> None:
            path.write_bytes(data)
            body = _body(path, ending)
            if body is not None and (not body.strip() or "\0" in body):
                raise AssertionError(repr(body[:80]))
            if body is not None:
                body.encode("utf-8")

        atheris.Setup([sys.argv[0], "-timeout=30", *flags, str(seeds)], one)
        atheris.Fuzz()


def _body(path: Path, ending: str) -> str | None:
    """What is read; None where it is refused, as the worker refuses what is broken."""
    try:
        if ending in PLAIN:
            return PLAIN[ending].read(path).body
        answer = _answer({"kind": KINDS[ending], "path": str(path)})
    except (UnreadableFile, Unreadable):
        return None
    return str(answer["body"]) if "body" in answer else None


if __name__ == "__main__":
    main()
