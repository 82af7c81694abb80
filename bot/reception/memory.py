"""What is remembered of a conversation: in memory only, bounded, for two hours.

Nothing of it is written anywhere. A question's text is remembered so that the next one
may lean on it, and so that "Ask the moderators" can begin with it.
"""

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.reception.messages import Caller
from knowledge.model import Tenant

CONVERSATIONS = 500
QUESTIONS = 8
CONVERSATION_LASTS = timedelta(hours=2)
TEXTS = 500
TEXT_LASTS = timedelta(minutes=15)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Fading(Generic[K, V]):
    """Values by key that fade after a span; the one unused for longest goes first."""

    def __init__(self, most: int, lasts: timedelta) -> None:
        self._most = most
        self._lasts = lasts
        self._held: OrderedDict[K, tuple[V, datetime]] = OrderedDict()

    def get(self, key: K, now: datetime) -> V | None:
        """The value, where it has not faded."""
        found = self._held.get(key)
        if found is None:
            return None
        value, at = found
        if not timedelta() <= now - at < self._lasts:
            del self._held[key]
            return None
        return value

    def put(self, key: K, value: V, now: datetime) -> None:
        """Keep it from now on."""
        self._held[key] = (value, now)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget it at once."""
        self._held.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        """The keys of all that are held, oldest first."""
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person in one channel or thread."""

    tenant: Tenant
    where: str
    user: str

    @classmethod
    def of(cls, caller: Caller) -> "Conversation":
        """The conversation that a person is in.

        Where nobody else reads, all is one: Slack begins a thread with each message.
        """
        where = caller.channel if caller.direct else caller.thread or caller.channel
        return cls(caller.tenant, where, caller.user)


_Questions = deque[str]


class Memory:
    """The questions and last answer of each conversation, the text behind each post."""

    def __init__(self) -> None:
        self._said: Fading[Conversation, _Questions] = Fading(
            CONVERSATIONS, CONVERSATION_LASTS
        )
        self._last: Fading[Conversation, str] = Fading(
            2 * CONVERSATIONS, CONVERSATION_LASTS
        )
        self._texts: Fading[tuple[Tenant, str], str] = Fading(TEXTS, TEXT_LASTS)

    def earlier(self, caller: Caller, now: datetime) -> tuple[str, ...]:
        """The person's questions there, oldest first."""
        return tuple(self._said.get(Conversation.of(caller), now) or ())

    def last(self, caller: Caller, now: datetime) -> str:
        """The key of the last answer to this person there; empty where there is none.

        In a channel also of one in a thread of it: Slack takes no commands in threads.
        """
        return self._last.get(Conversation.of(caller), now) or ""

    def asked(self, caller: Caller, text: str, now: datetime) -> None:
        """The person asked this."""
        conversation = Conversation.of(caller)
        said = self._said.get(conversation, now) or deque(maxlen=QUESTIONS)
        said.append(text)
        self._said.put(conversation, said, now)

    def answered(self, caller: Caller, key: str, text: str, now: datetime) -> None:
        """The post with this key answers what was asked in these words."""
        for where in (caller.thread or caller.channel, caller.channel):
            conversation = Conversation(caller.tenant, where, caller.user)
            self._last.put(conversation, key, now)
        self._texts.put((caller.tenant, key), text, now)

    def begun(self, caller: Caller, thread: str, now: datetime) -> None:
        """The answer began a thread, in which the person may go on."""
        goes_on = Conversation(caller.tenant, thread, caller.user)
        said = self._said.get(Conversation.of(caller), now)
        if said is not None:
            self._said.put(goes_on, deque(said, maxlen=QUESTIONS), now)
        if key := self.last(caller, now):
            self._last.put(goes_on, key, now)

    def text(self, tenant: Tenant, key: str, now: datetime) -> str:
        """What was asked, where it is still known; else empty."""
        return self._texts.get((tenant, key), now) or ""

    def forget(self, tenant: Tenant) -> None:
        """Everything of a tenant."""
        for conversation in tuple(self._said):
            if conversation.tenant == tenant:
                self._said.drop(conversation)
        for conversation in tuple(self._last):
            if conversation.tenant == tenant:
                self._last.drop(conversation)
        for key in tuple(self._texts):
            if key[0] == tenant:
                self._texts.drop(key)
