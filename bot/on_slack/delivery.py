"""Reply → what Slack is asked to show, and to whom; the only caller of chat.*.

A message is sent through the Web API, which says where it stands, so that it can be
corrected later. Where the bot is no member, and for what only one person sees, it goes
through the response URL of what was done (5 uses in 30 minutes).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards import Card
from bot.on_slack.addresses import addressed
from bot.on_slack.bringing import Bringing
from bot.on_slack.faults import (
    FAULTS,
    FOR_GOOD,
    NOT_THIS_WAY,
    PASSING,
    code,
    noted,
)
from bot.on_slack.forms import modal
from bot.on_slack.posting import Posting, mark_of_reply
from bot.on_slack.render import Message, render
from bot.on_slack.rich import Json
from bot.on_slack.spots import Spot
from bot.reception.messages import Receives, Reply, Visibility
from knowledge.model import Place

PATIENCE = (0.5, 2.0)
"""Seconds to wait before a message is sent again, at last without its pictures."""


class Delivery:
    """Delivers replies in one workspace."""

    def __init__(
        self,
        client: AsyncWebClient,
        reception: Receives,
        retries: Sequence[AsyncRetryHandler],
        workspace: str = "",
    ) -> None:
        """``workspace`` is its address at Slack."""
        self._client = client
        self._posting = Posting(client)
        self._bringing = Bringing(client)
        self._reception = reception
        self._retries = list(retries)
        self._workspace = workspace
        self._lost: set[str] = set()  # keys of what could be posted in no channel

    async def deliver(self, reply: Reply, spot: Spot) -> None:
        """Show it. Raises SlackApiError or OSError where Slack takes it by no way."""
        also = reply.also
        files = await self._bringing.pictures(reply.card)
        files |= await self._bringing.files(reply.card, spot)
        await self._patiently(lambda brought: self._show(reply, spot, brought), files)
        if reply.key in self._lost:
            self._lost.discard(reply.key)
            also = reply.otherwise or also
        if also is not None:  # by itself: what was shown is not shown again for it
            await self._patiently(lambda _: self._privately(render(also), spot), {})

    async def _patiently(
        self,
        show: Callable[[Mapping[str, str]], Awaitable[object]],
        files: Mapping[str, str],
    ) -> None:
        """Try again after what passes; at last without pictures."""
        for wait in PATIENCE:
            try:
                await show(files)
            except SlackApiError as error:
                # Slack looks at a picture first, before it shows it.
                early = files and code(error) == "invalid_blocks"
                if not early and code(error) not in PASSING:
                    raise
            else:
                return
            await asyncio.sleep(wait)
        await show({})

    async def _show(self, reply: Reply, spot: Spot, files: Mapping[str, str]) -> None:
        if reply.visibility is Visibility.FORM and reply.form is not None:
            view = modal(reply.form, spot.origin)
            await self._client.views_open(trigger_id=spot.trigger or "", view=view)
        elif reply.visibility is Visibility.DELETE:
            await self._delete(spot)
        if reply.card is not None:
            place = await self._card(reply, reply.card, spot, files)
            if reply.key and (place is not None or reply.key in self._lost):
                await self._reception.posted(reply.key, place)

    async def _card(
        self, reply: Reply, card: Card, spot: Spot, files: Mapping[str, str]
    ) -> Place | None:
        message = render(addressed(card, self._workspace), files)
        match reply.visibility:
            case Visibility.EDIT if spot.edited is not None:
                await spot.edited(card)
                return None
            case Visibility.EDIT:
                return await self._edit(message, spot)
            case Visibility.PUBLIC:
                return await self._publicly(message, spot)
            case Visibility.ELSEWHERE:
                return await self._elsewhere(message, reply)
            case Visibility.PRIVATE | Visibility.DELETE | Visibility.FORM:
                return await self._privately(message, spot)
            case Visibility.NOWHERE:
                return None

    # --- the ways ------------------------------------------------------------------

    async def _publicly(self, message: Message, spot: Spot) -> Place | None:
        try:
            return await self._posting.post(
                message,
                spot.channel,
                spot.thread,
                mark=mark_of_reply(spot.said) if spot.said else "",
            )
        except SlackApiError as error:
            if code(error) not in NOT_THIS_WAY or spot.response_url is None:
                raise
            noted("chat.postMessage", error)
        # The bot may not write there; then the place cannot be known.
        await self._respond(spot, message, response_type="in_channel")
        return None

    async def _privately(self, message: Message, spot: Spot) -> Place | None:
        """For one person: beside what was done, else in direct messages."""
        if spot.direct:
            try:
                return await self._posting.post(message, spot.channel, spot.thread)
            except SlackApiError as error:  # the messages of two people
                if code(error) not in FOR_GOOD:
                    raise
        try:
            if spot.response_url is not None:
                await self._respond(spot, message, response_type="ephemeral")
                return None
        except FAULTS as error:
            noted("response_url", error)
        try:
            await self._client.chat_postEphemeral(
                channel=spot.channel,
                user=spot.user,
                thread_ts=spot.within,
                parse="none",
                link_names=False,
                text=message.text,
                blocks=message.blocks or None,
            )
        except SlackApiError as error:
            if code(error) not in FOR_GOOD:
                raise
            return await self._posting.post(message, spot.user)
        return None

    async def _edit(self, message: Message, spot: Spot) -> Place | None:
        if spot.message is not None and not spot.private:
            try:
                return await self._posting.update(
                    message, Place(spot.channel, spot.message, spot.thread)
                )
            except SlackApiError as error:
                if code(error) not in NOT_THIS_WAY:
                    raise
                noted("chat.update", error)
        if spot.response_url is None:
            return await self._privately(message, spot)
        await self._respond(spot, message, replace_original=True)
        return None

    async def _delete(self, spot: Spot) -> None:
        if spot.message is not None and not spot.private:
            try:
                await self._client.chat_delete(channel=spot.channel, ts=spot.message)
            except SlackApiError as error:
                if code(error) == "message_not_found":
                    return  # somebody was quicker
                noted("chat.delete", error)
            else:
                return
        if spot.response_url is not None:
            await self._respond(spot, None, delete_original=True)

    async def _elsewhere(self, message: Message, reply: Reply) -> Place | None:
        """To the moderators; where their channel is gone, the asker still is answered."""
        try:
            return await self._posting.post(message, reply.channel or "")
        except SlackApiError as error:
            noted("chat.postMessage", error)
            if code(error) in NOT_THIS_WAY:
                self._lost.add(reply.key)
            return None

    async def _respond(
        self, spot: Spot, message: Message | None, **how: object
    ) -> None:
        """Through the response URL. Raises OSError where that is used up."""
        body: Json = {"replace_original": False, **how}
        if message is not None:
            body |= {"text": message.text, "unfurl_links": False, "unfurl_media": False}
            if message.blocks:
                body["blocks"] = list(message.blocks)
            everybody = how.get("response_type") == "in_channel"
            thread = spot.thread if everybody else spot.within
            if thread is not None and not how.get("replace_original"):
                body["thread_ts"] = thread
        hook = AsyncWebhookClient(
            spot.response_url or "",
            session=self._client.session,
            timeout=self._client.timeout,
            retry_handlers=self._retries,
        )
        answer = await hook.send_dict(body)
        if answer.status_code != 200:
            raise OSError(f"response_url answered {answer.status_code}")
