"""auth, team, users, usergroups, conversations, reactions, bots: what the bot looks up."""

from collections.abc import Iterator
from typing import Any

from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.messages import Mailroom, Message
from tests.platforms.slack_server.state import APP_ID, Channel, Kind
from tests.platforms.slack_server.web_api import Call, Method
from tests.platforms.slack_server.wire import channel_object, group_object, user_object

Json = dict[str, Any]
_HISTORY = {
    Kind.PUBLIC: "channels:history",
    Kind.PRIVATE: "groups:history",
    Kind.DIRECT: "im:history",
    Kind.GROUP: "mpim:history",
}
_READ = {
    Kind.PUBLIC: "channels:read",
    Kind.PRIVATE: "groups:read",
    Kind.DIRECT: "im:read",
    Kind.GROUP: "mpim:read",
}


class Lookups:
    """The methods that mostly read."""

    def __init__(self, mailroom: Mailroom) -> None:
        self._mailroom = mailroom
        # (emoji, message): what the bot reacted with
        self.reactions: list[tuple[str, Message]] = []

    def methods(self) -> Iterator[Method]:
        yield Method("auth.test", _auth_test)
        yield Method("api.test", lambda call: {"args": call.arguments})
        yield Method("team.info", _team_info, "team:read")
        yield Method("bots.info", _bots_info, "users:read")
        yield Method("users.info", _users_info, "users:read", ("user",))
        yield Method("users.list", _users_list, "users:read")
        yield Method("usergroups.list", _groups, "usergroups:read")
        yield Method(
            "usergroups.users.list", _group_members, "usergroups:read", ("usergroup",)
        )
        # Their scopes go by the kind of conversation.
        yield Method("conversations.info", _info, None, ("channel",))
        yield Method("conversations.list", _list)
        yield Method("conversations.members", _members, None, ("channel",))
        yield Method("conversations.open", _open, "im:write")
        yield Method("conversations.join", _join, "channels:join", ("channel",))
        yield Method("conversations.replies", self._replies, None, ("channel", "ts"))
        yield Method("conversations.history", self._history, None, ("channel",))
        reacting = ("channel", "timestamp", "name")
        yield Method("reactions.add", self._react, "reactions:write", reacting)
        yield Method("reactions.remove", self._unreact, "reactions:write", reacting)

    def _replies(self, call: Call) -> Json:
        channel = _readable(call, _HISTORY)
        root = self._mailroom.find(channel, call.arguments["ts"])
        if root is None:
            raise SlackError("thread_not_found")
        found = self._mailroom.thread(channel, root.root_ts)
        return self._page(call, found)

    def _history(self, call: Call) -> Json:
        channel = _readable(call, _HISTORY)
        roots = [m for m in self._mailroom.in_channel(channel) if m.root_ts == m.ts]
        return self._page(call, roots[::-1])

    def _page(self, call: Call, found: list[Message]) -> Json:
        arguments = call.arguments
        latest, oldest = arguments.get("latest"), arguments.get("oldest")
        inclusive = str(arguments.get("inclusive", "")).lower() in {"1", "true"}
        kept = [
            m
            for m in found
            if (latest is None or m.ts < latest or (inclusive and m.ts == latest))
            and (oldest is None or m.ts > oldest or (inclusive and m.ts == oldest))
        ]
        most = int(arguments.get("limit", 100))
        begin = int(arguments.get("cursor") or 0)
        page = [dict(m.wire) for m in kept[begin : begin + most]]
        more = len(kept) > begin + most
        cursor = {"next_cursor": str(begin + most) if more else ""}
        return {"messages": page, "has_more": more, "response_metadata": cursor}

    def _reacted(self, call: Call) -> tuple[str, Message]:
        message = self._mailroom.find(call.channel(), call.arguments["timestamp"])
        if message is None:
            raise SlackError("message_not_found")
        return str(call.arguments["name"]), message

    def _react(self, call: Call) -> Json:
        reaction = self._reacted(call)
        if reaction in self.reactions:
            raise SlackError("already_reacted")
        self.reactions.append(reaction)
        return {}

    def _unreact(self, call: Call) -> Json:
        reaction = self._reacted(call)
        if reaction not in self.reactions:
            raise SlackError("no_reaction")
        self.reactions.remove(reaction)
        return {}


def _scoped(call: Call, scope: str) -> None:
    if scope not in call.workspace.scopes:
        provided = ",".join(sorted(call.workspace.scopes))
        raise SlackError("missing_scope", {"needed": scope, "provided": provided})


def _readable(call: Call, scopes: dict[Kind, str]) -> Channel:
    channel = call.channel()
    _scoped(call, scopes[channel.kind])
    if scopes is _HISTORY and call.workspace.bot not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name.lower(),
        "team_id": workspace.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def _team_info(call: Call) -> Json:
    workspace = call.workspace
    found = {"id": workspace.id, "name": workspace.name, "domain": workspace.domain}
    return {"team": found}


def _bots_info(call: Call) -> Json:
    workspace = call.workspace
    if call.arguments.get("bot") != workspace.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": workspace.bot_id, "app_id": APP_ID, "name": workspace.bot.name}
    return {"bot": bot | {"user_id": workspace.bot.id, "deleted": False}}


def _users_info(call: Call) -> Json:
    with_locale = bool(call.arguments.get("include_locale"))
    return {"user": user_object(call.user(), with_locale=with_locale)}


def _users_list(call: Call) -> Json:
    with_locale = bool(call.arguments.get("include_locale"))
    members = [
        user_object(user, with_locale=with_locale)
        for user in call.workspace.users.values()
    ]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def _groups(call: Call) -> Json:
    workspace = call.workspace
    disabled = bool(call.arguments.get("include_disabled"))
    groups = [g for g in workspace.groups.values() if disabled or not g.disabled]
    return {"usergroups": [group_object(group, workspace) for group in groups]}


def _group_members(call: Call) -> Json:
    group = call.workspace.groups.get(str(call.arguments["usergroup"]))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": [user.id for user in group.members]}


def _info(call: Call) -> Json:
    channel = _readable(call, _READ)
    found = channel_object(channel)
    if call.arguments.get("include_locale"):
        found["locale"] = "en-US"
    return {"channel": found}


def _list(call: Call) -> Json:
    bot = call.workspace.bot
    named = str(call.arguments.get("types") or "public_channel")
    kinds = {
        "public_channel": Kind.PUBLIC,
        "private_channel": Kind.PRIVATE,
        "im": Kind.DIRECT,
        "mpim": Kind.GROUP,
    }
    wanted = {kinds[each.strip()] for each in named.split(",")}
    for kind in wanted:
        _scoped(call, _READ[kind])
    found = [
        channel_object(channel)
        for channel in call.workspace.channels.values()
        if channel.kind in wanted and not channel.deleted
        if channel.kind is Kind.PUBLIC or bot in channel.members
    ]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def _members(call: Call) -> Json:
    channel = _readable(call, _READ)
    ids = sorted(user.id for user in channel.members)
    return {"members": ids, "response_metadata": {"next_cursor": ""}}


def _open(call: Call) -> Json:
    user = call.workspace.users.get(str(call.arguments.get("users")))
    if user is None:
        raise SlackError("user_not_found")
    if user.bot or user.deleted:
        raise SlackError("cannot_dm_bot" if user.bot else "user_disabled")
    channel = call.workspace.direct(user)
    full = bool(call.arguments.get("return_im"))
    return {"channel": channel_object(channel) if full else {"id": channel.id}}


def _join(call: Call) -> Json:
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    channel.members.add(call.workspace.bot)
    return {"channel": channel_object(channel)}
