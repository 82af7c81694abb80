"""What was said: is it for us, and is an answer wanted? (pure)"""

from bot.reception.messages import How
from knowledge.model import (
    Answer,
    Answered,
    AnswersWhen,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
)

QUESTION_MARKS = "?？"


def heeds(how: How, answers: AnswersWhen) -> bool:
    """Whether something said in this way is for us at all, in such a channel."""
    if how is How.OVERHEARD:
        return answers is AnswersWhen.SURE
    return how is not How.THREAD or answers is not AnswersWhen.NEVER


def uninvited(how: How) -> bool:
    """Whether nobody turned to us in so many words: then only an answer is welcome."""
    return how in (How.OVERHEARD, How.THREAD)


def awaits(how: How, text: str) -> bool:
    """Whether somebody waits for a word on it, and is to hear if none can be said.

    Who turned to us does. In a thread people also talk to each other: there a question.
    """
    asks = any(mark in text for mark in QUESTION_MARKS)
    return how in (How.MENTION, How.DIRECT, How.REPLY) or (how is How.THREAD and asks)


def asks_us(text: str, question: Question) -> bool:
    """Whether an overheard text is a question that names what may be held."""
    mentions = question.mentions
    return (
        any(mark in text for mark in QUESTION_MARKS)
        and question.kind is not QuestionKind.NONE
        and not question.corrected  # somebody else's name may look like a vendor's
        and bool(mentions.vendors or mentions.places)
    )


def worth_saying(how: How, answer: Answer, *, understood: bool) -> bool:
    """Whether an answer is to be given, to something said in this way.

    Unasked, only passages are. In a thread a refusal is given too, but not to people who
    talk to each other: it has to name something, or lean on the question before, and show
    that it does.
    """
    match answer:
        case Answered():
            return True
        case NoAnswer() if how is How.OVERHEARD:
            return False
        case NoAnswer() if how is How.THREAD:
            question = answer.question
            if question.follows is not None and not question.follows.shown:
                return False
            named = question.mentions.vendors or question.mentions.places
            return answer.reason is not Reason.NOT_A_QUESTION and bool(
                named or understood
            )
        case NoAnswer():
            return True
