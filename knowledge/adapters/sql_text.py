"""Text that no database can hold, and how it is kept out."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from hashlib import sha256

from knowledge.entries import Name
from knowledge.errors import InvalidMetadata
from knowledge.model import (
    ChannelSettings,
    Document,
    Event,
    Link,
    Marking,
    PageCheck,
    Passage,
    PendingQuestion,
    Place,
    Post,
    Proposal,
    Refusal,
    Report,
    Request,
    ShownBeside,
    ShownPassage,
    Source,
    Tenant,
    TenantSettings,
    Translation,
    Validators,
    Watch,
)
from knowledge.terms import Term


def unstorable(text: str) -> str | None:
    """Why PostgreSQL or UTF-8 cannot hold a text; None where they can."""
    if "\0" in text:
        return f"a NUL character at position {text.index(chr(0))}"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"half a surrogate pair at position {error.start}"
    return None


def require_storable(subject: str, value: object) -> None:
    """Raises InvalidMetadata where any text in a value cannot be stored.

    On SQLite too, which would take some of it: a store can be moved.
    """
    for name, text in _texts(value, ""):
        flaw = unstorable(text)
        if flaw:
            problem = f"its {name} has {flaw}, which cannot be stored: remove it"
            raise InvalidMetadata(subject=printable(subject), problem=problem)


def printable(text: str) -> str:
    """The text, or where it cannot be stored (nor printed) its escaped form."""
    return ascii(text) if unstorable(text) else text


def _texts(value: object, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield name or "text", value
        case (
            Document() | Event() | Source() | Passage() | Link() | Translation()
            | Tenant() | TenantSettings() | ChannelSettings() | Place()
            | Post() | ShownPassage() | ShownBeside() | Request() | Report()
            | Marking() | Proposal() | Watch() | Refusal() | PageCheck() | Validators()
            | Term() | PendingQuestion()
        ):  # fmt: skip
            for field in fields(value):
                yield from _texts(getattr(value, field.name), field.name)
        case Name():
            yield from _texts(value._asdict(), name)
        case tuple() | list():
            for item in value:
                yield from _texts(item, name)
        case Mapping():
            for key, item in value.items():
                yield from _texts(key, name)
                yield from _texts(item, name)
        case _:
            pass


def body_hash(body: str) -> str:
    """The sha-256 of a body, in hex. A body that cannot be stored has its own too."""
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
