"""What is kept of an answer that is given: where, on what, which passages. No words."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.catalogue import words
from bot.reception.messages import Caller
from bot.reception.who_may import hashed
from knowledge.model import (
    Answer,
    Answered,
    Evidence,
    Mention,
    MentionKind,
    Mentions,
    NoAnswer,
    Post,
    Question,
    QuestionKind,
    Reason,
    ShownPassage,
)

MOST_KEPT = 30
"""Passages of one answer that can be leafed through."""

OLD = timedelta(days=365)
"""Past this age the newest evidence is said to be old; as ``answering.STALE``."""


def new_key() -> str:
    """A key that cannot be guessed; it is carried by buttons."""
    return secrets.token_urlsafe(12)


def post_of(
    answer: Answer,
    caller: Caller,
    *,
    key: str,
    at: datetime,
    language: str | None,
    shown: int,
    private: bool,
) -> Post | None:
    """The record of an answer or refusal; None of a greeting, which shows nothing."""
    question = answer.question
    passages: tuple[ShownPassage, ...] = ()
    reason: Reason | None = None
    match answer:
        case Answered():
            passages = tuple(ShownPassage.of(each) for each in answer.evidence)
        case NoAnswer(reason=Reason.NOT_A_QUESTION):
            return None
        case NoAnswer():
            reason = answer.reason
    return Post(
        key=key,
        tenant=caller.tenant,
        channel=caller.channel,
        thread=caller.thread,
        at=at,
        language=words(language, question.language).language,
        owner=hashed(key, caller.user),
        private=private,
        vendors=question.mentions.vendors,
        places=question.places,
        kind=str(question.kind),
        reason=reason,
        passages=passages,
        shown=min(shown, len(passages)),
    )


def again(
    post: Post,
    caller: Caller,
    evidence: Sequence[Evidence],
    *,
    at: datetime,
    shown: int,
    private: bool,
) -> Post:
    """The record of a further message that shows passages of the same answer."""
    key = new_key()
    return Post(
        key=key,
        tenant=caller.tenant,
        channel=caller.channel,
        thread=caller.thread,
        at=at,
        language=post.language,
        owner=hashed(key, caller.user),
        private=private,
        vendors=post.vendors,
        places=post.places,
        kind=post.kind,
        reason=post.reason,
        passages=tuple(ShownPassage.of(each) for each in evidence),
        shown=min(shown, len(evidence)),
    )


def made_again(post: Post, held: Sequence[Evidence], today: date) -> Answered:
    """An answer from its record, with what may be quoted now; its words are not known."""
    found = [Mention(MentionKind.VENDOR, vendor, 0, 0) for vendor in post.vendors]
    found += [Mention(MentionKind.PLACE, place, 0, 0) for place in post.places]
    kinds = {str(kind): kind for kind in QuestionKind}
    question = Question(
        text="",
        language=post.language,
        kind=kinds.get(post.kind, QuestionKind.OTHER),
        mentions=Mentions(tuple(found)),
    )
    dated = [e.document.dated for e in held if e.document.dated is not None]
    newest = max(dated, default=None)
    return Answered(
        question=question,
        evidence=tuple(held),
        coverage=(),
        newest_event_on=newest,
        stale=newest is None or newest.latest < today - OLD,
    )
