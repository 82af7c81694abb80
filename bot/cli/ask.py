"""`quis ask`: one question, one answer; or a file of them."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import structlog
import typer

from bot.cli.session import Exit, Session, language_option, session_of, whole
from knowledge.errors import QuisError, UnreadableFile
from knowledge.model import LANGUAGES, Answer, Answered, NoAnswer

if TYPE_CHECKING:
    from bot.intents import Ask
    from bot.wiring import Opened

MOST_PASSAGES = 50

ALL_AT_ONCE = 20
"""Passages of one answer in a terminal, where one can scroll: nearly always all."""

AS_IN_A_CHANNEL = 3
"""Passages of each answer of a batch: as many as a chat platform shows."""


LONGEST_LINE = 1024 * 1024
"""Bytes of a line of a batch; what can be asked is a thousandth of that."""


class BrokenLine(ValueError):
    """A line of a batch that is no question. ``identity`` is its id, where it has one."""

    def __init__(self, problem: str, identity: object = None) -> None:
        self.identity = identity
        super().__init__(problem)


def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(help="One sentence; quotation marks are best.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_PASSAGES,
            help=f"How many passages; {ALL_AT_ONCE}, of a batch {AS_IN_A_CHANNEL} each.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            callback=language_option,
            help="The question's language, and that of the words around quotes.",
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-",
            help="JSON Lines of {id, text, lang, context} in, an answer a line out.",
        ),
    ] = None,
) -> int:
    """Ask one question: whole sentences of published documents, or a refusal.

    A refusal is counted for `quis kb gaps`, without its words; those of a batch are not.

    Ends with 0 for an answer, 3 for a refusal, 2 for bad use and 1 for a failure.
    """
    session = session_of(context)
    if (batch is None) == (not question):
        raise typer.BadParameter("say a question, or --batch FILE, and not both")
    if batch is not None:
        return _batch(session, batch, limit or AS_IN_A_CHANNEL, language)
    from bot.cli.missing import missed
    from bot.intents import Ask
    from bot.records import answer_record

    text = whole(" ".join(question or []))
    asked = Ask(text=text, language=language, limit=limit or ALL_AT_ONCE)
    with session.open() as opened:
        opened.library.expect_question()  # the indexes are opened meanwhile
        opened.library.refresh(opened.progress)
        answer = _answered(session, opened, asked)
        missed(opened.library, session.settings, text, answer)
        if as_json:
            session.record(answer_record(answer))
        else:
            spoken = replace(asked, language=language or session.settings.language)
            session.show(opened.desk.present(spoken, answer))
    return Exit.DONE if isinstance(answer, Answered) else Exit.REFUSED


def _answered(session: Session, opened: "Opened", asked: "Ask") -> Answer:
    began = time.monotonic()
    answer = session.wait(opened.desk.answer(asked))
    shown, reason = 0, None
    match answer:
        case Answered():
            shown = len(answer.evidence)
        case NoAnswer():
            reason = answer.reason.value
    structlog.get_logger().info(
        "asked",
        language=answer.question.language,
        kind=answer.question.kind.value,
        passages=shown,
        reason=reason,
        milliseconds=round(1000 * (time.monotonic() - began)),
    )
    return answer


def _batch(session: Session, name: str, limit: int, language: str | None) -> int:
    """One object a line out for each line in; a line that fails says so and is not the end."""
    from bot.records import answer_record

    status = Exit.DONE
    with _lines(name) as lines, session.open() as opened:
        opened.library.refresh(opened.progress)
        for line in _each(lines):
            if not line.strip():
                continue
            identity: object = None
            try:
                identity, asked = _read(line, limit, language)
                answer = _answered(session, opened, asked)
            except BrokenLine as error:
                record: dict[str, object] = {"id": error.identity, "error": str(error)}
                status = Exit.FAILURE
            except QuisError as error:
                record = {"id": identity, "error": str(error)}
                status = Exit.FAILURE
            else:
                record = {"id": identity, **answer_record(answer)}
            session.record(record)
    return status


@contextmanager
def _lines(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise UnreadableFile(path=path, reason=reason.lower()) from error
    with file:
        yield file


def _each(lines: BinaryIO) -> Iterator[bytes]:
    """Line by line; of one that is too long the beginning alone, and so much of it."""
    while line := lines.readline(LONGEST_LINE + 1):
        yield line
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = lines.readline(LONGEST_LINE + 1)


def _read(line: bytes, limit: int, language: str | None) -> "tuple[object, Ask]":
    """A line's id and question. Raises BrokenLine."""
    from bot.intents import Ask

    if len(line) > LONGEST_LINE:
        raise BrokenLine("longer than 1 MB, which no question is")
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrokenLine("not a line of JSON in UTF-8") from error
    if not isinstance(values, dict):
        raise BrokenLine("not an object of id, text, lang and context")
    identity = values.get("id")
    if isinstance(identity, bool) or not isinstance(identity, (str, int)):
        raise BrokenLine("id has to be a text or a number")
    text, spoken = values.get("text"), values.get("lang")
    earlier = values.get("context") or []
    if not isinstance(text, str):
        raise BrokenLine("text has to be a text", identity)
    if spoken is not None and not isinstance(spoken, str):
        raise BrokenLine("lang has to be a language's code", identity)
    if not isinstance(earlier, list) or not all(isinstance(q, str) for q in earlier):
        raise BrokenLine("context has to be a list of texts", identity)
    return identity, Ask(
        text=whole(text),
        # A question in a language that is not supported is read as well as can be.
        language=spoken if spoken in LANGUAGES else language,
        limit=limit,
        earlier=tuple(whole(question) for question in earlier),
    )
