"""Who may do what: a person's role in a tenant, and what a role allows.

Asked again at every press: a card outlives a role. A button gives no right.
"""

import hashlib
from collections.abc import Collection

from bot.reception.messages import Caller
from knowledge.model import Actor, Post, Role, Tenant, TenantSettings

ANYWHERE = "all"


def role(caller: Caller, settings: TenantSettings) -> Role:
    """The highest role that the platform's rules or the person's groups give.

    Who may manage the server or workspace is its admin, or nobody could name the first.
    """
    if caller.manages or caller.groups & set(settings.admins):
        return Role.ADMIN
    if caller.groups & set(settings.editors):
        return Role.EDITOR
    if caller.groups & set(settings.contributors):
        return Role.CONTRIBUTOR
    return Role.READER


def may_configure(caller: Caller, settings: TenantSettings) -> bool:
    """Whether the person may change what holds in this tenant."""
    return role(caller, settings) >= Role.ADMIN


def may_resolve(caller: Caller, settings: TenantSettings) -> bool:
    """Whether the person may say what became of a report or a request."""
    return role(caller, settings) >= Role.EDITOR


def changes_from(tenant: Tenant, allowed: Collection[str]) -> bool:
    """Whether the knowledge base, which all places share, may be changed from this one.

    Anybody may bring a bot along to a server of their own, and is its admin.
    """
    return ANYWHERE in allowed or f"{tenant.platform}:{tenant.id}" in allowed


def actor(caller: Caller, settings: TenantSettings) -> Actor:
    """The person as the ledger names them, with the role that they have now."""
    return Actor(actor_id(caller.tenant, caller.user), role(caller, settings))


def actor_id(tenant: Tenant, user: str) -> str:
    """The same person in two servers of Discord is one; Slack's ids are a workspace's."""
    if tenant.platform == "discord":
        return f"{tenant.platform}:{user}"
    return f"{tenant.platform}:{tenant.id}:{user}"


def hashed(key: str, user: str) -> str:
    """A person, to be known again under this one post and in no other list."""
    return hashlib.sha256(f"{key}\n{user}".encode()).hexdigest()


def owns(caller: Caller, post: Post) -> bool:
    """Whether the person is the one who asked."""
    return hashed(post.key, caller.user) == post.owner


def may_delete(caller: Caller, post: Post, settings: TenantSettings) -> bool:
    """The asker, and whoever keeps order in the tenant."""
    return owns(caller, post) or role(caller, settings) >= Role.EDITOR


def stands_here(post: Post, caller: Caller) -> bool:
    """Whether a post belongs to where the person is: its tenant, and its channel.

    A thread may be called a channel by its platform.
    """
    if post.tenant != caller.tenant:
        return False
    here = {caller.channel, caller.thread}
    there = {post.channel}
    if post.place is not None:
        there |= {post.place.channel, post.place.thread or post.channel}
    return bool(here & there)


def may_see(caller: Caller, post: Post) -> bool:
    """A public answer is everybody's who reads the channel; a private one its asker's."""
    return stands_here(post, caller) and (not post.private or owns(caller, post))
