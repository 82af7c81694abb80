"""What a passage is on: the rule that keeps one firm's evidence off another's."""

from collections.abc import Collection
from dataclasses import replace

from knowledge.analysis import tokens
from knowledge.model import Document, Form, Kind, Mentions, Passage
from knowledge.origins import natives, origins


def tag(
    passage: Passage,
    document: Document,
    mentions: Mentions,
    regions: Collection[str] = (),
) -> Passage:
    """The passage with its vendors, places and concepts.

    ``mentions`` are those of the passage's text. A brief and a law are on what their
    editor chose. A source's own passage is on the vendors and places that it names, but
    for those that only say where a maker, a product or somebody is from ("the Israeli
    company"); where it names none, "the company" is the document's one, if it has just one. The
    document's one place is that of such a passage only: one that names its vendor and
    no place may speak of the vendor anywhere. To name one of the ``regions`` is to name
    no place in this: "all over Africa", in a document on Kenya, is on Kenya too. Concepts
    are always those of the text.
    """
    if document.form is Form.BRIEF or document.kind is Kind.LAW:
        vendors, places = document.vendors, document.places
    else:
        vendors = mentions.vendors or _sole(document.vendors)
        words = tokens(passage.text)
        found, language = mentions.found, passage.language
        aside = origins(words, found, language) | natives(words, found, language)
        places = tuple(place for place in mentions.places if place not in aside)
        if not mentions.vendors and all(place in regions for place in places):
            chosen = [p for p in document.places if p not in regions]
            places = (*places, *_sole(tuple(chosen) or document.places))
            places = tuple(dict.fromkeys(places))
    return replace(passage, vendors=vendors, places=places, concepts=mentions.concepts)


def _sole(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return chosen if len(set(chosen)) == 1 else ()
