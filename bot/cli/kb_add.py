"""`quis kb add` and `correct`: files, pages and tables into drafts."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import kb_metadata as given
from bot.cli import kb_tables
from bot.cli.session import Exit, Session, session_of, status_of, whole
from knowledge.errors import QuisError
from knowledge.model import UNDER_REVIEW, Document, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.wiring import Opened
    from knowledge.library import Library

SEVERAL = frozenset({"vendors", "countries", "kind", "form", "language", "publisher"})
"""What may hold for several files at once; the rest is about one document."""


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL…",
            help="Files of Markdown, text, HTML, PDF or Word; addresses of pages; tables.",
        ),
    ],
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish at once, not as drafts.")
    ] = False,
    columns: kb_tables.Map = None,
    meta: given.Meta = None,
    identity: given.Id = None,
    title: given.Title = None,
    publisher: given.Publisher = None,
    url: given.Url = None,
    kind: given.Kind = None,
    form: given.Form = None,
    language: given.Language = None,
    published_on: given.PublishedOn = None,
    event_on: given.EventOn = None,
    vendor: given.Vendors = None,
    country: given.Countries = None,
    archived_url: given.ArchivedUrl = None,
    question: given.Questions = None,
    as_json: Annotated[bool, typer.Option("--json", help="An object a file.")] = False,
) -> int:
    """Read files or pages into drafts. What is read of each is shown; nothing is guessed
    silently. With --map each row of a table becomes a document."""
    from knowledge.own_questions.lines import by_language

    session = session_of(context)
    flags = {
        "id": identity,
        "title": title,
        "publisher": publisher,
        "url": url,
        "kind": kind,
        "form": form,
        "language": language,
        "published_on": published_on,
        "event_on": event_on,
        "vendors": vendor,
        "countries": country,
        "archived_url": archived_url,
    }
    values = given.overrides(meta, flags)
    if asked := given.questions_of(question, language):
        values = {**values, "questions": by_language(asked)}
    single = sorted(values.keys() - SEVERAL)
    if columns and "id" in values:
        raise typer.BadParameter(
            "say --map id=COLUMN: every row needs an id of its own"
        )
    if columns and asked:
        raise typer.BadParameter(
            "--question is about one document, and every row of a table is another one: "
            "leave it out"
        )
    if len(paths) > 1 and single:
        raise typer.BadParameter(
            f"{', '.join(single)} can be said of one file at a time: add the files one by "
            "one, or write it into each as front matter"
        )
    status = Exit.DONE
    with session.open() as opened:
        for name in paths:
            try:
                done = _add(
                    session,
                    opened,
                    name,
                    columns or (),
                    values,
                    publish=publish,
                    as_json=as_json,
                )
                status = max(status, done)
            except QuisError as error:
                if as_json and len(paths) > 1:
                    session.record({"path": whole(name), "error": str(error)})
                session.fail(error)
                status = max(status, status_of(error))
    return status


def correct(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="ID")],
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="PATH|URL", help="The new text; without it the text stays."
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; kept in the ledger.")] = "",
    meta: given.Meta = None,
    title: given.Title = None,
    publisher: given.Publisher = None,
    url: given.Url = None,
    kind: given.Kind = None,
    form: given.Form = None,
    language: given.Language = None,
    published_on: given.PublishedOn = None,
    event_on: given.EventOn = None,
    vendor: given.Vendors = None,
    country: given.Countries = None,
    archived_url: given.ArchivedUrl = None,
    question: given.Questions = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> int:
    """Put a draft on top of a document: other text, other metadata, or both.

    What is published stays published until the draft is.
    """
    from bot.wiring import person
    from knowledge.own_questions.lines import by_language

    session = session_of(context)
    flags = {
        "title": title,
        "publisher": publisher,
        "url": url,
        "kind": kind,
        "form": form,
        "language": language,
        "published_on": published_on,
        "event_on": event_on,
        "vendors": vendor,
        "countries": country,
        "archived_url": archived_url,
    }
    values = given.overrides(meta, flags)
    asked = given.questions_of(question, language)
    if path is None and not values and not asked:
        raise typer.BadParameter("say what is to change: PATH, or metadata")
    with session.open() as opened:
        library = opened.library
        found = library.read_from(path, person()) if path is not None else None
        if asked and not (found and found.metadata.get("questions")):
            # What is held stays, and this is added: as to the questions of a file.
            held = library.document(document).questions
            asked = (*held, *asked)
        if asked:
            values = {**values, "questions": by_language(asked)}
        after = library.correct(document, found, values, person(), reason)
        show_document(session, library, after, (), as_json=as_json)
    return Exit.DONE


def show_document(
    session: Session,
    library: "Library",
    document: Document,
    near: "Sequence[tuple[str, int]]",
    *,
    as_json: bool,
) -> None:
    """What a document now is, what resembles it, and what to type next."""
    from bot.cards import Block, Card, Line, Notice
    from bot.cli.documents import document_facts
    from bot.records import document_record
    from bot.replies.kb.own_questions import elsewhere_lines

    passages = library.passages(document.id, document.revision)
    asked = library.reviews.asked_elsewhere(document)
    if as_json:
        record = document_record(document, passages, body=False)
        record["near_duplicates"] = [{"id": i, "percent": p} for i, p in near]
        record["asked_elsewhere"] = [{"question": q, "id": i} for q, i in asked]
        session.record(record)
        return
    words = session.words
    facts = document_facts(document, len(passages), library.vocabulary, words)
    blocks: list[Block] = [facts]
    if near:
        others = ", ".join(f"{other} ({percent} %)" for other, percent in near)
        blocks.append(Notice(words("cli.add.near", others=others)))
    blocks += [Notice(line) for line in elsewhere_lines(asked, words)]
    if document.status in UNDER_REVIEW:
        blocks.append(Line(words("cli.add.next", command=_next(session, document))))
    elif document.status is Status.PUBLISHED:
        blocks.append(Line(words("cli.add.published")))
    session.show(Card(document.title, tuple(blocks)))


def _add(
    session: Session,
    opened: "Opened",
    name: str,
    columns: "Sequence[str]",
    values: Mapping[str, object],
    *,
    publish: bool,
    as_json: bool,
) -> Exit:
    from bot.wiring import person

    if columns:
        return kb_tables.add_table(
            session,
            opened,
            Path(name),
            columns,
            values,
            publish=publish,
            as_json=as_json,
        )
    library = opened.library
    found = library.read_from(name, person())
    result = library.add(found, values, person(), publish=publish)
    show_document(
        session, library, result.document, result.near_duplicates, as_json=as_json
    )
    return Exit.DONE


def _next(session: Session, document: Document) -> str:
    """The command that comes next in review."""
    two = session.settings.two_person
    if two and document.status is Status.DRAFT:
        return f"quis kb submit {document.id}"
    if two and document.status is Status.SUBMITTED:
        return f"quis kb approve {document.id}"
    return f"quis kb publish {document.id}"
