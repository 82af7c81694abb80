"""`quis run`: serve every platform whose token is set, and keep the indexes in step."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import structlog
import typer

from bot import logs
from bot.cli.session import Exit, Session, session_of

if TYPE_CHECKING:
    from bot.wiring import Opened
    from bot.wiring.platforms import Wanted
    from knowledge.library import Library

LINKS = {
    "discord": "https://discord.com/developers/applications",
    "slack": "https://api.slack.com/apps",
    "manifest": "bot/on_slack/manifest.json",
}


class _Stopped(BaseException):
    """A signal came during long work; the work is repeated at the next start."""


class _Signals:
    """The first SIGTERM or SIGINT ends what runs; later ones do not disturb the end."""

    def __init__(self) -> None:
        self.came = False
        self.raises = True
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event: asyncio.Event | None = None

    def handle(self, _number: int, _frame: FrameType | None) -> None:
        """In the main thread, between any two steps of whatever it does."""
        if self.came:
            return
        self.came = True
        if self.raises:
            raise _Stopped
        if self._loop is not None and self._event is not None:
            self._loop.call_soon_threadsafe(self._event.set)

    def set_instead(self) -> asyncio.Event:
        """An event of the running loop that a signal sets, or has set already."""
        self._event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        if self.came:
            self._event.set()
        return self._event


def run(context: typer.Context) -> int:
    """Serve Discord and Slack where their tokens are set, until SIGTERM or Ctrl-C.

    Without any token the indexes are kept in step all the same, and the first lines say
    how to get one.
    """
    from bot.wiring.platforms import wanted

    session = session_of(context)
    # What is served, and how a bot is invited, is said as it comes to be known.
    logs.configure(session.settings.log_level or "info")
    try:
        with logs.nothing_unseen(), _signals() as signals, session.open() as opened:
            platforms = wanted(session.settings)
            _say_what_this_is(session, opened.library, platforms)
            opened.library.refresh(opened.progress)
            signals.raises = False  # a loop that is begun has to be ended in order
            structlog.get_logger().info("ready")
            asyncio.run(_serve(session, opened, platforms, signals))
    except _Stopped:
        pass
    structlog.get_logger().info("stopped")
    return Exit.DONE


async def _serve(
    session: Session,
    opened: "Opened",
    platforms: "tuple[Wanted, ...]",
    signals: _Signals,
) -> None:
    from bot.wiring.holding import holding
    from bot.wiring.serving import serve

    def refused(platform: "Wanted") -> None:
        session.complain(
            session.words(
                "cli.run.refused", platform=platform.name, variable=platform.variable
            )
        )

    stop = signals.set_instead()
    with holding(session.settings.data) as holder:
        await serve(
            opened,
            platforms,
            session.words,
            stop,
            refused,
            session.settings.kb_from,
            health=session.settings.health,
            holder=holder,
        )


@contextmanager
def _signals() -> Iterator[_Signals]:
    signals = _Signals()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, signals.handle) for number in numbers]
    try:
        yield signals
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _say_what_this_is(
    session: Session, library: "Library", platforms: "tuple[Wanted, ...]"
) -> None:
    """On one screen: what is held, what is served, and what is missing for that."""
    from bot.cards import Block, Card, Line, Notice
    from bot.config import masked

    words = session.words
    held = len(library.documents())
    data = masked(str(session.settings.data))
    blocks: list[Block] = [Line(words("cli.run.held", count=held, data=data))]
    for platform in platforms:
        if platform.missing:
            missing = ", ".join(platform.missing)
            said = words("cli.run.partial", platform=platform.name, missing=missing)
            blocks.append(Notice(said))
        else:
            blocks.append(Line(words("cli.run.served", platform=platform.name)))
    if all(platform.missing for platform in platforms):
        blocks.append(Notice(words("cli.run.platforms")))
        blocks += [
            Line(words("cli.run.get-discord", link=LINKS["discord"])),
            Line(
                words(
                    "cli.run.get-slack", link=LINKS["slack"], manifest=LINKS["manifest"]
                )
            ),
            Line(words("cli.run.meanwhile")),
        ]
    blocks.append(Line(words("cli.run.stop")))
    session.show(Card(words("cli.run.title"), tuple(blocks)))
    sys.stdout.flush()
