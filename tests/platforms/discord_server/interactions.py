"""Interactions: what a person's deed sends to the bot, and what the bot may answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.platforms.discord_server import errors
from tests.platforms.discord_server.asked import (
    Ack,
    Askings,
    Interaction,
    Modal,
    Sort,
)
from tests.platforms.discord_server.clock import ACKNOWLEDGE_WITHIN, TOKEN_LIVES_FOR
from tests.platforms.discord_server.errors import ApiError
from tests.platforms.discord_server.gateway import Gateway
from tests.platforms.discord_server.messages import (
    EPHEMERAL,
    LOADING,
    Draft,
    Message,
    Upload,
)
from tests.platforms.discord_server.post_office import PostOffice
from tests.platforms.discord_server.state import Channel, Guild, User, World
from tests.platforms.discord_server.wire import (
    Json,
    app_permissions,
    channel_object,
    member_with_user,
    permissions_of,
    user_object,
)
from tests.platforms.waiting import Diary

_ALLOWED = {
    Sort.COMMAND: {Ack.MESSAGE, Ack.THINKING, Ack.MODAL},
    Sort.PRESS: {Ack.MESSAGE, Ack.THINKING, Ack.WILL_UPDATE, Ack.UPDATE, Ack.MODAL},
    Sort.SUGGESTIONS: {Ack.SUGGESTIONS},
    Sort.SUBMISSION: {Ack.MESSAGE, Ack.THINKING, Ack.WILL_UPDATE, Ack.UPDATE},
}
_ON_A_MESSAGE = {Ack.WILL_UPDATE, Ack.UPDATE}


@dataclass(kw_only=True)
class Deed:
    """What somebody did: ``what`` in words, ``data`` as Discord puts it."""

    sort: Sort
    who: User
    channel: Channel
    what: str
    data: Json
    pressed: Message | None = None
    origin: Interaction | None = None


class Interactions:
    """All interactions by token, and the rules of answering them."""

    def __init__(
        self,
        world: World,
        office: PostOffice,
        gateway: Gateway,
        askings: Askings,
        diary: Diary,
    ) -> None:
        self._world = world
        self._office = office
        self._gateway = gateway
        self._askings = askings
        self._diary = diary
        self._by_token: dict[str, Interaction] = {}

    # --- from people to the bot -------------------------------------------------------------

    def begin(self, deed: Deed) -> Interaction:
        """Send it to the bot."""
        id_ = self._world.new_id()
        token = f"{id_}-{'interaction' * 4}"
        interaction = Interaction(
            who=deed.who,
            channel=deed.channel,
            what=deed.what,
            diary=self._diary,
            id=id_,
            token=token,
            sort=deed.sort,
            payload=self._payload(deed, id_, token),
            born=self._world.clock.seconds(),
            pressed=deed.pressed,
            edits_before=len(deed.pressed.earlier) if deed.pressed else 0,
            origin=deed.origin,
        )
        self._by_token[token] = interaction
        self._askings.all.append(interaction)
        self._gateway.dispatch(
            "INTERACTION_CREATE", interaction.payload, deed.channel.guild
        )
        self._diary.note(str(interaction))
        return interaction

    def _payload(self, deed: Deed, id_: str, token: str) -> Json:
        channel, who = deed.channel, deed.who
        payload: Json = {
            "id": id_,
            "application_id": self._world.application_id,
            "type": int(deed.sort),
            "data": deed.data,
            "token": token,
            "version": 1,
            "locale": who.locale,
            "channel": channel_object(channel),
            "channel_id": channel.id,
            "attachment_size_limit": 10 * 2**20,
            "entitlements": [],
            "app_permissions": app_permissions(self._world, channel),
            "authorizing_integration_owners": _owners(channel.guild, who),
        }
        if deed.pressed is not None:
            payload["message"] = deed.pressed.wire
        if (guild := channel.guild) is None:
            return payload | {"context": 1, "user": user_object(who)}
        member = member_with_user(guild.members[who.id])
        return payload | {
            "context": 0,
            "guild_id": guild.id,
            "guild_locale": guild.locale,
            "guild": {"id": guild.id, "locale": guild.locale, "features": []},
            "member": member | {"permissions": permissions_of(who, channel)},
        }

    # --- the first response -----------------------------------------------------------------

    def respond(
        self, id_: str, token: str, body: Json, uploads: Sequence[Upload]
    ) -> Json:
        """What Discord answers to a first response."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != id_:
            raise ApiError(errors.UNKNOWN_INTERACTION)
        if interaction.ack is not None:
            raise ApiError(errors.ALREADY_ACKNOWLEDGED)
        age = self._world.clock.seconds() - interaction.born
        if age > ACKNOWLEDGE_WITHIN:
            self._diary.note(f"an acknowledgement {age:.1f} s after {interaction}")
            raise ApiError(errors.UNKNOWN_INTERACTION)
        ack, data = Ack(body["type"]), body.get("data") or {}
        on_a_message = interaction.pressed is not None
        if ack not in _ALLOWED[interaction.sort] or (
            ack in _ON_A_MESSAGE and not on_a_message
        ):
            problem = f"no response of type {int(ack)} ({ack.name}) to {interaction}"
            raise errors.invalid_form([problem])
        interaction.ack, interaction.acknowledged_after = ack, age
        answer: Json = {
            "interaction": {
                "id": id_,
                "type": int(interaction.sort),
                "channel_id": interaction.channel.id,
            }
        }
        match ack:
            case Ack.MESSAGE | Ack.THINKING:
                answer = self._open(interaction, ack, data, uploads, answer)
            case Ack.WILL_UPDATE | Ack.UPDATE:
                answer = self._update(interaction, ack, data, uploads, answer)
            case Ack.SUGGESTIONS:
                interaction.choices = data.get("choices") or []
            case Ack.MODAL:
                interaction.modal = Modal(data=data, opened_by=interaction)
        self._diary.note(f"{ack.name.lower()} as first response to {interaction}")
        return answer

    def _open(
        self,
        interaction: Interaction,
        ack: Ack,
        data: Json,
        uploads: Sequence[Upload],
        answer: Json,
    ) -> Json:
        loading = LOADING if ack is Ack.THINKING else 0
        message = self._say(
            interaction, data | {"flags": (data.get("flags") or 0) | loading}, uploads
        )
        interaction.original = message
        answer["interaction"] |= {
            "response_message_id": message.id,
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        if not message.loading:
            answer["resource"] = {"type": int(ack), "message": message.wire}
        return answer

    def _update(
        self,
        interaction: Interaction,
        ack: Ack,
        data: Json,
        uploads: Sequence[Upload],
        answer: Json,
    ) -> Json:
        message = interaction.pressed
        assert message is not None
        if message.deleted:
            raise ApiError(errors.UNKNOWN_MESSAGE)
        interaction.original = message
        answer["interaction"] |= {"response_message_id": message.id}
        if ack is Ack.UPDATE:
            self._office.edit(message, data, uploads)
            answer["resource"] = {"type": int(ack), "message": message.wire}
        return answer

    # --- what follows -----------------------------------------------------------------------

    def follow_up(self, token: str, body: Json, uploads: Sequence[Upload]) -> Message:
        """The first one after a deferral fills what the deferral left open."""
        interaction = self._alive(token)
        original = interaction.original
        open_ = original is not None and original.loading and not original.deleted
        if interaction.ack is Ack.THINKING and original is not None and open_:
            self._office.edit(original, body, uploads)
            return original
        return self._say(interaction, body, uploads)

    def message_of(self, token: str, message_id: str) -> Message:
        """``@original`` or a follow-up, while the token lives."""
        interaction = self._alive(token)
        if message_id == "@original":
            found = interaction.original
        else:
            mine = [*interaction.messages, interaction.original]
            found = next((m for m in mine if m and m.id == message_id), None)
        if found is None or found.deleted:
            raise ApiError(errors.UNKNOWN_MESSAGE)
        return found

    def edit(
        self, token: str, message_id: str, body: Json, uploads: Sequence[Upload]
    ) -> Message:
        message = self.message_of(token, message_id)
        self._office.edit(message, body, uploads)
        return message

    def delete(self, token: str, message_id: str) -> None:
        self._office.delete(self.message_of(token, message_id))

    def _alive(self, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.ack is None:
            raise ApiError(errors.UNKNOWN_WEBHOOK)
        age = self._world.clock.seconds() - interaction.born
        if interaction.expired or age > TOKEN_LIVES_FOR:
            raise ApiError(errors.INVALID_TOKEN)
        return interaction

    def _say(
        self, interaction: Interaction, body: Json, uploads: Sequence[Upload]
    ) -> Message:
        if interaction.channel.id not in self._world.channels:
            raise ApiError(errors.UNKNOWN_CHANNEL)
        application = self._world.application_id
        message = self._office.send(
            Draft(
                channel=interaction.channel,
                author=self._world.bot,
                body=body,
                uploads=uploads,
                webhook=True,
                extra={
                    "webhook_id": application,
                    "application_id": application,
                    "interaction_metadata": self._metadata(interaction),
                },
                only_for=interaction.who
                if (body.get("flags") or 0) & EPHEMERAL
                else None,
            )
        )
        interaction.messages.append(message)
        return message

    def _metadata(self, interaction: Interaction) -> Json:
        made: Json = {
            "id": interaction.id,
            "type": int(interaction.sort),
            "user": user_object(interaction.who),
            "authorizing_integration_owners": _owners(
                interaction.channel.guild, interaction.who
            ),
        }
        if interaction.sort is Sort.PRESS and interaction.pressed is not None:
            made["interacted_message_id"] = interaction.pressed.id
        if interaction.sort is Sort.SUBMISSION and interaction.origin is not None:
            made["triggering_interaction_metadata"] = self._metadata(interaction.origin)
        return made


def _owners(guild: Guild | None, who: User) -> dict[str, str]:
    """Through which installation the app is there: the guild's, or the user's own."""
    return {"0": guild.id} if guild is not None and guild.has_bot else {"1": who.id}
