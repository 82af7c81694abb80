"""`quis kb submit`, `approve`, `reject`, `publish`, `recheck`, `retract`: the steps of review."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli.session import Exit, session_of
from knowledge.model import Step

Reason = Annotated[str, typer.Option(help="Why; kept in the ledger.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Identity = Annotated[str, typer.Argument(metavar="ID")]


def _take(
    context: typer.Context, document: str, step: Step, reason: str, as_json: bool
) -> int:
    from bot.records import document_record
    from bot.wiring import person

    session = session_of(context)
    with session.open() as opened:
        after = opened.library.step(document, step, person(), reason)
        if as_json:
            session.record(document_record(after, body=False))
        else:
            status = session.words(f"cli.status.{after.status}")
            session.say(
                "review.done", document=f"{after.id}@{after.revision}", status=status
            )
    return Exit.DONE


def _command(step: Step, said: str) -> Callable[[typer.Context, str, str, bool], int]:
    def command(
        context: typer.Context,
        document: Identity,
        reason: Reason = "",
        as_json: AsJson = False,
    ) -> int:
        return _take(context, document, step, reason, as_json)

    command.__doc__ = said
    return command


submit = _command(Step.SUBMIT, "Hand a draft in for review.")
approve = _command(Step.APPROVE, "Approve what was handed in.")
reject = _command(Step.REJECT, "Turn a revision down.")
return_ = _command(Step.RETURN, "Give a draft back to its proposer, with a reason.")
vet = _command(
    Step.VET,
    "Say that you compared a published document of the starter set with its source.",
)
publish = _command(
    Step.PUBLISH, "Publish the newest revision; from then on it is quoted."
)


def recheck(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    all_sources: Annotated[
        bool,
        typer.Option("--all", help="Visit the sources of all published documents."),
    ] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> int:
    """Say that a published document was looked at again and still holds.

    With --all nothing is said of any: every source is visited, one host at a time, and
    told are dead links and words that are no longer there; these become drafts.
    """
    from bot.cli.kb_queue import recheck_all

    if all_sources == (document is not None):
        raise typer.BadParameter("name a document, or say --all", param_hint="ID")
    if document is None:
        return recheck_all(context, as_json)
    return _take(context, document, Step.RECHECK, reason, as_json)


def retract(
    context: typer.Context,
    document: Identity,
    reason: Annotated[str, typer.Option(help="Why; kept in the ledger.")],
    as_json: AsJson = False,
) -> int:
    """Take a published document out of all answers, from this moment."""
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
    return _take(context, document, Step.RETRACT, reason, as_json)
