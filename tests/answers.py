"""Answers made by hand, for the tests of what a reader or a machine gets to see."""

from dataclasses import replace
from datetime import date

from knowledge.model import (
    Answered,
    Beside,
    Coverage,
    Document,
    Evidence,
    Form,
    Kind,
    Mention,
    MentionKind,
    Mentions,
    PartialDate,
    Passage,
    Question,
    QuestionKind,
    Relation,
    Source,
    Span,
    Standing,
    Status,
    Vetting,
)

VENDORS = {"clearview-ai": "Clearview AI", "nec": "NEC", "paragon": "Paragon"}
PLACES = {
    "IT": {"en": "Italy", "fr": "Italie"},
    "JP": {"en": "Japan", "fr": "Japon"},
    "US": {"en": "United States", "fr": "États-Unis"},
    "NL": {"en": "Netherlands", "fr": "Pays-Bas"},
    "EU": {"en": "European Union", "fr": "Union européenne"},
    "ASIA": {"en": "Asia", "fr": "Asie"},
}
REGIONS = {"ASIA": ("CN", "JP")}


class BookOfNames:
    """A vocabulary that only names."""

    matters: frozenset[str] = frozenset()
    light_concepts: frozenset[str] = frozenset()

    def vendor_name(self, vendor: str) -> str:
        return VENDORS.get(vendor, vendor)

    def place_name(self, code: str, language: str) -> str:
        return PLACES.get(code, {}).get(language, code)

    def concept_name(self, concept: str, language: str) -> str:
        return {"en": "fine", "fr": "amende"}[language]

    def around(self, place: str) -> tuple[str, ...]:
        return tuple(region for region, inside in REGIONS.items() if place in inside)

    def opened(self, place: str) -> tuple[str, ...]:
        return (place, *REGIONS.get(place, ()))


NAMES = BookOfNames()


def asked(
    text: str = "Is Clearview active in Italy?",
    *,
    vendors: tuple[str, ...] = ("clearview-ai",),
    places: tuple[str, ...] = ("IT",),
    concepts: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
    language: str = "en",
) -> Question:
    found = [Mention(MentionKind.VENDOR, id, 0, 0) for id in vendors]
    found += [Mention(MentionKind.PLACE, id, 0, 0) for id in places]
    found += [Mention(MentionKind.CONCEPT, id, 0, 0) for id in concepts]
    return Question(
        text=text,
        language=language,
        kind=QuestionKind.STATUS,
        mentions=Mentions(tuple(found)),
        unknown=unknown,
    )


def source(publisher: str = "IrpiMedia", **changes: object) -> Source:
    values: dict[str, object] = {
        "title": "A title",
        "publisher": publisher,
        "url": "https://example.org/a",
        "language": "it",
    } | changes
    return Source(**values)  # type: ignore[arg-type]


def evidence(
    text: str,
    *sources: Source,
    kind: Kind = Kind.PRESS,
    form: Form = Form.BRIEF,
    event_on: str | None = None,
    vetting: Vetting = Vetting.STARTER_SET,
    vetted_on: date | None = date(2026, 11, 23),
    rechecked_on: date | None = None,
    standing: Standing = Standing.DIRECT,
    places: tuple[str, ...] = ("IT",),
    locator: str = "¶1",
) -> Evidence:
    body = f"Before. {text} After."
    document = Document(
        id="doc",
        title="Title",
        body=body,
        form=form,
        kind=kind,
        language="en",
        sources=sources or (source(),),
        event_on=PartialDate.parse(event_on) if event_on else None,
        vetting=vetting,
        vetted_on=vetted_on,
        rechecked_on=rechecked_on,
        revision=1,
        status=Status.PUBLISHED,
    )
    span = Span(8, 8 + len(text))
    passage = Passage(
        document="doc",
        revision=1,
        start=0,
        end=len(body),
        text=body,
        locator=locator,
        language="en",
        places=places,
    )
    return Evidence(
        passage=passage, document=document, quote=span, score=0.9, standing=standing
    )


def beside(
    other: Evidence, relation: Relation, *, forward: bool = False, id: str = "other"
) -> Beside:
    """A document beside a quote: by default it says so of the quote's own."""
    return Beside(
        relation=relation,
        forward=forward,
        passage=other.passage,
        document=replace(other.document, id=id),
        quote=other.quote,
    )


def answer(
    *shown: Evidence,
    question: Question | None = None,
    newest: str | None = "2025-04",
    stale: bool = True,
    more: int = 0,
) -> Answered:
    return Answered(
        question=question or asked(),
        evidence=shown,
        coverage=(),
        newest_event_on=PartialDate.parse(newest) if newest else None,
        stale=stale,
        more=more,
    )


def held(
    vendor: str | None, place: str | None, newest: str | None = "2025-04", **kinds: int
) -> Coverage:
    named = {Kind(name.replace("_", "-")): n for name, n in kinds.items()}
    return Coverage(
        vendor=vendor,
        place=place,
        count=sum(named.values()),
        kinds=named,
        newest=PartialDate.parse(newest) if newest else None,
    )


IRPI = evidence(
    "IrpiMedia reported in April 2025 that the Italian Garante had been trying in vain "
    "for three years to serve its EUR 20 million fine on Clearview.",
    source("IrpiMedia"),
    event_on="2025-04",
)
GARANTE = evidence(
    "The Italian Garante, by order no. 50 of 10 February 2022, fined Clearview.",
    source(
        "Garante", url="https://example.org/order", archived_url="https://a.example/1"
    ),
    source(
        "Clearview",
        language="en",
        published_on=PartialDate(2022, 3),
        url="https://example.org/position",
    ),
    kind=Kind.REGULATOR_DECISION,
    event_on="2022-02-10",
)
GDPR = evidence(
    "Processing of biometric data shall be prohibited.",
    source(
        "Official Journal of the European Union",
        language="en",
        url="https://example.org/gdpr",
    ),
    kind=Kind.LAW,
    form=Form.SOURCE,
    event_on="2016-04-27",
    standing=Standing.WIDER_LAW,
    places=("EU",),
    locator="Art. 9(1)",
)
