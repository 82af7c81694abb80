"""What is told of our own accord: notices, corrections of answers, and cards once more."""

from hashlib import sha256
from typing import Final

import discord
import structlog

from bot.on_discord import receiving
from bot.on_discord.faults import FAULTS, TOO_MANY
from bot.on_discord.posting import Posting
from bot.on_discord.receiving import place_of
from bot.on_discord.render import Drawn, render
from bot.on_discord.sending import CANNOT_REPLY, NOBODY, noted, send
from bot.on_discord.standing import Standing, number_of
from bot.reception.lanes import Rounds, Steady, in_lanes
from bot.reception.messages import Receives, Sought, ToTell
from knowledge.model import Place

OWN_SHARE = 40
"""Of the 50 requests that Discord takes in a second, those that nobody asked for."""

ARCHIVED: Final = 50083
BAD_FORM: Final = 50035


class Telling:
    """Tells for one client."""

    def __init__(
        self, client: discord.Client, reception: Receives, posting: Posting
    ) -> None:
        self._client = client
        self._reception = reception
        self._posting = posting
        self._steady = Steady(OWN_SHARE)
        self._standing = Standing(client)

    async def again_and_again(self, every: float) -> None:
        """Tell what is due every so many seconds, for ever."""

        async def once() -> frozenset[str]:
            try:
                return await self.what_is_due()
            except Exception as error:  # what cannot be told now waits
                structlog.get_logger().error(
                    "discord_telling_failed", error=type(error).__name__
                )
                return frozenset()

        await self._client.wait_until_ready()
        await Rounds(once, every).run()

    async def what_is_due(self) -> frozenset[str]:
        """Tell all that is due; what was told. What fails for now is told the next time."""
        told: set[str] = set()

        async def tell(notice: ToTell) -> bool:
            await self._steady.turn()
            if not await self._reception.take(notice.id):
                return True
            try:
                place = await self.tell(notice)
            except FAULTS as error:
                structlog.get_logger().warning(
                    "discord_not_told", error=type(error).__name__
                )
                # Then the others in this place wait as well.
                return getattr(error, "status", None) != TOO_MANY
            await self._reception.told(notice.id, place)
            told.add(notice.id)
            return True

        due = await self._reception.to_tell(receiving.PLATFORM)
        await in_lanes(due, bucket_of, tell)
        return frozenset(told)

    async def tell(self, notice: ToTell) -> Place | None:
        """Tell it. None where it never can be; raises HTTPException to be tried again."""
        if notice.sought is not None:
            return await self._seek(notice.sought)
        drawn = render(notice.card)
        drawn.view.children[0].id = number = number_of(notice, drawn)
        try:
            if (edit := notice.edit) is not None:
                channel = self._posting.channel(edit.thread or edit.channel)
                partial = channel.get_partial_message(int(edit.message))
                if notice.again and await self._standing.edited(partial, number):
                    return edit
                sent = await self._edit(partial, drawn)
            elif notice.reply_to is not None:
                return await self._reply_to(notice.reply_to, notice, drawn)
            elif notice.channel is not None:
                return await self._in_channel(notice.channel, notice, drawn)
            elif notice.user is not None:
                return await self._directly(notice.user, notice, drawn)
            else:
                return None
        except (discord.Forbidden, discord.NotFound) as error:
            noted("cannot_tell", error)
            return None
        return place_of(sent)

    async def _seek(self, sought: Sought) -> Place | None:
        """Where an answer stands; None where it does not, or the bot may not look."""
        channel = self._posting.channel(sought.thread or sought.channel)
        try:
            return await self._standing.answer(channel, sought)
        except (discord.Forbidden, discord.NotFound) as error:
            noted("cannot_look", error)
            return None

    async def _edit(
        self, message: discord.PartialMessage, drawn: Drawn
    ) -> discord.Message:
        """In a thread that was archived meanwhile, once that is opened again."""

        async def edited() -> discord.Message:
            return await message.edit(
                view=drawn.view, attachments=drawn.files(), allowed_mentions=NOBODY
            )

        try:
            return await edited()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
        await self._client.http.edit_channel(message.channel.id, archived=False)
        return await edited()

    async def _reply_to(
        self, place: Place, notice: ToTell, drawn: Drawn
    ) -> Place | None:
        """Under a message; None where that is gone."""
        channel = self._posting.channel(place.thread or place.channel)
        if notice.unanswered:
            there = await self._standing.replied(channel, place)
            if there is not None:
                return there
        elif notice.again:
            there = await self._standing.under(channel, place, notice)
            if there is not None:
                return there
        nonce = _nonce(notice)
        reference = discord.MessageReference(
            message_id=int(place.message), channel_id=channel.id
        )
        try:
            sent = await channel.send(
                view=drawn.view,
                files=drawn.files(),
                reference=reference,
                mention_author=False,
                nonce=nonce,
            )
        except discord.HTTPException as error:
            if error.code not in (CANNOT_REPLY, BAD_FORM):
                raise
            if error.code == BAD_FORM:  # there is no such message to reply to
                noted("cannot_tell", error)
                return None
            sent = await channel.send(view=drawn.view, files=drawn.files(), nonce=nonce)
        return place_of(sent)

    async def _directly(self, user: str, notice: ToTell, drawn: Drawn) -> Place:
        """To one person; where a process that ended sent it already, no more is said."""
        direct = await self._client.create_dm(discord.Object(int(user)))
        if notice.again:
            number = number_of(notice, drawn)
            there = await self._standing.numbered(direct, number)
            if there is not None:
                return there
        return place_of(await send(direct, drawn, None, _nonce(notice)))

    async def _in_channel(
        self, where: str, notice: ToTell, drawn: Drawn
    ) -> Place | None:
        """By itself in a channel; where it stands already, nothing more is said."""
        channel = self._posting.channel(where)
        if notice.again and notice.mark:
            there = await self._standing.in_channel(channel, notice.mark)
            if there is not None:
                return there
        return place_of(await send(channel, drawn, None, _nonce(notice)))


def bucket_of(notice: ToTell) -> tuple[str, str | None]:
    """Discord limits a channel's new messages and its edits, each by themselves."""
    place = notice.edit or notice.reply_to
    where = (place.thread or place.channel) if place else notice.channel
    return ("edit" if notice.edit else "send", where or notice.user)


def _nonce(notice: ToTell) -> str:
    """The same in every process: Discord knows a repetition by it for some minutes."""
    return sha256(notice.id.encode()).hexdigest()[:16]
