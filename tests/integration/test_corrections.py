"""What becomes of answers that were given, on an opened library."""

import pytest

from knowledge.model import (
    Fall,
    Hindrance,
    ShownBeside,
    Step,
    Telling,
    Tenant,
    Touched,
)
from knowledge.ports import Findings
from tests.contracts.tenant_contract import HERE, OURS, post
from tests.fakes import NOON
from tests.integration.test_tenants import (
    ANA,
    DENIAL,
    ITALY,
    added,
    clock,
    library,
    shown_by,
)

__all__ = ["clock", "library"]

SLACK = Tenant("slack", "T")


def asked(library, key="k", *ids, tenant=OURS, **fields):
    passages = tuple(shown_by(library, id) for id in ids or ("one",))
    plain = {"passages": passages, "shown": len(passages), "place": HERE, "at": NOON}
    library.tenants.add_post(post(key, tenant, **{**plain, **fields}))


def due(library, platform="discord"):
    return library.corrections.due(platform, 50)


def only(library):
    (found,) = due(library)
    (marking,) = found.marked.markings
    return marking


def corrected(library, id="one", body=None, reason="", **values):
    findings = Findings(origin=id, body=body, metadata={}) if body else None
    library.correct(id, findings, values, ANA, reason)
    library.step(id, Step.PUBLISH, ANA)


def test_a_retraction_is_due_on_each_message_that_showed_it(library):
    added(library, "one")
    added(library, "two", DENIAL)
    asked(library)
    asked(library, "other", "two")
    asked(library, "s", tenant=SLACK)
    assert due(library) == ()
    library.step("one", Step.RETRACT, ANA, "It was a hoax.")
    marking = only(library)
    assert (marking.fall, marking.reason, marking.by) == (
        Fall.RETRACTED,
        "It was a hoax.",
        None,
    )
    (at_slack,) = due(library, "slack")
    assert at_slack.marked.post.key == "s"


def test_each_is_told_once_also_by_another_process_that_looks_again(library):
    added(library, "one")
    asked(library)
    library.step("one", Step.RETRACT, ANA, "No.")
    (step,) = due(library)
    assert not step.reply
    assert library.corrections.edited("k", step.through)
    (step,) = due(library)
    assert step.reply
    library.corrections.replied("k", step.through)
    library.corrections._begun = False
    assert due(library) == ()
    assert library.corrections.report().told == {"discord": 1}


def test_words_that_a_new_revision_lacks_are_corrected(library):
    added(library, "one")
    asked(library)
    new = ITALY.replace("Police in Italy", "Nobody in Italy")
    corrected(library, body=new, reason="The paper took it back.")
    marking = only(library)
    assert (marking.fall, marking.by, marking.revision) == (Fall.CORRECTED, "one", 2)
    assert marking.reason == "The paper took it back."


def test_words_that_stay_beside_another_date_are_amended_once(library):
    added(library, "one")
    asked(library)
    corrected(library, event_on="2023-01-01")
    assert only(library).fall is Fall.AMENDED
    corrected(library, body=ITALY + " It was appealed in Rome.")
    assert len(library.corrections._markings.of("k")) in (0, 1)
    assert only(library).revision == 2


def test_what_changes_nothing_that_was_shown_is_not_told(library):
    added(library, "one")
    asked(library)
    corrected(library, body=ITALY + " It was appealed in Rome.")
    assert due(library) == ()


def test_an_answer_on_a_later_revision_is_not_touched(library):
    added(library, "one")
    corrected(library, body=ITALY.replace("2024", "2023"))
    asked(library)
    assert due(library) == ()


def test_a_published_link_contradicts_what_was_shown_without_it(library):
    added(library, "one")
    asked(library)
    beside = ShownBeside("two@1#0-9", 0, 9)
    told = shown_by(library, "one")
    asked(
        library,
        "knew",
        passages=(type(told)(passage=told.passage, start=0, end=15, beside=(beside,)),),
    )
    added(library, "two", DENIAL, publish=False, contradicts=["one"])
    assert due(library) == ()
    library.step("two", Step.PUBLISH, ANA)
    marking = only(library)
    assert (marking.fall, marking.document, marking.by) == (
        Fall.CONTRADICTED,
        "one",
        "two",
    )
    corrected(library, "two", title="Another title")
    assert {(d.marked.post.key, len(d.marked.markings)) for d in due(library)} == {
        ("k", 1),
        ("knew", 1),  # what stands beside its quote has another title now
    }


def test_what_supersedes_it(library):
    added(library, "one")
    asked(library)
    added(library, "two", DENIAL, supersedes=["one"])
    assert only(library).fall is Fall.SUPERSEDED


def falls(library):
    (step,) = due(library)
    return [each.fall for each in step.marked.markings]


def test_a_contradiction_that_is_retracted_is_lifted_and_may_come_back(library):
    added(library, "one")
    asked(library)
    added(library, "two", DENIAL, contradicts=["one"])
    assert falls(library) == [Fall.CONTRADICTED]
    library.step("two", Step.RETRACT, ANA, "They took it back.")
    (step,) = due(library)
    flagged, lifted = step.marked.markings
    assert (lifted.fall, lifted.document, lifted.by) == (Fall.LIFTED, "one", "two")
    assert lifted.reason == "They took it back."
    assert flagged.change < lifted.change == step.through
    library.corrections.follow()
    corrected(library, "two", DENIAL + " Again.")
    assert falls(library) == [Fall.CONTRADICTED, Fall.LIFTED, Fall.CONTRADICTED]


def test_one_that_is_corrected_and_says_so_no_longer_is_lifted_too(library):
    added(library, "one")
    asked(library)
    added(library, "two", DENIAL, supersedes=["one"])
    assert falls(library) == [Fall.SUPERSEDED]
    corrected(library, "two", title="Another title")
    assert falls(library) == [Fall.SUPERSEDED]
    added(library, "three", "Clearview AI was fined in Italy, and did not pay.")
    corrected(library, "two", supersedes=["three"])
    assert falls(library) == [Fall.SUPERSEDED, Fall.LIFTED]


def test_a_mere_draft_without_the_link_lifts_nothing(library):
    added(library, "one")
    asked(library)
    added(library, "two", DENIAL, contradicts=["one"])
    added(library, "three", "Clearview AI was fined in Italy, and did not pay.")
    library.correct("two", None, {"contradicts": ["three"]}, ANA, "")
    assert falls(library) == [Fall.CONTRADICTED]
    library.step("two", Step.PUBLISH, ANA)
    assert falls(library) == [Fall.CONTRADICTED, Fall.LIFTED]


def test_nothing_is_lifted_where_nothing_was_flagged(library):
    added(library, "one")
    added(library, "two", DENIAL, contradicts=["one"])
    asked(library)
    asked(library, "mine", private=True)
    library.step("two", Step.RETRACT, ANA, "No.")
    assert due(library) == ()


def test_a_retracted_quote_that_comes_back_mended_is_said_too(library):
    added(library, "one")
    asked(library)
    library.step("one", Step.RETRACT, ANA, "No.")
    corrected(library, body=ITALY.replace("2024", "2023"))
    (step,) = due(library)
    falls = [each.fall for each in step.marked.markings]
    assert falls == [Fall.RETRACTED, Fall.CORRECTED]


def test_a_quote_beside_another_falls_too_and_is_still_there_to_be_struck(library):
    added(library, "one")
    added(library, "two", DENIAL, contradicts=["one"])
    (evidence,) = library.recall([shown_by(library, "one")])
    shown = type(shown_by(library, "one")).of(evidence)
    assert shown.beside
    asked(library, passages=(shown,))
    library.step("two", Step.RETRACT, ANA, "No.")
    (step,) = due(library)
    (again,) = library.corrections.as_shown(step.marked.post)
    assert [(b.document.id, b.text) for b in again.beside] == [
        ("two", evidence.beside[0].text)
    ]


def test_the_words_of_a_retracted_passage_are_there_to_be_struck(library):
    added(library, "one")
    asked(library)
    (before,) = library.recall([shown_by(library, "one")])
    library.step("one", Step.RETRACT, ANA, "No.")
    (step,) = due(library)
    (after,) = library.corrections.as_shown(step.marked.post)
    assert after.text == before.text


def test_private_answers_are_counted_and_nothing_is_due(library):
    added(library, "one")
    asked(library, private=True, place=None)
    assert library.corrections.touched("one") == Touched(
        public={}, private={"discord": 1}
    )
    library.step("one", Step.RETRACT, ANA, "No.")
    assert due(library) == ()
    report = library.corrections.report()
    assert report.given_up == {"discord": {Hindrance.PRIVATE: 1}}
    assert library.corrections.touched("one") == Touched(public={}, private={})


def test_whoever_wants_to_be_told_of_a_private_answer_is_told_once(library):
    added(library, "one")
    asked(library, "mine", private=True, place=None, asker="U")
    asked(library, "theirs", private=True, place=None)
    touched = library.corrections.touched("one")
    assert (touched.letters, touched.private) == ({"discord": 1}, {"discord": 1})
    library.step("one", Step.RETRACT, ANA, "It was withdrawn.")
    (step,) = due(library)
    assert (step.marked.post.key, step.reply) == ("mine", True)
    assert library.corrections.replied("mine", step.through)
    assert due(library) == ()
    assert library.corrections.report("one").told == {"discord": 1}


def test_who_cannot_be_reached_is_counted_with_those_who_were_not_to_be(library):
    added(library, "one")
    asked(library, private=True, place=None, asker="U")
    library.step("one", Step.RETRACT, ANA, "It was withdrawn.")
    assert len(due(library)) == 1
    assert library.corrections.unreachable("k")
    assert due(library) == ()
    report = library.corrections.report("one")
    assert report.given_up == {"discord": {Hindrance.PRIVATE: 1}}


def test_an_answer_that_was_on_its_way_when_its_passage_fell(library, clock):
    added(library, "one")
    shown = shown_by(library, "one")
    library.step("one", Step.RETRACT, ANA, "No.")
    assert due(library) == ()
    clock.advance(minutes=1)
    asked(library, passages=(shown,))
    assert due(library) == ()
    assert library.corrections.check(OURS, "k") == 1
    assert only(library).fall is Fall.RETRACTED


def test_what_is_looked_for_and_stands_nowhere_after_an_hour_is_given_up(
    library, clock
):
    added(library, "one")
    asked(library, place=None)
    library.step("one", Step.RETRACT, ANA, "No.")
    assert due(library) == ()
    assert [p.key for p in library.corrections.unplaced("discord", 9)] == ["k"]
    assert not library.corrections.nowhere(OURS, "k")
    assert library.corrections.report().due == {"discord": 1}
    clock.advance(hours=2)
    assert due(library) == ()
    assert library.corrections.report().due == {"discord": 1}
    assert library.corrections.nowhere(OURS, "k")
    assert library.corrections.unplaced("discord", 9) == ()
    report = library.corrections.report()
    assert report.given_up == {"discord": {Hindrance.NOWHERE: 1}}


def test_what_is_found_long_after_it_was_sent_is_corrected(library, clock):
    added(library, "one")
    asked(library, place=None)
    clock.advance(days=30)
    library.step("one", Step.RETRACT, ANA, "No.")
    assert due(library) == ()
    assert library.corrections.stands("k", HERE)
    assert not library.corrections.nowhere(OURS, "k")
    (step,) = due(library)
    assert step.marked.post.place == HERE


def test_a_message_that_is_gone_is_given_up(library):
    added(library, "one")
    asked(library)
    library.step("one", Step.RETRACT, ANA, "No.")
    (step,) = due(library)
    library.corrections.edited("k", step.through, gone=True)
    assert due(library) == ()
    (marking,) = library.corrections._markings.of("k")
    assert marking.state is Telling.GIVEN_UP


def test_a_stopped_follower_goes_on_where_it_was(library, monkeypatch, clock):
    monkeypatch.setattr("knowledge.corrections.BATCH", 1)
    for id in ("one", "two"):
        added(library, id, ITALY if id == "one" else DENIAL)
        asked(library, id, passages=(_first(library, id),))
    for id in ("one", "two"):
        library.step(id, Step.RETRACT, ANA, "No.")
    kept = library.corrections._markings.add
    calls = []

    def dying(markings, position):
        calls.append(position)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return kept(markings, position)

    monkeypatch.setattr(library.corrections._markings, "add", dying)
    with pytest.raises(KeyboardInterrupt):
        library.corrections.follow()
    monkeypatch.undo()
    clock.advance(hours=2)
    assert {d.marked.post.key for d in due(library)} == {"one", "two"}


def _first(library, id):
    from knowledge.model import ShownPassage

    passage = library.passages(id)[0]
    return ShownPassage(passage=passage.id, start=passage.start, end=passage.end)
