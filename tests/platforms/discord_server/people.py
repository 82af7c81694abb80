"""People: what somebody in a guild can do, in a client that offers what is registered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.platforms.discord_server import components as c
from tests.platforms.discord_server.asked import (
    Asked,
    Askings,
    Interaction,
    Modal,
    Post,
    Sort,
    Until,
)
from tests.platforms.discord_server.commands import (
    CHAT,
    ON_MESSAGE,
    ON_USER,
    Filling,
    NotOffered,
    Registry,
    localised,
)
from tests.platforms.discord_server.forms import filled_in
from tests.platforms.discord_server.interactions import Deed, Interactions
from tests.platforms.discord_server.messages import Draft, Message, Upload
from tests.platforms.discord_server.places import Places
from tests.platforms.discord_server.post_office import PostOffice
from tests.platforms.discord_server.state import (
    Channel,
    Guild,
    Kind,
    Role,
    User,
    World,
)
from tests.platforms.discord_server.wire import Json
from tests.platforms.waiting import Diary


@dataclass(frozen=True, kw_only=True)
class Around:
    """What people act through."""

    world: World
    places: Places
    office: PostOffice
    registry: Registry
    interactions: Interactions
    askings: Askings
    diary: Diary


class Member:
    """Somebody in a guild. What the client would not let them do raises NotOffered.

    Whatever is addressed to the bot waits until it is answered, unless told otherwise by
    ``until``, and returns what was asked with what came back. Where a message is wanted,
    something asked stands for its one answer.
    """

    def __init__(self, around: Around, guild: Guild, user: User) -> None:
        self._around = around
        self.guild = guild
        self.user = user

    @property
    def direct(self) -> Channel:
        """The direct messages with the bot."""
        return self._around.world.direct(self.user)

    # --- commands ---------------------------------------------------------------------------

    async def slash(
        self,
        channel: Channel,
        command: str,
        /,
        *,
        until: Until = Until.ANSWERED,
        **options: Any,
    ) -> Interaction:
        """``ana.slash(channel, "kb add", url="…")``: sub-commands after a space."""
        name, *path = command.split()
        data = self._fill(channel, name, path, options, None)
        return await self._do(Sort.COMMAND, channel, f"/{command}", data, until)

    async def autocomplete(
        self, channel: Channel, command: str, /, *, focused: str, **options: Any
    ) -> Interaction:
        """What is suggested while ``focused`` is typed; see ``.suggestions``."""
        name, *path = command.split()
        data = self._fill(channel, name, path, {focused: "", **options}, focused)
        what = f"suggestions for {focused} of /{command}"
        return await self._do(Sort.SUGGESTIONS, channel, what, data, Until.ANSWERED)

    async def context_menu(
        self,
        on: "Message | Asked | Member",
        name: str,
        *,
        channel: Channel | None = None,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """An entry of the menu on a message, or on somebody (then say where)."""
        if isinstance(on, Member):
            kind, target, place = ON_USER, on.user.id, channel or self.direct
            filling = self._filling(place)
            filling.resolve(on.user)
        else:
            message = self._visible(on)
            kind, target, place = ON_MESSAGE, message.id, message.channel
            filling = self._filling(place)
            filling.resolved["messages"] = {message.id: message.wire}
        found = self._around.registry.find(name, kind, self.user, place)
        data = {
            "id": found["id"],
            "name": name,
            "type": kind,
            "target_id": target,
            "resolved": filling.resolved,
        }
        if "guild_id" in found:
            data["guild_id"] = found["guild_id"]
        return await self._do(Sort.COMMAND, place, f"{name!r} on {target}", data, until)

    def is_offered(self, channel: Channel) -> dict[str, str]:
        """Commands as this person's client lists them there: name → description."""
        locale = self.user.locale
        return {
            localised(each, "name", locale): localised(each, "description", locale)
            for each in self._around.registry.offered(self.user, channel)
        }

    # --- messages ---------------------------------------------------------------------------

    async def says(
        self,
        channel: Channel,
        text: str,
        *,
        files: Sequence[Upload] = (),
        until: Until | None = None,
    ) -> Post:
        """``@Name`` becomes a mention, as in the client."""
        return await self._post(channel, text, files=files, until=until)

    async def dm(
        self, text: str, *, files: Sequence[Upload] = (), until: Until | None = None
    ) -> Post:
        return await self._post(self.direct, text, files=files, until=until)

    async def replies(
        self,
        to: Message | Asked,
        text: str,
        *,
        ping: bool = True,
        until: Until | None = None,
    ) -> Post:
        message = self._visible(to)
        return await self._post(
            message.channel, text, answered=message, ping=ping, until=until
        )

    async def posts(
        self, forum: Channel, title: str, text: str, *, until: Until | None = None
    ) -> Post:
        """A thread in a forum, with its first message."""
        if forum.kind is not Kind.FORUM:
            raise NotOffered(f"{forum} is no forum")
        thread = self._around.places.open_thread(forum, title, owner=self.user)
        return await self._post(thread, text, first=True, until=until)

    def opens_thread(
        self, on: Channel | Message | Asked, name: str, *, private: bool = False
    ) -> Channel:
        places = self._around.places
        if isinstance(on, Channel):
            return places.open_thread(on, name, owner=self.user, private=private)
        message = on.message if isinstance(on, Post) else self._visible(on)
        return places.open_thread(
            message.channel, name, owner=self.user, from_message=message
        )

    def edits(self, post: Post, text: str) -> None:
        self._around.office.edit(
            post.message, {"content": self._with_mentions(post.channel, text)}
        )

    def deletes(self, post: Post) -> None:
        self._around.office.delete(post.message)

    def reacts(self, to: Message | Asked, emoji: str) -> None:
        self._around.places.react(self._visible(to), self.user, emoji)

    def sees(self, channel: Channel) -> list[Message]:
        """What is there to be seen by this person, oldest first."""
        return [
            message
            for message in self._around.office.everything
            if message.channel is channel
            and not message.deleted
            and message.only_for in {None, self.user}
        ]

    # --- components -------------------------------------------------------------------------

    async def presses(
        self, on: Message | Asked, button: str, *, until: Until = Until.ANSWERED
    ) -> Interaction:
        """A button, by its label or custom_id."""
        message = self._visible(on)
        fitting = [b for b in message.buttons if button in {b.label, b.custom_id}]
        if not fitting:
            listed = ", ".join(b.label or str(b.custom_id) for b in message.buttons)
            raise NotOffered(
                f"{message} has no button {button!r}, but {listed or 'none'}"
            )
        found = fitting[0]
        if found.disabled or found.custom_id is None:
            state = (
                "disabled" if found.disabled else "a link, which the bot never hears of"
            )
            raise NotOffered(f"the button {button!r} of {message} is {state}")
        data = self._component(message, found.custom_id)
        what = f"a press on {found.label or button!r}"
        return await self._do(
            Sort.PRESS, message.channel, what, data, until, pressed=message
        )

    async def chooses(
        self,
        on: Message | Asked,
        custom_id: str,
        values: Iterable[Any] | str,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """Entries of a menu, by label or value; people, roles and channels as such."""
        message = self._visible(on)
        found = next((s for s in message.selects if s.custom_id == custom_id), None)
        if found is None or found.disabled:
            listed = ", ".join(s.custom_id for s in message.selects) or "none"
            raise NotOffered(f"{message} offers no menu {custom_id!r}, but {listed}")
        wanted = [values] if isinstance(values, str) else list(values)
        filling = self._filling(message.channel)
        chosen = [_chosen(found, value, filling) for value in wanted]
        if not found.at_least <= len(chosen) <= found.at_most:
            raise NotOffered(
                f"{custom_id!r} takes {found.at_least} to {found.at_most} values"
            )
        data = self._component(message, custom_id) | {"values": chosen}
        if found.kind != c.SELECT:
            data["resolved"] = filling.resolved
        what = f"a choice in {custom_id!r}"
        return await self._do(
            Sort.PRESS, message.channel, what, data, until, pressed=message
        )

    async def submits(
        self,
        modal: Modal | None,
        values: dict[str, Any],
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """A form, its inputs by custom_id or label."""
        if modal is None:
            raise NotOffered("no form is open")
        opener = modal.opened_by
        if opener.who is not self.user:
            raise NotOffered(f"the form is open on the screen of {opener.who}")
        filling = self._filling(opener.channel)
        data: Json = {
            "custom_id": modal.custom_id,
            "components": filled_in(modal, values, filling),
        }
        if filling.resolved:
            data["resolved"] = filling.resolved
        return await self._do(
            Sort.SUBMISSION,
            opener.channel,
            f"the form {modal.title!r}",
            data,
            until,
            pressed=opener.pressed,
            origin=opener,
        )

    async def forges(
        self,
        on: Message | Asked,
        custom_id: str,
        *,
        values: list[str] | None = None,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """A press with any custom_id, on any message: what an altered client sends."""
        message = on.answer if isinstance(on, Asked) else on
        kind = c.BUTTON if values is None else c.SELECT
        data: Json = {"custom_id": custom_id, "component_type": kind}
        data |= {} if values is None else {"values": values}
        what = f"a forged press on {custom_id!r}"
        return await self._do(
            Sort.PRESS, message.channel, what, data, until, pressed=message
        )

    def __str__(self) -> str:
        return self.user.name

    # --- how it is done ---------------------------------------------------------------------

    async def _do(
        self,
        sort: Sort,
        channel: Channel,
        what: str,
        data: Json,
        until: Until,
        *,
        pressed: Message | None = None,
        origin: Interaction | None = None,
    ) -> Interaction:
        interaction = self._around.interactions.begin(
            Deed(
                sort=sort,
                who=self.user,
                channel=channel,
                what=what,
                data=data,
                pressed=pressed,
                origin=origin,
            )
        )
        match until:
            case Until.ACKNOWLEDGED:
                await interaction.acknowledged()
            case Until.ANSWERED:
                await interaction.answered()
            case Until.SENT:
                pass
        return interaction

    async def _post(
        self,
        channel: Channel,
        text: str,
        *,
        files: Sequence[Upload] = (),
        answered: Message | None = None,
        ping: bool = True,
        first: bool = False,
        until: Until | None = None,
    ) -> Post:
        parse = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        content = self._with_mentions(channel, text)
        draft = Draft(
            channel=channel,
            author=self.user,
            body={"content": content, "allowed_mentions": parse},
            uploads=files,
            answered=answered,
            # The first message of a post in a forum has the id of its thread.
            extra={"id": channel.id} if first else {},
        )
        bot = self._around.world.bot
        named = f"<@{bot.id}>" in content or channel.guild is None
        to_bot = answered is not None and answered.author is bot and ping
        addressed = named or to_bot or until is Until.ANSWERED
        shown = " ".join(text.split())
        message = self._around.office.send(draft)
        post = Post(
            who=self.user,
            channel=channel,
            what=f"{shown[:60]!r}",
            diary=self._around.diary,
            message=message,
            addressed=addressed,
        )
        self._around.askings.all.append(post)
        if addressed and until in {None, Until.ANSWERED}:
            await post.answered()
        return post

    def _with_mentions(self, channel: Channel, text: str) -> str:
        names = {
            user.name: f"<@{user.id}>" for user in self._around.world.users.values()
        }
        if channel.guild is not None:
            names |= {
                role.name: f"<@&{role.id}>"
                for role in channel.guild.roles
                if role.mentionable
            }
        by_length = sorted(names, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in by_length)
        return re.sub(rf"@({pattern})\b", lambda found: names[found[1]], text)

    def _visible(self, on: Message | Asked) -> Message:
        message = on.answer if isinstance(on, Asked) else on
        if message.deleted:
            raise NotOffered(f"{message} is deleted")
        if message.only_for not in {None, self.user}:
            raise NotOffered(f"{self} does not see {message}")
        return message

    def _component(self, message: Message, custom_id: str) -> Json:
        parts = c.walk(message.wire["components"])
        part = next(part for part in parts if part.get("custom_id") == custom_id)
        return {"custom_id": custom_id, "component_type": part["type"]}

    def _filling(self, channel: Channel) -> Filling:
        around = self._around
        return Filling(around.world, around.office.mailroom, self.user, channel)

    def _fill(
        self,
        channel: Channel,
        name: str,
        path: list[str],
        options: Json,
        focused: str | None,
    ) -> Json:
        command = self._around.registry.find(name, CHAT, self.user, channel)
        return self._filling(channel).data(command, path, options, focused)


def _chosen(menu: c.Select, value: Any, filling: Filling) -> str:
    if menu.kind == c.SELECT:
        by_name = menu.options | {each: each for each in menu.options.values()}
        if value not in by_name:
            offered = ", ".join(menu.options)
            raise NotOffered(f"{menu.custom_id!r} offers {offered}, not {value!r}")
        return by_name[value]
    value = getattr(value, "user", value)
    fitting: dict[int, type | tuple[type, ...]] = {
        c.USER_SELECT: User,
        c.ROLE_SELECT: Role,
        c.MENTIONABLE_SELECT: (User, Role),
        c.CHANNEL_SELECT: Channel,
    }
    if not isinstance(value, fitting[menu.kind]):
        raise NotOffered(f"{menu.custom_id!r} does not take {value!r}")
    return str(filling.resolve(value))
