from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import (
    LANGUAGES,
    Document,
    Form,
    Kind,
    Mention,
    MentionKind,
    Mentions,
    Passage,
)
from knowledge.passages import cut, sentences, tag

ARTICLE = (
    Path(__file__).parents[2].parent / "shared" / "samples" / "clearview-22-pays.fr.txt"
)
SENTENCE = "The Garante fined Clearview AI twenty million euros in 2022. "
PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\f", " ", "\u2029", "\x85", "\x1c", "  \n"),
        *("# H\n", "- ", "1. ", "(a) ", "(1) ", "Article 9\n", "§ 3 ", "I.-", "|", ":"),
        *(
            "Word",
            "word ",
            "É.",
            "! ",
            "“",
            "”",
            "…",
            "\u0301",
            "😀",
            "\u200f",
            SENTENCE,
        ),
    ]
)
BODIES = st.one_of(
    st.text(alphabet=st.characters(), max_size=300),
    st.lists(PIECES, max_size=60).map("".join),
)


def document(body: str, **changes: object) -> Document:
    values: dict[str, object] = {
        "id": "d",
        "title": "t",
        "body": body,
        "form": Form.SOURCE,
        "kind": Kind.PRESS,
        "language": "en",
        "sources": (),
        "revision": 2,
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def located(body: str, **changes: object) -> list[tuple[str, str]]:
    return [(p.locator, p.text) for p in cut(document(body, **changes))]


@given(BODIES, st.sampled_from(Kind), st.sampled_from([*LANGUAGES, "el"]))
def test_any_body_gives_exact_ordered_and_disjoint_passages(body, kind, language):
    made = cut(document(body, kind=kind, language=language))
    at = 0
    for passage in made:
        assert passage.start >= at
        assert body[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert passage.locator
        at = passage.end
    again = cut(document(body, kind=kind, language=language))
    assert [p.id for p in again] == [p.id for p in made]


@given(BODIES)
def test_a_body_with_words_has_a_passage_whatever_it_looks_like(body):
    assert bool(cut(document(body))) == any(c.isalnum() for c in body)


@given(
    st.lists(
        st.sampled_from(
            [
                SENTENCE,
                "He said: “No. Never.” ",
                "Art. 5 holds. ",
                "Why? ",
                "Long " * 150,
            ]
        ),
        min_size=1,
        max_size=40,
    )
)
def test_a_long_paragraph_is_cut_into_whole_sentences(pieces):
    body = "".join(pieces).strip()
    spans = sentences(body, "en")
    made = cut(document(body))
    starts, ends = {s.start for s in spans}, {s.end for s in spans}
    assert all(p.start in starts and p.end in ends for p in made)
    assert sum(len(p.text.split()) for p in made) == len(body.split())
    for passage in made:
        held = [s for s in spans if passage.start <= s.start and s.end <= passage.end]
        assert len(passage.text) <= 700 or len(held) == 1


def test_a_paragraph_of_up_to_700_characters_is_one_passage():
    whole = (SENTENCE * 11).strip()
    assert len(whole) < 700
    assert [p.text for p in cut(document(whole))] == [whole]


def test_a_longer_paragraph_is_cut_near_600_characters_and_keeps_its_number():
    made = cut(document((SENTENCE * 40).strip()))
    assert {p.locator for p in made} == {"¶1"}
    assert all(500 < len(p.text) <= 700 for p in made)


def test_a_short_rest_stays_with_the_sentences_before_it():
    body = (SENTENCE * 11).strip() + " It appealed. It lost."
    assert 690 < len(body) <= 700 or len(cut(document(body))) == 1
    longer = body + " Nobody paid. Nobody came."
    assert len(longer) > 700
    assert all(len(p.text) > 100 for p in cut(document(longer)))


def test_paragraphs_are_counted_with_their_headings_but_headings_are_not_cited():
    body = (
        "# Clearview\n\nIt was fined.\n\nThe reaction of the company\n\n"
        "It\nappealed.\n\n***\n\nMap of Clearview's customers\n\nIt lost."
    )
    assert located(body) == [
        ("¶2", "It was fined."),
        ("¶4", "It\nappealed."),
        ("¶6", "It lost."),
    ]


def test_a_heading_in_markdown_needs_no_blank_line():
    assert located("# What now?\nIt was fined.\n## Then\nIt lost.") == [
        ("¶2", "It was fined."),
        ("¶4", "It lost."),
    ]


def test_a_body_of_one_open_line_or_of_headings_only_can_be_cited():
    assert located("Clearview fined in Italy") == [("¶1", "Clearview fined in Italy")]
    assert located("Clearview fined\n\nGarante acts") == [
        ("¶1", "Clearview fined"),
        ("¶2", "Garante acts"),
    ]


def test_short_open_lines_in_a_row_are_headings_each():
    body = "Clearview in Europe\nBy Our Correspondent\nRome\n\nIt was fined."
    assert located(body) == [("¶4", "It was fined.")]


def test_lines_too_long_to_be_wrapped_are_paragraphs_each():
    long = (SENTENCE * 4).strip()
    body = f"Clearview in Europe\n{long}\nThe reaction\n{long}"
    assert located(body) == [("¶2", long), ("¶4", long)]


def test_wrapped_lines_stay_one_paragraph():
    body = "The Garante fined\nClearview twenty million\neuros in 2022."
    assert located(body) == [("¶1", body)]


def test_an_item_of_a_list_that_says_something_can_be_cited():
    body = "What the map shows:\n\n- Italy, Greece and the Netherlands are customers\n\n- Chad"
    assert located(body) == [
        ("¶2", "- Italy, Greece and the Netherlands are customers")
    ]


def test_a_brief_on_a_law_is_prose():
    made = located(
        "Article 9 forbids it.\n\n1. It does.", form=Form.BRIEF, kind=Kind.LAW
    )
    assert [locator for locator, _ in made] == ["¶1", "¶2"]


def test_a_real_article_gives_the_sentence_on_italy_whole_and_no_captions():
    if not ARTICLE.exists():
        pytest.skip("the shared folder with the sample article is not here")
    body = ARTICLE.read_text(encoding="utf-8")
    made = cut(document(body, language="fr"))
    wanted = (
        "À notre échelle européenne, la carte nous permet de constater que l’Italie, la"
        " Grèce et les Pays-Bas travaillent, ou sont la cible d’une collaboration avec"
        " Clearview."
    )
    (holding,) = [p for p in made if "l’Italie" in p.text]
    assert holding.locator == "¶9"
    assert wanted in [s.of(holding.text) for s in sentences(holding.text, "fr")]
    shown = " ".join(p.text for p in made)
    assert "Crédits" not in shown
    assert "Carte clearview" not in shown
    assert "Le PDG de l’entreprise refuse de donner plus de détails" not in shown


# --- what a passage is on ------------------------------------------------------------


def tagged(
    *,
    vendors: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    named: tuple[tuple[MentionKind, str], ...] = (),
    form: Form = Form.SOURCE,
    kind: Kind = Kind.PRESS,
) -> Passage:
    held = document(
        "It was fined.", vendors=vendors, places=places, form=form, kind=kind
    )
    mentions = Mentions(tuple(Mention(what, name, 0, 1) for what, name in named))
    return tag(cut(document("It was fined."))[0], held, mentions, {"AFRICA"})


CLEARVIEW = (MentionKind.VENDOR, "clearview-ai")
NSO = (MentionKind.VENDOR, "nso-group")
ITALY = (MentionKind.PLACE, "IT")
FINE = (MentionKind.CONCEPT, "fine")


def test_a_source_passage_is_on_what_it_names():
    made = tagged(
        vendors=("nso-group",), places=("FR",), named=(CLEARVIEW, ITALY, ITALY, FINE)
    )
    assert (made.vendors, made.places) == (("clearview-ai",), ("IT",))
    assert made.concepts == ("fine",)


def test_a_source_passage_that_names_nobody_is_on_the_sole_subject():
    made = tagged(vendors=("nso-group",), places=("IT",))
    assert (made.vendors, made.places) == (("nso-group",), ("IT",))


def test_a_source_passage_that_names_nobody_is_on_none_of_several_subjects():
    made = tagged(vendors=("nso-group", "paragon"), places=("IT", "GR"))
    assert (made.vendors, made.places) == ((), ())


def test_a_passage_that_names_its_vendor_inherits_no_place():
    made = tagged(vendors=("paragon",), places=("IT",), named=(CLEARVIEW,))
    assert (made.vendors, made.places) == (("clearview-ai",), ())


def test_a_passage_that_names_but_a_region_is_on_the_sole_country_too():
    africa = (MentionKind.PLACE, "AFRICA")
    made = tagged(vendors=("paragon",), places=("KE",), named=(africa,))
    assert made.places == ("AFRICA", "KE")
    made = tagged(vendors=("paragon",), places=("KE", "AFRICA"))
    assert made.places == ("KE",)
    made = tagged(places=("KE",), named=(africa, ITALY))
    assert made.places == ("AFRICA", "IT")
    made = tagged(places=("KE",), named=(CLEARVIEW, africa))
    assert made.places == ("AFRICA",)


def test_vendor_and_place_are_inherited_each_by_itself():
    made = tagged(vendors=("paragon",), places=("IT", "GR"), named=(ITALY,))
    assert (made.vendors, made.places) == (("paragon",), ("IT",))
    made = tagged(vendors=("paragon",), places=("IT", "GR"), named=(NSO,))
    assert (made.vendors, made.places) == (("nso-group",), ())


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (Form.BRIEF, Kind.PRESS),
        (Form.BRIEF, Kind.LAW),
        (Form.SOURCE, Kind.LAW),
    ],
)
def test_a_brief_and_a_law_are_on_what_their_editor_chose(form, kind):
    made = tagged(
        vendors=("nso-group", "paragon"),
        places=("GR",),
        named=(CLEARVIEW, ITALY, FINE),
        form=form,
        kind=kind,
    )
    assert (made.vendors, made.places) == (("nso-group", "paragon"), ("GR",))
    assert made.concepts == ("fine",)


def test_concepts_are_never_inherited():
    made = tagged(vendors=("paragon",), named=())
    assert made.concepts == ()
