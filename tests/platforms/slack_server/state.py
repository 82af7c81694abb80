"""What exists on this Slack: workspaces, users, channels, user groups. Plain records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from tests.platforms.slack_server.clock import Clock

APP_ID = "A0LOCALAPP"


class Kind(Enum):
    """Kinds of conversations, as ``channel_type`` names them."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"
    GROUP = "mpim"


@dataclass(eq=False, repr=False, kw_only=True)
class User:
    """A member of one workspace; ``locale`` is the language of that person's client."""

    id: str
    name: str
    workspace: "Workspace"
    locale: str = "en-US"
    admin: bool = False
    owner: bool = False
    guest: bool = False
    bot: bool = False
    deleted: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(eq=False, repr=False, kw_only=True)
class Channel:
    """A conversation; ``with_user`` is whom a direct one is with."""

    id: str
    name: str
    workspace: "Workspace"
    kind: Kind = Kind.PUBLIC
    members: set[User] = field(default_factory=set)
    with_user: User | None = None
    archived: bool = False
    deleted: bool = False
    read_only: bool = False

    def __str__(self) -> str:
        if self.with_user is not None:
            return f"the direct messages of {self.with_user}"
        return f"#{self.name}"


@dataclass(eq=False, repr=False, kw_only=True)
class UserGroup:
    """A user group, such as @moderators."""

    id: str
    handle: str
    members: list[User] = field(default_factory=list)
    disabled: bool = False


@dataclass(eq=False, repr=False, kw_only=True)
class Workspace:
    """A workspace with the app in it: its bot user, its token, the scopes granted.

    ``token_error`` is what the token is answered with, once it is no longer good.
    """

    id: str
    name: str
    domain: str
    bot_token: str
    scopes: set[str]
    bot_id: str
    agent_features: bool = True  # absent on free plans
    installed: bool = True
    token_error: str | None = None
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)

    @property
    def bot(self) -> User:
        return next(user for user in self.users.values() if user.bot)

    def direct(self, user: User) -> Channel:
        """The direct messages of the bot and this person; there once asked for."""
        for channel in self.channels.values():
            if channel.with_user is user:
                return channel
        channel = Channel(
            id=f"D{user.id[1:]}",
            name="directmessage",
            workspace=self,
            kind=Kind.DIRECT,
            members={user, self.bot},
            with_user=user,
        )
        self.channels[channel.id] = channel
        return channel

    def __str__(self) -> str:
        return self.name


class World:
    """All workspaces, and the ids that nothing else has."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.workspaces: list[Workspace] = []
        self._numbers: Iterator[int] = count(1)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):07d}"

    def new_ts(self) -> str:
        """A message's id: the time, and a number that makes it the only one."""
        return f"{self.clock.epoch()}.{next(self._numbers):06d}"

    def owner_of(self, id_: str) -> Workspace | None:
        """The workspace that a channel's or user's id belongs to."""
        for workspace in self.workspaces:
            if id_ in workspace.channels or id_ in workspace.users:
                return workspace
        return None
