"""What the buttons of moderators carry: a wish and what it is about. Never a right."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What is to be done. Short, as an id of 80 characters has to fit beside it."""

    # About something that was brought in; the button's key is its own.
    SOURCE = "source"  # a form
    TAGS = "tags"  # a form
    TEXT = "text"  # a form
    QUESTIONS = "asks"  # a form
    OFFER = "offer"  # propose it; of a correction by a form, which asks for the reason
    DROP = "drop"
    # About a document; the button's key is the revision that was looked at.
    APPROVE = "yes"
    RETURN = "back"  # a form
    REJECT = "no"  # a form
    READ = "p"  # its passages behind a number
    SHOW = "show"
    MEND = "mend"
    RETRACT = "out"  # a form
    VET = "vet"
    # Opened by a command.
    ADD = "add"  # a form
    # Of the vocabulary, by a form that a command opens.
    VENDOR = "vendor"
    NAME = "name"
    WORD = "word"


OPENS_FORM = frozenset(
    {
        *(Verb.SOURCE, Verb.TAGS, Verb.TEXT, Verb.QUESTIONS),
        *(Verb.RETURN, Verb.REJECT, Verb.RETRACT),
    }
)


@dataclass(frozen=True, slots=True)
class Doing:
    """A wish about a document, by its id; ``p.40.made-1`` from number 40 on."""

    verb: Verb
    document: str = ""
    start: int = 0

    def __str__(self) -> str:
        start = f".{self.start}" if self.verb is Verb.READ else ""
        return f"{self.verb}{start}.{self.document}" if self.document else self.verb

    @classmethod
    def read(cls, argument: str) -> "Doing | None":
        """What such an argument says; None where it is no such argument."""
        verb, _, rest = argument.partition(".")
        if verb not in list(Verb):
            return None
        start = 0
        if verb == Verb.READ:
            number, _, rest = rest.partition(".")
            start = int(number) if number.isascii() and number.isdigit() else 0
        return cls(Verb(verb), rest, start)
