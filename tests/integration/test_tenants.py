"""An answer recalled, what is held, and who is to be told, on an opened library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.model import (
    Actor,
    Answered,
    Evidence,
    Kind,
    OtherName,
    PartialDate,
    RequestState,
    Role,
    ShownBeside,
    ShownPassage,
    Span,
    Standing,
    Step,
    Tenant,
)
from knowledge.ports import Findings
from tests.contracts.tenant_contract import HERE, OURS, THEIRS, post, report, request
from tests.fakes import NOON, FixedClock, WordEmbedder

ANA = Actor("terminal:ana", Role.ADMIN)
SLACK = Tenant("slack", "T")
ITALY = "Police in Italy used Clearview AI in 2024. The Garante fined Clearview."
DENIAL = "Clearview AI says that it has no customer in Italy. It never had one."


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    config = LibraryConfig(data=tmp_path / "data", corpus=None)
    with open_library(config, clock=clock, embedder=WordEmbedder()) as opened:
        yield opened


def added(
    library: Library, id: str, body: str = ITALY, *, publish: bool = True, **stated
) -> None:
    metadata = {
        "title": f"On {id}",
        "publisher": "The Paper",
        "url": f"https://paper.example/{id}",
        "published_on": "2024-05-01",
        "kind": "press",
        "form": "source",
        "language": "en",
    }
    metadata = {"id": id, **metadata, **stated}
    findings = Findings(origin=id, body=body, metadata=metadata)
    library.add(findings, {}, ANA, publish=publish)


def shown_by(library: Library, id: str) -> ShownPassage:
    passage = library.passages(id)[0]
    quote = Span(passage.start, passage.start + len("Police in Italy"))
    evidence = Evidence(
        passage=passage,
        document=library.document(id),
        quote=quote,
        score=0.75,
        standing=Standing.WIDER_LAW,
        reasons=("holds:fine",),
    )
    return ShownPassage.of(evidence)


# --- an answer recalled ------------------------------------------------------------


def test_what_is_kept_of_an_answer_leads_back_to_it(library: Library) -> None:
    added(library, "it-1")
    added(library, "it-2", DENIAL, kind="company-statement", contradicts=["it-1"])
    answer = library.ask("Was Clearview fined in Italy?")
    assert isinstance(answer, Answered)
    assert answer.evidence[0].beside
    kept = [ShownPassage.of(evidence) for evidence in answer.evidence]
    assert library.recall(kept, ["IT"]) == answer.evidence


def test_only_what_is_published_is_recalled_and_in_its_order(library: Library) -> None:
    for id in ("it-1", "it-2", "it-3"):
        added(library, id, f"{ITALY} It was told by {id}.")
    shown = [shown_by(library, id) for id in ("it-3", "it-2", "it-1")]
    library.step("it-2", Step.RETRACT, ANA, "wrong")
    found = library.recall([*shown, replace(shown[0], passage="no@1#0-1")])
    assert [e.document.id for e in found] == ["it-3", "it-1"]
    assert [ShownPassage.of(e) for e in found] == [shown[0], shown[2]]
    assert library.recall([]) == ()


def test_a_passage_of_an_earlier_revision_is_not_recalled(library: Library) -> None:
    added(library, "it-1")
    shown = shown_by(library, "it-1")
    library.correct("it-1", None, {"title": "Mended"}, ANA)
    assert library.recall([shown])
    library.step("it-1", Step.PUBLISH, ANA)
    assert library.recall([shown]) == ()


def test_what_contradicts_it_since_stands_beside_a_recalled_passage(
    library: Library,
) -> None:
    added(library, "it-1")
    shown = shown_by(library, "it-1")
    [before] = library.recall([shown])
    assert before.beside == ()
    added(library, "it-2", DENIAL, contradicts=["it-1"])
    fr = DENIAL.replace("Italy", "France")
    added(library, "fr-1", fr, contradicts=["it-1"])
    [since] = library.recall([shown])
    assert [one.document.id for one in since.beside] == ["it-2"]
    held = library.passages("it-2")[0]
    first = ShownBeside(held.id, held.start, held.start + len("Clearview AI"))
    [again] = library.recall([replace(shown, beside=(first,))], ["IT"])
    assert [one.text for one in again.beside] == ["Clearview AI"]
    library.step("it-2", Step.RETRACT, ANA, "wrong")
    [after] = library.recall([replace(shown, beside=(first,))])
    assert after.beside == ()


def test_a_span_outside_its_passage_is_never_quoted(library: Library) -> None:
    added(library, "it-1", f"{ITALY}\n\nIt goes on.")
    shown = shown_by(library, "it-1")
    for start, end in ((0, 10_000), (5, 5), (-3, 4), (len(ITALY) + 2, len(ITALY) + 9)):
        [found] = library.recall([replace(shown, start=start, end=end)])
        assert found.text == ITALY


# --- around ------------------------------------------------------------------------


THREE = (
    "It began in 2019. Nobody knew of it.",
    ITALY,
    "The ministry kept silent. A court spoke later.",
)


def test_the_sentences_around_a_passage_are_one_span(library: Library) -> None:
    added(library, "it-1", "\n\n".join(THREE))
    first, middle, last = library.passages("it-1")
    found = library.around(middle.id, Span(middle.start, middle.start + 10))
    assert found is not None
    assert found.text == f"Nobody knew of it.\n\n{ITALY}\n\nThe ministry kept silent."
    found = library.around(first.id, Span(first.start, first.end))
    assert found is not None
    assert found.text == "\n\n".join(
        (THREE[0], "Police in Italy used Clearview AI in 2024.")
    )
    found = library.around(last.id, Span(last.start, last.end))
    assert found is not None
    assert found.text == "\n\n".join(("The Garante fined Clearview.", THREE[2]))


def test_a_sentence_that_is_far_away_stays_out(library: Library) -> None:
    long = f"It {'went on and ' * 60}ended."
    added(library, "it-1", "\n\n".join((long, ITALY, long)))
    passage = next(p for p in library.passages("it-1") if p.text == ITALY)
    found = library.around(passage.id, Span(passage.start, passage.end))
    assert found is not None
    assert found.text == ITALY


def test_nothing_is_around_what_is_not_published(library: Library) -> None:
    added(library, "it-1")
    passage = library.passages("it-1")[0]
    quote = Span(passage.start, passage.end)
    assert library.around(passage.id, Span(0, passage.end + 1)) is None
    assert library.around("it-1@9#0-1", quote) is None
    library.step("it-1", Step.RETRACT, ANA, "wrong")
    assert library.around(passage.id, quote) is None


# --- what is held ------------------------------------------------------------------


@pytest.fixture
def holding(library: Library) -> Library:
    added(library, "it-1", event_on="2023-02")
    added(library, "fr-1", "Police in France used Clearview AI.", kind="research")
    both = "Police in Italy and in France used Clearview AI at last."
    added(library, "both", both, publisher="Another", event_on="2024-03-02")
    law = "Article 5\n\nBiometric identification is prohibited."
    added(library, "eu-law", law, kind="law", countries=["EU"], title="A regulation")
    added(library, "it-law", f"{law} So it is.", kind="law", countries=["IT"])
    added(library, "draft", "Police in Italy use Clearview AI.", publish=False)
    return library


def test_a_profile_tells_names_and_counts_each_document_once(
    holding: Library,
) -> None:
    found = holding.profile("clearview-ai")
    assert (found.name, found.home) == ("Clearview AI", "US")
    assert OtherName("Clearview") in found.also
    assert found.former == (OtherName("Smartcheckr", until=2017),)
    assert found.kinds == {Kind.PRESS: 2, Kind.RESEARCH: 1}
    assert (found.documents, found.passages) == (3, 3)
    assert [one.id for one in found.newest] == ["fr-1", "both", "it-1"]
    assert sorted(found.places) == ["FR", "IT"]
    assert (found.first, found.last) == (PartialDate(2023, 2), PartialDate(2024, 5, 1))
    assert found.coverage == holding.coverage("clearview-ai")


def test_a_vendor_that_nobody_knows_has_an_empty_profile(library: Library) -> None:
    found = library.profile("no-such-vendor")
    assert (found.name, found.documents, found.newest) == ("no-such-vendor", 0, ())
    assert found.first is None


def test_a_country_tells_its_vendors_and_whose_law_holds_there(
    holding: Library,
) -> None:
    found = holding.country("IT")
    assert found.vendors == ("clearview-ai",)
    assert found.wider == ("EU", "COE")
    assert [one.id for one in found.newest] == ["it-law", "both", "it-1"]
    assert found.kinds == {Kind.LAW: 1, Kind.PRESS: 2}


def test_the_laws_of_a_place_come_before_those_that_hold_there_too(
    holding: Library,
) -> None:
    assert [law.id for law in holding.laws("IT")] == ["it-law", "eu-law"]
    assert [law.places for law in holding.laws("IT")] == [("IT",), ("EU",)]
    assert [law.id for law in holding.laws("US")] == []
    assert [law.id for law in holding.laws()] == ["eu-law", "it-law"]


def test_a_region_is_what_is_held_on_its_countries_and_has_no_law(
    holding: Library,
) -> None:
    added(holding, "ke-law", "Article 1\n\nIt is so.", kind="law", countries=["KE"])
    both = "Clearview AI was used in Kenya and in Nigeria. Clearview AI was in Kenya."
    added(holding, "ke-ng", both)
    added(holding, "africa", "Clearview AI was tried all over Africa.")
    found = holding.country("AFRICA")
    assert (found.vendors, found.wider) == (("clearview-ai",), ())
    assert (found.documents, found.passages) == (3, 3)
    assert {row.place for row in found.coverage} == {"KE", "NG", "AFRICA"}
    assert [law.id for law in holding.laws("AFRICA")] == ["ke-law"]
    assert [law.id for law in holding.laws("KE")] == ["ke-law"]
    assert holding.country("KE").wider == ()
    on = holding.everything_on("clearview-ai", "AFRICA")
    assert {each.document.id for each in on} == {"ke-ng", "africa"}
    told = holding.dated_events("clearview-ai", "AFRICA")
    assert {event.document for event in told} == {"ke-ng", "africa"}
    assert [p.documents for p in holding.sources("clearview-ai", "AFRICA")] == [2]
    assert holding.country("ASIA").documents == 0
    assert holding.country("EU").documents == 1


def test_sources_are_counted_in_documents(holding: Library) -> None:
    found = {p.name: p.documents for p in holding.sources("clearview-ai")}
    assert found == {"The Paper": 2, "Another": 1}
    [first, _] = holding.sources("clearview-ai")
    assert first.newest == PartialDate(2024, 5, 1)
    assert first.languages == ("en",)
    assert [p.name for p in holding.sources("clearview-ai", "GR")] == []
    assert sum(p.documents for p in holding.sources()) == 5


def test_a_timeline_runs_from_the_oldest(holding: Library) -> None:
    found = holding.dated_events("clearview-ai", "IT")
    assert [(str(e.when), e.document) for e in found] == [
        ("2023-02", "it-1"),
        ("2024-03-02", "both"),
    ]


# --- who is to be told -------------------------------------------------------------


def asked(library: Library, id: str, tenant: Tenant = OURS, **fields) -> None:
    plain = {"vendors": ("clearview-ai",), "places": ("IT",)}
    library.tenants.add_request(request(id, tenant, **{**plain, **fields}))


def told(library: Library, platform: str | None = None) -> dict[str, str | None]:
    held = library.notices.requests_held(platform)
    assert all(r.state is RequestState.HELD for r in held)
    return {r.id: r.document for r in held}


def test_askers_are_told_of_what_was_published_after_they_asked(
    library: Library, clock: FixedClock
) -> None:
    added(library, "before")
    asked(library, "both")
    asked(library, "place", THEIRS, vendors=())
    asked(library, "vendor", SLACK, places=())
    asked(library, "europe", places=("EU",))
    asked(library, "elsewhere", places=("GR",))
    asked(library, "far", places=("BALKANS",))
    asked(library, "another", vendors=("paragon",))
    asked(library, "nothing", vendors=(), places=())
    assert told(library) == {}
    clock.advance(minutes=1)
    added(library, "draft", f"{ITALY} Or so they say.", publish=False)
    assert told(library) == {}
    added(library, "after", f"{ITALY} It is said.")
    asked(library, "later", at=clock.now() + timedelta(seconds=1))
    met = dict.fromkeys(("both", "europe", "place", "vendor"), "after")
    assert told(library) == met
    assert told(library) == met
    assert told(library, "slack") == {"vendor": "after"}
    assert told(library, "discord") == {k: met[k] for k in ("both", "europe", "place")}


def test_one_passage_has_to_be_on_all_that_was_asked(
    library: Library, clock: FixedClock
) -> None:
    asked(library, "italy")
    clock.advance(minutes=1)
    added(library, "fr", "Clearview AI was used in France.\n\nItaly had PimEyes.")
    assert told(library) == {}


def test_a_request_whose_document_was_taken_back_is_open_again(
    library: Library, clock: FixedClock
) -> None:
    asked(library, "r")
    clock.advance(minutes=1)
    added(library, "it-1")
    assert told(library) == {"r": "it-1"}
    library.step("it-1", Step.RETRACT, ANA, "wrong")
    assert told(library) == {}
    [again] = library.tenants.requests(OURS)
    assert (again.state, again.document) == (RequestState.OPEN, None)
    clock.advance(minutes=1)
    added(library, "it-2", f"{ITALY} It is said.")
    assert told(library) == {"r": "it-2"}


def test_whoever_was_told_is_not_told_again(
    library: Library, clock: FixedClock
) -> None:
    asked(library, "r")
    clock.advance(minutes=1)
    added(library, "it-1")
    [held] = library.notices.requests_held()
    done = replace(held, state=RequestState.TOLD)
    assert library.tenants.change_request(done, RequestState.HELD)
    assert told(library) == {}
    [over] = library.tenants.requests(OURS)
    assert (over.asker, over.text, over.document) == ("", "", "it-1")


def test_reporters_are_told_of_what_was_resolved(library: Library) -> None:
    library.tenants.add_report(report("a"))
    library.tenants.add_report(report("b", SLACK))
    assert library.notices.reports_resolved() == ()
    library.tenants.resolve_report(OURS, "a", "mended")
    library.tenants.resolve_report(SLACK, "b", "mended")
    assert [r.id for r in library.notices.reports_resolved()] == ["a", "b"]
    assert [r.id for r in library.notices.reports_resolved("slack")] == ["b"]


def test_a_year_later_a_refusal_is_gone_and_an_answer_that_stands_is_not(
    library: Library, clock: FixedClock
) -> None:
    tenants = library.tenants
    tenants.add_post(post("refusal", passages=(), shown=0))
    tenants.add_post(post("answer"))
    tenants.place_post("answer", HERE)
    tenants.first_time(OURS, "e", NOON)
    asked(library, "open")
    clock.advance(days=2)
    assert library.notices.purge() == 1  # the event
    clock.advance(days=366)
    assert library.notices.purge() == 1  # the refusal
    assert tenants.post(OURS, "answer") is not None
    assert tenants.request(OURS, "open") is not None
