"""What the bot posts, edits and deletes, whichever way it does: one place for all of them.

The Web API, response URLs, acknowledgements with a message and streams come here. Slack's
own limits are answered with Slack's errors; what Slack would take and a reader would
suffer from (a ping, a preview, no text beside the blocks) becomes a sentence.
"""

from collections.abc import Callable
from typing import Any

from tests.platforms.slack_server import rules, schemas
from tests.platforms.slack_server.asked import Askings, Interaction
from tests.platforms.slack_server.blocks import with_ids
from tests.platforms.slack_server.errors import SlackError, refused
from tests.platforms.slack_server.messages import Mailroom, Message
from tests.platforms.slack_server.state import APP_ID, Channel, User, Workspace, World
from tests.platforms.waiting import Diary

Json = dict[str, Any]
# Tells the bot of a message of its own, as Slack does: (message, event).
Echo = Callable[[Message, Json], None]
_SETTINGS = ("unfurl_links", "unfurl_media", "link_names", "parse", "mrkdwn")
_KEPT = ("attachments", "metadata", "thread_ts")


class Outbox:
    """Checks, keeps, and finds the question that a message answers."""

    def __init__(
        self, world: World, mailroom: Mailroom, askings: Askings, diary: Diary
    ) -> None:
        self._world = world
        self.mailroom = mailroom
        self._askings = askings
        self._diary = diary
        self.violations: list[str] = []
        self.echo: Echo = lambda _message, _event: None

    def check(self, how: str, arguments: Json, *, edit: bool = False) -> None:
        """Raise what Slack would answer; note what it would not complain of."""
        text, blocks = arguments.get("text"), arguments.get("blocks")
        markdown = arguments.get("markdown_text")
        if not (text or blocks or arguments.get("attachments") or markdown):
            raise SlackError("no_text")
        if markdown and (text or blocks):
            self.violations.append(f"{how}: markdown_text beside text or blocks")
            raise SlackError("markdown_text_conflict")
        if how == "chat.postMessage":
            wrong = schemas.post_problems(arguments)
            self.violations += wrong
            if wrong:
                raise refused("invalid_arguments", wrong)
        problems = rules.message_problems(arguments, edit=edit)
        if problems:
            self.violations += [f"{how}: {problem}" for problem in problems]
            long = all(problem.startswith("text:") for problem in problems)
            raise refused("msg_too_long" if long else "invalid_blocks", problems)
        if blocks and how.startswith("chat.") and rules.too_long_in_all(blocks):
            self.violations.append(f"{how}: blocks are too long in all")
            raise SlackError("msg_blocks_too_long")
        if blocks and not text:
            self.violations.append(f"{how}: blocks without text, for screen readers")

    def post(
        self,
        how: str,
        channel: Channel,
        arguments: Json,
        *,
        ephemeral_to: User | None = None,
        asked: Interaction | None = None,
        checked: bool = False,
        files: list[Json] | None = None,
    ) -> Message:
        """``asked``: what it answers, where the way of posting says so."""
        if not checked:
            self.check(how, arguments)
        workspace = channel.workspace
        wire: Json = {
            "type": "message",
            "user": workspace.bot.id,
            "bot_id": workspace.bot_id,
            "app_id": APP_ID,
            "team": workspace.id,
            "bot_profile": bot_profile(workspace),
            "text": arguments.get("text") or arguments.get("markdown_text") or "",
            "ts": self._world.new_ts(),
            **{key: arguments[key] for key in _KEPT if arguments.get(key)},
        }
        if arguments.get("blocks"):
            wire["blocks"] = with_ids(arguments["blocks"], self._world.new_id)
        if files:
            wire |= {"subtype": "file_share", "files": files}
        message = Message(
            channel=channel,
            user=workspace.bot,
            wire=wire,
            ephemeral_to=ephemeral_to,
            settings={k: arguments[k] for k in _SETTINGS if k in arguments},
        )
        self._keep(how, message, asked)
        return message

    def post_files(
        self, channel: Channel, files: list[Json], comment: str, thread: str | None
    ) -> Message:
        """The message that shares them."""
        for file in files:
            if str(file["name"]).endswith((".png", ".jpg")) and not file.get("alt_txt"):
                self.violations.append(f"files: {file['name']} has no alt_txt")
        how = "files.completeUploadExternal"
        arguments = {"text": comment, "thread_ts": thread}
        return self.post(how, channel, arguments, checked=True, files=files)

    def _keep(self, how: str, message: Message, asked: Interaction | None) -> None:
        self.mailroom.add(message)
        if asked is not None:
            asked.messages.append(message)
        else:
            self._askings.put(message)
        self._watch(how, message)
        if not message.ephemeral:
            self.echo(message, dict(message.wire))
        self._diary.note(str(message))

    def edit(self, how: str, message: Message, arguments: Json) -> None:
        """Replaces text and blocks; blocks that are not given go, as with Slack."""
        self.check(how, arguments, edit=True)
        message.edits.append(message.text)
        wire = message.wire
        wire["text"] = arguments.get("text") or arguments.get("markdown_text") or ""
        if arguments.get("blocks"):
            wire["blocks"] = with_ids(arguments["blocks"], self._world.new_id)
        else:
            wire.pop("blocks", None)
        if "metadata" in arguments:  # else it keeps what it has
            wire["metadata"] = arguments["metadata"]
        if not message.ephemeral:
            ts = self._world.new_ts()
            wire["edited"] = {"user": message.user.id, "ts": ts}
        message.settings |= {k: arguments[k] for k in _SETTINGS if k in arguments}
        self._changed(how, message)

    def add_to_stream(self, message: Message, text: str) -> None:
        message.wire["text"] += text
        self._diary.note(f"more of a stream: {text[:40]!r}")

    def end_stream(self, message: Message, blocks: list[Json] | None) -> None:
        if blocks:
            message.wire["blocks"] = [
                {"type": "markdown", "text": message.wire["text"]},
                *blocks,
            ]
            message.wire["blocks"] = with_ids(
                message.wire["blocks"], self._world.new_id
            )
        message.streaming = False
        self._changed("chat.stopStream", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        self._askings.changed(message)
        if not message.ephemeral:
            self.echo(message, deleted_event(message, self._world.new_ts()))
        self._diary.note(f"deleted {message}")

    def _changed(self, how: str, message: Message) -> None:
        self._watch(how, message)
        self._askings.changed(message)
        if not message.ephemeral:
            self.echo(message, changed_event(message, self._world.new_ts()))
        self._diary.note(f"an edit to {message}")

    def _watch(self, how: str, message: Message) -> None:
        message.told += [who for who in message.mentions() if who not in message.told]
        if message.would_unfurl:
            self.violations.append(f"{how}: {message} may get a preview of a link")


def bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "app_id": APP_ID,
        "name": workspace.bot.name,
        "icons": {},
        "deleted": False,
        "updated": 1700000000,
        "team_id": workspace.id,
    }


def changed_event(message: Message, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": ts,
        "message": dict(message.wire),
        "previous_message": {"type": "message", "ts": message.ts},
    }


def deleted_event(message: Message, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": ts,
        "deleted_ts": message.ts,
        "previous_message": dict(message.wire),
    }
