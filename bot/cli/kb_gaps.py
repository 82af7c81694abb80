"""`quis kb gaps`: what was asked and not held, by vendor, country and concept."""

import typer

from bot.cli.kb_show import AsJson
from bot.cli.session import Exit, session_of


def gaps(context: typer.Context, as_json: AsJson = False) -> int:
    """What was asked in chat or in a terminal and refused, most often asked first.

    Questions are counted always; their words are kept, for a time, only where the
    admins of a server or workspace have turned that on, or QUIS_KEEP_REFUSED for the
    terminal. A batch is not counted.
    """
    from bot import replies

    session = session_of(context)
    with session.open() as opened:
        library = opened.library
        found = library.gaps()
    if as_json:
        for gap in found:
            session.record(
                {
                    "vendor": gap.vendor,
                    "place": gap.place,
                    "concept": gap.concept,
                    "count": gap.count,
                    "newest": gap.newest.isoformat(),
                    "questions": list(gap.questions),
                }
            )
        return Exit.DONE
    session.show(
        replies.gaps(found, library.vocabulary, language=session.words.language)
    )
    return Exit.DONE
