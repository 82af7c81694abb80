"""Where something was said or done at Slack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.cards import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something was said or done, and what Slack lent for the answer.

    ``message`` is the bot's message that was pressed, ``thread`` the thread that an
    answer for all belongs to, ``within`` the one that the person looks at: what is for
    them alone would not be seen in another. ``said`` is the message that is replied to,
    of somebody who wrote it. ``private``: only this person sees that
    message. ``edited`` puts a card in the place of what is no message.
    """

    channel: str
    user: str
    thread: str | None = None
    within: str | None = None
    message: str | None = None
    said: str | None = None
    response_url: str | None = None
    trigger: str | None = None
    private: bool = False
    edited: Callable[[Card], Awaitable[None]] | None = None

    @property
    def direct(self) -> bool:
        """Whether these are direct messages: with the bot, or of two people."""
        return self.channel.startswith(("D", "U", "W"))

    @property
    def origin(self) -> str:
        """The spot in few words, for a form to bring back."""
        return f"{self.channel} {self.thread or '-'} {self.within or '-'}"

    @classmethod
    def of(cls, origin: str, user: str, trigger: str | None) -> "Spot":
        """The spot that such words name; the person's direct messages otherwise."""
        channel, thread, within, *_ = [*origin.split(), "", "", ""]
        return cls(
            channel=channel or user,
            user=user,
            thread=thread.strip("-") or None,
            within=within.strip("-") or None,
            trigger=trigger,
        )
