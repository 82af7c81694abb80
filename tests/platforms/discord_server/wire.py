"""Records → the objects that Discord sends, in REST answers and gateway events."""

from typing import Any

from tests.platforms.discord_server.permissions import (
    IN_DIRECT_MESSAGES,
    permissions_in,
)
from tests.platforms.discord_server.state import (
    Channel,
    Guild,
    Kind,
    Membership,
    Role,
    User,
    World,
)

Json = dict[str, Any]
LONG_AGO = "2024-01-01T00:00:00+00:00"


def user_object(user: User) -> Json:
    return {
        "id": user.id,
        "username": user.name.lower().replace(" ", "_"),
        "discriminator": "0",
        "global_name": user.name,
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user_object(user: User) -> Json:
    """What a bot gets on itself."""
    extra = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}
    return user_object(user) | extra


def member_object(member: Membership) -> Json:
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": LONG_AGO,
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [role.id for role in member.roles],
        "mute": False,
        "deaf": False,
    }


def member_with_user(member: Membership) -> Json:
    return member_object(member) | {"user": user_object(member.user)}


def role_object(role: Role) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {
            "primary_color": 0,
            "secondary_color": None,
            "tertiary_color": None,
        },
        "hoist": False,
        "managed": False,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


_NO_VALUE = (
    "afk_channel_id application_id banner description discovery_splash icon "
    "incidents_data public_updates_channel_id rules_channel_id "
    "safety_alerts_channel_id splash system_channel_id vanity_url_code"
).split()
_NO_VALUE_IN_REST = "home_header max_presences widget_channel_id".split()


def _guild_basics(guild: Guild) -> Json:
    return {
        **dict.fromkeys(_NO_VALUE),
        "id": guild.id,
        "name": guild.name,
        "system_channel_id": guild.system_channel,
        "owner_id": guild.owner_id,
        "roles": [role_object(role) for role in [guild.everyone, *guild.roles]],
        "emojis": [],
        "stickers": [],
        "features": [],
        "preferred_locale": guild.locale,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "nsfw_level": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "premium_progress_bar_enabled": False,
    }


def guild_object(guild: Guild) -> Json:
    """The answer of REST."""
    return {
        **_guild_basics(guild),
        **dict.fromkeys(_NO_VALUE_IN_REST),
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "nsfw": False,
        "premium_subscription_count": 0,
        "region": "deprecated",
        "widget_enabled": False,
    }


def guild_create(guild: Guild, world: World) -> Json:
    """The event, with everything that is in the guild."""
    channels = list(world.of_guild(guild))
    return {
        **_guild_basics(guild),
        "hub_type": None,
        "member_count": len(guild.members),
        "members": [member_with_user(m) for m in guild.members.values()],
        "channels": [channel_object(c) for c in channels if not c.is_thread],
        "threads": [channel_object(c) for c in channels if c.is_thread],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "large": False,
        "unavailable": False,
        "joined_at": LONG_AGO,
    }


def channel_object(channel: Channel) -> Json:
    """A channel of any kind; a thread is one too."""
    common: Json = {"id": channel.id, "type": int(channel.kind), "flags": 0}
    if channel.kind is Kind.DIRECT:
        recipients = [user_object(user) for user in channel.people]
        return common | {"last_message_id": None, "recipients": recipients}
    common |= {"name": channel.name, "last_message_id": None, "rate_limit_per_user": 0}
    if channel.guild is not None:
        common["guild_id"] = channel.guild.id
    if channel.is_thread:
        return common | {
            "owner_id": channel.owner_id,
            "parent_id": channel.parent.id if channel.parent else None,
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "thread_metadata": {
                "archived": channel.archived,
                "archive_timestamp": channel.created,
                "auto_archive_duration": channel.archive_after,
                "locked": channel.locked,
                "create_timestamp": channel.created,
            },
        }
    common |= {
        "position": 0,
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "permission_overwrites": [
            {
                "id": subject,
                "type": 0 if _is_role(channel, subject) else 1,
                "allow": str(allow),
                "deny": str(deny),
            }
            for subject, (allow, deny) in channel.overwrites.items()
        ],
    }
    if channel.kind is Kind.FORUM:
        return common | {
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "template": "",
        }
    return common


def _is_role(channel: Channel, subject: str) -> bool:
    return channel.guild is not None and subject not in channel.guild.members


def permissions_of(user: User, channel: Channel) -> str:
    """What somebody may do there, as Discord writes it."""
    if channel.guild is None:
        return str(int(IN_DIRECT_MESSAGES))
    return str(int(permissions_in(channel.guild, user.id, channel)))


def app_permissions(world: World, channel: Channel) -> str:
    if channel.guild is not None and not channel.guild.has_bot:
        return str(int(IN_DIRECT_MESSAGES))
    return permissions_of(world.bot, channel)


def partial_channel(channel: Channel, user: User) -> Json:
    """A channel among the resolved values of an option."""
    whole = channel_object(channel)
    keys = "id name type".split()
    keys += ["parent_id", "thread_metadata"] if channel.is_thread else []
    kept = {key: whole[key] for key in keys if key in whole}
    return kept | {"permissions": permissions_of(user, channel)}


def application_object(world: World, owner: User) -> Json:
    return {
        "id": world.application_id,
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_object(owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "bot": user_object(world.bot),
    }


def own_guild_object(guild: Guild, world: World) -> Json:
    """A line of the list of guilds that the bot is in."""
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "features": [],
        "permissions": str(permissions_in(guild, world.bot.id)),
    }
