"""`quis kb list`, `show` and `history`: what is held, and since when."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import Exit, session_of
from knowledge.model import Document, Passage, Status

if TYPE_CHECKING:
    from knowledge.library import Library

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Identity = Annotated[str, typer.Argument(metavar="ID")]

_ADDRESS = re.compile(r"([^@#]+)(?:@(\d{1,9}))?")


def listed(
    context: typer.Context,
    status: Annotated[
        Status | None, typer.Option(help="Only documents with such a revision.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """All documents, by id."""
    from bot.cards import Card, Line, Table
    from bot.records import document_record

    session = session_of(context)
    words = session.words
    with session.open() as opened:
        documents = tuple(opened.library.documents(status))
    if as_json:
        session.record([document_record(d, body=False) for d in documents])
        return Exit.DONE
    rows = tuple(
        (
            f"{d.id}@{d.revision}",
            words(f"cli.status.{d.status}"),
            words(f"kind.{d.kind}"),
            str(d.dated or ""),
            d.title,
        )
        for d in documents
    )
    headings = [
        words(f"cli.document.{name}")
        for name in ("id", "status", "kind", "dated", "title")
    ]
    count = Line(words("cli.list.count", count=len(rows)))
    blocks = (Table(tuple(headings), rows), count) if rows else (count,)
    session.show(Card(words("cli.list.title"), blocks))
    return Exit.DONE


def show(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="[quis:]ID[@REVISION[#START-END]]")],
    as_json: AsJson = False,
) -> int:
    """A document with its passages, or one passage of it, word for word.

    How it stands now is said first; an address is good for ever, retracted or not.
    """
    from bot.cards import Card, Heading, Line, Notice
    from bot.cli.documents import document_facts
    from bot.records import document_record
    from bot.replies.fates import fate_line, fate_record
    from knowledge.proofs import SCHEME

    session = session_of(context)
    address = address.removeprefix(SCHEME)
    with session.open() as opened:
        library = opened.library
        if "#" in address:
            held = library.resolve(address)
            document = held.document
            passages: tuple[Passage, ...] = (held.passage,)
        else:
            document = _document(library, address)
            passages = library.passages(document.id, document.revision)
        fate = library.proofs.fate(document)
        if as_json:
            now = {"status": document.status.value, "now": fate_record(fate)}
            session.record({**now, **document_record(document, passages)})
            return Exit.DONE
        standing = Notice(fate_line(fate, session.words))
        facts = document_facts(
            document, len(passages), library.vocabulary, session.words
        )
        texts = [
            block
            for p in passages
            for block in (Heading(f"{p.locator} · {p.id}"), Line(p.text))
        ]
        session.show(Card(document.title, (standing, facts, *texts)))
    return Exit.DONE


def history(context: typer.Context, document: Identity, as_json: AsJson = False) -> int:
    """Every step that a document went through, from the ledger."""
    from bot.cards import Card, Table
    from bot.records import ledger_record

    session = session_of(context)
    words = session.words
    with session.open() as opened:
        title = opened.library.document(document).title
        lines = tuple(opened.library.history(document))
    if as_json:
        session.record([ledger_record(line) for line in lines])
        return Exit.DONE
    rows = tuple(
        (
            line.event.at.strftime("%Y-%m-%d %H:%M:%S"),
            line.event.step.value,
            str(line.event.revision),
            line.event.actor,
            line.event.rule,
            "; ".join(f"{key}: {value}" for key, value in line.event.detail.items()),
        )
        for line in lines
    )
    headings = tuple(
        words(f"cli.history.{name}")
        for name in ("at", "step", "revision", "actor", "rule", "detail")
    )
    session.show(Card(title, (Table(headings, rows),)))
    return Exit.DONE


def _document(library: "Library", address: str) -> Document:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise typer.BadParameter(
            f"{address!r} is not ID, ID@REVISION or a passage's id"
        )
    identity, revision = found.groups()
    return library.document(identity, int(revision) if revision else None)
