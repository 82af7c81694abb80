"""Puts messages where people and the bot see them: the store of them, and the events."""

from collections.abc import Sequence

from tests.platforms.discord_server.gateway import Gateway
from tests.platforms.discord_server.messages import Draft, Mailroom, Message, Upload
from tests.platforms.discord_server.state import Channel
from tests.platforms.discord_server.wire import Json, member_object
from tests.platforms.waiting import Diary


class PostOffice:
    """Sends, edits and deletes, and tells the gateway."""

    def __init__(self, mailroom: Mailroom, gateway: Gateway, diary: Diary) -> None:
        self.mailroom = mailroom
        self._gateway = gateway
        self._diary = diary
        self.everything: list[Message] = []  # ephemeral and deleted ones too

    def send(self, draft: Draft) -> Message:
        message = self.mailroom.make(draft)
        self.everything.append(message)
        if not message.ephemeral:
            self.mailroom.sent[message.id] = message
            self._tell("MESSAGE_CREATE", message)
        self._diary.note(str(message))
        return message

    def edit(
        self, message: Message, body: Json, uploads: Sequence[Upload] = ()
    ) -> None:
        self.mailroom.change(message, body, uploads)
        if not message.ephemeral:
            self._tell("MESSAGE_UPDATE", message)
        self._diary.note(f"an edit to {message}")

    def delete(self, message: Message) -> None:
        message.deleted = True
        self.mailroom.sent.pop(message.id, None)
        if not message.ephemeral:
            self._gateway.dispatch(
                "MESSAGE_DELETE",
                {"id": message.id, "channel_id": message.channel.id}
                | _guild_of(message.channel),
                message.channel.guild,
            )
        self._diary.note(f"deleted {message}")

    def in_channel(self, channel: Channel) -> list[Message]:
        """What is to be seen there, oldest first."""
        return [m for m in self.mailroom.sent.values() if m.channel is channel]

    def find(self, channel: Channel, message_id: str) -> Message | None:
        message = self.mailroom.sent.get(message_id)
        return message if message is not None and message.channel is channel else None

    def _tell(self, event: str, message: Message) -> None:
        guild, data = message.channel.guild, message.wire | _guild_of(message.channel)
        member = guild.members.get(message.author.id) if guild else None
        if member is not None:
            data = data | {"member": member_object(member)}
        self._gateway.dispatch(event, data, guild)


def _guild_of(channel: Channel) -> Json:
    return {"guild_id": channel.guild.id} if channel.guild else {}
