"""Changes of the vocabulary: what may be proposed, how it is laid over, what it touches."""

from dataclasses import replace

import pytest

from knowledge.entries import Concept, Name, Place, Vendor
from knowledge.model import Status
from knowledge.terms import Term, TermKind
from knowledge.terms.comparing import difference
from knowledge.terms.overlay import LiveVocabulary, laid_over, touched_by
from knowledge.terms.rules import LONGEST, Against, objection
from knowledge.vocabulary import Vocabulary

NAME, WORD, VENDOR = TermKind.NAME, TermKind.WORD, TermKind.VENDOR


@pytest.fixture
def base() -> Vocabulary:
    return Vocabulary(
        vendors=[
            Vendor(
                id="ring",
                name="Amazon Ring",
                aliases=(Name(text="Ring", exact=True),),
                description="Sells cameras.",
            ),
            Vendor(
                id="acme",
                name="Acme",
                aliases=(Name(text="Acme Labs"),),
                description="Sells a recogniser of faces.",
            ),
        ],
        places=[Place(code="IT", names={"en": "Italy"}, aliases=(Name(text="Italy"),))],
        concepts=[
            Concept(id="fine", words={"en": (Name(text="fine"), Name(text="penalty"))}),
            Concept(id="face", words={"en": (Name(text="face"),)}, technology="faces"),
        ],
        ordinary=["paragone"],
    )


def name(text: str, owner: str = "acme", **manner: object) -> Term:
    return Term(kind=NAME, owner=owner, name=Name(text=text, **manner))  # type: ignore[arg-type]


def word(text: str, owner: str = "fine", **manner: object) -> Term:
    made = Name(text=text, **manner)  # type: ignore[arg-type]
    return Term(kind=WORD, owner=owner, name=made, language="en")


def ordinary(folded: str) -> bool:
    return folded in ("bridge", "lens")


def against(term: Term, base: Vocabulary) -> Against | None:
    found = objection(term, base, ordinary)
    return found.against if found else None


def published(*terms: Term) -> list[Term]:
    return [replace(term, status=Status.PUBLISHED) for term in terms]


def retracted(*terms: Term) -> list[Term]:
    return [replace(term, status=Status.RETRACTED) for term in terms]


# --- what may be proposed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Argusview", None),
        ("Bridge Lens", None),
        ("Ácme Ôptics", None),
        ("Face++ Pro", None),
        ("S.p.A. d'Acme & Co", None),
        ("Ring", Against.OF_VENDOR),
        ("RING", Against.OF_VENDOR),
        ("amazon-ring", Against.OF_VENDOR),
        ("acme", Against.HELD),
        ("Italy", Against.OF_PLACE),
        ("Face", Against.OF_CONCEPT),
        ("penalties", Against.OF_CONCEPT),
        ("Bridge", Against.ORDINARY),
        ("Paragone", Against.ORDINARY),
        ("of the", Against.ORDINARY),
        ("ab", Against.TOO_SHORT),
        ("a.b", Against.TOO_SHORT),
        ("2024", Against.NO_LETTERS),
        ("", Against.NO_LETTERS),
        ("   ", Against.NO_LETTERS),
        ("@everyone", Against.SIGNS),
        ("<!channel>", Against.SIGNS),
        ("*Argus*", Against.SIGNS),
        ("Argus\nview", Against.SIGNS),
        ("x" * (LONGEST + 1), Against.TOO_LONG),
        ("x" * 100_000, Against.TOO_LONG),
    ],
)
def test_a_name_of_a_vendor_is_nobody_elses_and_no_word_of_another_use(
    base, text, expected
):
    assert against(name(text), base) is expected


def test_an_ordinary_word_counts_as_a_name_only_as_it_is_written(base):
    assert against(name("Bridge", exact=True), base) is None
    assert against(name("bridge", exact=True), base) is Against.ORDINARY


def test_what_is_too_long_is_told_without_all_of_it(base):
    found = objection(name("x" * 100_000), base, ordinary)
    assert found is not None
    assert (found.length, len(found.name)) == (100_000, LONGEST)


def test_a_name_is_of_a_vendor_that_is_known(base):
    assert against(name("Argusview", owner="nobody"), base) is Against.NO_SUCH_OWNER
    assert against(word("sanction", owner="nothing"), base) is Against.NO_SUCH_OWNER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sanction", None),
        ("fine", Against.HELD),
        ("penalties", Against.HELD),
        ("faces", Against.OF_CONCEPT),
        ("Acme", Against.OF_VENDOR),
        ("Italy", Against.OF_PLACE),
        ("the", Against.SMALL_WORD),
        ("a fee of 20%", Against.SIGNS),
    ],
)
def test_a_word_for_a_concept_is_none_for_another_and_no_name(base, text, expected):
    assert against(word(text), base) is expected


def test_a_form_that_counts_by_itself_may_have_the_stem_of_another(base):
    assert against(word("faced", whole=True), base) is None


def test_a_vendor_says_what_it_makes_and_all_its_names_are_looked_at(base):
    vendor = Term(kind=VENDOR, owner="argus", name=Name(text="Argusview"))
    assert against(vendor, base) is Against.NO_DESCRIPTION
    vendor = replace(vendor, description="Sells cameras.")
    assert against(vendor, base) is None
    taken = replace(vendor, names=(Name(text="Argus Eye"), Name(text="Acme Labs")))
    assert against(taken, base) is Against.OF_VENDOR


# --- laid over --------------------------------------------------------------------------


def vendors(vocabulary, text):
    return vocabulary.mentions(text).vendors


def test_what_is_published_is_read_and_what_is_retracted_is_not(base):
    now = laid_over(base, published(name("Argusview"), word("sanction")))
    assert vendors(now, "Argusview's cameras") == ("acme",)
    assert now.mentions("sanctions").concepts == ("fine",)
    assert vendors(base, "Argusview") == ()
    without = laid_over(base, retracted(name("Ring", owner="ring"), word("penalty")))
    assert vendors(without, "Ring and Amazon Ring") == ("ring",)
    assert vendors(without, "Ring") == ()
    assert without.mentions("penalties").concepts == ()


def test_a_vendor_comes_with_its_names_and_goes_with_all_of_them(base):
    argus = Term(
        kind=VENDOR,
        owner="argus",
        name=Name(text="Argusview"),
        description="Sells a recogniser of faces.",
        names=(Name(text="Argus Eye"),),
    )
    more = name("Panoptes", owner="argus")
    now = laid_over(base, published(more, argus))
    for text in ("Argusview", "Argus Eye", "Panoptes"):
        assert vendors(now, text) == ("argus",)
    assert now.field("argus") == {"faces"}
    gone = laid_over(now, retracted(replace(argus, names=())))
    assert vendors(gone, "Argusview, Argus Eye and Panoptes") == ()
    assert gone.fingerprint == base.fingerprint


def test_what_is_laid_over_is_as_if_it_had_stood_in_the_files(base):
    terms = published(name("Argusview"), word("sanction"))
    terms += retracted(name("Acme Labs"))
    built = Vocabulary(
        vendors=[
            base.vendors["ring"],
            replace(base.vendors["acme"], aliases=(Name(text="Argusview"),)),
        ],
        places=base.places.values(),
        concepts=[
            Concept(
                id="fine",
                words={
                    "en": tuple(map_names("fine", "penalty", "sanction")),
                },
            ),
            base.concepts["face"],
        ],
        ordinary=["paragone"],
    )
    now = laid_over(base, terms)
    assert now.fingerprint == built.fingerprint
    for text in ("Argusview fined", "acme labs", "Acme's sanctions in Italy", "Ring"):
        assert now.mentions(text) == built.mentions(text)
    slip = "Argusveiw"
    assert now.misspelt(slip, now.mentions(slip)) == (
        built.misspelt(slip, built.mentions(slip))
    )


def map_names(*texts):
    return (Name(text=text) for text in texts)


def test_a_term_whose_vendor_or_concept_is_gone_is_left_out(base):
    lost = published(name("Argusview", owner="nobody"), word("sanction", owner="none"))
    assert laid_over(base, lost).fingerprint == base.fingerprint


def test_whoever_holds_the_living_vocabulary_reads_with_the_newest(base):
    living = LiveVocabulary(base)
    assert vendors(living, "Argusview") == ()
    living.now = laid_over(base, published(name("Argusview")))
    assert vendors(living, "Argusview") == ("acme",)
    assert living.vendor_name("acme") == "Acme"
    assert living.fingerprint == living.now.fingerprint
    assert living.asks_for_law(["fine"]) is False


# --- what it touches --------------------------------------------------------------------


def test_only_texts_that_may_hold_the_name_are_touched(base):
    touches = touched_by([name("Argus View")], base)
    assert touches("By ARGUS-View, it said.")
    assert not touches("By Argus alone.")
    touches = touched_by([word("sanction")], base)
    assert touches("He sanctioned it.")
    assert not touches("He paid.")
    gone = Term(kind=VENDOR, owner="acme", name=Name(text="Acme"))
    assert touched_by([gone], base)("From Acme Labs")


# --- comparing --------------------------------------------------------------------------


def test_a_difference_laid_over_makes_the_one_as_the_other_is(base):
    other = laid_over(
        base,
        published(name("Argusview"), word("sanction"))
        + retracted(name("Ring", owner="ring")),
    )
    found = difference(base, other)
    assert [str(term) for term in found.more] == [
        "name of acme: Argusview",
        "word for fine (en): sanction",
    ]
    assert [str(term) for term in found.less] == ["name of ring: Ring"]
    assert found.beyond == ()
    again = laid_over(base, published(*found.more) + retracted(*found.less))
    assert again.fingerprint == other.fingerprint
    assert difference(other, other) == difference(base, base)


def test_what_no_review_changes_is_named(base):
    other = Vocabulary(
        vendors=base.vendors.values(),
        places=[],
        concepts=[base.concepts["fine"], replace(base.concepts["face"], law=True)],
    )
    assert difference(base, other).beyond == ("IT", "face")
