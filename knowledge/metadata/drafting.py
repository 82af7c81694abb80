"""All that is said, read key by key → a draft, or every problem; what a draft lacks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from knowledge.errors import InvalidMetadata
from knowledge.metadata import values
from knowledge.metadata.dates import chronology, future
from knowledge.metadata.ids import read_id
from knowledge.metadata.keys import unknown_keys
from knowledge.metadata.languages import DetectLanguage, read_language
from knowledge.metadata.links import read_links
from knowledge.metadata.merging import Merging, missing
from knowledge.metadata.names import Names, place_code, vendor_id, without_law
from knowledge.metadata.own_questions import read_own_questions, read_wordings
from knowledge.metadata.problems import Problem
from knowledge.metadata.sources import read_sources
from knowledge.metadata.translations import read_translations
from knowledge.model import Document, Form, Kind, Vetting

LARGEST_BODY = 20 * 1024 * 1024
"""Bytes of UTF-8; no article or law comes near."""


def draft(
    origin: str,
    body: str,
    stated: Mapping[str, object],
    given: Mapping[str, object],
    *,
    names: Names,
    today: date,
    detect: DetectLanguage,
    held: Document | None = None,
) -> Document:
    """A draft at revision 0 from what a file states and a person gives.

    A given value that is None or empty is not given. ``held`` is the newest revision of
    the document with this id, if any: then what is given may differ from what is
    stated. ``today`` is the clock's, in UTC.

    Raises InvalidMetadata naming every problem at once.
    """
    merging = Merging(stated, given, held)
    problems, base = merging.problems, merging.base
    problems += unknown_keys(stated, "the front matter")
    problems += unknown_keys(given, "what is given")
    identifier = read_id(merging, origin)
    title = merging.merged("title", values.text) or (base.title if base else None)
    kind = merging.merged("kind", values.choice(Kind)) or (base.kind if base else None)
    for key, value in (("title", title), ("kind", kind)):
        if value is None and not merging.complained(key):
            problems.append(missing(key))
    form = merging.merged("form", values.choice(Form)) or (base.form if base else None)
    language = read_language(merging, body, detect)
    vendors = merging.many("vendors", lambda value: vendor_id(value, names))
    places = merging.many("countries", lambda value: place_code(value, names))
    if kind is Kind.LAW:
        problems += [without_law(p) for p in places or () if p in names.regions]
    if vendors is None or places is None:
        said = base or names.mentions(f"{title or ''}\n{body}")
        vendors = said.vendors if vendors is None else vendors
        places = said.places if places is None else places
    if kind is Kind.LAW:  # one that its words name, and nobody said, is left out
        places = tuple(code for code in places if code not in names.regions)
    sources = read_sources(merging, title or "", language or "")
    event_on = merging.merged("event_on", values.partial_date)
    event_on = event_on or (base.event_on if base else None)
    links = read_links(merging, identifier)
    translations = read_translations(merging, body, language or "")
    questions = read_own_questions(merging, language or "")
    wordings = read_wordings(merging, language or "")
    vetting = merging.merged("vetting", values.choice(Vetting))
    vetted_on = merging.merged("vetted_on", values.day)
    rechecked_on = merging.merged("rechecked_on", values.day)
    # It already is tomorrow somewhere, ahead of the clock's UTC.
    latest = today + timedelta(days=1)
    problems += chronology(kind, sources, event_on, latest)
    for key, day in (("vetted_on", vetted_on), ("rechecked_on", rechecked_on)):
        if day and day > latest:
            problems.append(future(key, day, "give the day it was"))
    if problems or title is None or kind is None or language is None:
        raise unusable(origin, problems)
    return Document(
        id=identifier,
        title=title,
        body=body,
        form=form or Form.SOURCE,
        kind=kind,
        language=language,
        sources=sources,
        vendors=vendors,
        places=places,
        event_on=event_on,
        links=links,
        translations=translations,
        questions=questions,
        wordings=wordings,
        vetting=vetting or Vetting.PERSON,
        vetted_on=vetted_on,
        rechecked_on=rechecked_on,
    )


def unusable(subject: str, problems: Sequence[str | Problem]) -> InvalidMetadata:
    """The error that tells all of these."""
    told = "; ".join(map(str, problems))
    return InvalidMetadata(subject=subject, problem=told, problems=tuple(problems))


def lacking(document: Document) -> tuple[str | Problem, ...]:
    """What a document still lacks before it may be published, one line each."""
    problems: list[str | Problem] = []
    for source in document.sources or (None,):
        problems += [
            missing(key)
            for key in ("publisher", "url")
            if source is None or not getattr(source, key)
        ]
    # An old law may be known by no day; its card says so.
    if document.dated is None and document.kind is not Kind.LAW:
        problems.append("a date is missing: say --published-on or --event-on")
    return tuple({str(problem): problem for problem in problems}.values())
