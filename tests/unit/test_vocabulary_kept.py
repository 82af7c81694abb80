"""A vocabulary that is kept as it was read: the same, or read anew."""

from pathlib import Path

import pytest

import knowledge
from knowledge.adapters import vocabulary_folder
from knowledge.adapters.vocabulary_folder import VocabularyFolder
from knowledge.entries import Name, Vendor
from knowledge.errors import InvalidVocabulary

PACKAGED = Path(knowledge.__file__).parent / "vocabulary"

TEXTS = (
    "Is Clearview AI active in Italy?",
    "NSO Group's Pegasus spyware was found on phones in Milan and Warsaw.",
    "Die französische Datenschutzbehörde hat Clearviews Gesichtserkennung verboten.",
    "La reconnaissance faciale dans l'espace public est-elle légale en Belgique ?",
    "Face++ is not a face, and New York Times is no city. S.p.A.; ROM, Rom, Niger.",
)


VENDORS = """acme:
  name: Acme
  description: Makes cameras.
  aliases: [Acme Labs, {name: Old Acme, until: 2019}]
"""
PLACES = """wider:
  EU: {members: [IT], names: {en: European Union}}
countries:
  IT: {people: "Italian{,s}"}
whole: []
common-words: []
left-out: {}
no-places: []
"""
CONCEPTS = """fine:
  {en: [fine], fr: [amende], it: [multa], de: [Geld], es: [multa], nl: [boete], pt: [coima]}
"""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """A vocabulary that was kept, and read from there with no file of YAML opened."""
    kept_at = tmp_path_factory.mktemp("kept") / "vocabulary.json"
    read = VocabularyFolder(PACKAGED, kept_at).held()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary_folder, "load_vocabulary", None)
        kept = VocabularyFolder(PACKAGED, kept_at).held()
    return read, kept


@pytest.fixture
def small(tmp_path):
    """A folder of a vendor, the countries and a concept."""
    files = tmp_path / "files"
    files.mkdir()
    for name, text in (
        ("vendors", VENDORS),
        ("places", PLACES),
        ("concepts", CONCEPTS),
    ):
        (files / f"{name}.yaml").write_text(text, encoding="utf-8")
    return files


def test_one_that_is_kept_reads_every_text_as_the_files_do(made_once):
    read, kept = made_once
    assert kept.fingerprint == read.fingerprint
    for text in TEXTS:
        mentions = read.mentions(text)
        assert mentions.found
        assert kept.mentions(text) == mentions
    slip = "Is Clearvieww active in Germny?"
    assert read.misspelt(slip, read.mentions(slip))
    assert kept.misspelt(slip, kept.mentions(slip)) == read.misspelt(
        slip, read.mentions(slip)
    )


def test_one_that_is_kept_has_the_same_entries(made_once):
    read, kept = made_once
    assert kept.vendors == read.vendors
    assert kept.places == read.places
    assert kept.concepts == read.concepts
    assert kept.no_places == read.no_places
    assert kept.ordinary == read.ordinary
    assert kept.is_ordinary("Paragone") == read.is_ordinary("Paragone")
    assert kept.matters == read.matters


def test_names_are_put_in_and_taken_out_of_one_that_is_kept(made_once):
    read, kept = made_once
    clearview = read.vendors["clearview-ai"]
    zew = Vendor(
        id="zew", name="Zewbabix", aliases=(Name("Clearview Zew"),), description="Zew."
    )
    text = "Zewbabix, Clearview Zew and Clearview AI"
    changed = [
        one.changed(vendors=[zew], without=[clearview.id]) for one in (read, kept)
    ]
    assert changed[0].fingerprint == changed[1].fingerprint
    assert changed[0].mentions(text) == changed[1].mentions(text)
    assert changed[1].mentions(text).vendors == ("zew",)
    assert kept.mentions(text).vendors == ("clearview-ai",)


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b"Acme", b"Amce"),
        lambda whole: b"\xff" + whole,
        lambda whole: b"{}\n" + whole,
    ],
    ids=["empty", "cut short", "other words", "no text", "other file"],
)
def test_one_that_was_damaged_is_read_and_kept_anew(small, tmp_path, harm):
    kept_at = tmp_path / "vocabulary.json"
    VocabularyFolder(small, kept_at).held()
    whole = kept_at.read_bytes()
    kept_at.write_bytes(harm(whole))
    again = VocabularyFolder(small, kept_at).held()
    assert again.mentions("the Italians fined Acme").vendors == ("acme",)
    assert kept_at.read_bytes() == whole


def test_a_change_of_a_file_counts_at_once(small, tmp_path):
    kept_at = tmp_path / "vocabulary.json"
    VocabularyFolder(small, kept_at).held()
    with (small / "vendors.yaml").open("a", encoding="utf-8") as file:
        file.write("zew:\n  name: Zewbabix\n  description: Makes zew.\n")
    assert "zew" in VocabularyFolder(small, kept_at).held().vendors
    assert "zew" in VocabularyFolder(small, kept_at).held().vendors


def test_a_fault_in_a_file_is_told_although_an_earlier_state_is_kept(small, tmp_path):
    kept_at = tmp_path / "vocabulary.json"
    VocabularyFolder(small, kept_at).held()
    (small / "vendors.yaml").write_text("acme: [", encoding="utf-8")
    with pytest.raises(InvalidVocabulary):
        VocabularyFolder(small, kept_at).held()


def test_where_none_can_be_kept_it_is_read_each_time(small, tmp_path):
    (tmp_path / "file").write_text("")
    folder = VocabularyFolder(small, tmp_path / "file" / "vocabulary.json")
    assert folder.held().fingerprint == folder.held().fingerprint
