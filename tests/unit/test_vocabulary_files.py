"""The vocabulary's files: what is refused, and how the refusal helps."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
import knowledge.vocabulary
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.errors import InvalidVocabulary

PACKAGED = Path(knowledge.__file__).parent / "vocabulary"

VENDORS = """
acme:
  name: Acme
  home: IT
  description: Makes cameras.
  aliases: [Acme Labs, {name: Old Acme, until: 2019}]
"""
PLACES = """
wider:
  EU:
    members: [IT, NO]
    names: {en: European Union}
    aliases: [{name: EU, exact: true}]
  NORTH:
    law: false
    members: [NO]
    names: {en: The North}
  WORLD:
    law: false
    members: [NORTH, IT]
    names: {en: The World}
    people: worldly
countries:
  IT:
    people: Italian{,s} italienisch*
    aliases: [Rome, Italian Republic]
whole: [Italian Republic]
common-words:
  - {name: Chad, exact: true}
left-out:
  Granada: mostly the city in Spain
no-places: [New York Times]
"""
CONCEPTS = """
fine:
  en: [fine, =fees]
  fr: [amende]
  it: [multa]
  de: [Bußgeld]
  es: [multa]
  nl: [boete]
  pt: [coima]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a small vocabulary, with some files changed."""

    def write(
        vendors: str = VENDORS, places: str = PLACES, concepts: str = CONCEPTS
    ) -> Path:
        (tmp_path / "vendors.yaml").write_text(vendors, encoding="utf-8")
        (tmp_path / "places.yaml").write_text(places, encoding="utf-8")
        (tmp_path / "concepts.yaml").write_text(concepts, encoding="utf-8")
        return tmp_path

    return write


def test_the_packaged_vocabulary_is_sound_and_named_like_its_module() -> None:
    vocabulary = load_vocabulary(PACKAGED)
    assert len(vocabulary.vendors) >= 55
    assert len(vocabulary.places) >= 250
    assert len(vocabulary.concepts) >= 490
    assert Path(knowledge.vocabulary.__file__).name == "vocabulary.py"


@pytest.mark.parametrize(
    ("vendor", "field"),
    [
        ("clearview-ai", {"faces"}),
        ("nso-group", {"interception"}),
        ("intellexa", {"interception"}),
        ("hikvision", {"cameras"}),
        ("cellebrite", {"phones"}),
        ("verint", set()),
        ("nobody-knows", set()),
    ],
)
def test_a_vendors_field_is_what_its_description_says(vendor, field) -> None:
    assert load_vocabulary(PACKAGED).field(vendor) == field


def test_a_small_vocabulary_is_read_whole(folder: Callable[..., Path]) -> None:
    vocabulary = load_vocabulary(folder())
    acme = vocabulary.vendors["acme"]
    assert (acme.name, acme.home) == ("Acme", "IT")
    assert [(n.text, n.until) for n in acme.aliases] == [
        ("Acme Labs", None),
        ("Old Acme", 2019),
    ]
    # Norway's code is a country, not the YAML for "false".
    assert vocabulary.wider("NO") == ("EU",)
    assert vocabulary.around("NO") == ("EU", "NORTH", "WORLD")
    assert vocabulary.opened("WORLD") == ("WORLD", "IT", "NO", "NORTH")
    assert vocabulary.mentions("worldly goods of the north").places == (
        "WORLD",
        "NORTH",
    )
    text = "Italians fined Acme in Rome; Granada and chad; the New York Times; the EU"
    found = vocabulary.mentions(text)
    assert (found.vendors, found.places) == (("acme",), ("IT", "EU"))
    assert found.concepts == ("fine",)
    assert vocabulary.mentions("die italienische Polizei").places == ("IT",)
    assert vocabulary.mentions("the fee is small").concepts == ()
    rome, republic = vocabulary.mentions("Rome, the Italian Republic").found
    assert (rome.part, republic.part) == (True, False)


def test_the_same_files_make_the_same_fingerprint(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    first = load_vocabulary(folder())
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("vendors.yaml", "places.yaml", "concepts.yaml"):
        shutil.copy(tmp_path / name, copy / name)
    assert load_vocabulary(copy).fingerprint == first.fingerprint
    changed = folder(vendors=VENDORS.replace("2019", "2020"))
    assert load_vocabulary(changed).fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("vendors", "name: Acme", "name: [", ["YAML is broken", "line"]),
        ("vendors", VENDORS, "", ["holds no entries"]),
        ("vendors", VENDORS, "- acme", ["holds no entries"]),
        ("vendors", VENDORS, "acme: Acme", ["acme", "key: value"]),
        ("vendors", VENDORS, "acme: &a {name: *a}", ["YAML is broken"]),
        ("vendors", "name: Acme", "nmae: Acme", ["acme", '"nmae"', "name"]),
        ("vendors", "  name: Acme\n", "", ["acme, name", "must be a text"]),
        ("vendors", "home: IT", "home: ZZ", ["acme, home", '"ZZ"', "ISO 3166-1"]),
        ("vendors", "home: IT", "home: EU", ["acme, home", '"EU"']),
        ("vendors", "acme:", "Acme Inc:", ["Acme Inc", "a-z"]),
        ("vendors", "until: 2019", "until: soon", ["Old Acme", '"soon"', "YYYY"]),
        ("vendors", "until: 2019", "exact: maybe", ["Old Acme", "true nor false"]),
        ("vendors", "until: 2019", "lowercase: true", ["Old Acme", "exact: true"]),
        ("vendors", "until: 2019", "language: xx", ["Old Acme", '"xx"', "en, fr"]),
        ("vendors", "[Acme Labs,", "['++',", ["acme", "++", "no letter"]),
        ("vendors", "aliases: [", "aliases: # [", ["acme", "must be a list"]),
        ("vendors", VENDORS, VENDORS + VENDORS[1:], ['"acme" stands there twice']),
        (
            "vendors",
            VENDORS,
            VENDORS + VENDORS[1:].replace("acme:", "other:"),
            ["other", '"Acme" names acme too'],
        ),
        ("places", "  IT:\n", "  XX:\n", ["countries", '"XX"']),
        ("places", "people: Italian{,s} italienisch*", "people: [x]", ["IT, people"]),
        ("places", "Italian{,s}", "Italian{,s", ["IT", "brace"]),
        ("places", "whole: [", "whole: [Milan, ", ['"Milan"', "no alias"]),
        ("places", "aliases: [Rome,", "aliases: [Paris, Frankreich,", ["Frankreich"]),
        ("places", "[IT, NO]", "[IT, XY]", ["EU, members", '"XY"']),
        ("places", "[IT, NO]", "[IT, WORLD]", ["EU, members", '"WORLD"']),
        ("places", "  NORTH:", "  NL:", ["NL", "the code of a country", "longer"]),
        ("places", "law: false\n    members: [NO]", "law: no", ["NORTH", "true nor"]),
        ("places", "names: {en:", "names: {xx:", ["EU", '"xx"', "supported language"]),
        ("places", "no-places:", "not-places:", ['"not-places"', "no-places"]),
        ("places", "wider:", "wide: 1\nwider:", ['"wide"']),
        ("concepts", "  pt: [coima]\n", "", ["fine", "pt", "add"]),
        ("concepts", "  pt:", "  ru:", ["fine", '"ru"']),
        (
            "concepts",
            "[coima]",
            "[coima, {name: x, exat: true}]",
            ["fine, pt", '"exat"'],
        ),
        ("concepts", "  pt: [coima]", "  pt: []", ["fine", "pt"]),
    ],
)
def test_a_mistake_is_refused_with_its_file_its_entry_and_what_to_do(
    folder: Callable[..., Path], file: str, old: str, new: str, says: list[str]
) -> None:
    content = {"vendors": VENDORS, "places": PLACES, "concepts": CONCEPTS}
    assert old in content[file]
    path = folder(**{file: content[file].replace(old, new)})
    with pytest.raises(InvalidVocabulary) as refused:
        load_vocabulary(path)
    message = str(refused.value)
    assert f"{file}.yaml" in message
    assert "\n" not in message
    for words in says:
        assert words in message


@pytest.mark.parametrize(
    "part", ["wider", "countries", "whole", "common-words", "left-out", "no-places"]
)
def test_a_part_that_is_missing_is_named(
    folder: Callable[..., Path], part: str
) -> None:
    blocks = re.split(r"^(?=[a-z-]+:)", PLACES, flags=re.MULTILINE)
    kept = "".join(block for block in blocks if not block.startswith(f"{part}:"))
    with pytest.raises(InvalidVocabulary, match=rf"places\.yaml: {part}: must"):
        load_vocabulary(folder(places=kept))


def test_a_missing_file_is_named(folder: Callable[..., Path]) -> None:
    path = folder()
    (path / "concepts.yaml").unlink()
    with pytest.raises(InvalidVocabulary, match=r"concepts\.yaml.*missing"):
        load_vocabulary(path)


def test_a_file_in_another_encoding_is_refused(folder: Callable[..., Path]) -> None:
    path = folder()
    (path / "concepts.yaml").write_bytes("fine: Bußgeld".encode("latin-1"))
    with pytest.raises(InvalidVocabulary, match=r"concepts\.yaml.*cannot be read"):
        load_vocabulary(path)


def test_ordinary_words_are_read_where_there_are_any(folder):
    path = folder()
    slip = "is the Akme used"

    def misspelt():
        vocabulary = load_vocabulary(path)
        return vocabulary.misspelt(slip, vocabulary.mentions(slip))

    (path / "vendors.yaml").write_text(VENDORS.replace("name: Acme", "name: Acmeria"))
    slip = "is the Akmeria used"
    assert misspelt()
    (path / "ordinary.yaml").write_text("en: [akmeria]")
    assert not misspelt()


def test_ordinary_words_of_no_supported_language_are_refused(folder):
    path = folder()
    (path / "ordinary.yaml").write_text("xx: [akmeria]")
    with pytest.raises(InvalidVocabulary, match=r"ordinary\.yaml"):
        load_vocabulary(path)
