"""What is told of our own accord: notices, corrections of answers, and cards once more."""

import json
from hashlib import sha256

from slack_sdk.web.async_client import AsyncWebClient

from bot.on_slack.posting import LOOKED_THROUGH, Posting
from bot.on_slack.render import Message, render
from bot.reception.messages import ToTell
from knowledge.model import Place

MOST_PAGES = 5
"""Of a thread, in which a reply is looked for that may be there."""


class Telling:
    """Tells in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._posting = Posting(client)

    async def tell(self, notice: ToTell) -> Place:
        """Tell it; where it stands. Raises SlackApiError or OSError."""
        message = render(notice.card)
        if notice.edit is not None:
            return await self._posting.update(message, notice.edit)
        if (place := notice.reply_to) is not None:
            if notice.again and await self._is_there(place, notice.mark):
                return place
            root = place.thread or place.message
            return await self._posting.post(message, place.channel, root)
        if notice.channel is None and notice.user is not None:
            return await self._directly(message, notice)
        if notice.again and notice.mark and notice.channel is not None:
            there = await self._in_channel(notice.channel, notice.mark)
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

    async def _in_channel(self, channel: str, mark: str) -> Place | None:
        """The newest message of the bot there that has a button with this code."""
        answer = await self._client.conversations_history(
            channel=channel, limit=LOOKED_THROUGH
        )
        for each in answer.get("messages") or ():
            if each.get("bot_id") and f'"{mark}"' in json.dumps(each.get("blocks")):
                return Place(channel, str(each["ts"]))
        return None

    async def _is_there(self, place: Place, mark: str) -> bool:
        """Whether a message of the bot in that thread has a button with this code."""
        page = ""
        for _ in range(MOST_PAGES):
            answer = await self._client.conversations_replies(
                channel=place.channel,
                ts=place.thread or place.message,
                oldest=place.message,
                limit=LOOKED_THROUGH,
                cursor=page or None,
            )
            for each in answer.get("messages") or ():
                if each.get("bot_id") and f'"{mark}"' in json.dumps(each.get("blocks")):
                    return True
            page = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not page:
                return False
        return False
