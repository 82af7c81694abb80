"""A reference as CSL-JSON (https://github.com/citation-style-language/schema, 1.0.2)."""

import json

from bot.citing.reference import Reference
from knowledge.model import Kind, PartialDate

_TYPES = {
    Kind.LAW: "legislation",
    Kind.COURT_RULING: "legal_case",
    Kind.REGULATOR_DECISION: "report",
    Kind.PROCUREMENT: "document",
    Kind.PRESS: "article-newspaper",
    Kind.RESEARCH: "report",
    Kind.COMPANY_STATEMENT: "webpage",
}


def as_csl(cited: Reference) -> str:
    """A list of one item, as Zotero and others take it."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": "document" if cited.brief else _TYPES[cited.kind],
        "title": cited.title,
    }
    if cited.author:
        item["author"] = [{"literal": cited.author}]
        item["publisher"] = cited.author
    if cited.date:
        item["issued"] = {"date-parts": [_parts(cited.date)]}
    if cited.url:
        item["URL"] = cited.url
    item["language"] = cited.language
    if cited.archived:
        item["archive_location"] = cited.archived
    item["note"] = cited.note
    return json.dumps([item], ensure_ascii=False, indent=1)


def _parts(date: PartialDate) -> list[int]:
    parts = (date.year, date.month, date.day)
    return [part for part in parts if part is not None]
