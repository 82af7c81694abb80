"""`quis kb corrections`: whether posted answers say what became of their quotes."""

from typing import Annotated

import typer

from bot.cli.kb_show import AsJson
from bot.cli.session import Exit, session_of
from knowledge.model import Hindrance

GIVEN_UP = (Hindrance.PRIVATE, Hindrance.GONE, Hindrance.NOWHERE)


Document = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Of answers that showed this one.")
]


def corrections(
    context: typer.Context, document: Document = None, as_json: AsJson = False
) -> int:
    """How many corrections of posted answers are due, told, or given up and why."""
    from bot.cards import Card, Table

    session = session_of(context)
    words = session.words
    with session.open() as opened:
        if document is not None:
            opened.library.revisions(document)  # raises UnknownDocument
        report = opened.library.corrections.report(document)
    platforms = sorted({*report.due, *report.told, *report.given_up})
    if as_json:
        session.record(
            {
                platform: {
                    "due": report.due.get(platform, 0),
                    "told": report.told.get(platform, 0),
                    "silent": report.silent.get(platform, 0),
                    "given_up": {
                        str(why): report.given_up.get(platform, {}).get(why, 0)
                        for why in GIVEN_UP
                    },
                }
                for platform in platforms
            }
        )
        return Exit.DONE
    if not platforms:
        session.say("corrections.nothing")
        return Exit.DONE
    names = ("platform", "due", "told", "silent", *map(str, GIVEN_UP))
    rows = tuple(
        (
            platform.capitalize(),
            *(
                str(counts.get(platform, 0))
                for counts in (report.due, report.told, report.silent)
            ),
            *(str(report.given_up.get(platform, {}).get(why, 0)) for why in GIVEN_UP),
        )
        for platform in platforms
    )
    headings = tuple(words(f"cli.corrections.{name}") for name in names)
    session.show(Card(words("cli.corrections.title"), (Table(headings, rows),)))
    return Exit.DONE
