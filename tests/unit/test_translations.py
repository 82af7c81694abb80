"""A person's translation finds the words that were quoted, and only those."""

from dataclasses import replace

from knowledge.model import Document, Form, Kind, Span, Translation
from knowledge.translations import misfit, translated

BODY = "Clearview a été condamnée. L’amende est de 20 millions.\n\nElle n’a pas fait appel."
ENGLISH = Translation(
    language="en",
    by="Ana Lopes",
    text="Clearview was fined. The fine is 20 million.\n\nIt did not appeal.",
)


def document(*translations):
    return Document(
        id="a",
        title="A",
        body=BODY,
        form=Form.SOURCE,
        kind=Kind.PRESS,
        language="fr",
        sources=(),
        translations=translations,
    )


def shown(words, *translations):
    made = translated(document(*translations), span(words), "en")
    assert made is not None
    return made


def span(words):
    return Span(BODY.index(words), BODY.index(words) + len(words))


def test_a_quoted_sentence_finds_its_own_translation():
    made = shown("L’amende est de 20 millions.", ENGLISH)
    assert (made.text, made.by) == ("The fine is 20 million.", "Ana Lopes")


def test_a_quoted_paragraph_is_translated_whole():
    made = shown("Clearview a été condamnée. L’amende est de 20 millions.", ENGLISH)
    assert made.text == "Clearview was fined. The fine is 20 million."


def test_where_sentences_cannot_be_paired_the_paragraph_stands():
    joined = replace(ENGLISH, text=ENGLISH.text.replace(". The", ", and the"))
    made = shown("L’amende est de 20 millions.", joined)
    assert made.text == "Clearview was fined, and the fine is 20 million."


def test_without_a_translation_into_the_readers_language_there_is_none():
    assert translated(document(ENGLISH), span("Clearview"), "it") is None
    assert translated(document(), span("Clearview"), "en") is None
    assert translated(document(ENGLISH), span("Clearview"), "fr") is None


def test_a_translation_with_other_paragraphs_does_not_fit():
    assert misfit(BODY, ENGLISH) is None
    said = misfit(BODY, replace(ENGLISH, text="All in one paragraph."))
    assert said is not None
    assert said.startswith(
        "the translation into 'en' has 1 paragraphs and the text has 2"
    )
