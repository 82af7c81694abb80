"""REST: channels, messages, threads and reactions."""

from collections.abc import Callable
from typing import Any

from tests.platforms.discord_server import errors
from tests.platforms.discord_server.asked import Askings
from tests.platforms.discord_server.errors import ApiError
from tests.platforms.discord_server.messages import Draft, Message
from tests.platforms.discord_server.permissions import Permission, permissions_in
from tests.platforms.discord_server.places import Places
from tests.platforms.discord_server.post_office import PostOffice
from tests.platforms.discord_server.rest import Answer, Request, Route
from tests.platforms.discord_server.state import Channel, Kind, World
from tests.platforms.discord_server.wire import channel_object

NONCE_LIVES_FOR = 120.0
"""Seconds; Discord's own words are “the past few minutes”."""


class ChannelRoutes:
    """What a bot may do in channels, if it may."""

    def __init__(
        self, world: World, office: PostOffice, places: Places, askings: Askings
    ) -> None:
        self._world = world
        self._office = office
        self._places = places
        self._askings = askings
        self.typing: list[Channel] = []
        # What is sent twice is known again for some minutes: when, and what it was.
        self._by_nonce: dict[tuple[str, str], tuple[float, Message]] = {}

    def routes(self) -> list[Route]:
        channel = "/channels/{channel}"
        message = f"{channel}/messages/{{message}}"
        emoji = f"{message}/reactions/{{emoji}}"
        return [
            Route("GET", channel, self.show),
            Route("PATCH", channel, self.change),
            Route("POST", f"{channel}/typing", self.type),
            Route("GET", f"{channel}/messages", self.history),
            Route("POST", f"{channel}/messages", self.post),
            Route("GET", message, self.show_message),
            Route("PATCH", message, self.edit),
            Route("DELETE", message, self.delete),
            Route("PUT", f"{emoji}/@me", self.react),
            Route("DELETE", f"{emoji}/@me", self.take_back),
            Route("POST", f"{message}/threads", self.thread_from_message),
            Route("POST", f"{channel}/threads", self.thread),
            Route("PUT", f"{channel}/thread-members/@me", self.nothing_to_do),
            Route("DELETE", f"{channel}/thread-members/@me", self.nothing_to_do),
        ]

    # --- channels ---------------------------------------------------------------------------

    def show(self, request: Request) -> Answer:
        return 200, channel_object(self._channel(request))

    def change(self, request: Request) -> Answer:
        channel = self._channel(request)
        if channel.owner_id != self._world.bot.id:  # one's own thread is one's own
            self._must(channel, Permission.MANAGE_THREADS)
        channel.name = request.body.get("name", channel.name)
        channel.archived = request.body.get("archived", channel.archived)
        channel.locked = request.body.get("locked", channel.locked)
        self._places.changed(channel)
        return 200, channel_object(channel)

    def type(self, request: Request) -> Answer:
        self.typing.append(self._channel(request, _to_send_in))
        return 204, None

    def nothing_to_do(self, request: Request) -> Answer:
        self._channel(request)
        return 204, None

    # --- messages ---------------------------------------------------------------------------

    def history(self, request: Request) -> Answer:
        channel = self._channel(request, Permission.READ_MESSAGE_HISTORY)
        found = self._office.in_channel(channel)
        if "after" in request.query:
            found = [m for m in found if int(m.id) > int(request.query["after"])]
        if "before" in request.query:
            found = [m for m in found if int(m.id) < int(request.query["before"])]
        most = int(request.query.get("limit", 50))
        if "after" in request.query and "before" not in request.query:
            found = found[:most]  # those next to it, and not the newest of all
        return 200, [message.wire for message in found[::-1][:most]]

    def show_message(self, request: Request) -> Answer:
        _, message = self._message(request, Permission.READ_MESSAGE_HISTORY)
        return 200, message.wire

    def post(self, request: Request) -> Answer:
        channel = self._channel(request, _to_send_in)
        self._must_take_messages(channel)
        nonce = request.body.get("nonce") if request.body.get("enforce_nonce") else None
        now, sent = self._world.clock.seconds(), (channel.id, str(nonce))
        if nonce is not None and sent in self._by_nonce:
            at, message = self._by_nonce[sent]
            if now - at < NONCE_LIVES_FOR:
                return 200, message.wire
        message = self._say(channel, request)
        if nonce is not None:
            self._by_nonce[sent] = now, message
        self._askings.put(message)
        return 200, message.wire

    def _must_take_messages(self, channel: Channel) -> None:
        if channel.kind is Kind.FORUM:
            raise errors.invalid_form([f"{channel} is a forum: it takes threads"])
        if channel.archived and channel.locked:
            raise ApiError(errors.THREAD_ARCHIVED)
        if channel.archived:
            channel.archived = False
            self._places.changed(channel)
        refusing = [user for user in channel.people if not user.takes_direct_messages]
        if refusing:
            raise ApiError(errors.CANNOT_SEND_TO_USER)

    def _say(self, channel: Channel, request: Request, **extra: Any) -> Message:
        body = request.body
        if request.uploads:
            self._must(channel, Permission.ATTACH_FILES)
        if not self._may(channel, Permission.EMBED_LINKS):
            body = body | {"embeds": []}  # they go without a word
        reference = body.get("message_reference") or {}
        answered = None
        if reference:
            if not self._may(channel, Permission.READ_MESSAGE_HISTORY):
                raise ApiError(errors.NO_REPLY_WITHOUT_HISTORY)
            answered = self._office.find(channel, str(reference["message_id"]))
            if answered is None and reference.get("fail_if_not_exists") is not False:
                raise errors.unknown_reference()
        return self._office.send(
            Draft(
                channel=channel,
                author=self._world.bot,
                body=body,
                uploads=request.uploads,
                answered=answered,
                extra=extra,
            )
        )

    def edit(self, request: Request) -> Answer:
        _, message = self._message(request, Permission.VIEW_CHANNEL)
        if message.author is not self._world.bot:
            raise ApiError(errors.NOT_YOUR_MESSAGE)
        self._office.edit(message, request.body, request.uploads)
        return 200, message.wire

    def delete(self, request: Request) -> Answer:
        channel, message = self._message(request, Permission.VIEW_CHANNEL)
        if message.author is not self._world.bot:
            self._must(channel, Permission.MANAGE_MESSAGES)
        self._office.delete(message)
        return 204, None

    def react(self, request: Request) -> Answer:
        _, message = self._message(request, Permission.ADD_REACTIONS)
        self._places.react(message, self._world.bot, request.named["emoji"])
        return 204, None

    def take_back(self, request: Request) -> Answer:
        _, message = self._message(request, Permission.VIEW_CHANNEL)
        self._places.take_back(message, self._world.bot, request.named["emoji"])
        return 204, None

    # --- threads ----------------------------------------------------------------------------

    def thread_from_message(self, request: Request) -> Answer:
        channel, message = self._message(request, Permission.CREATE_PUBLIC_THREADS)
        thread = self._places.open_thread(
            channel,
            request.body["name"],
            owner=self._world.bot,
            from_message=message,
        )
        return 201, channel_object(thread)

    def thread(self, request: Request) -> Answer:
        channel = self._channel(request, Permission.CREATE_PUBLIC_THREADS)
        thread = self._places.open_thread(
            channel, request.body["name"], owner=self._world.bot
        )
        if "message" not in request.body:
            return 201, channel_object(thread)
        request.body = request.body["message"]
        message = self._say(thread, request, id=thread.id)
        return 201, channel_object(thread) | {"message": message.wire}

    # --- who may what -----------------------------------------------------------------------

    def _channel(
        self,
        request: Request,
        needed: "Permission | Callable[[Channel], Permission]" = Permission.VIEW_CHANNEL,
    ) -> Channel:
        channel = self._world.channels.get(request.named["channel"])
        if channel is None:
            raise ApiError(errors.UNKNOWN_CHANNEL)
        bit = needed if isinstance(needed, Permission) else needed(channel)
        self._must(channel, bit)
        return channel

    def _message(self, request: Request, needed: Permission) -> tuple[Channel, Message]:
        channel = self._channel(request, needed)
        message = self._office.find(channel, request.named["message"])
        if message is None:
            raise ApiError(errors.UNKNOWN_MESSAGE)
        return channel, message

    def _must(self, channel: Channel, needed: Permission) -> None:
        if not self._may(channel, Permission.VIEW_CHANNEL):
            raise ApiError(errors.MISSING_ACCESS)
        if not self._may(channel, needed):
            raise ApiError(errors.MISSING_PERMISSIONS)

    def _may(self, channel: Channel, needed: Permission) -> bool:
        guild, bot = channel.guild, self._world.bot
        if guild is None:  # a direct message
            return True
        return guild.has_bot and bool(permissions_in(guild, bot.id, channel) & needed)


def _to_send_in(channel: Channel) -> Permission:
    if channel.is_thread:
        return Permission.SEND_MESSAGES_IN_THREADS
    return Permission.SEND_MESSAGES
