"""Who asks what, where and when: the stage on which the cards of a gallery are made."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot import replies
from bot.cards import Card
from bot.reception.messages import Caller
from bot.reception.posting import post_of
from knowledge.library import Library
from knowledge.model import Answer, Post, Tenant

DOCUMENTS = (
    "clearview-ai/cv-006 clearview-ai/cv-007 clearview-ai/cv-009 clearview-ai/cv-013"
    " clearview-ai/cv-018 clearview-ai/cv-019 clearview-ai/cv-042 clearview-ai/cv-043"
    " clearview-ai/cv-058 clearview-ai/cv-083 paragon/paragon-copasir-2025"
    " paragon/paragon-italy-terminated-2025 law/eu/eu-gdpr-art9-1"
    " law/eu/eu-aiact-art5-1-e"
).split()
"""Those of the starter set that a gallery is made of."""

KEY = "AAAAAAAAAAAAAAAA"
"""In the place of a post's random key, as long as one."""

VENDOR, PLACE = "clearview-ai", "IT"
CHANNEL, GROUP, USER = "1000000000000000001", "1000000000000000002", "1"

QUESTION = "Is Clearview active in Italy?"
MISSPELT = "Is Clearveiw active in Italy?"
OF_LAW = "Is it forbidden by law to process sensitive personal data in the EU?"
NOT_HELD = "Is Clearview active in Japan?"
NOT_ANSWERED = "Who designed the logo of Clearview in Italy?"
NOT_KNOWN = "Is Zorblax Systems active in Italy?"
NO_QUESTION = "Hello"
REASON = "the order was annulled"


@dataclass(frozen=True)
class Scene:
    """Who asks what, where and when."""

    library: Library
    platform: str
    language: str
    now: datetime

    @property
    def today(self) -> date:
        """The day by which evidence is old or not."""
        return self.now.date()

    @cached_property
    def answered(self) -> Answer:
        """The answer that most cards go out from."""
        return self.library.ask(QUESTION, limit=30)

    @cached_property
    def tenant(self) -> Tenant:
        """A server or workspace of this platform."""
        return Tenant(self.platform, "1")

    def card(self, answer: Answer, **how: object) -> Card:
        """The card of an answer; ``how`` goes to ``replies.answer``."""
        values: dict[str, object] = {"key": KEY, "language": self.language} | how
        return replies.answer(
            answer,
            self.library.vocabulary,
            self.today,
            **values,  # type: ignore[arg-type]
        )

    def post(self, answer: Answer) -> Post:
        """The record of an answer. Raises ValueError where it has none."""
        caller = Caller(tenant=self.tenant, channel=CHANNEL, user=USER)
        post = post_of(
            answer,
            caller,
            key=KEY,
            at=self.now,
            language=self.language,
            shown=replies.SHOWN,
            private=False,
        )
        if post is None:
            raise ValueError("a greeting has no post")
        return post
