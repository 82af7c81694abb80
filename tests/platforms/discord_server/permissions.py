"""Permissions: the documented bits, and who may do what where."""

from collections.abc import Iterable
from enum import IntFlag
from functools import reduce
from operator import or_

from tests.platforms.discord_server.state import Channel, Guild


class Permission(IntFlag):
    """The bits that matter to a bot that answers questions."""

    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


EVERYTHING = (1 << 53) - 1
ORDINARY = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
IN_DIRECT_MESSAGES = ORDINARY | Permission.MENTION_EVERYONE


def bits(names: str | Iterable[str] | int) -> int:
    """``"manage_guild, kick_members"`` or names → bits; a number stays what it is."""
    if isinstance(names, int):
        return names
    listed = names.replace(",", " ").split() if isinstance(names, str) else names
    return reduce(or_, (Permission[name.upper()] for name in listed), 0)


def permissions_in(guild: Guild, user_id: str, channel: Channel | None = None) -> int:
    """Discord's documented computation: roles, then the overwrites of the channel."""
    member = guild.members.get(user_id)
    if user_id == guild.owner_id:
        return EVERYTHING
    if member is None:
        return ORDINARY  # a guest who brings an app along
    base = guild.everyone.permissions | member.permissions
    for role in member.roles:
        base |= role.permissions
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    if channel is None:
        return base
    # A thread has no overwrites of its own.
    overwrites = (channel.parent or channel).overwrites
    allowed, denied = overwrites.get(guild.id, (0, 0))
    base = base & ~denied | allowed
    of_roles = [overwrites[r.id] for r in member.roles if r.id in overwrites]
    base &= ~reduce(or_, (denied for _, denied in of_roles), 0)
    base |= reduce(or_, (allowed for allowed, _ in of_roles), 0)
    allowed, denied = overwrites.get(user_id, (0, 0))
    return base & ~denied | allowed
