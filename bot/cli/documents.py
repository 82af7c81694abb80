"""A document → the lines that a person reads."""

from typing import TYPE_CHECKING

from bot.cards import Fact, Facts
from bot.catalogue import Words
from bot.replies.kb.own_questions import questions_shown
from knowledge.model import Document, Source

if TYPE_CHECKING:
    from bot.replies.subject import Names


def document_facts(
    document: Document, passages: int, names: "Names", words: Words
) -> Facts:
    """What was found of a document, one fact a line."""

    def fact(name: str, value: str) -> Fact:
        return Fact(words(f"cli.document.{name}"), value or words("cli.document.none"))

    places = (names.place_name(code, words.language) for code in document.places)
    facts = [
        fact("id", f"{document.id}@{document.revision}"),
        fact("status", words(f"cli.status.{document.status}")),
        fact("form", words(f"form.{document.form}")),
        fact("kind", words(f"kind.{document.kind}")),
        fact("language", words.language_name(document.language)),
        fact("event_on", words.dated(document.event_on) if document.event_on else ""),
        fact("vendors", ", ".join(names.vendor_name(v) for v in document.vendors)),
        fact("countries", ", ".join(places)),
        fact("passages", str(passages)),
    ]
    facts += [
        Fact(words(f"cli.document.{link.relation}"), link.document)
        for link in document.links
    ]
    if document.questions:
        facts.append(fact("questions", questions_shown(document, words)))
    facts += [fact("source", _cited(source, words)) for source in document.sources]
    return Facts(tuple(facts))


def _cited(source: Source, words: Words) -> str:
    date = words.dated(source.published_on) if source.published_on else ""
    parts = (source.publisher, date, source.url, source.archived_url)
    return " · ".join(part for part in parts if part)
