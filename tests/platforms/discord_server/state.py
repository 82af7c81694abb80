"""What exists on this Discord: users, guilds, roles, channels. Plain records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from tests.platforms.discord_server.clock import Clock

EPOCH_MS = 1420070400000


class Kind(IntEnum):
    """Kinds of channels."""

    TEXT = 0
    DIRECT = 1
    NEWS = 5
    NEWS_THREAD = 10
    THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = {Kind.NEWS_THREAD, Kind.THREAD, Kind.PRIVATE_THREAD}


@dataclass(eq=False, kw_only=True)
class User:
    """An account; ``locale`` is the language of that person's client."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    takes_direct_messages: bool = True

    def __str__(self) -> str:
        return self.name


@dataclass(eq=False, kw_only=True)
class Role:
    """A role; ``@everyone`` has the guild's id."""

    id: str
    name: str
    permissions: int = 0
    position: int = 0
    mentionable: bool = False


@dataclass(eq=False, kw_only=True)
class Membership:
    """A user in a guild; ``permissions`` are as of a role of one's own."""

    user: User
    roles: list[Role] = field(default_factory=list)
    permissions: int = 0


@dataclass(eq=False, kw_only=True)
class Guild:
    """A server; ``has_bot`` is false where the app came along with a user only."""

    id: str
    name: str
    owner_id: str
    locale: str
    everyone: Role
    has_bot: bool = True
    unavailable: bool = False
    system_channel: str | None = None  # where the guild greets who comes
    roles: list[Role] = field(default_factory=list)
    members: dict[str, Membership] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


@dataclass(eq=False, kw_only=True)
class Channel:
    """A channel, a thread (which has a ``parent``) or a direct message (``people``)."""

    id: str
    kind: Kind
    name: str = ""
    guild: Guild | None = None
    parent: "Channel | None" = None
    people: tuple[User, ...] = ()
    overwrites: dict[str, tuple[int, int]] = field(default_factory=dict)
    owner_id: str = ""
    archived: bool = False
    locked: bool = False
    created: str = ""
    archive_after: int = 1440

    @property
    def is_thread(self) -> bool:
        return self.kind in THREADS

    def __str__(self) -> str:
        if self.kind is Kind.DIRECT:
            return f"the direct messages of {', '.join(map(str, self.people))}"
        return f"#{self.name}"


class World:
    """All records, by id; whoever changes them tells the gateway."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._numbers = count(1)
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.bot = self.add_user("Quis", bot=True)
        self.application_id = self.bot.id

    def new_id(self) -> str:
        """A snowflake of now; the counter keeps ids of one instant apart, in order."""
        ms = int(self.clock.now().timestamp() * 1000) - EPOCH_MS
        number = next(self._numbers)
        return str(((ms + number // 4096) << 22) + number % 4096)

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        user = User(id=self.new_id(), name=name, bot=bot, locale=locale)
        self.users[user.id] = user
        return user

    def user_named(self, name: str) -> User | None:
        return next((u for u in self.users.values() if u.name == name), None)

    def direct(self, user: User) -> Channel:
        """The direct messages of the bot with somebody; made when first asked for."""
        for channel in self.channels.values():
            if channel.kind is Kind.DIRECT and channel.people == (user,):
                return channel
        channel = Channel(id=self.new_id(), kind=Kind.DIRECT, people=(user,))
        self.channels[channel.id] = channel
        return channel

    def of_guild(self, guild: Guild) -> Iterator[Channel]:
        return (c for c in self.channels.values() if c.guild is guild)
