"""What a file says of itself, and what a person says of it → a document, or every problem.

The rule of precedence: a person may add to a file, never silently contradict it. A file
with front matter speaks for itself; one without, and a correction by flags alone, stands
on what is held of the document already.
"""

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from knowledge.errors import InvalidMetadata
from knowledge.metadata import values
from knowledge.metadata.merging import Merging, missing
from knowledge.metadata.names import Names, place_code, vendor_id, without_law
from knowledge.metadata.own_questions import read_own_questions, read_wordings
from knowledge.metadata.problems import Problem
from knowledge.metadata.sources import SHORTHANDS, read_sources
from knowledge.metadata.translations import read_translations
from knowledge.model import (
    LANGUAGES,
    Document,
    Form,
    Kind,
    Link,
    PartialDate,
    Relation,
    Source,
    Vetting,
)

__all__ = [
    "KEYS",
    "LARGEST_BODY",
    "SURE",
    "DetectLanguage",
    "Names",
    "Problem",
    "draft",
    "identity",
    "lacking",
    "place_code",
    "slug",
    "unusable",
    "vendor_id",
]

LARGEST_BODY = 20 * 1024 * 1024
"""Bytes of UTF-8; no article or law comes near."""

KEYS = (
    *("id", "title", "form", "kind", "language", "vendors", "countries", "event_on"),
    *Relation,
    *("vetting", "vetted_on", "rechecked_on", "sources", "translations"),
    *("questions", "wordings"),
    *SHORTHANDS,
)
"""All keys that front matter may have and a person may give."""

DetectLanguage = Callable[[str], tuple[str, float]]
"""Text → the likeliest language, of any, and its probability in 0..1."""

SURE = 0.5
"""From which on the detector is believed, that tells 140 languages apart."""

_LONGEST_ID = 80
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")


def identity(
    origin: str, stated: Mapping[str, object], given: Mapping[str, object]
) -> str:
    """The id that a file will have: given, stated, or made of its name or address.

    Not checked for its form; ``draft`` does.
    """
    for said in (given, stated):
        if not values.silent(said.get("id")):
            return str(said["id"]).strip()
    if origin.lower().startswith(("http://", "https://")):
        return _address_id(origin)
    name = re.split(r"[/\\]", origin.rstrip("/\\"))[-1]
    return slug(name.rpartition(".")[0] or name)[:_LONGEST_ID].rstrip("-")


def slug(text: str) -> str:
    """A text in the letters of an id, of any length."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    ascii_only = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _address_id(address: str) -> str:
    """Host and path; where those are not all, or too long, with a digest of the whole."""
    parts = urlsplit(address)
    path = re.sub(r"\.(html?|php|aspx?)\Z", "", parts.path)
    whole = slug(f"{(parts.hostname or '').removeprefix('www.')} {path}")
    if len(whole) <= _LONGEST_ID and not parts.query:
        return whole
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{whole[: _LONGEST_ID - 9].rstrip('-')}-{digest}"


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
    problems += _unknown_keys(stated, "the front matter")
    problems += _unknown_keys(given, "what is given")
    identifier = _id(merging, origin)
    title = merging.merged("title", values.text) or (base.title if base else None)
    kind = merging.merged("kind", values.choice(Kind)) or (base.kind if base else None)
    for key, value in (("title", title), ("kind", kind)):
        if value is None and not merging.complained(key):
            problems.append(missing(key))
    form = merging.merged("form", values.choice(Form)) or (base.form if base else None)
    language = _language(merging, body, detect)
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
    links = _links(merging, identifier)
    translations = read_translations(merging, body, language or "")
    questions = read_own_questions(merging, language or "")
    wordings = read_wordings(merging, language or "")
    vetting = merging.merged("vetting", values.choice(Vetting))
    vetted_on = merging.merged("vetted_on", values.day)
    rechecked_on = merging.merged("rechecked_on", values.day)
    # It already is tomorrow somewhere, ahead of the clock's UTC.
    latest = today + timedelta(days=1)
    problems += _chronology(kind, sources, event_on, latest)
    for key, day in (("vetted_on", vetted_on), ("rechecked_on", rechecked_on)):
        if day and day > latest:
            problems.append(_future(key, day, "give the day it was"))
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


def _unknown_keys(said: Mapping[str, object], where: str) -> list[str]:
    problems = []
    for key in sorted(str(key) for key in said):
        if key in KEYS:
            continue
        close = difflib.get_close_matches(key, KEYS, 1)
        advice = f"did you mean {close[0]}?" if close else "leave it out"
        if key == "status":
            advice = "the steps of review set it; leave it out"
        problems.append(f"the key {key!r} in {where} is not known: {advice}")
    return problems


def _id(merging: Merging, origin: str) -> str:
    merging.merged("id", values.text)
    identifier = identity(origin, merging.stated, merging.given)
    if not _ID.fullmatch(identifier):
        merging.problems.append(
            f"the id {identifier!r} is not 2 to 80 of a-z, 0-9 and -: say --id"
        )
    return identifier


def _links(merging: Merging, identifier: str) -> tuple[Link, ...]:
    """The links said, by relation; where none of a relation is said, those held."""
    links: list[Link] = []
    held = merging.base.links if merging.base else ()
    for relation in Relation:
        named = merging.many(relation, _other_id)
        if named is None:
            links += [link for link in held if link.relation is relation]
        else:
            links += [Link(relation, document) for document in named]
    if any(link.document == identifier for link in links):
        merging.problems.append(f"{identifier} links to itself: leave that out")
    return tuple(links)


def _other_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is not the id of a document")
    return value


def _language(merging: Merging, body: str, detect: DetectLanguage) -> str | None:
    """The language said, or held, or told from the text."""
    said = merging.merged("language", values.language)
    if said or merging.complained("language"):
        return said
    if merging.base:
        return merging.base.language
    likeliest, probability = detect(body)
    if probability < SURE:
        problem = "cannot be told from the text: say"
    elif likeliest not in LANGUAGES:
        problem = f"seems to be {likeliest!r}, not supported; if that is wrong, say"
    else:
        return likeliest
    merging.problems.append(f"language {problem} --language ({values.SUPPORTED})")
    return None


def _chronology(
    kind: Kind | None,
    sources: Sequence[Source],
    event_on: PartialDate | None,
    latest: date,
) -> list[Problem]:
    """Dates that cannot be, or cannot be together."""
    problems = [
        _future("published_on", source.published_on, "check the year")
        for source in sources
        if source.published_on and source.published_on.earliest > latest
    ]
    # A law is often printed years before it applies.
    if event_on is None or kind is Kind.LAW:
        return problems
    dates = [source.published_on for source in sources if source.published_on]
    newest = max(dates, key=lambda day: day.latest, default=None)
    if event_on.earliest > latest:
        problems.append(_future("event_on", event_on, "check the year"))
    elif newest and len(dates) == len(sources) and event_on.earliest > newest.latest:
        says = (
            f" {event_on} is contradictory: its newest source is of {newest}, "
            "before it happened; correct one of the two"
        )
        both = {"value": event_on, "other": newest}
        problems.append(
            Problem(key="event_on", says=says, name="before-it-happened", values=both)
        )
    return problems


def _future(key: str, day: PartialDate | date, advice: str) -> Problem:
    says = f" {day} lies in the future: {advice}"
    return Problem(key=key, says=says, name="future", values={"value": day})
