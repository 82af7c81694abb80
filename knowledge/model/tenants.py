"""What is kept for a server or workspace: settings, posted answers, requests, reports.

Nothing here holds a question's text or a person's name, but for what a person sends to
the moderators knowingly.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.model.answers import Evidence, Reason, Standing
from knowledge.model.documents import Span


@dataclass(frozen=True, slots=True)
class Tenant:
    """A Discord server or a Slack workspace; ``id`` is the platform's own.

    Discord's direct messages belong to the tenant ``direct``. What is asked in a terminal
    belongs to a place of its own, which is nobody's server.
    """

    platform: str  # "discord", "slack" or "terminal"
    id: str


class AnswersWhen(StrEnum):
    """When the bot speaks in a channel."""

    ADDRESSED = "addressed"  # commands, mentions, replies, threads with it
    SURE = "sure"  # also unasked, where it has an answer
    NEVER = "never"  # only what its asker alone sees


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What holds in one channel; None: as in the whole tenant."""

    language: str | None = None
    answers: AnswersWhen | None = None
    private: bool | None = None  # the answers to /ask are for the asker alone


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettings:
    """What holds in a tenant. Groups are the platform's own: role or user-group ids."""

    language: str | None = None
    answers: AnswersWhen = AnswersWhen.ADDRESSED
    private: bool = False
    moderators_channel: str | None = None
    moderators_lost: bool = False  # nothing can be posted in that channel any more
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    keep_refused: bool = False  # texts of refused questions, for `quis kb gaps`
    welcomed: bool = field(default=False, compare=False)  # the first word was said
    installation: str = field(default="", compare=False)  # a fingerprint of its token
    two_person: bool = True  # who proposed a text here cannot approve it here
    channels: Mapping[str, ChannelSettings] = field(default_factory=dict)

    def of(self, channel: str) -> ChannelSettings:
        """What holds in a channel, nothing left open but the language."""
        own = self.channels.get(channel, ChannelSettings())
        return ChannelSettings(
            language=own.language or self.language,
            answers=own.answers or self.answers,
            private=self.private if own.private is None else own.private,
        )


@dataclass(frozen=True, slots=True)
class ShownBeside:
    """A quote of another document that stood beside one; see ``Beside``."""

    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A quote of an answer: a passage's address, and the span that was quoted of it.

    ``start`` and ``end`` count in the document's body, as in ``Evidence.quote``.
    """

    passage: str
    start: int
    end: int
    standing: Standing = Standing.DIRECT
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    beside: tuple[ShownBeside, ...] = ()

    @classmethod
    def of(cls, evidence: Evidence) -> "ShownPassage":
        """What is kept of a piece of evidence; ``Library.recall`` is the way back."""
        return cls(
            passage=evidence.passage.id,
            start=evidence.quote.start,
            end=evidence.quote.end,
            standing=evidence.standing,
            score=evidence.score,
            reasons=evidence.reasons,
            beside=tuple(
                ShownBeside(one.passage.id, one.quote.start, one.quote.end)
                for one in evidence.beside
            ),
        )

    @property
    def quote(self) -> Span:
        """The span that was quoted, of the document's body."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: the platform's ids. ``thread`` where it is in one."""

    channel: str
    message: str
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An answer or refusal that was given, by its random key, without question or asker.

    ``passages`` are all that passed the gate, in order; the first ``shown`` of them stand
    in the message. ``owner`` is a hash of the key and the asker's id, so that the asker
    can be told from others and from nobody else's list. ``place`` is None until it was
    sent, and for a message that only its asker sees (``private``). ``asker`` is the
    asker of such a one, who wants to be told of its corrections; else None. ``vendors``
    and ``places`` are those asked about. ``thread`` is the one it was meant for, by which
    it is found where it was sent and ``place`` never noted.
    """

    key: str
    tenant: Tenant
    channel: str
    at: datetime
    language: str
    owner: str
    private: bool
    thread: str | None = None
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kind: str = "other"  # of question
    reason: Reason | None = None  # of a refusal
    passages: tuple[ShownPassage, ...] = ()
    shown: int = 0
    place: Place | None = None
    asker: str | None = None

    def numbered(self, number: int) -> ShownPassage | None:
        """The passage that readers see under a number, from 1; None where there is none."""
        return self.passages[number - 1] if 1 <= number <= len(self.passages) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingQuestion:
    """A question that a process took up and is not done with: where it stands, no words.

    ``place`` is the message that asks. ``holder`` names the process. ``language`` is the
    one to speak to who asked in; ``direct``: nobody else reads there.
    """

    tenant: Tenant
    place: Place
    at: datetime
    holder: str
    language: str | None = None
    direct: bool = False


class RequestState(StrEnum):
    """Where a request to the moderators stands."""

    OPEN = "open"
    HELD = "held"  # something was published on it; its asker is to be told
    TOLD = "told"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked the moderators to look for, in words sent knowingly.

    ``asker`` (a platform user id) and ``text`` are wiped once it is told or closed.
    ``document`` is the one that was published on it.
    """

    id: str
    tenant: Tenant
    channel: str
    at: datetime
    language: str
    asker: str
    text: str
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    state: RequestState = RequestState.OPEN
    document: str | None = None
    card: Place | None = None  # its card in the moderators' channel

    def is_met_by(self, vendors: Collection[str], places: Collection[str]) -> bool:
        """Whether something on all of these would be on what was asked.

        What named no vendor is met by its place, and the other way round; what named
        neither is met by nothing.
        """
        on_vendor = not self.vendors or bool(set(self.vendors) & set(vendors))
        on_place = not self.places or bool(set(self.places) & set(places))
        return bool(self.vendors or self.places) and on_vendor and on_place


class ReportKind(StrEnum):
    """What a reader found wrong with an answer."""

    OUTDATED = "outdated"
    WRONG_VENDOR = "wrong-vendor"
    OUT_OF_CONTEXT = "out-of-context"
    BROKEN_LINK = "broken-link"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader reported under an answer, for the moderators to resolve.

    ``passages`` are the addresses that the answer showed, as its post may be deleted
    before the report is read. ``reporter`` and ``text`` are wiped once they were told of
    ``resolution``.
    """

    id: str
    tenant: Tenant
    post: str  # its key
    at: datetime
    language: str
    reporter: str
    kind: ReportKind
    text: str
    passages: tuple[str, ...] = ()
    resolution: str | None = None
    told: bool = False
    card: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """How many found the answers given in a tenant helpful, and why others did not."""

    helpful: int = 0
    not_helpful: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)  # most frequent first
