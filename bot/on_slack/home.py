"""Where nobody has asked yet: the App Home, the agent's first words, its status."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Card
from bot.catalogue import words
from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.forms import home
from bot.on_slack.people import People
from bot.on_slack.spots import Spot
from bot.reception.messages import Caller, Command, Receives
from knowledge.model import Tenant

Json = Mapping[str, Any]

STATUSES = 10
"""How many are being shown at once."""


class Home:
    """The App Home and the agent's direct messages, of one workspace."""

    def __init__(
        self,
        client: AsyncWebClient,
        reception: Receives,
        people: People,
        language: str,
    ) -> None:
        self._client = client
        self._reception = reception
        self._people = people
        self._language = language

    async def begun(self, event: Json, tenant: Tenant) -> None:
        """A conversation in the older assistant view, where each is a thread."""
        thread = event["assistant_thread"]
        channel, user = str(thread["channel_id"]), str(thread["user_id"])
        caller = await self._people.caller(tenant, channel, user, alone=True)
        await self._prompts(caller, channel, str(thread["thread_ts"]))

    async def opened(self, event: Json, tenant: Tenant) -> None:
        """The App Home, or the direct messages of the agent, were opened."""
        user, channel = str(event["user"]), str(event.get("channel") or event["user"])
        caller = await self._people.caller(tenant, channel, user, alone=True)
        if event.get("tab") == "messages":
            await self._prompts(caller, channel)
        else:
            first = await self._reception.welcome(caller)  # where nobody did before
            cards = await self._cards(caller, settings=True)
            await self._publish(caller, [first, *cards] if first else cards)

    def republish(self, caller: Caller) -> Callable[[Card], Awaitable[None]]:
        """How a card takes the place of the settings there."""

        async def edited(card: Card) -> None:
            cards = await self._cards(caller, settings=False)
            await self._publish(caller, [*cards, card])

        return edited

    async def _prompts(
        self, caller: Caller, channel: str, thread: str | None = None
    ) -> None:
        """Questions to begin with. The agent's messages want them without a thread."""
        spoken = words(await self._reception.language(caller), self._language)
        suggested = [
            {
                "title": spoken(f"prompts.{name}.title"),
                "message": spoken(f"prompts.{name}.text"),
            }
            for name in ("first", "second", "third")
        ]
        where = {"thread_ts": thread} if thread else {}
        await self._client.api_call(
            "assistant.threads.setSuggestedPrompts",
            json={"channel_id": channel, "prompts": suggested, **where},
        )

    async def _cards(self, caller: Caller, *, settings: bool) -> list[Card]:
        """Help, what is held, and the settings for those who may change them."""
        names = ["help", "coverage"]
        names += ["settings show"] if settings and caller.manages else []
        replies = [
            await self._reception.command(Command(caller=caller, name=name))
            for name in names
        ]
        return [reply.card for reply in replies if reply.card is not None]

    async def _publish(self, caller: Caller, cards: Sequence[Card]) -> None:
        await self._client.views_publish(user_id=caller.user, view=dict(home(cards)))


class Status:
    """ "is reading …" beside the bot's name while it works.

    A courtesy: it may fail, and where many ask at once it only would be in the way.
    """

    at_once = 0

    def __init__(
        self, client: AsyncWebClient, spot: Spot, language: str | None
    ) -> None:
        self._client = client
        self._spot = spot
        self._language = language
        self._shown: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        if self._language is not None and Status.at_once < STATUSES:
            self._shown = asyncio.create_task(self._show())

    async def __aexit__(self, *_: object) -> None:
        if self._shown is not None:  # one that came after the answer would stay
            await self._shown

    async def _show(self) -> None:
        Status.at_once += 1
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=self._spot.channel,
                thread_ts=self._spot.thread or "",
                status=words(self._language)("prompts.working"),
            )
        except FAULTS as error:
            noted("assistant.threads.setStatus", error)
        finally:
            Status.at_once -= 1
