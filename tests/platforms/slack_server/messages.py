"""Messages: what was posted where, how it looked before, whom it notified."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.slack_server import blocks as b
from tests.platforms.slack_server import text as t
from tests.platforms.slack_server.state import Channel, User

Json = dict[str, Any]
Chosen = dict[str, dict[str, Json]]  # block_id → action_id → what is chosen


@dataclass(eq=False, repr=False, kw_only=True)
class Message:
    """A message; ``wire`` is the object that the API gives of it.

    ``edits`` are the visible texts it had before, oldest first. ``told`` are the mentions
    that it made while it was as it was.
    """

    channel: Channel
    user: User
    wire: Json
    ephemeral_to: User | None = None
    deleted: bool = False
    streaming: bool = False
    settings: Json = field(default_factory=dict)  # unfurl_links and the like
    edits: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    chosen: Chosen = field(default_factory=dict)

    @property
    def ts(self) -> str:
        return str(self.wire["ts"])

    @property
    def thread_ts(self) -> str | None:
        return self.wire.get("thread_ts")

    @property
    def root_ts(self) -> str:
        """What a reply to it has as its ``thread_ts``."""
        return self.thread_ts or self.ts

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def blocks(self) -> list[Json]:
        return list(self.wire.get("blocks") or [])

    @property
    def fallback(self) -> str:
        """The ``text``: what notifications and screen readers get."""
        return str(self.wire.get("text") or "")

    @property
    def text(self) -> str:
        """All that is to be read in it, as a person sees it."""
        names = {u.id: u.name for u in self.channel.workspace.users.values()}
        if self.blocks and not self.user.bot:
            return t.seen(self.fallback, names)
        body = b.visible(self.blocks, names) if self.blocks else ""
        body = body or t.seen(self.fallback, names)
        attached = b.visible(self.wire.get("attachments") or [], names)
        files = [f"{f['name']} {f.get('alt_txt') or ''}".strip() for f in self.files]
        return "\n".join(part for part in (body, attached, *files) if part)

    @property
    def buttons(self) -> list[b.Button]:
        return b.buttons(self.blocks)

    @property
    def menus(self) -> list[b.Menu]:
        return b.menus(self.blocks)

    @property
    def links(self) -> list[tuple[str, str]]:
        """Label and address: in text that is read as mark-up, and on buttons."""
        texts = [*b.marked_up(self.blocks)] or [self.fallback]
        found = [link for text in texts for link in t.links(text)]
        found += [
            (str(each.get("text") or each["url"]), str(each["url"]))
            for each in b.walk(self.blocks)
            if each.get("type") == "link"
        ]
        return found + [(x.label, x.url) for x in self.buttons if x.url]

    @property
    def files(self) -> list[Json]:
        return list(self.wire.get("files") or [])

    @property
    def would_unfurl(self) -> bool:
        """Slack may put a preview under it."""
        if self.ephemeral or not self.links:
            return False
        return not (
            self.settings.get("unfurl_links") is False
            and self.settings.get("unfurl_media") is False
        )

    def mentions(self) -> Iterator[str]:
        """Whom it notifies; names in plain text only if the bot asks for that."""
        texts = [self.fallback, *b.marked_up(self.wire.get("blocks"))]
        texts += [*b.marked_up(self.wire.get("attachments"))]
        yield from t.notified(texts)
        if self.settings.get("link_names") or self.settings.get("parse") == "full":
            names = {f"@{user.name}" for user in self.channel.workspace.users.values()}
            for word in " ".join(texts).split():
                if word in names or word in {"@here", "@channel", "@everyone"}:
                    yield word

    def __str__(self) -> str:
        text = self.text if len(self.text) < 80 else f"{self.text[:77]}…"
        whose = f" for {self.ephemeral_to} only" if self.ephemeral_to else ""
        return f"{text!r} in {self.channel}{whose}"


class Mailroom:
    """Every message there was, deleted and ephemeral ones too."""

    def __init__(self) -> None:
        self.everything: list[Message] = []

    def add(self, message: Message) -> None:
        self.everything.append(message)

    def in_channel(self, channel: Channel) -> list[Message]:
        """What the API gives of it, oldest first."""
        return [
            m
            for m in self.everything
            if m.channel is channel and not m.deleted and not m.ephemeral
        ]

    def find(self, channel: Channel, ts: object) -> Message | None:
        return next((m for m in self.in_channel(channel) if m.ts == ts), None)

    def thread(self, channel: Channel, root_ts: str) -> list[Message]:
        return [m for m in self.in_channel(channel) if m.root_ts == root_ts]
