"""What passes between a platform's client and the reception, in both directions.

Values only. A client builds what it received and delivers what it is given; it decides
nothing about the world, about rights or about words.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.cards import Card, Form
from knowledge.model import AnswersWhen, Place, Tenant


class How(StrEnum):
    """How a person came to say something."""

    COMMAND = "command"  # /ask
    MENTION = "mention"
    DIRECT = "direct"  # a direct message, or the agent view
    REPLY = "reply"  # to a message of the bot
    THREAD = "thread"  # in a thread where the bot answered before
    CLAIM = "claim"  # "Check this claim" on any message
    OVERHEARD = "overheard"  # nobody addressed the bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who is there, where, by the platform's ids, as the platform says at this moment.

    ``groups`` are the person's roles or user groups; ``manages``: may change the server's
    or workspace's settings by the platform's own rules. ``locale`` is the platform's, e.g.
    ``en-GB``. ``thread`` names the conversation that a message belongs to.
    """

    tenant: Tenant
    channel: str
    user: str
    locale: str | None = None
    groups: frozenset[str] = frozenset()
    manages: bool = False
    direct: bool = False  # nobody else reads this channel
    thread: str | None = None
    name: str = ""  # as the platform shows it; remembered for those who moderate alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something said. ``text`` is plain: mentions of the bot and markup are taken off.

    ``event`` and ``message`` tell a repetition: the same of either is answered once.
    ``replied_to`` is the bot's message that it replies to.
    """

    caller: Caller
    text: str
    how: How
    event: str = ""
    message: str = ""
    replied_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that somebody sent, as the platform describes it; ``size`` in bytes.

    ``read`` fetches it from the platform, and raises OSError where that fails.
    """

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, with what was filled in: ``vendor`` → ``clearview-ai`` or as typed.

    ``name`` has its sub-command behind a space: ``settings language``. ``files`` are by
    the names of their options.
    """

    caller: Caller
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    event: str = ""
    files: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button pressed or an option chosen, on the message at ``place``.

    ``button`` is what the component carries: ``quis:more:KEY:3``. ``values`` are those
    chosen of a menu. ``private``: the message is one that only this person sees.
    """

    caller: Caller
    button: str
    place: Place | None = None
    private: bool = False
    values: tuple[str, ...] = ()
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form that was sent; ``form`` is the id that it was opened with.

    ``files`` are by the names of their fields.
    """

    caller: Caller
    form: str
    values: Mapping[str, str]
    event: str = ""
    files: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A person is typing into an option: ``vendor``, ``country`` or ``question``."""

    caller: Caller
    option: str
    typed: str


@dataclass(frozen=True, slots=True)
class Option:
    """A proposal: what is shown, and what is sent when it is chosen."""

    label: str
    value: str


class Visibility(StrEnum):
    """Who sees a reply, and where it goes."""

    PUBLIC = "public"  # in the channel; in the thread where the question was in one
    PRIVATE = "private"  # to this person alone
    EDIT = "edit"  # in the place of the message that was pressed
    DELETE = "delete"  # that message is taken away; there may be no card
    FORM = "form"  # ``form`` is opened
    ELSEWHERE = "elsewhere"  # in ``channel``; then ``also`` for whoever asked
    NOWHERE = "nowhere"  # another process answers: nothing is done, nothing withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a client is to deliver. ``key`` is to be told to ``posted`` once it stands."""

    card: Card | None
    visibility: Visibility
    form: Form | None = None
    key: str = ""
    channel: str | None = None  # for ELSEWHERE
    also: Card | None = None  # shown to this person alone, besides
    otherwise: Card | None = None  # instead, where nothing can be posted in ``channel``


ON_ITS_WAY = timedelta(minutes=30)
"""How long it may take until an answer that was recorded stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """An answer that may stand somewhere: nobody noted where, or whether it was sent.

    Its buttons carry the key. ``at``: when it was recorded, shortly before it was sent.
    """

    key: str
    channel: str
    thread: str | None
    at: datetime

    def is_in(self, code: str) -> bool:
        """Whether a button's code, or a text with codes in it, is the answer's."""
        return f":{self.key}:" in code


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """Something that one person, or a channel, is to be told now.

    Or nothing, and a message is ``sought``: whether it stands is what is to be told us.
    """

    id: str
    tenant: Tenant
    card: Card
    user: str | None = None  # by direct message
    channel: str | None = None
    edit: Place | None = None  # a message of the bot that the card takes the place of
    reply_to: Place | None = None  # a message of the bot that it is said under
    unanswered: bool = False  # or a person's, to which the bot has said nothing yet
    mark: str = ""  # a button's code in it that no other message has
    again: bool = False  # it was begun before: look first whether it is done
    since: datetime | None = None  # when that was, where it is known
    sought: Sought | None = None


class Receives(Protocol):
    """What a client hands everything to. An error is a reply too: nothing is raised."""

    async def hear(self, heard: Incoming) -> Reply | None:
        """Something said; None: stay silent."""
        ...

    async def command(self, command: Command) -> Reply:
        """Any command, ``ask`` too."""
        ...

    async def press(self, press: Press) -> Reply:
        """A button or a choice of a menu."""
        ...

    async def submit(self, form: Submission) -> Reply:
        """A form that was sent."""
        ...

    async def suggest(self, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25 proposals, best first, within a second."""
        ...

    async def late(self, caller: Caller, form: Form) -> Card:
        """What is said in the place of a form that cannot be opened any more."""
        ...

    async def language(self, caller: Caller) -> str | None:
        """The language to speak to somebody; None where nobody said one."""
        ...

    async def posted(self, key: str, where: Place | None) -> None:
        """The reply with this key now stands there.

        None: nothing can be posted in the channel that it was for, ELSEWHERE.
        """
        ...

    async def delivered(self, heard: Incoming) -> None:
        """What was said to this now stands; or nothing was said, or nothing can be."""
        ...

    async def spoke_in(self, tenant: Tenant, channel: str, thread: str) -> bool:
        """Whether the bot answered in this thread, as far back as that is kept."""
        ...

    async def welcome(self, caller: Caller) -> Card | None:
        """The first word in a tenant; None where it was said before."""
        ...

    async def gone(self, tenant: Tenant) -> None:
        """The bot was removed: everything of this tenant is wiped."""
        ...

    async def known(self, platform: str) -> tuple[Tenant, ...]:
        """The servers or workspaces of which anything is kept."""
        ...

    async def installed(self, tenant: Tenant, mark: str) -> None:
        """A place is served; ``mark`` tells its token again and reveals nothing of it."""
        ...

    async def revoked(self, platform: str, mark: str) -> None:
        """The token with this mark was taken back: what was served with it is wiped."""
        ...

    async def to_tell(self, platform: str) -> tuple[ToTell, ...]:
        """What somebody is now to be told; each until ``told`` of it."""
        ...

    async def take(self, notice: str) -> bool:
        """Whether this process is the one to tell it now; asked right before it does."""
        ...

    async def told(self, notice: str, where: Place | None = None) -> None:
        """It was told, and stands there; or it never can be, and is given up."""
        ...

    def answers_in(self, tenant: Tenant, channel: str) -> AnswersWhen:
        """When the bot speaks there, so that a client can leave the rest alone."""
        ...
