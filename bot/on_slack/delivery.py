"""Reply → what Slack is asked to show, and to whom; the only caller of chat.*.

A message is sent through the Web API, which says where it stands, so that it can be
corrected later. Where the bot is no member, and for what only one person sees, it goes
through the response URL of what was done (5 uses in 30 minutes).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards import Card
from bot.on_slack.faults import (
    FAULTS,
    FOR_GOOD,
    NOT_THIS_WAY,
    PASSING,
    code,
    noted,
)
from bot.on_slack.forms import modal
from bot.on_slack.posting import Posting, metadata
from bot.on_slack.render import Message, attachments, pictures, render
from bot.on_slack.rich import Json
from bot.on_slack.spots import Spot
from bot.on_slack.standing import Standing, digest
from bot.reception.messages import Receives, Reply, ToTell, Visibility
from knowledge.model import Place

PATIENCE = (0.5, 2.0)
"""Seconds to wait before a message is sent again, at last without its pictures."""

LONGEST_ALT = 1000


class Delivery:
    """Delivers replies in one workspace."""

    def __init__(
        self,
        client: AsyncWebClient,
        reception: Receives,
        retries: Sequence[AsyncRetryHandler],
    ) -> None:
        self._client = client
        self._posting = Posting(client)
        self._standing = Standing(client)
        self._reception = reception
        self._retries = list(retries)
        self._lost: set[str] = set()  # keys of what could be posted in no channel

    async def deliver(self, reply: Reply, spot: Spot) -> None:
        """Show it. Raises SlackApiError or OSError where Slack takes it by no way."""
        also = reply.also
        files = await self._brought(reply.card)
        files |= await self._sent(reply.card, spot)
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
        message = render(card, files)
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

    async def tell(self, notice: ToTell) -> Place:
        """Tell what is due. Raises SlackApiError or OSError."""
        message = render(notice.card)
        if notice.edit is not None:
            if notice.again and await self._standing.edited(notice.edit, message):
                return notice.edit
            return await self._update(message, notice.edit, mark=digest(message))
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

    # --- the ways ------------------------------------------------------------------

    async def _publicly(self, message: Message, spot: Spot) -> Place | None:
        try:
            return await self._posting.post(message, spot.channel, spot.thread)
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
                return await self._update(
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

    async def _update(
        self, message: Message, place: Place, *, mark: str | None = None
    ) -> Place:
        """An edit would else read ``@name`` in the text: its default is to.

        It is known again by ``mark``; without one the message keeps that which it has.
        """
        await self._client.chat_update(
            channel=place.channel,
            ts=place.message,
            parse="none",
            link_names=False,
            text=message.text,
            blocks=message.blocks or None,
            metadata=None if mark is None else metadata(mark),
        )
        return place

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

    async def _brought(self, card: Card | None) -> dict[str, str]:
        """The card's pictures, that nobody is shown yet: name → id at Slack."""
        files: dict[str, str] = {}
        for picture in pictures(card) if card else ():
            try:
                answer = await self._client.files_upload_v2(
                    filename=picture.name,
                    content=picture.png,
                    alt_txt=picture.alt[:LONGEST_ALT],
                    request_file_info=False,
                )
                files[picture.name] = str(answer["files"][0]["id"])
            except FAULTS as error:  # then its words are shown
                noted("files.upload", error)
        return files

    async def _sent(self, card: Card | None, spot: Spot) -> dict[str, str]:
        """The card's files, by one direct message: name → id at Slack, if they came.

        A message that one person sees cannot hold a file.
        """
        held = attachments(card) if card else ()
        if not held:
            return {}
        try:
            opened = await self._client.conversations_open(users=spot.user)
            direct = str(opened["channel"]["id"])
            answer = await self._client.files_upload_v2(
                file_uploads=[
                    {"filename": file.name, "content": file.data, "title": file.name}
                    for file in held
                ],
                channel=direct,
                thread_ts=spot.thread if direct == spot.channel else None,
                request_file_info=False,
            )
        except FAULTS as error:  # then the card says that they did not come
            noted("files.upload", error)
            return {}
        ids = [str(each["id"]) for each in answer["files"]]
        return dict(zip((file.name for file in held), ids, strict=True))
