"""Messages: made from what was sent, with who is notified by them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord_server.components import (
    Button,
    Select,
    buttons,
    numbered,
    selects,
    visible_text,
)
from tests.platforms.discord_server.errors import invalid_form
from tests.platforms.discord_server.permissions import Permission, permissions_in
from tests.platforms.discord_server.state import Channel, User, World
from tests.platforms.discord_server.wire import Json, user_object

SUPPRESS_EMBEDS, EPHEMERAL, LOADING, V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 15
REPLY = 19


@dataclass(frozen=True)
class Upload:
    """A file that somebody sends."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as it stands now; ``earlier`` are the texts before each edit.

    ``notified`` are all whom it notified, when it was posted or edited.
    """

    wire: Json
    channel: Channel
    author: User
    notified: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    only_for: User | None = None
    earlier: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    @property
    def text(self) -> str:
        """All that is to be read in it, but for its buttons."""
        return visible_text(self.wire)

    @property
    def buttons(self) -> list[Button]:
        return buttons(self.wire["components"])

    @property
    def selects(self) -> list[Select]:
        return selects(self.wire["components"])

    @property
    def ephemeral(self) -> bool:
        return bool(self.wire["flags"] & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """It shows "Quis is thinking…" and nothing else yet."""
        return bool(self.wire["flags"] & LOADING)

    @property
    def replies_to(self) -> str | None:
        """The id of the message that it replies to."""
        reference = self.wire.get("message_reference") or {}
        return str(reference["message_id"]) if reference.get("message_id") else None

    @property
    def reactions(self) -> list[str]:
        return [each["emoji"]["name"] for each in self.wire.get("reactions", ())]

    def __str__(self) -> str:
        kind = "an ephemeral message" if self.ephemeral else "a message"
        shown = "thinking…" if self.loading else " ".join(self.text.split())
        shown = shown[:80] + "…" if len(shown) > 80 else shown
        return f"{kind} by {self.author} in {self.channel}: {shown!r}"


@dataclass(kw_only=True)
class Draft:
    """What it takes to make a message."""

    channel: Channel
    author: User
    body: Json
    uploads: Sequence[Upload] = ()
    webhook: bool = False  # whose messages notify users only, unless told otherwise
    extra: Json = field(default_factory=dict)
    answered: Message | None = None  # what it replies to
    only_for: User | None = None


class Mailroom:
    """Makes messages, changes them, and knows them all by id."""

    def __init__(self, world: World, files_at: str) -> None:
        self._world = world
        self._files_at = files_at
        self.sent: dict[str, Message] = {}
        self.files: dict[str, Upload] = {}  # by path, all that were ever sent

    def make(self, draft: Draft) -> Message:
        """A message that nobody has seen yet."""
        body = draft.body
        wire: Json = {
            "id": self._world.new_id(),
            "channel_id": draft.channel.id,
            "type": REPLY if draft.answered else 0,
            "content": body.get("content") or "",
            "attachments": self.keep_files(draft.channel, draft.uploads, body),
            "embeds": _embeds(body),
            "timestamp": self._now(),
            "edited_timestamp": None,
            "flags": body.get("flags") or 0,
            "components": numbered(body.get("components")),
            "author": user_object(draft.author),
            "pinned": False,
            "tts": False,
            **draft.extra,
        }
        if (answered := draft.answered) is not None:
            wire["message_reference"] = _reference(answered)
            wire["referenced_message"] = {
                key: value
                for key, value in answered.wire.items()
                if key not in {"referenced_message", "guild_id", "member"}
            }
        message = Message(
            wire=wire,
            channel=draft.channel,
            author=draft.author,
            notified=[],
            files={upload.name: upload.data for upload in draft.uploads},
            only_for=draft.only_for,
        )
        self._mention(message, body.get("allowed_mentions"), webhook=draft.webhook)
        return message

    def change(
        self, message: Message, body: Json, uploads: Sequence[Upload] = ()
    ) -> None:
        """An edit: what the body does not name stays."""
        wire = message.wire
        self._must_fit_together(wire, body)
        if not message.loading:
            message.earlier.append(message.text)
        if "content" in body:
            wire["content"] = body["content"] or ""
        if "embeds" in body:
            wire["embeds"] = _embeds(body)
        if "components" in body:
            wire["components"] = numbered(body["components"])
        kept = {str(a["id"]) for a in body.get("attachments") or () if "id" in a}
        if "attachments" in body:
            wire["attachments"] = [a for a in wire["attachments"] if a["id"] in kept]
        wire["attachments"] += self.keep_files(message.channel, uploads, body)
        message.files |= {upload.name: upload.data for upload in uploads}
        fixed = wire["flags"] & (EPHEMERAL | V2)
        given = body.get("flags")
        # Ephemeral or not is settled when a message is first there, and so is V2.
        kept_flags = wire["flags"] if given is None else given & ~EPHEMERAL
        wire["flags"] = (fixed | kept_flags) & ~LOADING
        wire["edited_timestamp"] = self._now()
        self._mention(message, body.get("allowed_mentions"), webhook=False)

    def _must_fit_together(self, wire: Json, body: Json) -> None:
        if (wire["flags"] | (body.get("flags") or 0)) & V2:
            left = [key for key in ("content", "embeds") if body.get(key, wire[key])]
            if left:
                problem = f"edit: {', '.join(left)} beside layout components"
                raise invalid_form([problem])

    def keep_files(
        self, channel: Channel, uploads: Sequence[Upload], body: Json | None = None
    ) -> list[Json]:
        """Store what was sent; an attachment object each, as Discord describes it."""
        told = {str(a.get("id")): a for a in (body or {}).get("attachments") or ()}
        made = []
        for number, upload in enumerate(uploads):
            path = f"{channel.id}/{self._world.new_id()}/{upload.name}"
            self.files[path] = upload
            description = told.get(str(number), {}).get("description")
            made.append(
                {
                    "id": path.split("/")[1],
                    "filename": upload.name,
                    "size": len(upload.data),
                    "content_type": upload.content_type,
                    "url": f"{self._files_at}/{path}",
                    "proxy_url": f"{self._files_at}/{path}",
                    **({"description": description} if description else {}),
                }
            )
        return made

    def _now(self) -> str:
        return self._world.clock.now().isoformat()

    def _mention(
        self, message: Message, allowed: Json | None, *, webhook: bool
    ) -> None:
        """Who is notified, after ``allowed_mentions``; text in embeds notifies nobody."""
        wire, world = message.wire, self._world
        text = visible_text(wire | {"embeds": []})
        if allowed is None:
            allowed = {
                "parse": ["users"] if webhook else ["users", "roles", "everyone"]
            }
            allowed["replied_user"] = True
        users = [
            world.users[id_]
            for id_ in _permitted(re.findall(r"<@!?(\d+)>", text), "users", allowed)
            if id_ in world.users
        ]
        answered = wire.get("referenced_message")
        if answered and allowed.get("replied_user"):
            replied = world.users[answered["author"]["id"]]
            users += [replied] if replied not in users else []
        guild = message.channel.guild
        roles = {role.id: role.name for role in guild.roles} if guild else {}
        named = [
            id_
            for id_ in _permitted(re.findall(r"<@&(\d+)>", text), "roles", allowed)
            if id_ in roles
        ]
        everyone = bool(re.search(r"@(everyone|here)\b", text))
        everyone = everyone and "everyone" in (allowed.get("parse") or ())
        if everyone and guild and message.author is not world.bot:
            may = permissions_in(guild, message.author.id, message.channel)
            everyone = bool(may & Permission.MENTION_EVERYONE)
        wire["mentions"] = [user_object(user) for user in users]
        wire["mention_roles"] = named
        wire["mention_everyone"] = everyone
        message.notified += [user.name for user in users]
        message.notified += [f"@{roles[id_]}" for id_ in named]
        message.notified += ["@everyone"] if everyone else []


def _permitted(ids: list[str], what: str, allowed: Json) -> list[str]:
    distinct = list(dict.fromkeys(ids))
    if what in (allowed.get("parse") or ()):
        return distinct
    listed = {str(id_) for id_ in allowed.get(what) or ()}
    return [id_ for id_ in distinct if id_ in listed]


def _embeds(body: Json) -> list[Json]:
    def without_nothing(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without_nothing(v) for k, v in value.items() if v is not None}
        return value

    return [
        without_nothing({**embed, "type": "rich"}) for embed in body.get("embeds") or ()
    ]


def _reference(message: Message) -> Json:
    made = {"type": 0, "message_id": message.id, "channel_id": message.channel.id}
    guild = message.channel.guild
    return made | ({"guild_id": guild.id} if guild else {})
