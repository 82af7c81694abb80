"""Bytes bred by libFuzzer against whatever reads what strangers send, for whoever has an hour.

    pip install atheris && python -m tests.fuzz .docx [-max_total_time=600 …]

In place of an ending (.txt .md .html .xml .pdf .docx): ``slack`` for lines behind slash
commands, ``discord`` for the options of an interaction, ``words`` for questions and
passages. Atheris is no test extra: it has wheels for Linux alone. What it takes beside the
first are libFuzzer's own flags. A crash, a hang or what cannot be kept ends it, with the
bytes in a file. ``tests/integration/test_any_bytes.py`` and
``tests/scenario/test_any_words.py`` ask the same of fewer.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

WATCHED = ["knowledge", "bot"]
OF_FILES = ["trafilatura", "docx", "pdfminer"]  # watching takes a while to begin
if sys.argv[1:2] and sys.argv[1].startswith("."):
    WATCHED += OF_FILES

# The worker loads a reader with its first file, which would be too late to be watched.
with atheris.instrument_imports(include=WATCHED):
    from bot.conversation.askable import cleaned, unfit
    from bot.on_discord.commands import invoked
    from bot.on_discord.receiving import words_of
    from bot.on_slack.commands import filled, name_of
    from bot.reception.messages import Option
    from bot.replies.guidance import COMMANDS
    from knowledge.adapters.readers import law, page, pdf, word  # noqa: F401
    from knowledge.adapters.readers.extract import Unreadable
    from knowledge.adapters.readers.markdown import MarkdownReader
    from knowledge.adapters.readers.text import TextReader
    from knowledge.adapters.readers.worker import _answer
    from knowledge.adapters.vocabulary_folder import VocabularyFolder
    from knowledge.errors import UnreadableFile
    from knowledge.model import Document, Form, Kind
    from knowledge.passages import cut
    from knowledge.ports import Reader
    from knowledge.questions import read
    from tests.any_bytes import SEEDS, TEXT

KINDS = {".html": "page", ".xml": "law", ".pdf": "pdf", ".docx": "word"}
PLAIN: dict[str, Reader] = {".txt": TextReader(), ".md": MarkdownReader()}

LINES = (
    b"/quis-watch Clearview, Italy, daily",
    b"/quis-settings roles editor <!subteam^S01|@all> here",
    b"/quis-kb link made-1 updates made-2",
    b"/ask Is <https://evil.example|Clearview> active in Italy?",
)
OPTIONS = tuple(
    json.dumps({"name": name, "options": options}).encode()
    for name, options in (
        ("ask", [{"name": "question", "type": 3, "value": TEXT, "focused": True}]),
        ("kb", [{"name": "show", "type": 1, "options": []}]),
        ("settings", [{"name": "private", "type": 1, "options": None}]),
    )
)
WORDS = (TEXT.encode(), b"Is Clearveiw active in Italy since 2021? And in Greece?")

Try = Callable[[bytes], object]


def main() -> None:
    """Breed on the seeds of one kind until told to stop."""
    kind, *flags = sys.argv[1:]
    with TemporaryDirectory() as made:
        folder = Path(made)
        one, seeds = _kinds(folder)[kind]
        kept = folder / "seeds"
        kept.mkdir()
        for number, seed in enumerate(seeds):
            (kept / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], "-timeout=30", *flags, str(kept)], one)
        atheris.Fuzz()


def _kinds(folder: Path) -> dict[str, tuple[Try, Sequence[bytes]]]:
    """What is tried with the bytes, and what they are bred from, by its name."""
    files = {ending: (_file(folder, ending), SEEDS[ending]) for ending in SEEDS}
    return {
        **files,
        "slack": (_slack_line, LINES),
        "discord": (_discord_options, OPTIONS),
        "words": (_words(), WORDS),
    }


def _file(folder: Path, ending: str) -> Try:
    path = folder / f"a{ending}"

    def one(data: bytes) -> None:
        path.write_bytes(data)
        body = _body(path, ending)
        if body is not None and (not body.strip() or "\0" in body):
            raise AssertionError(repr(body[:80]))
        if body is not None:
            body.encode("utf-8")

    return one


def _body(path: Path, ending: str) -> str | None:
    """What is read; None where it is refused, as the worker refuses what is broken."""
    try:
        if ending in PLAIN:
            return PLAIN[ending].read(path).body
        answer = _answer({"kind": KINDS[ending], "path": str(path)})
    except (UnreadableFile, Unreadable):
        return None
    return str(answer["body"]) if "body" in answer else None


def _slack_line(data: bytes) -> None:
    """A command that there is, filled in with words."""
    command, _, line = data.decode("utf-8", "ignore").partition(" ")

    async def suggest(option: str, typed: str) -> tuple[Option, ...]:
        return (Option(typed, typed),) if len(typed) % 2 and option else ()

    name, options = asyncio.run(filled(name_of(command), line, suggest))
    if name.split()[0] not in COMMANDS or not all(
        isinstance(value, str) for value in options.values()
    ):
        raise AssertionError(name, options)


def _discord_options(data: bytes) -> None:
    """A command and options, of whatever JSON; Discord itself sends objects with names."""
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not _is_interaction(sent):
        return
    for value in invoked(sent).options.values():
        words_of(value)
        unfit(cleaned(value))


def _is_interaction(sent: object) -> bool:
    if not isinstance(sent, dict) or "name" not in sent:
        return False
    options = sent.get("options") or []
    return isinstance(options, list) and all(
        isinstance(each, dict) and "type" in each and _is_interaction(each)
        for each in options
    )


def _words() -> Try:
    """As a question it is read, as a document it is cut, and what is cut is its own."""
    import knowledge

    vocabulary = VocabularyFolder(Path(knowledge.__file__).parent / "vocabulary").held()

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")
        read(cleaned(text)[:2000], vocabulary)
        made = Document(
            id="d",
            title="t",
            body=text,
            form=Form.SOURCE,
            kind=Kind.LAW if len(data) % 2 else Kind.PRESS,
            language="en",
            sources=(),
            revision=1,
        )
        for passage in cut(made):
            if text[passage.start : passage.end] != passage.text:
                raise AssertionError(passage)

    return one


if __name__ == "__main__":
    main()
