"""The app's manifest: which commands, shortcuts, events and scopes the bot has.

With Slack these are registered by hand from ``manifest.json``; a client offers what stands
there. Without a manifest everything is on offer.
"""

from dataclasses import dataclass
from typing import Any

from tests.platforms.slack_server.errors import NotOffered
from tests.platforms.slack_server.state import Kind

Json = dict[str, Any]

ALL_SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history channels:join channels:read "
    "chat:write commands files:read files:write groups:history groups:read im:history "
    "im:read im:write mpim:history mpim:read reactions:read reactions:write team:read "
    "usergroups:read users:read users:read.email".split()
)
_MESSAGES = {
    Kind.PUBLIC: "message.channels",
    Kind.PRIVATE: "message.groups",
    Kind.DIRECT: "message.im",
    Kind.GROUP: "message.mpim",
}
# The scope without which Slack does not send an event.
_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
}
_ALWAYS = {"tokens_revoked", "app_uninstalled"}


@dataclass(frozen=True)
class Manifest:
    """``data`` is the content of ``manifest.json``; None: everything is on offer."""

    data: Json | None = None

    @property
    def _features(self) -> Json:
        return dict((self.data or {}).get("features") or {})

    @property
    def scopes(self) -> set[str]:
        if self.data is None:
            return set(ALL_SCOPES)
        return set(self.data["oauth_config"]["scopes"]["bot"])

    @property
    def bot_name(self) -> str:
        return str(self._features.get("bot_user", {}).get("display_name", "Quis"))

    @property
    def is_agent(self) -> bool:
        """``agent_view``; apps from before have ``assistant_view``."""
        return self.data is None or "agent_view" in self._features

    @property
    def is_assistant(self) -> bool:
        return self.data is None or "assistant_view" in self._features

    @property
    def has_home(self) -> bool:
        home = self._features.get("app_home", {})
        return self.data is None or bool(home.get("home_tab_enabled"))

    @property
    def takes_messages(self) -> bool:
        """In its direct messages."""
        home = self._features.get("app_home", {})
        open_tab = home.get("messages_tab_enabled", False)
        return self.data is None or (
            bool(open_tab) and not home.get("messages_tab_read_only_enabled", False)
        )

    def is_sent(self, event: str, kind: Kind | None, scopes: set[str]) -> bool:
        """Whether the app gets this event: asked for, and its scope granted."""
        if event in _ALWAYS and self.data is None:
            return True
        name = _MESSAGES[kind] if event == "message" and kind is not None else event
        if self.data is not None:
            settings = self.data.get("settings", {})
            subscribed = settings.get("event_subscriptions", {}).get("bot_events", [])
            if name not in subscribed:
                return False
        return name not in _SCOPES or _SCOPES[name] in scopes

    def command(self, name: str) -> Json:
        if self.data is None:
            return {"command": name, "should_escape": True}
        commands = {x["command"]: x for x in self._features.get("slash_commands", [])}
        if name not in commands:
            raise NotOffered(f"no command {name}; there are: {', '.join(commands)}")
        return dict(commands[name])

    def shortcut(self, name: str, kind: str) -> str:
        """The callback_id of the shortcut with this name or callback_id."""
        if self.data is None:
            return name
        listed = [x for x in self._features.get("shortcuts", []) if x["type"] == kind]
        for each in listed:
            if name in {each["name"], each["callback_id"]}:
                return str(each["callback_id"])
        names = ", ".join(str(x["name"]) for x in listed)
        raise NotOffered(f"no {kind} shortcut {name!r}; there are: {names or 'none'}")
