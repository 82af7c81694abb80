"""What a question is about, in the reader's words."""

from collections.abc import Sequence
from typing import Protocol

from bot.catalogue import Words
from knowledge.model import Correction, Document, Holding, MentionKind, Question

LONGEST_NAME = 60
"""How much of an unknown name is repeated, in characters."""

LONGEST_ECHO = 300
"""How many characters of a person's own words are repeated to them."""


class Names(Protocol):
    """The names to show for ids; an unknown id is shown as it is."""

    def vendor_name(self, vendor: str) -> str:
        """The vendor's name, which is the same in every language."""
        ...

    def place_name(self, code: str, language: str) -> str:
        """The place's name in a supported language."""
        ...

    def concept_name(self, concept: str, language: str) -> str:
        """The concept's word in a supported language."""
        ...

    def around(self, place: str) -> Sequence[str]:
        """The wider places that it lies in."""
        ...

    def opened(self, place: str) -> Sequence[str]:
        """What is counted as held on it: a region and all in it, or itself alone."""
        ...


def heading(question: Question, names: Names, words: Words) -> str:
    """``Clearview AI · Italy``; without either, the concepts or a fixed phrase."""
    mentions = question.mentions
    concepts = ", ".join(
        names.concept_name(c, words.language) for c in mentions.concepts
    )
    subject = about(mentions.vendors, question.places, names, words) or concepts
    return subject[:1].upper() + subject[1:] or words("answer.untitled")


def about(
    vendors: Sequence[str], places: Sequence[str], names: Names, words: Words
) -> str:
    """``Clearview AI · Italy``; empty where there is neither."""
    parts = (
        ", ".join(names.vendor_name(vendor) for vendor in vendors),
        ", ".join(place_names(places, names, words)),
    )
    return " · ".join(part for part in parts if part)


def place_names(codes: Sequence[str], names: Names, words: Words) -> list[str]:
    """The places' names in the reader's language."""
    return [names.place_name(code, words.language) for code in codes]


def vendors_phrase(question: Question, names: Names, words: Words) -> str:
    """The vendors asked about, as alternatives; empty where there are none."""
    return words.either([names.vendor_name(v) for v in question.mentions.vendors])


def places_phrase(question: Question, names: Names, words: Words) -> str:
    """The places asked about, as alternatives with prepositions: ``in Japan``."""
    return words.either(
        [
            words.in_place(code, names.place_name(code, words.language))
            for code in question.places
        ]
    )


def corrections(
    question: Question, names: Names, words: Words, *, answered: bool
) -> list[str]:
    """A sentence for each misspelt name: what it was read as is never kept silent."""
    done = "answered" if answered else "refused"
    return [
        words(
            f"corrected.{done}-{each.kind}",
            written=words.quoted(echo(each.written, LONGEST_NAME)),
            name=known_name(each, names, words),
        )
        for each in question.corrected
    ]


def known_name(meant: Correction, names: Names, words: Words) -> str:
    """The name to show of what a misspelt one was read as."""
    if meant.kind is MentionKind.PLACE:
        return names.place_name(meant.id, words.language)
    return names.vendor_name(meant.id)


def page_of(document: Document | Holding) -> str | None:
    """Where a document leads: the page of the source that heads its citation."""
    return document.sources[0].url if document.sources else None


def echo(text: str, longest: int = LONGEST_ECHO) -> str:
    """A person's own words on one line, shortened with ``…`` where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
