"""`quis kb sync`, `export` and `lint`: folders of documents in, out, or checked only."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import kb_metadata as given
from bot.cli.session import Exit, Session, session_of

if TYPE_CHECKING:
    from knowledge.folders import SyncReport
    from knowledge.naming.intake import NamingReport

Folder = Annotated[Path, typer.Argument(metavar="DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def sync(
    context: typer.Context,
    folder: Folder,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish at once, not as drafts.")
    ] = False,
    kind: given.Kind = None,
    form: given.Form = None,
    publisher: given.Publisher = None,
    language: given.Language = None,
    as_json: AsJson = False,
) -> int:
    """Take in every document of a folder that is new or has changed.

    A vocabulary in it is taken in first, name by name and word by word. Kind, form,
    publisher and language hold for files without front matter.
    """
    from bot.wiring import person

    session = session_of(context)
    flags = {
        "kind": kind,
        "form": form,
        "publisher": publisher,
        "language": language,
    }
    with session.open() as opened:
        report = opened.library.sync(
            folder,
            person(),
            publish=publish,
            progress=opened.progress,
            defaults={key: value for key, value in flags.items() if value},
        )
    return tell(session, report, publish=publish, as_json=as_json)


def tell(
    session: Session, report: "SyncReport", *, publish: bool, as_json: bool
) -> Exit:
    """What many documents came to: counts, warnings, and every failure in a line."""
    if as_json:
        session.record(
            {
                "added": list(report.added),
                "changed": list(report.changed),
                "unchanged": list(report.unchanged),
                "failed": [
                    {"path": str(path), "error": problem}
                    for path, problem in report.failed
                ],
                "near_duplicates": [
                    {"id": one, "resembles": other, "percent": percent}
                    for one, other, percent in report.near_duplicates
                ],
                "vocabulary": _record(report.vocabulary),
            }
        )
    else:
        session.say(
            "sync.done",
            added=len(report.added),
            changed=len(report.changed),
            unchanged=len(report.unchanged),
        )
        for one, other, percent in report.near_duplicates:
            session.say("sync.near", document=one, other=other, percent=percent)
        if not publish and (report.added or report.changed):
            session.say("sync.next")
        if named := report.vocabulary:
            taken, out = len(named.taken), len(named.retracted)
            session.say("sync.vocabulary", taken=taken, retracted=out)
            if named.kept:
                session.say("sync.kept", count=len(named.kept))
            if taken and not publish:
                session.say("sync.waits")
    failed = [problem for _path, problem in report.failed]
    failed += report.vocabulary.failed if report.vocabulary else ()
    for problem in failed:
        session.complain(problem)
    return Exit.FAILURE if failed else Exit.DONE


def _record(report: "NamingReport | None") -> dict[str, list[str]] | None:
    if report is None:
        return None
    return {
        "taken": [str(term) for term in report.taken],
        "retracted": [str(term) for term in report.retracted],
        "kept": [str(term) for term in report.kept],
        "failed": list(report.failed),
    }


def export(context: typer.Context, folder: Folder, as_json: AsJson = False) -> int:
    """Write every published document into a folder, in the format that sync reads.

    Where the vocabulary was changed, it is written there too.
    """
    session = session_of(context)
    with session.open() as opened:
        count = opened.library.export(folder)
    if as_json:
        session.record({"folder": str(folder), "documents": count})
    else:
        session.say("export.done", count=count, folder=folder)
    return Exit.DONE


def lint(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="By default the starter set.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check a folder's documents and store nothing. Ends with 1 where one is wrong."""
    session = session_of(context)
    with session.open() as opened:
        problems = opened.library.lint(folder)
    if as_json:
        session.record([{"path": str(p.path), "error": p.message} for p in problems])
    elif problems:
        for problem in problems:
            session.line(problem.message)
    else:
        session.say("lint.clean")
    return Exit.FAILURE if problems else Exit.DONE
