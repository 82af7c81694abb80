"""`quis doctor`: what is set, what is there, what is wrong, and what to do about it.

Quick, and nothing is repaired by it. A container is checked by `/health` instead.
"""

from typing import Annotated

import typer

from bot.cards import Block, Card, Fact, Facts, Line, Mark, Notice
from bot.cli.doctor_checks import findings
from bot.cli.session import Exit, session_of
from bot.config import shown


def doctor(
    context: typer.Context,
    model: Annotated[
        bool, typer.Option("--model", help="Load the model too, which takes seconds.")
    ] = False,
    online: Annotated[
        bool,
        typer.Option(
            "--online", help="Ask Discord and Slack too: tokens, scopes, commands."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> int:
    """Look at settings, data, store, indexes and model. Ends with 1 where one is bad."""
    session = session_of(context)
    settings = shown(session.settings)
    looked_at = list(findings(session, load=model, online=online))
    well = all(finding.mark is not Mark.BAD for finding in looked_at)
    if as_json:
        checks = [
            {
                "name": f.name,
                "value": f.value,
                "state": f.mark.value,
                "advice": f.advice,
            }
            for f in looked_at
        ]
        session.record({"ok": well, "settings": dict(settings), "checks": checks})
    else:
        words = session.words
        facts = [
            Fact(name, value or words("cli.doctor.unset"))
            for name, value in settings.items()
        ]
        advice = [Notice(f"{f.name}: {f.advice}") for f in looked_at if f.advice]
        verdict = Line(words("cli.doctor.well" if well else "cli.doctor.unwell"))
        found = [Fact(f.name, f.value, f.mark) for f in looked_at]
        blocks: list[Block] = [Facts(tuple(facts)), Facts(tuple(found))]
        blocks += [*advice, verdict]
        session.show(Card(words("cli.doctor.title"), tuple(blocks)))
    return Exit.DONE if well else Exit.FAILURE
