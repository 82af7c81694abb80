"""What a person on any platform can ask of us; only what somebody answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question.

    ``language`` overrules the guess, for reading the question and for the words of the
    card. ``earlier`` are the same person's questions before it, oldest first.
    """

    text: str
    language: str | None = None
    limit: int = 3
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """What is held on a vendor (its id), a place (its code), both or anything."""

    vendor: str | None = None
    place: str | None = None
    language: str | None = None


Intent = Ask | CoverageRequest
