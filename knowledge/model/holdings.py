"""What is held, seen from a vendor or a country: profiles, laws, sources, a timeline.

Counted in documents that are published and can be quoted on the subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model.answers import Coverage
from knowledge.model.dates import PartialDate
from knowledge.model.documents import Document, Form, Kind, Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A published document without its words.

    ``vendors`` and ``places`` are those that its passages are on, ``passages`` how many
    of them are on the subject that was asked for.
    """

    id: str
    title: str
    form: Form
    kind: Kind
    language: str
    sources: tuple[Source, ...]
    event_on: PartialDate | None
    dated: PartialDate | None
    vendors: tuple[str, ...]
    places: tuple[str, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of a vendor: a short form, a product, a former name with its years."""

    name: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a vendor's name, and what is held on it.

    ``home`` is the country of its seat, where that is known. ``newest`` are its
    documents, newest first and undated last; ``documents`` counts them all, ``passages``
    those on it. ``first`` and ``last`` are the oldest and the newest date.
    """

    vendor: str
    name: str
    description: str
    home: str | None
    also: tuple[OtherName, ...]
    former: tuple[OtherName, ...]
    coverage: tuple[Coverage, ...]
    kinds: Mapping[Kind, int]
    documents: int
    passages: int
    places: tuple[str, ...]
    first: PartialDate | None
    last: PartialDate | None
    newest: tuple[Holding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryProfile:
    """What is held on a country; as ``Profile``. ``wider``: whose law holds there too."""

    place: str
    wider: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    kinds: Mapping[Kind, int]
    documents: int
    passages: int
    vendors: tuple[str, ...]
    first: PartialDate | None
    last: PartialDate | None
    newest: tuple[Holding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose words are held, or are what a brief stands on; counted in documents."""

    name: str
    documents: int
    newest: PartialDate | None  # when the newest of them was published
    languages: tuple[str, ...]
    kinds: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A point of a timeline: when, by what kind of evidence, told by which document."""

    when: PartialDate
    kind: Kind
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Context:
    """A passage with the sentences around it: one span of its document, no gap."""

    document: Document
    passage: str
    span: Span

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.span.of(self.document.body)
