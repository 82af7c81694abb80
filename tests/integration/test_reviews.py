"""What moderators do from chat, without a chat: brought in, reviewed, decided once."""

import shutil
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import (
    ChangedMeanwhile,
    DuplicateDocument,
    EditorsOnly,
    StepRefused,
    UnknownDocument,
    UnreadableFile,
)
from knowledge.model import (
    Actor,
    ProposalState,
    Relation,
    Role,
    Status,
    Step,
    Tenant,
    Vetting,
)
from knowledge.reviews import decision_on
from tests.fakes import FixedClock, WordEmbedder
from tests.platforms.shelf import corpus

HERE = Tenant("discord", "1")
EVE = Actor("discord:eve", Role.EDITOR)
ED = Actor("discord:ed", Role.EDITOR)
CY = Actor("discord:cy", Role.CONTRIBUTOR)
TEXT = "Police in Portugal used Clearview AI in 2024. The ministry did not answer."
SAID = {
    "title": "Portugal",
    "publisher": "Paper",
    "url": "https://paper.example/pt",
    "published_on": "2024-05-02",
    "kind": "press",
}


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """A data folder with the made documents."""
    folder = tmp_path_factory.mktemp("stocked")
    config = LibraryConfig(data=folder / "quis", corpus=corpus(folder / "corpus"))
    with open_library(config, None, FixedClock(), WordEmbedder()):
        return folder / "quis"


@pytest.fixture
def opened(stocked, tmp_path, clock):
    """Opens the library anew, as another process does."""
    shutil.copytree(stocked, tmp_path / "quis")

    def again():
        config = LibraryConfig(data=tmp_path / "quis", corpus=None)
        return open_library(config, None, clock, WordEmbedder())

    return again


@pytest.fixture
def library(opened):
    with opened() as library:
        yield library


def begun(library, key="p", text=TEXT, said=SAID, who="cy"):
    """Brought in and confirmed; its proposal."""
    reviews = library.reviews
    preview = reviews.intake.begin(key, HERE, who, "en", reviews.in_text(text))
    return reviews.intake.mend(preview.proposal, said).proposal


def offered(library, actor=CY, **how):
    proposal = begun(library, **how)
    return library.reviews.intake.hand_in(proposal, actor)


# --- bringing in --------------------------------------------------------------------------


def test_what_is_missing_is_named_by_its_field_and_not_made_up(library):
    reviews = library.reviews
    preview = reviews.intake.begin("p", HERE, "cy", "en", reviews.in_text(TEXT))
    assert set(preview.missing) == {"title", "kind", "publisher", "url", "date"}
    assert preview.values["title"] == preview.values["kind"] == ""
    assert preview.values["vendors"] == "clearview-ai"
    assert preview.values["countries"] == "PT"
    assert not preview.ready
    assert [d.id for d in library.documents() if "portugal" in d.id] == []


def test_the_same_title_on_other_words_gets_an_id_of_its_own(library):
    first = offered(library)
    other = {**SAID, "url": "https://paper.example/other"}
    words = "Nobody in Portugal had heard of it. A mayor said so on the radio."
    second = offered(library, key="q", text=words, said=other)
    assert (first.id, second.id) == ("portugal", "portugal-2")


def test_the_same_words_are_not_held_twice(library):
    offered(library)
    with pytest.raises(DuplicateDocument):
        offered(library, key="q", said={**SAID, "title": "Another title"})


def test_handed_in_again_after_a_crash_it_is_the_draft_that_is_there(library):
    proposal = begun(library)
    first = library.reviews.intake.hand_in(proposal, CY)
    # As if the process had ended before the proposal said so.
    library.reviews.proposals.change(
        replace(proposal, state=ProposalState.OPEN), ProposalState.OFFERED
    )
    again = library.reviews.intake.hand_in(proposal, CY)
    assert (again.id, again.revision) == (first.id, first.revision)
    assert len(library.history(first.id)) == 2


def test_a_file_s_own_word_on_its_vetting_does_not_count(library):
    front = "---\ntitle: A\nvetting: starter-set\nvetted_on: 2020-01-01\n---\n"
    found = library.reviews.in_file("../../a b.md", (front + TEXT).encode())
    assert found.origin == "a-b.md"
    preview = library.reviews.intake.begin("p", HERE, "cy", "en", found)
    assert preview.document.vetting is Vetting.PERSON
    assert preview.document.vetted_on is None


def test_the_bytes_of_a_file_are_kept_for_proof(library, tmp_path):
    found = library.reviews.in_file("a.txt", TEXT.encode())
    kept = tmp_path / "quis" / "snapshots" / found.snapshot[:2] / found.snapshot
    assert kept.read_bytes() == TEXT.encode()


def test_a_file_of_the_wrong_kind_is_named_without_a_path_of_the_machine(library):
    with pytest.raises(UnreadableFile) as refused:
        library.reviews.in_file("picture.png", b"\x89PNG")
    assert str(refused.value).startswith("picture.png cannot be read")
    assert "/" not in str(refused.value).split(":")[0]


def test_an_address_is_read_for_editors_alone(library):
    with pytest.raises(EditorsOnly):
        library.reviews.at_address("https://paper.example/", CY)


# --- deciding -----------------------------------------------------------------------------


def test_a_second_person_publishes_it_and_the_ledger_names_the_rule(library):
    draft = offered(library, EVE, who="eve")
    with pytest.raises(StepRefused):
        library.reviews.accept(draft.id, 1, EVE, two_person=True)
    review = library.reviews.accept(draft.id, 1, ED, two_person=True)
    assert review.document.status is Status.PUBLISHED
    assert [line.event.rule for line in review.lines] == [
        "contributor-proposes",
        "contributor-submits",
        "two-person",
        "editor-publishes",
    ]
    assert [line.event.detail["before"] for line in review.lines] == [
        "nothing",
        "1 draft",
        "1 submitted",
        "1 approved",
    ]
    assert library.verify().ok


def test_where_a_setting_says_so_one_person_publishes_and_the_ledger_says_that(library):
    draft = offered(library, EVE, who="eve")
    review = library.reviews.accept(draft.id, 1, EVE, two_person=False)
    assert review.lines[-1].event.rule == "one-person"


def test_of_two_who_approve_at_once_one_does(library):
    draft = offered(library)
    start, results = threading.Barrier(2), []

    def approve(actor):
        start.wait()
        try:
            library.reviews.accept(draft.id, 1, actor, two_person=True)
            results.append(actor)
        except (ChangedMeanwhile, StepRefused) as error:
            results.append(type(error))

    threads = [threading.Thread(target=approve, args=(who,)) for who in (EVE, ED)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [each for each in results if isinstance(each, Actor)]
    assert len(results) == 2
    decided = decision_on(library.reviews.review(draft.id, 1))
    assert decided is not None
    assert decided.event.actor == winner.id
    published = [e for e in library.history(draft.id) if e.event.step is Step.PUBLISH]
    assert len(published) == 1


def test_a_revision_that_was_not_looked_at_is_not_approved(library):
    draft = offered(library)
    mended = library.reviews.intake.begin("q", HERE, "cy", "en", None, draft.id)
    mended = library.reviews.intake.mend(mended.proposal, {"title": "Mended"})
    newer = library.reviews.intake.hand_in(mended.proposal, CY, "a better title")
    assert newer.revision == 2
    with pytest.raises(ChangedMeanwhile):
        library.reviews.accept(draft.id, 1, ED, two_person=True)
    assert library.reviews.accept(draft.id, 2, ED, two_person=True)


def test_what_was_returned_is_mended_before_anybody_approves_it(library):
    draft = offered(library)
    library.reviews.take(draft.id, 1, Step.RETURN, EVE, "name the city")
    assert library.reviews.queue() == ()
    with pytest.raises(StepRefused, match="returned"):
        library.reviews.accept(draft.id, 1, ED, two_person=True)


def test_a_contributor_corrects_what_is_published_and_an_editor_approves(library):
    mended = library.reviews.intake.begin("p", HERE, "cy", "en", None, "made-1")
    mended = library.reviews.intake.mend(mended.proposal, {"title": "Better"})
    draft = library.reviews.intake.hand_in(mended.proposal, CY, "typo")
    assert (draft.revision, draft.status) == (2, Status.SUBMITTED)
    assert library.document("made-1", 1).status is Status.PUBLISHED
    review = library.reviews.accept("made-1", 2, ED, two_person=True)
    assert review.document.title == "Better"
    assert review.document.body == library.document("made-1", 1).body
    assert library.document("made-1", 1).status is Status.SUPERSEDED


def test_a_link_is_a_draft_for_review_too(library):
    intake = library.reviews.intake
    draft = intake.link(
        *("p", HERE, "cy", "en"), "made-1", Relation.UPDATES, "made-2", CY, "later"
    )
    assert [(str(e.relation), e.document) for e in draft.links] == [
        ("updates", "made-2")
    ]
    with pytest.raises(UnknownDocument):
        intake.link(
            *("q", HERE, "cy", "en"), "made-1", Relation.UPDATES, "made-99", CY, ""
        )


def test_a_document_of_the_starter_set_is_vetted_once_by_a_person(library, clock):
    clock.advance(days=3)
    review = library.reviews.take("made-1", 1, Step.VET, EVE)
    assert review.document.vetting is Vetting.PERSON
    assert review.document.vetted_on == clock.now().date()
    assert review.document.rechecked_on is None
    with pytest.raises(StepRefused):
        library.reviews.take("made-1", 1, Step.VET, ED)


def test_a_retraction_is_for_the_revision_that_was_looked_at(library):
    with pytest.raises(ChangedMeanwhile):
        library.reviews.take("made-1", 7, Step.RETRACT, EVE, "why")
    assert library.document("made-1").status is Status.PUBLISHED


# --- order, and what is told --------------------------------------------------------------


def test_the_queue_is_in_the_order_of_the_ledger_although_a_clock_goes_back(
    library, clock
):
    offered(library)
    clock.instant -= timedelta(days=2)
    other = {**SAID, "title": "Lisbon", "url": "https://paper.example/lx"}
    words = "A firm in Lisbon sold cameras to the police. Clearview AI was not named."
    offered(library, key="q", text=words, said=other)
    assert [w.document.id for w in library.reviews.queue()] == ["portugal", "lisbon"]
    assert library.verify().ok


def test_what_was_decided_is_told_also_after_a_restart(opened):
    with opened() as library:
        offered(library)
        assert library.reviews.decided("discord") == ()
        library.reviews.take("portugal", 1, Step.REJECT, EVE, "not on topic")
    with opened() as library:
        ((proposal, review),) = library.reviews.decided("discord")
        assert proposal.proposer == "cy"
        decided = decision_on(review)
        assert decided is not None
        assert decided.event.detail["reason"] == "not on topic"
        assert library.reviews.decided("slack") == ()
