"""People: what somebody in a workspace can do, in a client that offers what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack_server import text as t
from tests.platforms.slack_server.agents import Agents
from tests.platforms.slack_server.asked import (
    Asked,
    Askings,
    Interaction,
    Post,
    Sort,
    Until,
)
from tests.platforms.slack_server.deeds import Deeds
from tests.platforms.slack_server.errors import NotOffered
from tests.platforms.slack_server.files import Files, Upload
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.messages import Mailroom, Message
from tests.platforms.slack_server.outbox import changed_event, deleted_event
from tests.platforms.slack_server.screens import Hands
from tests.platforms.slack_server.state import Channel, Kind, User, World
from tests.platforms.slack_server.views import View
from tests.platforms.waiting import Diary

Json = dict[str, Any]
Threads = Message | Asked


@dataclass(frozen=True, kw_only=True)
class Around:
    """What people act through."""

    world: World
    manifest: Manifest
    mailroom: Mailroom
    askings: Askings
    deeds: Deeds
    files: Files
    agents: Agents
    diary: Diary


class Member(Hands):
    """Somebody in a workspace. What the client would not let them do raises NotOffered.

    Whatever is addressed to the bot waits until it is answered, unless told otherwise by
    ``until``, and returns what was asked with what came back.
    """

    def __init__(self, around: Around, user: User) -> None:
        super().__init__(user, around.deeds, around.askings, around.diary)
        self._around = around

    @property
    def direct(self) -> Channel:
        """The direct messages with the bot."""
        return self.user.workspace.direct(self.user)

    async def submits(
        self,
        surface: View | Interaction,
        values: dict[str, Any] | None = None,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """Send a form; a file is sent first, as the client does."""
        files = self._around.files
        sent = {
            name: files.wire(files.keep(self.user, each))
            if isinstance(each, Upload)
            else each
            for name, each in (values or {}).items()
        }
        return await super().submits(surface, sent, until=until)

    # --- messages ---------------------------------------------------------------------------

    async def says(
        self,
        channel: Channel,
        text: str,
        *,
        thread: Threads | None = None,
        files: Sequence[Upload] = (),
        addressed: bool | None = None,
        until: Until | None = None,
    ) -> Post:
        """``@Name`` becomes a mention, as in the client.

        ``addressed``: whether the bot owes an answer. By default it does to a mention, in
        its direct messages, and in a thread in which it has answered this person.
        """
        if self.user not in channel.members or channel.archived or channel.deleted:
            raise NotOffered(f"{self.user} cannot write in {channel}")
        if channel is self.direct and not self._around.manifest.takes_messages:
            raise NotOffered("the app takes no direct messages")
        message = self._write(channel, text, _message(thread), files)
        bot, typed = channel.workspace.bot, message.fallback
        mentioned = f"<@{bot.id}>" in typed and channel.kind is not Kind.DIRECT
        if addressed is None:
            follows = self._around.askings.bot_answered(
                self.user, channel, message.root_ts
            )
            addressed = mentioned or channel.kind is Kind.DIRECT or follows
        post = Post(
            who=self.user,
            channel=channel,
            what=f"{text[:60]!r}",
            diary=self._around.diary,
            message=message,
            addressed=addressed,
        )
        self._around.askings.all.append(post)
        self._announce(post, mentioned=mentioned)
        usual = Until.ANSWERED if addressed else Until.ACKNOWLEDGED
        await post.wait(until or usual)
        return post

    async def replies(
        self, to: Threads, text: str, *, until: Until | None = None, **how: Any
    ) -> Post:
        """In the thread of that message, or of the answer to what was asked."""
        message = _message(to)
        assert message is not None
        return await self.says(
            message.channel, text, thread=message, until=until, **how
        )

    async def dm(self, text: str, *, until: Until | None = None, **how: Any) -> Post:
        return await self.says(self.direct, text, until=until, **how)

    def _write(
        self,
        channel: Channel,
        text: str,
        thread: Message | None,
        files: Sequence[Upload],
    ) -> Message:
        typed = t.typed(text, channel.workspace)
        wire: Json = {
            "type": "message",
            "user": self.user.id,
            "ts": self._around.world.new_ts(),
            "client_msg_id": self._around.world.new_id("client-"),
            "text": typed,
            "team": channel.workspace.id,
        }
        if typed:
            wire["blocks"] = t.rich_text(typed)
        if thread is not None:
            parent = self._around.mailroom.find(channel, thread.root_ts)
            wire["thread_ts"] = thread.root_ts
            wire["parent_user_id"] = (parent or thread).user.id
        if files:
            kept = [self._around.files.keep(self.user, each) for each in files]
            wire |= {"subtype": "file_share", "upload": False}
            wire["files"] = [self._around.files.wire(each) for each in kept]
        message = Message(channel=channel, user=self.user, wire=wire)
        self._around.mailroom.add(message)
        return message

    def _announce(self, post: Post, *, mentioned: bool) -> None:
        channel, wire = post.message.channel, dict(post.message.wire)
        workspace = channel.workspace
        if workspace.bot not in channel.members:
            self._around.diary.note(f"the bot is not in {channel}")
            return
        self._around.deeds.event(workspace, wire, channel=channel, asked=post)
        if mentioned:
            # Another event with another id, of the same message.
            left_out = {"client_msg_id", "subtype", "parent_user_id"}
            event = {key: wire[key] for key in wire if key not in left_out}
            event |= {"type": "app_mention", "channel": channel.id}
            self._around.deeds.event(workspace, event, asked=post)

    async def edits(self, message: Threads, text: str) -> Interaction:
        """A message of one's own; the bot hears of it and owes nothing."""
        changed = self._own(message)
        changed.edits.append(changed.text)
        changed.wire["text"] = t.typed(text, changed.channel.workspace)
        changed.wire["blocks"] = t.rich_text(changed.wire["text"])
        ts = self._around.world.new_ts()
        changed.wire["edited"] = {"user": self.user.id, "ts": ts}
        return await self._news(changed, changed_event(changed, ts), "an edit")

    async def deletes(self, message: Threads) -> Interaction:
        gone = self._own(message)
        gone.deleted = True
        event = deleted_event(gone, self._around.world.new_ts())
        return await self._news(gone, event, "a deletion")

    async def reacts(self, to: Threads, emoji: str) -> Interaction:
        message = self._visible(to)
        event: Json = {
            "type": "reaction_added",
            "user": self.user.id,
            "reaction": emoji,
            "item_user": message.user.id,
            "item": {
                "type": "message",
                "channel": message.channel.id,
                "ts": message.ts,
            },
        }
        return await self._news(message, event, f":{emoji}:")

    async def _news(self, message: Message, event: Json, what: str) -> Interaction:
        asked = self._asked(Sort.NEWS, message.channel, what)
        channel = message.channel
        self._around.deeds.event(channel.workspace, event, channel=channel, asked=asked)
        await asked.acknowledged()
        return asked

    def _own(self, of: Threads) -> Message:
        message = of.message if isinstance(of, Post) else self._visible(of)
        if message.user is not self.user:
            raise NotOffered(f"{message} is not by {self.user}")
        return message

    # --- commands and shortcuts -------------------------------------------------------------

    async def slash(
        self,
        channel: Channel,
        command: str,
        text: str = "",
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """``ana.slash(channel, "/ask", "…")``; works where the bot is no member, too."""
        offered = self._around.manifest.command(command)
        if self.user not in channel.members:
            raise NotOffered(f"{self.user} is not in {channel}")
        asked = self._asked(Sort.COMMAND, channel, f"{command} {text[:60]}".strip())
        sent = text
        if offered.get("should_escape"):
            workspace = channel.workspace
            sent = t.typed(text, workspace)
            for user in workspace.users.values():
                sent = sent.replace(f"<@{user.id}>", f"<@{user.id}|{user.name}>")
            sent = t.escaped(sent, workspace)
        self._around.deeds.command(asked, command, sent)
        await asked.wait(until)
        return asked

    async def shortcut(
        self,
        name: str,
        on: Threads | None = None,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """By the name in the menu of a message, or in the global menu."""
        message = None
        if isinstance(on, Post):
            message = on.message
        elif on is not None:
            message = self._visible(on)
        kind = "message" if message is not None else "global"
        callback_id = self._around.manifest.shortcut(name, kind)
        channel = message.channel if message is not None else None
        asked = self._asked(Sort.SHORTCUT, channel, f"the shortcut {name!r}")
        asked.pressed = message
        self._around.deeds.shortcut(asked, callback_id)
        await asked.wait(until)
        return asked

    # --- the app's own places ---------------------------------------------------------------

    async def opens_home(self, *, until: Until = Until.ANSWERED) -> Interaction:
        """The Home tab; ``.home`` of what comes back is what is shown there."""
        return await self._opens("home", until)

    async def opens_messages(self, *, until: Until = Until.ANSWERED) -> Interaction:
        """The messages of an agent; ``.prompts`` are what it suggests."""
        return await self._opens("messages", until)

    async def _opens(self, tab: str, until: Until) -> Interaction:
        asked = self._asked(Sort.OPENING, self.direct, f"opening {tab}")
        event: Json = {
            "type": "app_home_opened",
            "user": self.user.id,
            "channel": self.direct.id,
            "tab": tab,
        }
        self._around.deeds.event(self.user.workspace, event, asked=asked)
        await asked.wait(until)
        return asked

    async def starts_assistant_thread(
        self, context: Channel | None = None, *, until: Until = Until.ANSWERED
    ) -> Interaction:
        """Of the older view; go on with ``dm(…, thread=opened)``."""
        channel, workspace = self.direct, self.user.workspace
        ts = self._around.world.new_ts()
        wire: Json = {
            "type": "message",
            "subtype": "assistant_app_thread",
            "user": workspace.bot.id,
            "text": "New Assistant Thread",
            "ts": ts,
        }
        root = Message(channel=channel, user=workspace.bot, wire=wire)
        self._around.mailroom.add(root)
        self._around.agents.began(ts)
        asked = self._asked(Sort.OPENING, channel, "starting a thread")
        asked.pressed = root
        thread: Json = {
            "user_id": self.user.id,
            "channel_id": channel.id,
            "thread_ts": ts,
            "context": {"team_id": workspace.id, "enterprise_id": None}
            | ({"channel_id": context.id} if context else {}),
        }
        event = {"type": "assistant_thread_started", "assistant_thread": thread}
        self._around.deeds.event(workspace, event, asked=asked)
        await asked.wait(until)
        return asked

    async def looks_at_another_channel(self, opened: Interaction) -> None:
        """Beside a thread of the older view."""
        root = opened.pressed
        if root is None:
            raise NotOffered("no thread of the assistant was started")
        workspace = self.user.workspace
        thread: Json = {
            "user_id": self.user.id,
            "channel_id": root.channel.id,
            "thread_ts": root.ts,
            "context": {"team_id": workspace.id, "enterprise_id": None},
        }
        event = {
            "type": "assistant_thread_context_changed",
            "assistant_thread": thread,
        }
        self._around.deeds.event(workspace, event)

    @property
    def home(self) -> View:
        """What is on this person's Home tab."""
        mine = [a.home for a in self._around.askings.interactions if a.who is self.user]
        shown = [home for home in mine if home is not None]
        if not shown:
            raise AssertionError(f"nothing was published on the Home of {self.user}")
        return shown[-1]


def _message(of: Threads | None) -> Message | None:
    if of is None or isinstance(of, Message):
        return of
    if isinstance(of, Interaction) and of.sort is Sort.OPENING:
        return of.pressed
    return of.answer
