"""The vocabulary changed on a real store: rules, processes, passages, folders."""

from dataclasses import replace

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.entries import Name
from knowledge.errors import ChangedMeanwhile, StepRefused
from knowledge.model import Actor, Answered, Role, Status, Step
from knowledge.terms import Term, TermKind
from knowledge.terms.rules import Against, Objection
from tests.fakes import FixedClock, WordEmbedder

CY = Actor("test:cy", Role.CONTRIBUTOR)
EVE, ED = Actor("test:eve", Role.EDITOR), Actor("test:ed", Role.EDITOR)
ARGUS = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text="Argusview"))
RING = Term(kind=TermKind.NAME, owner="amazon-ring", name=Name(text="Ring", exact=True))
BESKED = Term(kind=TermKind.WORD, owner="fine", name=Name(text="besked"), language="en")

ARTICLE = """---
id: sweden-{number}
title: "An article on Sweden, number {number}"
form: source
kind: press
language: en
vetting: starter-set
vetted_on: "2026-11-23"
sources:
  - title: "An article, number {number}"
    publisher: "Paper"
    url: "https://paper.example/{number}"
    published_on: "2024-05-02"
    language: en
---
{words}
"""


@pytest.fixture
def config(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, words in enumerate(
        ("The police of Sweden used Argusview in Malmö.", "Nobody in Sweden saw it.")
    ):
        text = ARTICLE.format(number=number, words=words)
        (corpus / f"sweden-{number}.md").write_text(text, encoding="utf-8")
    return LibraryConfig(data=tmp_path / "quis", corpus=corpus)


def opened(config):
    return open_library(config, None, FixedClock(), WordEmbedder())


@pytest.fixture
def library(config):
    with opened(config) as library:
        library.refresh()
        yield library


def approved(library, term, by=CY, actor=ED):
    proposed = library.naming.propose(term, by)
    assert isinstance(proposed, Term), str(proposed)
    return library.naming.accept(
        proposed.id, proposed.revision, actor, two_person=True
    ).term


def vendors_of(library, document):
    return {v for passage in library.passages(document) for v in passage.vendors}


def test_a_name_counts_from_its_approval_and_its_passages_are_indexed_again(library):
    question = "Is Clearview AI active in Sweden?"
    assert not isinstance(library.ask(question), Answered)
    head = library._store.head().sequence
    term = approved(library, ARGUS)
    assert (term.revision, term.status) == (1, Status.PUBLISHED)
    assert library.read("Argusview?").mentions.vendors == ("clearview-ai",)
    assert vendors_of(library, "sweden-0") == {"clearview-ai"}
    assert (
        library._store.head().sequence == head + 1
    )  # of the one passage that names it
    answer = library.ask(question)
    assert [e.document.id for e in answer.evidence] == ["sweden-0"]
    library.naming.retract(term.id, term.revision, EVE, "another company's")
    assert vendors_of(library, "sweden-0") == set()
    assert not isinstance(library.ask(question), Answered)
    assert library.verify().ok


def test_who_proposes_cannot_approve_and_a_contributor_decides_nothing(library):
    naming = library.naming
    term = naming.propose(ARGUS, EVE, "a product")
    for actor in (EVE, CY):
        with pytest.raises(StepRefused):
            naming.accept(term.id, 1, actor, two_person=True)
        with pytest.raises(StepRefused):
            naming.reject(term.id, 1, CY, "no")
    assert naming.held(term.id).status is Status.SUBMITTED
    assert naming.accept(term.id, 1, EVE, two_person=False).term.status == "published"
    rules = [line.event.rule for line in naming.review(term.id).lines]
    assert rules == ["contributor-proposes", "contributor-submits", "one-person"]
    with pytest.raises(StepRefused):
        naming.retract(term.id, 1, CY, "no")


def test_of_two_proposals_of_one_name_the_second_is_judged_by_the_first(library):
    naming = library.naming
    other = replace(ARGUS, owner="palantir")
    first, second = naming.propose(ARGUS, CY), naming.propose(other, CY)
    naming.accept(first.id, 1, ED, two_person=True)
    refused = naming.accept(second.id, 1, ED, two_person=True)
    assert isinstance(refused, Objection)
    assert (refused.against, refused.other) == (Against.OF_VENDOR, "clearview-ai")
    assert naming.held(second.id).status is Status.SUBMITTED


def test_a_revision_that_changed_meanwhile_is_neither_approved_nor_retracted(library):
    naming = library.naming
    naming.propose(ARGUS, CY)
    second = naming.propose(replace(ARGUS, name=Name(text="Argusview", until=2020)), CY)
    assert second.revision == 2
    with pytest.raises(ChangedMeanwhile):
        naming.accept(second.id, 1, ED, two_person=True)
    with pytest.raises(ChangedMeanwhile):
        naming.retract(RING.id, 1, ED, "no")
    naming.accept(second.id, 2, ED, two_person=True)
    with pytest.raises(StepRefused):
        naming.accept(second.id, 2, EVE, two_person=True)


def test_a_name_of_the_files_is_taken_out_and_comes_back_by_an_editor_alone(library):
    naming = library.naming
    assert library.read("Is Ring used?").mentions.vendors == ("amazon-ring",)
    review = naming.retract(RING.id, 0, ED, "it is a word")
    assert (review.term.revision, review.term.status) == (1, Status.RETRACTED)
    (line,) = review.lines
    assert line.event.detail["before"] == "in the files"
    assert library.read("Is Ring used?").mentions.vendors == ()
    with pytest.raises(StepRefused):
        naming.propose(RING, CY)
    assert approved(library, RING, by=EVE).revision == 2
    assert library.read("Is Ring used?").mentions.vendors == ("amazon-ring",)
    steps = [line.event.step for line in library._store.ledger(RING.id)]
    assert steps[:2] == [Step.RETRACT, Step.CORRECT]


def test_how_a_name_counts_is_changed_and_a_draft_on_top_hides_nothing(library):
    naming = library.naming
    term = approved(library, ARGUS)
    exact = replace(ARGUS, name=Name(text="Argusview", exact=True))
    assert naming.propose(ARGUS, CY).against is Against.HELD
    second = naming.propose(exact, CY)
    assert (second.id, second.revision) == (term.id, 2)
    assert library.read("argusview?").mentions.vendors == ("clearview-ai",)
    naming.reject(term.id, 2, ED, "it is no word")
    assert naming.live(term.id).revision == 1
    assert approved(library, exact).revision == 3
    assert library.read("Argusview?").mentions.vendors == ("clearview-ai",)
    assert library.read("the argusview of Rome?").mentions.vendors == ()
    naming.propose(ARGUS, CY)
    done = naming.retract(term.id, 3, EVE, "another company's")
    assert (done.term.revision, done.term.status) == (3, Status.RETRACTED)
    assert library.read("Argusview?").mentions.vendors == ()
    assert library.verify().ok


def test_a_vendor_that_documents_are_on_stays(library):
    vendor = Term(
        kind=TermKind.VENDOR,
        owner="argusview",
        name=Name(text="Argusview"),
        description="Sells cameras.",
    )
    term = approved(library, vendor)
    library.correct("sweden-1", None, {"vendors": ["argusview"]}, EVE, "named")
    library.step("sweden-1", Step.PUBLISH, EVE)
    refused = library.naming.retract(term.id, 1, EVE, "no")
    assert (refused.against, refused.other) == (Against.IN_USE, "sweden-1")
    library.step("sweden-1", Step.RETRACT, EVE, "wrong")
    assert library.naming.retract(term.id, 1, EVE, "no").term.status == "retracted"
    assert "argusview" not in library.vocabulary.vendors


def test_another_process_reads_by_it_with_its_next_question(library, config):
    with opened(config) as other:
        assert other.read("Is Argusview used?").mentions.vendors == ()
        term = approved(library, ARGUS)
        assert other.read("Is Argusview used?").mentions.vendors == ("clearview-ai",)
        other.naming.retract(term.id, 1, EVE, "wrong")
        assert library.read("Is Argusview used?").mentions.vendors == ()
        assert other.naming.propose(RING, CY).against is Against.HELD


def test_another_process_tags_what_it_adds_by_it(library, config, tmp_path):
    with opened(config) as other:
        approved(library, ARGUS)
        path = tmp_path / "more.md"
        text = ARTICLE.format(number=7, words="Argusview was seen in Oslo.")
        path.write_text(text, encoding="utf-8")
        other.add(other.read_file(path), {}, EVE, publish=True)
        assert vendors_of(other, "sweden-7") == {"clearview-ai"}


def test_what_a_process_died_over_is_tagged_at_the_next_start(config):
    with opened(config) as library:
        naming = library.naming
        term = naming.propose(ARGUS, CY)
        held = naming.held(term.id)
        # As killed between the publication and the tagging.
        naming.terms.write(naming._steps.taken(held, [Step.PUBLISH], held, EVE, ""))
        assert vendors_of(library, "sweden-0") == set()
    with opened(config) as library:
        assert library.read("Argusview?").mentions.vendors == ("clearview-ai",)
        assert vendors_of(library, "sweden-0") == {"clearview-ai"}


# --- folders ------------------------------------------------------------------------


def test_a_vocabulary_that_nobody_changed_is_not_written(library, tmp_path):
    library.export(tmp_path / "out")
    assert not (tmp_path / "out" / "vocabulary").exists()


def test_what_is_exported_reads_back_the_same_and_makes_another_store_the_same(
    library, config, tmp_path
):
    for term in (ARGUS, BESKED):
        approved(library, term)
    library.naming.retract(RING.id, 0, ED, "it is a word")
    out, again = tmp_path / "out", tmp_path / "again"
    library.export(out)
    report = library.sync(out, EVE, publish=True)
    assert (report.vocabulary.taken, report.vocabulary.retracted) == ((), ())
    assert report.vocabulary.failed == ()
    elsewhere = replace(config, data=tmp_path / "elsewhere")
    with opened(elsewhere) as other:
        draft = other.sync(out, EVE, publish=False).vocabulary
        assert [str(t) for t in draft.kept] == [str(RING)]
        assert {str(t) for t in draft.taken} == {str(ARGUS), str(BESKED)}
        assert other.vocabulary.fingerprint != library.vocabulary.fingerprint
        assert len(other.naming.queue()) == 2
        report = other.sync(out, EVE, publish=True).vocabulary
        assert [str(t) for t in report.retracted] == [str(RING)]
        assert other.vocabulary.fingerprint == library.vocabulary.fingerprint
        other.export(again)
    for path in sorted((out / "vocabulary").iterdir()):
        assert (again / "vocabulary" / path.name).read_bytes() == path.read_bytes()


def test_a_folder_never_brings_back_what_an_editor_took_out(library, tmp_path):
    term = approved(library, ARGUS)
    library.export(tmp_path / "out")
    library.naming.retract(term.id, 1, EVE, "another company's")
    report = library.sync(tmp_path / "out", EVE, publish=True).vocabulary
    assert report.taken == ()
    assert library.read("Argusview?").mentions.vendors == ()


def test_a_broken_vocabulary_in_a_folder_is_told_and_nothing_is_taken_in(
    library, tmp_path
):
    approved(library, ARGUS)
    library.export(tmp_path / "out")
    path = tmp_path / "out" / "vocabulary" / "vendors.yaml"
    path.write_text(path.read_text("utf-8") + "\nBroken Id:\n  name: X\n", "utf-8")
    (problem,) = library.lint(tmp_path / "out")
    assert "Broken Id" in problem.message
    before = library.state().documents
    with pytest.raises(Exception, match="Broken Id"):
        library.sync(tmp_path / "out", EVE, publish=True)
    assert library.state().documents == before
