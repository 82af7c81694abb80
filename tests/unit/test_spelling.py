"""Misspelt names: read as the nearest, said so, and never a real word."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.bigrams import Bigrams
from knowledge.entries import Name, Vendor
from knowledge.model import Correction, MentionKind
from knowledge.questions import read
from knowledge.spelling import distance
from knowledge.vocabulary import Vocabulary

PACKAGED = load_vocabulary(Path(knowledge.__file__).parent / "vocabulary")


def asked(text: str, vocabulary: Vocabulary = PACKAGED):
    return read(text, vocabulary)


@pytest.mark.parametrize(
    ("written", "vendor"),
    [
        ("Clearveiw", "clearview-ai"),  # two letters changed about
        ("Clearvew", "clearview-ai"),  # one left out
        ("Cllearview", "clearview-ai"),  # one too many
        ("Clearwiew", "clearview-ai"),  # another one
        ("clearveiw", "clearview-ai"),
        ("CLEARVEIW", "clearview-ai"),
        ("Cellbrite", "cellebrite"),
        ("Rekogniton", "amazon-rekognition"),
        ("Pegassus", "nso-group"),
        ("Intelexa", "intellexa"),
        ("HackingTeam", None),
    ],
)
def test_a_misspelt_vendor_is_read_as_the_nearest(written, vendor):
    question = asked(f"Is {written} used by the police?")
    if vendor is None:  # known as it is, or not at all: never corrected in silence
        assert question.corrected or question.mentions.vendors or question.unknown
    else:
        assert question.mentions.vendors == (vendor,)
        assert question.corrected == (Correction(written, MentionKind.VENDOR, vendor),)
        assert question.unknown == ()


def test_two_edits_are_forgiven_in_a_long_name():
    assert asked("is rekognittion used").mentions.vendors == ("amazon-rekognition",)
    assert asked("is Pegsos used").mentions.vendors == ()


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Grmany", "DE"),
        ("Gremany", "DE"),
        ("Netherlnds", "NL"),
        ("Allemange", "DE"),
        ("Austalia", "AU"),
    ],
)
def test_a_misspelt_country_is_read_and_never_in_silence(written, place):
    question = asked(f"Is Clearview used in {written}?")
    assert question.mentions.places == (place,)
    assert question.corrected == (Correction(written, MentionKind.PLACE, place),)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Is Clearview active in Itlay?", "IT"),
        ("is clearview used in swedn", "SE"),
        ("Pegasus in Frnace", "FR"),
        ("Clearview est-elle active en Itlaie ?", "IT"),
        ("Was weiß man aus Plen und Poln?", "PL"),
        ("O Pegasus foi usado no Brsail?", "BR"),
        ("Clearview Swden", "SE"),  # nothing else is asked
        ("and in Jappan?", "JP"),
        ("Itlay", "IT"),
    ],
)
def test_a_short_name_is_read_where_a_place_would_be_named(written, place):
    question = asked(written)
    assert question.mentions.places == (place,)
    assert [each.id for each in question.corrected] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Is while a word for Chile?",
        "Which swdne cameras were sold?",  # nowhere near a place
        "un chien en liberté",
        "cameras in series",
        "Le sapin de la police",
        "in inden and in sudan",
        "Did Jason and Angela use spyware?",
        "in rfance",  # the first letter of a short name is right
        "in Nigel",
    ],
)
def test_what_is_near_to_a_short_name_is_left_alone(text):
    assert asked(text).corrected == ()


def test_no_word_of_the_own_questions_turns_into_another_country():
    """In seven languages; those that do turn are one of that very country's own words."""
    words = set()
    for path in sorted(Path(knowledge.__file__).parent.glob("corpus/*/*.md")):
        front = path.read_text(encoding="utf-8").split("---\n")[1]
        words |= set(re.findall(r"\b[a-zà-ÿ]{4,7}\b", front))
    assert len(words) > 5000
    turned = {
        word: slip.ids
        for word in sorted(words)
        for slip in PACKAGED.misspelt(f"in {word}", PACKAGED.mentions(f"in {word}"))
        if slip.kind is MentionKind.PLACE
    }
    theirs = {
        "belgi": ("BE",),
        "chinas": ("CN",),
        "israels": ("IL",),
        "italys": ("IT",),
        "polands": ("PL",),
        "serben": ("RS",),
        "spains": ("ES",),
    }
    assert turned.items() <= theirs.items()


@pytest.mark.parametrize(
    "text",
    [
        "Il paragone tra i due sistemi",
        "predatory lending by banks",
        "a circle of friends",
        "a sandwich with cheese",
        "predatore e preda",
        "Hiermit frage ich nach dem Gesetz",
        "Le graphiste dessine un logo",
        "the hungry police",
        "Iran police cameras",
        "Iraq police cameras",
        "Austria police cameras",
        "Australia police cameras",
        "Slovakia police cameras",
        "Slovenia police cameras",
        "Niger police cameras",
        "Nigeria police cameras",
        "facial recogntion by the police",
        "Axion makes cameras",
        "cercles de réflexion",
        "o predador",
        "locate x on the map",
    ],
)
def test_a_real_word_is_never_corrected(text):
    assert asked(text).corrected == ()


def test_where_a_vendor_is_named_no_other_word_is_corrected():
    question = asked("Did Cellebrite mention Clearveiw?")
    assert question.mentions.vendors == ("cellebrite",)
    assert question.corrected == ()


def small() -> Vocabulary:
    vendors = [
        Vendor(id=name.lower(), name=name, aliases=(), description="")
        for name in ("Montara", "Montana", "Ringside")
    ]
    return Vocabulary(vendors=vendors, places=(), concepts=())


def test_an_ambiguous_name_is_not_guessed_but_both_are_suggested():
    question = asked("Is Montaxa used?", small())
    assert question.mentions.vendors == ()
    assert question.corrected == ()
    assert [each.id for each in question.suggested] == ["montana", "montara"]
    assert question.unknown == ("Montaxa",)


def test_a_name_between_two_of_the_same_vendor_is_clear():
    vendor = Vendor(
        id="m", name="Montara", aliases=(Name(text="Montana"),), description=""
    )
    vocabulary = Vocabulary(vendors=[vendor], places=(), concepts=())
    assert asked("Is Montaxa used?", vocabulary).mentions.vendors == ("m",)


def test_an_ordinary_word_of_the_files_is_left_alone():
    vendor = Vendor(id="p", name="Paragon", aliases=(), description="")

    def corrected(*ordinary: str):
        known = Vocabulary(vendors=[vendor], places=(), concepts=(), ordinary=ordinary)
        return asked("il Paragone", known).corrected

    assert corrected()
    assert not corrected("paragone")


def test_a_short_name_is_never_guessed():
    vendor = Vendor(id="a", name="Axon", aliases=(), description="")
    vocabulary = Vocabulary(vendors=[vendor], places=(), concepts=())
    assert asked("Is Axom used?", vocabulary).corrected == ()


def test_a_name_written_in_two_words_is_read():
    question = asked("is clear view used by the police")
    assert question.mentions.vendors == ("clearview-ai",)
    assert question.corrected[0].written == "clear view"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("paragon", "paragon", 0),
        ("paragon", "paragno", 1),
        ("paragon", "pargon", 1),
        ("paragon", "parragon", 1),
        ("paragon", "parajon", 1),
        ("paragon", "prragno", 2),
        ("", "abc", 3),
    ],
)
def test_the_distance_counts_edits(one, other, edits):
    assert distance(one, other) == distance(other, one) == edits


@given(st.lists(st.text("abc ", max_size=9), max_size=6), st.text("abc ", max_size=9))
def test_whoever_is_near_by_edits_is_found_by_pairs_of_letters(texts, written):
    edits = [1 + number % 2 for number in range(len(texts))]
    found = set(Bigrams(texts, edits).near(written))
    assert found >= {
        number
        for number, (text, most) in enumerate(zip(texts, edits, strict=True))
        if distance(written, text) <= most
    }


def test_few_others_are_found_by_pairs_of_letters():
    near = Bigrams(["clearview", "cellebrite", "carabineer"], [1, 2, 2])
    assert list(near.near("clearveiw")) == [0]
    assert list(near.near("cellebriet")) == [1]


def test_looking_for_slips_is_quick():
    text = "which swedisch municipalities have bought licences from a vendor of cameras"
    mentions = PACKAGED.mentions(text)
    PACKAGED.misspelt(text, mentions)
    began = time.process_time()
    for _ in range(100):
        PACKAGED.misspelt(text, mentions)
    assert time.process_time() - began < 0.5  # 5 ms each, on a slow machine


@pytest.mark.parametrize("text", ["a" * 2000, "abcdefghijkl " * 150, "x y" * 600])
def test_a_long_text_takes_no_longer(text):
    mentions = PACKAGED.mentions(text)
    PACKAGED.misspelt("warm clearveiw", PACKAGED.mentions("warm"))
    began = time.process_time()
    PACKAGED.misspelt(text, mentions)
    assert time.process_time() - began < 0.5
