"""What Slack sends → who deals with it. Everything is acknowledged before it is handed over."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.on_slack.buttons import PRESSED
from bot.on_slack.commands import PATTERN, name_of
from bot.on_slack.faults import noted
from bot.on_slack.forms import CALLBACK
from bot.on_slack.receiving import pressed_code
from bot.on_slack.workspace import Workspace
from bot.reception.codes import opens_form

Json: TypeAlias = Mapping[str, Any]
Work: TypeAlias = Callable[[Workspace], Awaitable[None]]

CLAIM = "quis_claim"
"""The shortcut's name in the manifest."""


class Does(Protocol):
    """Has work done for the workspace that something came from."""

    async def __call__(
        self, context: AsyncBoltContext, work: Work, /, *, hurried: bool = False
    ) -> None:
        """Do it; ``hurried``: before anybody else is acknowledged."""
        ...


def listen(
    app: AsyncApp,
    do: Does,
    gone: Callable[[Json, AsyncBoltContext], Awaitable[None]],
) -> None:
    """Have ``do`` deal with all that comes, and ``gone`` with the app's being removed."""

    async def heard(body: Json, context: AsyncBoltContext) -> None:
        await do(context, lambda at: at.receiving.message(body, at.tenant))

    async def commanded(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await ack()
        await do(
            context,
            lambda at: at.receiving.command(body, at.tenant),
            hurried=name_of(str(body["command"])) == "kb",  # may open a form
        )

    async def pressed(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await ack()
        await do(
            context,
            lambda at: at.receiving.press(body, at.tenant),
            hurried=opens_form(pressed_code(body)),
        )

    async def claimed(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await ack()
        await do(context, lambda at: at.receiving.claim(body, at.tenant))

    async def sent(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await ack()
        await do(context, lambda at: at.receiving.submit(body, at.tenant))

    async def opened(event: Json, context: AsyncBoltContext) -> None:
        await do(context, lambda at: at.home.opened(event, at.tenant))

    async def begun(event: Json, context: AsyncBoltContext) -> None:
        await do(context, lambda at: at.home.begun(event, at.tenant))

    async def removed(event: Json, context: AsyncBoltContext) -> None:
        await gone(event, context)

    async def ignored() -> None:
        """Asked for by somebody's manifest, and nothing to us."""

    async def failed(error: Exception) -> None:
        noted("listener", error)

    app.event("app_mention")(heard)
    app.event("message")(heard)
    app.event("app_home_opened")(opened)
    app.event("assistant_thread_started")(begun)
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(removed)
    app.event(re.compile(".*"))(ignored)
    app.command(PATTERN)(commanded)
    app.action(PRESSED)(pressed)
    app.view(CALLBACK)(sent)
    app.shortcut(CLAIM)(claimed)
    app.error(failed)
