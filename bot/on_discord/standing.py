"""Whether what was begun before is done: Discord is asked, as no process remembers.

A message is known again by a button's code, or by the number of its first component; an
edit by that number, which is made from what it shows.
"""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, TypeAlias

import discord

from bot.on_discord.receiving import place_of
from bot.on_discord.render import Drawn
from bot.reception.messages import ON_ITS_WAY, Sought, ToTell
from knowledge.model import Place

Messageable: TypeAlias = "discord.abc.Messageable"

LOOKED_THROUGH: Final = 200
"""The last messages of a channel, in which one is looked for that may be there."""

LOOKED_BACK: Final = 1000
"""The same for a reply: it came long after what it is to, and others came after it. As
many are looked through behind the instant at which it was begun."""

ASTRAY: Final = timedelta(minutes=5)
"""How far our clock may be ahead of Discord's, whose ids have the time in them."""


class Standing:
    """Looks for one client."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def under(
        self, channel: discord.PartialMessageable, place: Place, notice: ToTell
    ) -> Place | None:
        """The reply to a message, wherever behind it. Raises HTTPException.

        However much was said since: it was sent soon after it was begun. Where that is
        not known, or clocks were wrong, it is among the newest.
        """
        first = int(place.message)
        if notice.since is not None:
            begun = discord.utils.time_snowflake(notice.since - ASTRAY)
            behind = discord.Object(max(first, begun))
            async for message in channel.history(
                limit=LOOKED_BACK, after=behind, oldest_first=True
            ):
                if self._has(message, notice.mark):
                    return place_of(message)
        async for message in channel.history(limit=LOOKED_BACK):
            if message.id <= first:
                return None
            if self._has(message, notice.mark):
                return place_of(message)
        return None

    async def replied(
        self, channel: discord.PartialMessageable, place: Place
    ) -> Place | None:
        """What the bot said to somebody's message, soon behind it. Raises HTTPException."""
        behind = discord.Object(int(place.message))
        async for message in channel.history(
            limit=LOOKED_BACK, after=behind, oldest_first=True
        ):
            to = message.reference
            if self._by_me(message) and to and to.message_id == behind.id:
                return place_of(message)
        return None

    async def in_channel(
        self, channel: discord.PartialMessageable, mark: str
    ) -> Place | None:
        """The newest message with this button's code. Raises HTTPException."""
        async for message in channel.history(limit=LOOKED_THROUGH):
            if self._has(message, mark):
                return place_of(message)
        return None

    async def answer(
        self, channel: discord.PartialMessageable, sought: Sought
    ) -> Place | None:
        """The message that has an answer's buttons. Raises HTTPException.

        Of those behind the instant at which it was recorded; where clocks were wrong, it
        is among the newest.
        """
        begun = discord.utils.time_snowflake(sought.at - ASTRAY)
        ends = discord.utils.time_snowflake(sought.at + ON_ITS_WAY)
        between = channel.history(
            limit=LOOKED_BACK,
            after=discord.Object(begun),
            before=discord.Object(ends),
            oldest_first=True,
        )
        for messages in (between, channel.history(limit=LOOKED_THROUGH)):
            async for message in messages:
                if self._by_me(message) and any(map(sought.is_in, _codes(message))):
                    return Place(sought.channel, str(message.id), sought.thread)
        return None

    async def numbered(self, channel: Messageable, number: int) -> Place | None:
        """The newest message with a component of this number. Raises HTTPException."""
        async for message in channel.history(limit=LOOKED_THROUGH):
            if _shows(message, number):
                return place_of(message)
        return None

    async def edited(self, message: discord.PartialMessage, number: int) -> bool:
        """Whether a message shows what an edit with this number would.

        False where the bot may not look. Raises HTTPException.
        """
        try:
            return _shows(await message.fetch(), number)
        except discord.Forbidden:
            return False

    def _has(self, message: discord.Message, mark: str) -> bool:
        return self._by_me(message) and mark in _codes(message)

    def _by_me(self, message: discord.Message) -> bool:
        me = self._client.user
        return me is not None and message.author.id == me.id


def number_of(notice: ToTell, drawn: Drawn) -> int:
    """Tells a message or an edit again in what Discord keeps of it, longer than a nonce.

    Components may be numbered by who sends them, in 31 bits; Discord itself begins with 1:
    https://docs.discord.com/developers/components/reference#anatomy-of-a-component.
    """
    name = notice.id.encode() if notice.edit is None else _seen(drawn)
    return (1 << 30) + int(sha256(name).hexdigest()[:7], 16)


def _seen(drawn: Drawn) -> bytes:
    """All that a message shows."""
    files = b"".join(file.fp.read() for file in drawn.files())
    layout = drawn.view.to_components()  # type: ignore[no-untyped-call]
    return json.dumps(layout, sort_keys=True).encode() + files


def _shows(message: discord.Message, number: int) -> bool:
    return any(getattr(each, "id", 0) == number for each in message.components)


def _codes(message: discord.Message) -> set[str]:
    """The codes of all buttons in a message."""
    found: set[str] = set()
    waiting: list[Any] = list(message.components)
    while waiting:
        component = waiting.pop()
        waiting += getattr(component, "children", None) or ()
        if code := getattr(component, "custom_id", None):
            found.add(code)
    return found
