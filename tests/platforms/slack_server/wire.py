"""Records → the objects that Slack sends, in answers of the Web API and in payloads."""

from typing import Any

from tests.platforms.slack_server.state import Channel, Kind, User, UserGroup, Workspace

Json = dict[str, Any]
LONG_AGO = 1700000000


def user_object(user: User, *, with_locale: bool = False) -> Json:
    found = {
        "id": user.id,
        "team_id": user.workspace.id,
        "name": user.name.lower().replace(" ", "."),
        "real_name": user.name,
        "deleted": user.deleted,
        "tz": "Europe/Rome",
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "profile": {
            "real_name": user.name,
            "display_name": user.name,
            "team": user.workspace.id,
            "email": f"{user.id.lower()}@example.com",
        },
        "is_admin": user.admin or user.owner,
        "is_owner": user.owner,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": LONG_AGO,
    }
    return found | ({"locale": user.locale} if with_locale else {})


def channel_object(channel: Channel) -> Json:
    found: Json = {
        "id": channel.id,
        "created": LONG_AGO,
        "is_archived": channel.archived,
        "is_channel": channel.kind is Kind.PUBLIC,
        "is_group": channel.kind is Kind.PRIVATE,
        "is_im": channel.kind is Kind.DIRECT,
        "is_mpim": channel.kind is Kind.GROUP,
        "is_private": channel.kind is not Kind.PUBLIC,
        "is_org_shared": False,
        "context_team_id": channel.workspace.id,
    }
    if channel.with_user is not None:
        return found | {"user": channel.with_user.id, "is_open": True}
    return found | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_shared": False,
        "is_member": channel.workspace.bot in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def group_object(group: UserGroup, workspace: Workspace) -> Json:
    return {
        "id": group.id,
        "team_id": workspace.id,
        "is_usergroup": True,
        "name": group.handle,
        "handle": group.handle,
        "description": "",
        "date_delete": LONG_AGO if group.disabled else 0,
        "user_count": len(group.members),
    }


def actor(user: User) -> Json:
    """Who acts, in an interaction."""
    name = user.name.lower().replace(" ", ".")
    workspace = user.workspace
    return {"id": user.id, "username": name, "name": name, "team_id": workspace.id}


def team(workspace: Workspace) -> Json:
    return {"id": workspace.id, "domain": workspace.domain}


def place(channel: Channel) -> Json:
    name = {Kind.DIRECT: "directmessage", Kind.PRIVATE: "privategroup"}
    return {"id": channel.id, "name": name.get(channel.kind, channel.name)}
