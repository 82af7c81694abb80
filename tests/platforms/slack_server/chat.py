"""chat.*: posting, editing, deleting, streaming."""

from collections.abc import Iterator
from typing import Any

from tests.platforms.slack_server.agents import Agents
from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.messages import Message
from tests.platforms.slack_server.outbox import Outbox
from tests.platforms.slack_server.state import Channel, Kind
from tests.platforms.slack_server.web_api import Call, Method

Json = dict[str, Any]


class Chat:
    """The methods of the family chat."""

    def __init__(self, outbox: Outbox, agents: Agents) -> None:
        self._outbox = outbox
        self._agents = agents

    def methods(self) -> Iterator[Method]:
        def write(name: str, handler: Any, *needs: str) -> Method:
            return Method(f"chat.{name}", handler, "chat:write", needs)

        yield write("postMessage", self._post, "channel")
        yield write("postEphemeral", self._ephemeral, "channel", "user")
        yield write("update", self._update, "channel", "ts")
        yield write("delete", self._delete, "channel", "ts")
        yield Method("chat.getPermalink", permalink, None, ("channel", "message_ts"))
        yield write("startStream", self._start, "channel", "thread_ts")
        yield write("appendStream", self._append, "channel", "ts")
        yield write("stopStream", self._stop, "channel", "ts")

    def _post(self, call: Call) -> Json:
        channel = _postable(call)
        arguments = call.arguments
        root = arguments.get("thread_ts")
        if root and self._outbox.mailroom.find(channel, root) is None:
            self._outbox.violations.append(
                f"{call.method}: no message with the thread_ts {root} in {channel}"
            )
            raise SlackError("thread_not_found")
        message = self._outbox.post(call.method, channel, arguments)
        self._agents.clear_status(channel, message.thread_ts)
        return {"channel": channel.id, "ts": message.ts, "message": dict(message.wire)}

    def _ephemeral(self, call: Call) -> Json:
        channel = _postable(call)
        user = call.workspace.users.get(str(call.arguments["user"]))
        if user is None or user not in channel.members:
            raise SlackError("user_not_in_channel")
        message = self._outbox.post(
            call.method, channel, call.arguments, ephemeral_to=user
        )
        return {"message_ts": message.ts}

    def _update(self, call: Call) -> Json:
        message = self._own(call, "cant_update_message")
        self._outbox.edit(call.method, message, call.arguments)
        return {
            "channel": message.channel.id,
            "ts": message.ts,
            "text": message.fallback,
            "message": dict(message.wire),
        }

    def _delete(self, call: Call) -> Json:
        message = self._own(call, "cant_delete_message")
        self._outbox.delete(message)
        return {"channel": message.channel.id, "ts": message.ts}

    def _own(self, call: Call, otherwise: str) -> Message:
        channel = call.channel()
        message = self._outbox.mailroom.find(channel, call.arguments["ts"])
        if message is None:
            raise SlackError("message_not_found")
        if message.user is not call.workspace.bot:
            raise SlackError(otherwise)
        if channel.archived:
            raise SlackError("is_archived")
        return message

    # --- streams ----------------------------------------------------------------------------

    def _start(self, call: Call) -> Json:
        channel, arguments = _postable(call), call.arguments
        if not call.workspace.agent_features:
            raise SlackError("feature_not_enabled")
        named = arguments.get("recipient_user_id") and arguments.get(
            "recipient_team_id"
        )
        if channel.kind is not Kind.DIRECT and not named:
            raise SlackError("missing_recipient_user_id")
        if self._outbox.mailroom.find(channel, arguments["thread_ts"]) is None:
            raise SlackError("thread_not_found")
        text = _streamed(arguments)
        if text:
            self._outbox.check(call.method, {"text": text})
        message = self._outbox.post(
            call.method,
            channel,
            {"text": text, "thread_ts": arguments["thread_ts"], **_NO_PREVIEWS},
            checked=True,
        )
        message.streaming = True
        self._agents.clear_status(channel, message.thread_ts)
        return {"channel": channel.id, "ts": message.ts}

    def _append(self, call: Call) -> Json:
        message = self._stream(call)
        self._outbox.add_to_stream(message, _streamed(call.arguments))
        return {"channel": message.channel.id, "ts": message.ts}

    def _stop(self, call: Call) -> Json:
        message = self._stream(call)
        self._outbox.add_to_stream(message, _streamed(call.arguments))
        blocks = call.arguments.get("blocks")
        self._outbox.check(call.method, {"text": message.fallback, "blocks": blocks})
        self._outbox.end_stream(message, blocks)
        return {
            "channel": message.channel.id,
            "ts": message.ts,
            "message": dict(message.wire),
        }

    def _stream(self, call: Call) -> Message:
        message = self._outbox.mailroom.find(call.channel(), call.arguments["ts"])
        if message is None:
            raise SlackError("message_not_found")
        if not message.streaming:
            raise SlackError("message_not_in_streaming_state")
        return message


# A stream has no such setting.
_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}


def _streamed(arguments: Json) -> str:
    chunks = arguments.get("chunks") or []
    texts = [c.get("text", "") for c in chunks if c.get("type") == "markdown_text"]
    return (arguments.get("markdown_text") or "") + "".join(texts)


def _postable(call: Call) -> Channel:
    """Where the bot may post; somebody's id stands for their direct messages."""
    named = call.workspace.users.get(str(call.arguments["channel"]))
    if named is not None and not named.bot:
        return call.workspace.direct(named)
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if call.workspace.bot not in channel.members:
        raise SlackError("not_in_channel")
    if channel.read_only:
        raise SlackError("restricted_action")
    return channel


def permalink(call: Call) -> Json:
    channel, ts = call.channel(), str(call.arguments["message_ts"])
    number = ts.replace(".", "")
    domain = call.workspace.domain
    url = f"https://{domain}.slack.com/archives/{channel.id}/p{number}"
    return {"channel": channel.id, "permalink": url}
