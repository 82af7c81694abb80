"""`quis chat`: a conversation in the terminal."""

import io
import sys
from collections import deque
from functools import partial
from typing import Annotated

import typer

from bot.cli.ask import AS_IN_A_CHANNEL, MOST_PASSAGES
from bot.cli.session import Exit, language_option, session_of, whole

MEMORY = 8
"""How many earlier questions a follow-up may lean on."""

GOODBYES = frozenset({"quit", "exit", ":q", "/quit"})


def chat(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option(min=1, max=MOST_PASSAGES, help="How many passages.")
    ] = AS_IN_A_CHANNEL,
    language: Annotated[
        str | None,
        typer.Option(
            callback=language_option,
            help="The questions' language, and that of the words around quotes.",
        ),
    ] = None,
) -> int:
    """Ask, and ask on: "and in Greece?" is understood, and shown as understood."""
    from bot.cli.missing import missed
    from bot.intents import Ask

    session = session_of(context)
    earlier: deque[str] = deque(maxlen=MEMORY)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    at_terminal = sys.stdin.isatty()
    with session.open() as opened:
        opened.library.refresh(opened.progress)
        if at_terminal:
            session.say("chat.welcome")
        while True:
            try:
                text = whole(input("> " if at_terminal else "")).strip()
            except EOFError:
                return Exit.DONE
            if text.casefold() in GOODBYES:
                return Exit.DONE
            if not text:
                continue
            asked = Ask(
                text=text,
                language=language,
                limit=limit,
                earlier=tuple(earlier),
                spoken=language or session.settings.language,
            )
            session.line("")
            heed = partial(missed, opened.library, session.settings, text)
            session.show(session.wait(opened.desk.card(asked, heed)))
            session.line("")
            sys.stdout.flush()
            earlier.append(text)
