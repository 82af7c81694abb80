"""Whether what was begun before is done: Slack is asked, as no process remembers."""

import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.posting import LOOKED_THROUGH, marked, may_reply_to
from bot.on_slack.render import Message
from bot.reception.messages import ON_ITS_WAY, Sought, ToTell
from knowledge.model import Place

MOST_PAGES: Final = 5
"""Of a thread, in which a reply is looked for that may be there."""

ASTRAY: Final = timedelta(minutes=5)
"""How far our clock may be ahead of Slack's, by which messages are numbered."""


class Standing:
    """Looks in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def under(self, place: Place, notice: ToTell) -> bool:
        """Whether a message has been replied to in its thread. Raises SlackApiError.

        However much was said since: the reply was sent soon after it was begun. Where
        that is not known, or clocks were wrong, it is among the first behind the message.
        """
        if notice.since is not None:
            begun = (notice.since - ASTRAY).timestamp()
            if begun > float(place.message) and await self._in_thread(
                place, f"{begun:.6f}", notice.mark
            ):
                return True
        return await self._in_thread(place, place.message, notice.mark)

    async def _in_thread(self, place: Place, oldest: str, mark: str) -> bool:
        page = ""
        for _ in range(MOST_PAGES):
            answer = await self._client.conversations_replies(
                channel=place.channel,
                ts=place.thread or place.message,
                oldest=oldest,
                limit=LOOKED_THROUGH,
                cursor=page or None,
            )
            if any(_has(each, mark) for each in answer.get("messages") or ()):
                return True
            page = _next(answer)
            if not page:
                return False
        return False

    async def replied(self, place: Place) -> bool:
        """Whether the bot said something to the message there. Raises SlackApiError."""
        page = ""
        for _ in range(MOST_PAGES):
            answer = await self._client.conversations_replies(
                channel=place.channel,
                ts=place.thread or place.message,
                oldest=place.message,
                limit=LOOKED_THROUGH,
                cursor=page or None,
                include_all_metadata=True,
            )
            said = answer.get("messages") or ()
            if any(may_reply_to(each, place.message) for each in said):
                return True
            page = _next(answer)
            if not page:
                return False
        return False

    async def in_channel(self, channel: str, mark: str) -> Place | None:
        """The newest message of the bot there that has a button with this code.

        Raises SlackApiError.
        """
        answer = await self._client.conversations_history(
            channel=channel, limit=LOOKED_THROUGH
        )
        for each in answer.get("messages") or ():
            if _has(each, mark):
                return Place(channel, str(each["ts"]))
        return None

    async def answer(self, sought: Sought) -> Place | None:
        """The message that has an answer's buttons. Raises SlackApiError.

        Of those behind the instant at which it was recorded; where clocks were wrong, it
        is among the newest.
        """
        begun, ends = sought.at - ASTRAY, sought.at + ON_ITS_WAY
        between = {
            "oldest": f"{begun.timestamp():.6f}",
            "latest": f"{ends.timestamp():.6f}",
        }
        for when in (between, {}):
            page = ""
            for _ in range(MOST_PAGES if when else 1):
                answer = await self._page(sought, when, page)
                for each in answer.get("messages") or ():
                    if each.get("bot_id") and sought.is_in(
                        json.dumps(each.get("blocks"))
                    ):
                        ts = str(each["ts"])
                        return Place(sought.channel, ts, sought.thread or ts)
                page = _next(answer)
                if not page:
                    break
        return None

    async def _page(
        self, sought: Sought, when: Mapping[str, str], page: str
    ) -> AsyncSlackResponse:
        if sought.thread is None:
            return await self._client.conversations_history(
                channel=sought.channel,
                limit=LOOKED_THROUGH,
                cursor=page or None,
                oldest=when.get("oldest"),
                latest=when.get("latest"),
            )
        return await self._client.conversations_replies(
            channel=sought.channel,
            ts=sought.thread,
            limit=LOOKED_THROUGH,
            cursor=page or None,
            oldest=when.get("oldest"),
            latest=when.get("latest"),
        )

    async def edited(self, place: Place, message: Message) -> bool:
        """Whether a message was edited to be this one; False where nobody can say."""
        try:
            answer = await self._client.conversations_replies(
                channel=place.channel,
                ts=place.thread or place.message,
                oldest=place.message,
                latest=place.message,
                inclusive=True,
                limit=LOOKED_THROUGH,
                include_all_metadata=True,
            )
        except FAULTS as error:
            noted("conversations.replies", error)
            return False
        return any(
            each.get("ts") == place.message and marked(each, digest(message))
            for each in answer.get("messages") or ()
        )


def digest(message: Message) -> str:
    """Tells again what a message shows."""
    seen = json.dumps([message.text, message.blocks], sort_keys=True)
    return sha256(seen.encode()).hexdigest()[:16]


def _next(answer: AsyncSlackResponse) -> str:
    """What the page behind this one is called; empty where there is none."""
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")


def _has(message: Mapping[str, Any], mark: str) -> bool:
    blocks = json.dumps(message.get("blocks"))
    return bool(message.get("bot_id")) and f'"{mark}"' in blocks
