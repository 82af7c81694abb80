"""Whether what is said in Slack is for the bot, and the threads that the bot spoke in."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from bot.on_slack import markup
from bot.on_slack.recent import Seen
from bot.reception.messages import How, Receives
from knowledge.model import AnswersWhen, Tenant

Json = Mapping[str, Any]

THREADS, THREADS_LAST = 5_000, 7200.0


class Attention:
    """Knows the threads of one workspace that the bot spoke in. ``bot`` is its user id."""

    def __init__(self, reception: Receives, bot: str) -> None:
        self._reception = reception
        self._bot = bot
        self._silent: Seen[tuple[str, str]] = Seen(THREADS, THREADS_LAST, monotonic)
        self._threads: Seen[tuple[str, str]] = Seen(THREADS, THREADS_LAST, monotonic)

    def follow(self, channel: str, thread: str) -> None:
        """What is said in this thread from now on may be for the bot."""
        self._threads.note((channel, thread))

    async def recall(self, tenant: Tenant, channel: str, thread: str) -> None:
        """Whether the bot answered in this thread; after a restart the store is asked."""
        where = (channel, thread)
        if where in self._threads or not self._silent.note(where):
            return
        if await self._reception.spoke_in(tenant, channel, thread):
            self._threads.note(where)

    def how(self, event: Json, tenant: Tenant) -> How | None:
        """How it came to be said; None where it is surely not for us."""
        channel, thread = str(event.get("channel", "")), event.get("thread_ts")
        if event.get("channel_type") == "im" or channel.startswith("D"):
            return How.DIRECT
        if event.get("type") == "app_mention" or markup.mentions(
            str(event.get("text") or ""), self._bot
        ):
            return How.MENTION
        if thread and event.get("parent_user_id") == self._bot:
            return How.REPLY
        if thread and (channel, str(thread)) in self._threads:
            return How.THREAD
        unasked = self._reception.answers_in(tenant, channel) is AnswersWhen.SURE
        return How.OVERHEARD if unasked else None
