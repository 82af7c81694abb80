"""Guilds, channels, threads and reactions: changes to them, told to the gateway."""

from tests.platforms.discord_server.gateway import Gateway
from tests.platforms.discord_server.messages import Message
from tests.platforms.discord_server.permissions import ORDINARY, bits
from tests.platforms.discord_server.state import (
    THREADS,
    Channel,
    Guild,
    Kind,
    Membership,
    Role,
    User,
    World,
)
from tests.platforms.discord_server.wire import (
    Json,
    channel_object,
    guild_create,
    member_object,
    member_with_user,
    role_object,
    user_object,
)


class Places:
    """Whoever changes what exists does it here, so that the bot hears of it."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    # --- guilds -----------------------------------------------------------------------------

    def add_guild(
        self, name: str, *, owner: User, locale: str, has_bot: bool, may: int
    ) -> Guild:
        """``may`` is what the bot may do there."""
        id_ = self._world.new_id()
        guild = Guild(
            id=id_,
            name=name,
            owner_id=owner.id,
            locale=locale,
            everyone=Role(id=id_, name="@everyone", permissions=ORDINARY),
            has_bot=has_bot,
        )
        guild.members[owner.id] = Membership(user=owner)
        if has_bot:
            bot = self._world.bot
            role = Role(id=self._world.new_id(), name=bot.name, permissions=may)
            guild.roles.append(role)
            guild.members[bot.id] = Membership(user=bot, roles=[role])
        self._world.guilds[guild.id] = guild
        self._gateway.dispatch("GUILD_CREATE", guild_create(guild, self._world), guild)
        return guild

    def remove_bot(self, guild: Guild) -> None:
        """Somebody takes the bot out of the guild."""
        self._gateway.dispatch("GUILD_DELETE", {"id": guild.id}, guild)
        guild.has_bot = False
        guild.members.pop(self._world.bot.id, None)
        for channel in list(self._world.of_guild(guild)):
            self._world.channels.pop(channel.id, None)

    def leave(self, guild: Guild) -> None:
        """As ``remove_bot``, while the bot is not there to hear of it."""
        guild.has_bot = False
        guild.members.pop(self._world.bot.id, None)

    def invite(self, guild: Guild, greets: Channel | None, may: int) -> None:
        """Somebody brings the bot into the guild, which greets in that channel."""
        bot = self._world.bot
        role = Role(id=self._world.new_id(), name=bot.name, permissions=may)
        guild.roles.append(role)
        guild.members[bot.id] = Membership(user=bot, roles=[role])
        guild.has_bot, guild.system_channel = True, greets.id if greets else None
        joined = guild_create(guild, self._world)
        del joined[
            "unavailable"
        ]  # by this a library tells it from the end of an outage
        self._gateway.dispatch("GUILD_CREATE", joined, guild)

    def outage(self, guild: Guild) -> None:
        """The guild is there but cannot be reached."""
        guild.unavailable = True
        gone = {"id": guild.id, "unavailable": True}
        self._gateway.dispatch("GUILD_DELETE", gone, guild)

    def end_of_outage(self, guild: Guild) -> None:
        guild.unavailable = False
        self._gateway.dispatch("GUILD_CREATE", guild_create(guild, self._world), guild)

    def add_role(self, guild: Guild, name: str, *, permissions: int) -> Role:
        role = Role(
            id=self._world.new_id(),
            name=name,
            permissions=permissions,
            position=len(guild.roles) + 1,
        )
        guild.roles.append(role)
        data = {"guild_id": guild.id, "role": role_object(role)}
        self._gateway.dispatch("GUILD_ROLE_CREATE", data, guild)
        return role

    def join(
        self, guild: Guild, user: User, roles: list[Role], permissions: int
    ) -> Membership:
        """Somebody comes into a guild, or comes to have other roles there."""
        new = user.id not in guild.members
        member = guild.members.setdefault(user.id, Membership(user=user))
        if permissions:
            # Permissions come by roles only; that of one's own is nobody else's.
            own = self.add_role(guild, f"role of {user}", permissions=permissions)
            roles = [*roles, own]
        member.roles = list(roles)
        event = "GUILD_MEMBER_ADD" if new else "GUILD_MEMBER_UPDATE"
        data = member_with_user(member) | {"guild_id": guild.id}
        self._gateway.dispatch(event, data, guild)
        return member

    # --- channels ---------------------------------------------------------------------------

    def add_channel(self, guild: Guild, name: str, kind: Kind) -> Channel:
        channel = Channel(id=self._world.new_id(), kind=kind, name=name, guild=guild)
        self._world.channels[channel.id] = channel
        self._gateway.dispatch("CHANNEL_CREATE", channel_object(channel), guild)
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """The channel, and its threads with it."""
        for inner in list(self._world.channels.values()):
            if inner.parent is channel:
                self.delete_channel(inner)
        self._world.channels.pop(channel.id, None)
        if channel.guild is None:
            return
        if channel.is_thread and channel.parent is not None:
            gone: Json = {
                "id": channel.id,
                "guild_id": channel.guild.id,
                "parent_id": channel.parent.id,
                "type": int(channel.kind),
            }
            self._gateway.dispatch("THREAD_DELETE", gone, channel.guild)
        else:
            data = channel_object(channel)
            self._gateway.dispatch("CHANNEL_DELETE", data, channel.guild)

    def overwrite(
        self, channel: Channel, subject: User | Role | Guild, *, allow: str, deny: str
    ) -> None:
        """What somebody, a role or everyone (the guild) may and may not do there."""
        channel.overwrites[subject.id] = (bits(allow), bits(deny))
        self.changed(channel)

    def open_thread(
        self,
        parent: Channel,
        name: str,
        *,
        owner: User,
        from_message: Message | None = None,
        private: bool = False,
    ) -> Channel:
        kind = Kind.PRIVATE_THREAD if private else Kind.THREAD
        if parent.kind is Kind.NEWS:
            kind = Kind.NEWS_THREAD
        thread = Channel(
            id=from_message.id if from_message else self._world.new_id(),
            kind=kind,
            name=name,
            guild=parent.guild,
            parent=parent,
            owner_id=owner.id,
            created=self._world.clock.now().isoformat(),
        )
        self._world.channels[thread.id] = thread
        data = channel_object(thread) | {"newly_created": True}
        self._gateway.dispatch("THREAD_CREATE", data, thread.guild)
        return thread

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        thread.archived, thread.locked = True, locked
        self.changed(thread)

    def changed(self, channel: Channel) -> None:
        event = "THREAD_UPDATE" if channel.kind in THREADS else "CHANNEL_UPDATE"
        self._gateway.dispatch(event, channel_object(channel), channel.guild)

    # --- reactions --------------------------------------------------------------------------

    def react(self, message: Message, who: User, emoji: str) -> None:
        listed = message.wire.setdefault("reactions", [])
        listed.append(
            {
                "emoji": {"id": None, "name": emoji},
                "count": 1,
                "count_details": {"burst": 0, "normal": 1},
                "burst_colors": [],
                "me": who is self._world.bot,
                "me_burst": False,
            }
        )
        self._tell_reaction("MESSAGE_REACTION_ADD", message, who, emoji)

    def take_back(self, message: Message, who: User, emoji: str) -> None:
        mine = who is self._world.bot
        for reaction in message.wire.get("reactions", ()):
            if reaction["emoji"]["name"] == emoji and reaction["me"] is mine:
                message.wire["reactions"].remove(reaction)
                self._tell_reaction("MESSAGE_REACTION_REMOVE", message, who, emoji)
                return

    def _tell_reaction(
        self, event: str, message: Message, who: User, emoji: str
    ) -> None:
        guild = message.channel.guild
        data: Json = {
            "user_id": who.id,
            "channel_id": message.channel.id,
            "message_id": message.id,
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if guild is not None:
            data["guild_id"] = guild.id
            if event.endswith("ADD"):
                member = member_object(guild.members[who.id])
                data["member"] = member | {"user": user_object(who)}
        self._gateway.dispatch(event, data, guild)
