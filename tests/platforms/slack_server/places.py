"""Workspaces, channels, user groups: made, changed, taken away, as a test says."""

from typing import Any

from tests.platforms.slack_server.deeds import Deeds
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.state import (
    Channel,
    Kind,
    User,
    UserGroup,
    Workspace,
    World,
)
from tests.platforms.waiting import Diary

Json = dict[str, Any]


class Places:
    """What there is, and what happens to it."""

    def __init__(
        self, world: World, manifest: Manifest, deeds: Deeds, diary: Diary
    ) -> None:
        self.world = world
        self._app = manifest
        self._events = deeds
        self._notes = diary

    # --- what there is ----------------------------------------------------------------------

    def workspace(self, name: str = "Newsroom", *, agents: bool = True) -> Workspace:
        """With the app installed in it; ``agents=False``: a free plan."""
        id_ = self.world.new_id("T")
        workspace = Workspace(
            id=id_,
            name=name,
            domain=name.lower().replace(" ", "-"),
            bot_token=f"xoxb-{id_}-local",
            scopes=self._app.scopes,
            bot_id=self.world.new_id("B"),
            agent_features=agents,
        )
        bot = User(
            id=self.world.new_id("U"),
            name=self._app.bot_name,
            workspace=workspace,
            bot=True,
        )
        workspace.users[bot.id] = bot
        self.world.workspaces.append(workspace)
        return workspace

    def channel(
        self,
        workspace: Workspace,
        name: str = "general",
        *,
        private: bool = False,
        has_bot: bool = True,
    ) -> Channel:
        """Everybody there so far is in a public one; see ``join`` for private ones."""
        people = set() if private else set(workspace.users.values())
        people -= {workspace.bot}
        channel = Channel(
            id=self.world.new_id("C"),
            name=name,
            workspace=workspace,
            kind=Kind.PRIVATE if private else Kind.PUBLIC,
            members=people | ({workspace.bot} if has_bot else set()),
        )
        workspace.channels[channel.id] = channel
        return channel

    def add_user(
        self,
        workspace: Workspace,
        name: str,
        *,
        locale: str = "en-US",
        admin: bool = False,
        owner: bool = False,
        guest: bool = False,
        groups: tuple[UserGroup, ...] | list[UserGroup] = (),
    ) -> User:
        """Somebody, who is in every public channel and in these user groups."""
        user = User(
            id=self.world.new_id("U"),
            name=name,
            workspace=workspace,
            locale=locale,
            admin=admin,
            owner=owner,
            guest=guest,
        )
        workspace.users[user.id] = user
        for channel in workspace.channels.values():
            if channel.kind is Kind.PUBLIC:
                channel.members.add(user)
        for group in groups:
            group.members.append(user)
        return user

    def user_group(self, workspace: Workspace, handle: str) -> UserGroup:
        group = UserGroup(id=self.world.new_id("S"), handle=handle)
        workspace.groups[group.id] = group
        return group

    # --- what happens to it -----------------------------------------------------------------

    def join(self, channel: Channel, user: User) -> None:
        channel.members.add(user)
        event: Json = {
            "type": "member_joined_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": channel.id[0],
            "team": channel.workspace.id,
        }
        self._tell(channel, event)

    def invite_bot(self, channel: Channel) -> None:
        self.join(channel, channel.workspace.bot)

    def remove_bot(self, channel: Channel) -> None:
        channel.members.discard(channel.workspace.bot)
        self._events.event(
            channel.workspace, {"type": "channel_left", "channel": channel.id}
        )

    def delete_channel(self, channel: Channel) -> None:
        """From now on: channel_not_found."""
        channel.deleted = True
        self._tell(channel, {"type": "channel_deleted", "channel": channel.id})

    def archive(self, channel: Channel) -> None:
        channel.archived = True
        self._tell(channel, {"type": "channel_archive", "channel": channel.id})

    def _tell(self, channel: Channel, event: Json) -> None:
        if channel.workspace.bot in channel.members:
            self._events.event(channel.workspace, event)

    def take_scope(self, workspace: Workspace, scope: str) -> None:
        """From now on: missing_scope, and no events that take it."""
        workspace.scopes.discard(scope)

    def revoke_token(self, workspace: Workspace, error: str = "invalid_auth") -> None:
        """Every call is answered with ``invalid_auth``, ``token_revoked``, …"""
        workspace.token_error = error
        self._notes.note(f"the token of {workspace} was revoked")

    def uninstall(self, workspace: Workspace) -> None:
        """The app is taken out of a workspace, which the bot hears of."""
        workspace.installed = False
        workspace.token_error = "account_inactive"
        revoked: Json = {"oauth": [], "bot": [workspace.bot.id]}
        self._events.event(workspace, {"type": "tokens_revoked", "tokens": revoked})
        self._events.event(workspace, {"type": "app_uninstalled"})
