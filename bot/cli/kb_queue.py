"""`quis kb queue`: what waits for the moderators."""

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.kb_show import AsJson
from bot.cli.session import Exit, session_of

if TYPE_CHECKING:
    from knowledge.model import BadPage, RecheckReport

LONGEST_LIST = 200


def queue(context: typer.Context, as_json: AsJson = False) -> int:
    """Oldest drafts, changes of the vocabulary, due rechecks, dead links, lost words."""
    from bot import replies

    session = session_of(context)
    with session.open() as opened:
        held = opened.library.rechecking.queue()
    if as_json:
        session.record(
            {
                "drafts": [
                    {
                        "document": one.document.id,
                        "status": one.document.status.value,
                        "since": one.since and one.since.isoformat(),
                    }
                    for one in held.drafts
                ],
                "terms": [
                    {
                        "of": one.owner,
                        "name": one.name,
                        "since": one.since and one.since.isoformat(),
                    }
                    for one in held.terms
                ],
                "rechecks": [
                    {
                        "document": one.document.id,
                        "due": one.since and one.since.isoformat(),
                    }
                    for one in held.rechecks
                ],
                "pages": [_page(page) for page in held.pages],
            }
        )
        return Exit.DONE
    language = session.words.language
    session.show(replies.queue(held, language=language, most=LONGEST_LIST))
    return Exit.DONE


def recheck_all(context: typer.Context, as_json: bool) -> int:
    """Visit every source of what is published; see ``Rechecking.all``."""
    from bot.wiring import person

    session = session_of(context)
    with session.open() as opened:
        report = opened.library.rechecking.all(person(), opened.progress)
    if as_json:
        session.record(_record(report))
        return Exit.DONE
    session.say("recheck.visited", count=report.visited, unchanged=report.unchanged)
    for page in report.dead:
        session.say(
            "recheck.dead",
            document=page.document.id,
            url=page.check.url,
            problem=page.check.problem,
        )
    for page in report.lost:
        session.say(
            "recheck.lost",
            document=page.document.id,
            url=page.check.url,
            count=len(page.check.lost),
        )
    for document in report.drafts:
        session.say("recheck.draft", document=document)
    return Exit.DONE


def _record(report: "RecheckReport") -> dict[str, Any]:
    return {
        "visited": report.visited,
        "unchanged": report.unchanged,
        "dead": [_page(page) for page in report.dead],
        "lost": [_page(page) for page in report.lost],
        "drafts": list(report.drafts),
    }


def _page(page: "BadPage") -> dict[str, Any]:
    check = page.check
    return {
        "document": page.document.id,
        "url": check.url,
        "state": check.state.value,
        "problem": check.problem,
        "lost": list(check.lost),
        "at": check.at.isoformat(),
    }
