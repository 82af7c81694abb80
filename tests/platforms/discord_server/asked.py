"""What people asked the bot, and what came back: posts and interactions."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any

from tests.platforms.discord_server import components as c
from tests.platforms.discord_server.messages import Message
from tests.platforms.discord_server.state import Channel, User
from tests.platforms.discord_server.wire import Json
from tests.platforms.waiting import Diary


class Until(Enum):
    """How long somebody waits for what they did to have an effect."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class Sort(IntEnum):
    """Kinds of interactions."""

    COMMAND = 2
    PRESS = 3
    SUGGESTIONS = 4
    SUBMISSION = 5


class Ack(IntEnum):
    """Kinds of first responses."""

    MESSAGE = 4
    THINKING = 5
    WILL_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


@dataclass(eq=False, kw_only=True)
class Asked:
    """Something that a person did, in words (``what``), and the bot's ``messages``."""

    who: User
    channel: Channel
    what: str
    diary: Diary
    messages: list[Message] = field(default_factory=list)

    @property
    def shown(self) -> list[Message]:
        """The bot's messages that are there to be seen."""
        return [m for m in self.messages if not m.deleted and not m.loading]

    @property
    def answer(self) -> Message:
        """The one message that answers; a sentence otherwise."""
        if len(self.shown) != 1:
            listed = "; ".join(map(str, self.messages)) or "nothing"
            raise AssertionError(f"{self} is answered by one message, not by: {listed}")
        return self.shown[0]

    @property
    def text(self) -> str:
        """What the answer says."""
        return self.answer.text

    async def until(
        self, check: Callable[[], Any], what: str, *, seconds: float | None = None
    ) -> None:
        await self.diary.until(check, f"{what}, after {self}", seconds=seconds)

    async def shows(self, text: str) -> Message:
        """The message that says this, as soon as it does."""
        return await self.diary.until(
            lambda: next((m for m in self.shown if text in m.text), None),
            f"{text!r} to be shown, after {self}",
        )

    def __str__(self) -> str:
        return f"{self.what} by {self.who} in {self.channel}"


@dataclass(eq=False, kw_only=True)
class Post(Asked):
    """A message that somebody wrote; ``addressed`` if to the bot."""

    message: Message
    addressed: bool

    async def answered(self) -> None:
        await self.until(lambda: self.shown, "an answer")


@dataclass(eq=False, kw_only=True)
class Modal:
    """A form that is open on somebody's screen."""

    data: Json
    opened_by: "Interaction"

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def custom_id(self) -> str:
        return str(self.data["custom_id"])

    @property
    def fields(self) -> dict[str, Json]:
        """Every input by its custom_id, with its label as ``label``."""
        found = {}
        for top in self.data["components"]:
            inner = [top["component"]] if "component" in top else top.get("components")
            for part in inner or ():  # a text has none
                label = top.get("label") or part.get("label")
                found[part["custom_id"]] = part | {"label": label}
        return found

    @property
    def text(self) -> str:
        """All that is to be read in it."""
        lines = [self.title]
        for part in c.walk(self.data["components"]):
            lines += [
                str(part[k]) for k in ("label", "description", "content") if part.get(k)
            ]
        return "\n".join(lines)


@dataclass(eq=False, kw_only=True)
class Interaction(Asked):
    """A command, a press, a submission or a wish for suggestions."""

    id: str
    token: str
    sort: Sort
    payload: Json
    born: float
    ack: Ack | None = None
    acknowledged_after: float | None = None  # seconds
    original: Message | None = None
    modal: Modal | None = None
    choices: list[Json] | None = None
    expired: bool = False
    origin: "Interaction | None" = None  # what opened the modal that is submitted
    pressed: Message | None = None
    edits_before: int = 0  # of what was pressed on

    @property
    def updated(self) -> bool:
        """What was pressed on has changed since, or is gone."""
        pressed = self.pressed
        if pressed is None:
            return False
        return pressed.deleted or len(pressed.earlier) > self.edits_before

    @property
    def answer(self) -> Message:
        """The one message that answers, or the one that changed."""
        if self.updated and self.pressed is not None and not self.shown:
            return self.pressed
        return super().answer

    @property
    def is_answered(self) -> bool:
        return bool(
            self.shown or self.modal or self.choices is not None or self.updated
        )

    @property
    def ephemeral(self) -> bool:
        return self.answer.ephemeral

    @property
    def suggestions(self) -> list[str]:
        """The names that autocomplete offers."""
        return [str(choice["name"]) for choice in self.choices or []]

    async def acknowledged(self) -> None:
        await self.until(lambda: self.ack is not None, "an acknowledgement")

    async def answered(self) -> None:
        await self.until(lambda: self.is_answered, "an answer")


class Askings:
    """Everything that was asked, in order; puts the bot's plain messages to it."""

    def __init__(self) -> None:
        self.all: list[Asked] = []
        self.unasked: list[Message] = []  # what the bot said of its own accord
        self._of_its_own_accord = False

    @property
    def posts(self) -> list[Post]:
        return [asked for asked in self.all if isinstance(asked, Post)]

    @property
    def interactions(self) -> list[Interaction]:
        return [asked for asked in self.all if isinstance(asked, Interaction)]

    @contextlib.contextmanager
    def of_its_own_accord(self) -> Iterator[None]:
        """What the bot posts meanwhile answers nothing: a correction, a notice."""
        self._of_its_own_accord = True
        try:
            yield
        finally:
            self._of_its_own_accord = False

    def put(self, message: Message) -> None:
        """To what it replies to; to the last that was asked; to what opened the thread.

        A reply to one of the bot's own messages answers nothing: a correction is one.
        """
        asked: Asked | None
        if self._of_its_own_accord:
            asked = None
        elif message.replies_to is not None:
            asked = self._post_of(message.replies_to)
        else:
            asked = self._last_in(message.channel) or self._post_of(message.channel.id)
        if asked is None:
            self.unasked.append(message)
        else:
            asked.messages.append(message)

    def _post_of(self, message_id: str) -> Asked | None:
        # A thread has the id of the message that it starts from.
        found = (post for post in self.posts if post.message.id == message_id)
        return next(found, None)

    def _last_in(self, channel: Channel) -> Asked | None:
        here = [
            asked
            for asked in self.all
            if asked.channel is channel and _wants_a_message(asked)
        ]
        waiting = [asked for asked in here if not asked.shown]
        return next(reversed(waiting or here), None)


def _wants_a_message(asked: Asked) -> bool:
    if isinstance(asked, Interaction):
        return asked.sort is not Sort.SUGGESTIONS and asked.modal is None
    return isinstance(asked, Post) and asked.addressed
