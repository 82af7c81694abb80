"""What was filled in to change the vocabulary, as a term; or what is said to it instead."""

import re
from collections.abc import Mapping

from bot.cards import Card
from bot.catalogue import words
from bot.conversation.askable import LONGEST, cleaned
from bot.reception.kb.people import Moderator
from bot.reception.who_may import hashed
from bot.replies import kb as replies
from knowledge.entries import Name
from knowledge.metadata import slug
from knowledge.model import LANGUAGES, LIVE
from knowledge.naming import Naming
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import LONGEST as LONGEST_NAME

YEAR = re.compile(r"(?:19|20)\d\d")

Values = Mapping[str, str]
"""By the names of a form's fields."""


async def vendor(who: Moderator, values: Values) -> Term | TermReview | Card:
    """A vendor that is not known yet; else how the one stands. Raises QuisError."""
    home = values.get("home", "")
    country: str | None = None
    if home:
        country, read = await who.house.desk.place(cleaned(home)[:LONGEST])
        if country is None or read.corrected:
            meant = _place_name(who, country)
            return replies.not_known("country", home, who.language, meant=meant)
    written = values.get("name", "")
    others = [each.strip() for each in values.get("names", "").split(",")]
    term = Term(
        kind=TermKind.VENDOR,
        owner=slug(written[:LONGEST_NAME]) or f"vendor-{hashed('vendor', written)[:8]}",
        name=Name(text=written),
        home=country,
        description=values.get("description", ""),
        names=tuple(Name(text=each) for each in others if each),
    )
    held = await who.house.desk.aside(lambda: _vendor_held(who.reviews.naming, term))
    return term if held is None else held


def _place_name(who: Moderator, code: str | None) -> str:
    language = words(who.language).language
    return who.house.desk.names.place_name(code, language) if code else ""


def _vendor_held(naming: Naming, term: Term) -> TermReview | None:
    """A vendor is proposed once; what is known of one is changed in the files."""
    held = naming.held(term.id)
    if held is None or held.status not in LIVE:
        return None
    return naming.review(held.id)


async def name(who: Moderator, values: Values) -> Term | Card:
    """A name of a vendor that is known. Raises QuisError."""
    typed, until = values.get("vendor", ""), values.get("until", "")
    vendor, read = await who.house.desk.vendor(cleaned(typed)[:LONGEST])
    if vendor is None or read.corrected:
        meant = who.house.desk.names.vendor_name(vendor) if vendor else ""
        return replies.not_known("vendor", typed, who.language, meant=meant)
    if until and YEAR.fullmatch(until) is None:
        return replies.not_known("year", until, who.language)
    manner = values.get("manner", "")
    name = Name(
        text=values.get("name", ""),
        exact=manner in ("exact", "typed"),
        lowercase=manner == "typed",
        until=int(until) if until else None,
    )
    return Term(kind=TermKind.NAME, owner=vendor, name=name)


async def word(who: Moderator, values: Values) -> Term | Card:
    """A word for a concept that is known. Raises QuisError."""
    typed = cleaned(values.get("concept", ""))[:LONGEST]
    desk, language = who.house.desk, values.get("language", "")
    concept: str | None = typed.lower()
    if desk.names.concept_name(concept or "", "en") == concept:
        found = (await desk.read(typed)).mentions.concepts
        concept = found[0] if found else None
    if concept is None:
        return replies.not_known("concept", typed, who.language)
    if language not in LANGUAGES:
        language = words(who.language).language
    manner = values.get("manner", "")
    name = Name(
        text=values.get("word", ""), exact=manner == "exact", whole=manner == "whole"
    )
    return Term(kind=TermKind.WORD, owner=concept, name=name, language=language)
