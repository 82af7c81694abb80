"""What a person on any platform can ask of us; only what somebody answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question.

    ``language`` overrules the guess, for reading the question and for the words of the
    card. ``spoken`` is for the words alone: an Italian question on a platform that is
    set to English is still read as Italian. ``earlier`` are the same person's questions
    before it, oldest first.
    """

    text: str
    language: str | None = None
    limit: int = 3
    earlier: tuple[str, ...] = ()
    spoken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """What is held on a vendor (its id), a place (its code), both or anything."""

    vendor: str | None = None
    place: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRequest:
    """What is held on a vendor, with its names."""

    vendor: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRequest:
    """What is held on a country or a wider place."""

    place: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawsRequest:
    """The texts of law that are held, of one place or of all."""

    place: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesRequest:
    """Whose publications are cited."""

    vendor: str | None = None
    place: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRequest:
    """A picture of what is held on a vendor, a place or both, along the years."""

    vendor: str | None = None
    place: str | None = None
    language: str | None = None


Intent = (
    Ask
    | CoverageRequest
    | ProfileRequest
    | CountryRequest
    | LawsRequest
    | SourcesRequest
    | TimelineRequest
)
