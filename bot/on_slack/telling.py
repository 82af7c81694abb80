"""What is told of our own accord: notices, corrections of answers, and cards once more."""

from hashlib import sha256

from slack_sdk.web.async_client import AsyncWebClient

from bot.on_slack.addresses import addressed
from bot.on_slack.posting import Posting, mark_of_reply
from bot.on_slack.render import Message, render
from bot.on_slack.standing import Standing, digest
from bot.reception.messages import ToTell
from knowledge.model import Place


class Telling:
    """Tells in one workspace."""

    def __init__(self, client: AsyncWebClient, workspace: str = "") -> None:
        """``workspace`` is its address at Slack."""
        self._client = client
        self._workspace = workspace
        self._posting = Posting(client)
        self._standing = Standing(client)

    async def tell(self, notice: ToTell) -> Place | None:
        """Tell it; where it stands. Raises SlackApiError or OSError.

        None: an answer that was sought does not stand.
        """
        if notice.sought is not None:
            return await self._standing.answer(notice.sought)
        message = render(addressed(notice.card, self._workspace))
        if notice.edit is not None:
            if notice.again and await self._standing.edited(notice.edit, message):
                return notice.edit
            return await self._posting.update(
                message, notice.edit, mark=digest(message)
            )
        if (place := notice.reply_to) is not None and notice.unanswered:
            if await self._standing.replied(place):
                return place
            root = place.thread or place.message
            mark = mark_of_reply(place.message)
            return await self._posting.post(message, place.channel, root, mark=mark)
        if (place := notice.reply_to) is not None:
            if notice.again and await self._standing.under(place, notice):
                return place
            root = place.thread or place.message
            return await self._posting.post(message, place.channel, root)
        if notice.channel is None and notice.user is not None:
            return await self._directly(message, notice)
        if notice.again and notice.mark and notice.channel is not None:
            there = await self._standing.in_channel(notice.channel, notice.mark)
            if there is not None:
                return there
        return await self._posting.post(message, notice.channel or "")

    async def _directly(self, message: Message, notice: ToTell) -> Place:
        """Once, however often it is begun: it is looked for by the notice's name."""
        opened = await self._client.conversations_open(users=notice.user)
        channel = str(opened["channel"]["id"])
        mark = sha256(notice.id.encode()).hexdigest()[:16]
        if notice.again:  # by a process that ended, however long ago
            there = await self._posting.standing(channel, None, mark, within=None)
            if there is not None:
                return there
        return await self._posting.post(message, channel, mark=mark)
