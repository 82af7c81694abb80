"""What people asked the bot, and what came back: posts and interactions."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.platforms.slack_server.delivery import Delivery
from tests.platforms.slack_server.messages import Message
from tests.platforms.slack_server.state import Channel, User
from tests.platforms.slack_server.views import View
from tests.platforms.waiting import Diary

Json = dict[str, Any]


class Until(Enum):
    """How long somebody waits for what they did to have an effect."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class Sort(Enum):
    """Kinds of interactions."""

    COMMAND = "command"
    SHORTCUT = "shortcut"
    PRESS = "press"
    SUBMISSION = "submission"
    SUGGESTIONS = "suggestions"
    OPENING = "opening"  # of the Home, the agent's messages, an assistant thread
    NEWS = "news"  # an event that asks for nothing


@dataclass(eq=False, repr=False, kw_only=True)
class Asked:
    """Something that a person did, in words (``what``), and the bot's ``messages``."""

    who: User
    channel: Channel | None
    what: str
    diary: Diary
    deliveries: list[Delivery] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def shown(self) -> list[Message]:
        """The bot's messages that are there to be seen.

        A file that is shared elsewhere, or beside what is said of it, is part of that.
        """
        there = [m for m in self.messages if not m.deleted]
        said = [m for m in there if not m.files]
        return said or [m for m in there if m.channel is self.channel]

    @property
    def is_answered(self) -> bool:
        return bool(self.shown) and not any(m.streaming for m in self.shown)

    @property
    def is_acknowledged(self) -> bool:
        return all(delivery.done for delivery in self.deliveries)

    @property
    def ack(self) -> Json | None:
        """What it was acknowledged with."""
        acks = [delivery.ack for delivery in self.deliveries if delivery.ack]
        return acks[0] if acks else None

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

    @property
    def ephemeral(self) -> bool:
        return self.answer.ephemeral

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

    async def acknowledged(self) -> None:
        await self.until(lambda: self.is_acknowledged, "an acknowledgement")

    async def answered(self) -> None:
        await self.until(lambda: self.is_answered, "an answer")

    async def wait(self, until: Until) -> None:
        if until is not Until.SENT:
            await self.acknowledged()
        if until is Until.ANSWERED:
            await self.answered()

    def __str__(self) -> str:
        where = f" in {self.channel}" if self.channel else ""
        return f"{self.what} by {self.who}{where}"


@dataclass(eq=False, repr=False, kw_only=True)
class Post(Asked):
    """A message that somebody wrote; ``addressed`` if to the bot."""

    message: Message
    addressed: bool


@dataclass(eq=False, repr=False, kw_only=True)
class Interaction(Asked):
    """A command, a shortcut, a press, a submission, a look-up, an opening.

    ``updated``: the message or modal that it was done on has changed since.
    """

    sort: Sort
    modal: View | None = None
    home: View | None = None
    options: list[Json] | None = None
    updated: bool = False
    is_link: bool = False
    pressed: Message | None = None
    view: View | None = None
    prompts: list[Json] | None = None

    @property
    def timed_out(self) -> bool:
        """The person sees ``operation_timeout`` or its like."""
        return self.is_acknowledged and not any(d.acknowledged for d in self.deliveries)

    @property
    def suggestions(self) -> list[str]:
        """The labels that a look-up offers."""
        return [str(each["text"]["text"]) for each in self.options or []]

    @property
    def errors(self) -> dict[str, str]:
        """What a form that was sent complains of, by block_id."""
        return dict(self.view.errors) if self.view else {}

    @property
    def closed(self) -> bool:
        """The form is gone from the screen."""
        return self.view is not None and not self.view.open

    @property
    def is_answered(self) -> bool:
        if super().is_answered or self.modal or self.updated or self.is_link:
            return True
        match self.sort:
            case Sort.SUGGESTIONS:
                return self.options is not None
            case Sort.SUBMISSION:
                return bool(self.errors) or self.closed
            case Sort.OPENING:
                return self.home is not None or self.prompts is not None
            case Sort.NEWS:
                return True
            case _:
                return False


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
        """To what opened or went on with the thread; else to the last in the channel.

        The private messages of somebody answer what that person asked anywhere.
        """
        asked = None if self._of_its_own_accord else self._asked_for(message)
        if asked is None:
            self.unasked.append(message)
        else:
            asked.messages.append(message)

    def changed(self, message: Message) -> None:
        """A press on this message has had an effect."""
        for asked in reversed(self.interactions):
            if asked.pressed is message:
                asked.updated = True
                return

    def bot_answered(self, user: User, channel: Channel, root_ts: str) -> bool:
        """In that thread, so that a follow-up needs no mention."""
        return any(
            post.who is user and post.message.root_ts == root_ts and post.shown
            for post in self.posts
            if post.channel is channel
        )

    def _asked_for(self, message: Message) -> Asked | None:
        whom = message.ephemeral_to or message.channel.with_user
        if message.thread_ts is not None:
            candidates = [a for a in self.all if _in_thread(a, message)]
        else:
            candidates = [a for a in self.all if _in_channel(a, message)]
        candidates = [a for a in candidates if _wants_a_message(a)]
        if whom is not None:
            anywhere = [a for a in self.all if _wants_a_message(a)]
            candidates = [a for a in candidates or anywhere if a.who is whom]
        waiting = [a for a in candidates if not a.is_answered]
        addressed = [a for a in waiting if not isinstance(a, Post) or a.addressed]
        return next(reversed(addressed or waiting or candidates), None)


def _in_thread(asked: Asked, message: Message) -> bool:
    if asked.channel is not message.channel:
        return False
    if isinstance(asked, Post):
        return asked.message.root_ts == message.thread_ts
    if isinstance(asked, Interaction) and asked.sort is Sort.SUBMISSION:
        return True  # which thread a form was opened in is known to the bot alone
    pressed = asked.pressed if isinstance(asked, Interaction) else None
    return pressed is not None and pressed.root_ts == message.thread_ts


def _in_channel(asked: Asked, message: Message) -> bool:
    chatter = isinstance(asked, Post) and not asked.addressed
    return asked.channel is message.channel and not chatter


def _wants_a_message(asked: Asked) -> bool:
    if isinstance(asked, Interaction):
        return asked.sort not in {Sort.SUGGESTIONS, Sort.NEWS} and asked.modal is None
    return True
