"""Law 1, on documents made up by chance: verbatim, whole, and published at that moment."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import InvalidInput, QuisError
from knowledge.model import Actor, Answered, Role, Status, Step
from knowledge.passages import sentences
from knowledge.ports import Findings
from tests.fakes import FixedClock, WordEmbedder

ANA = Actor("terminal:ana", Role.ADMIN)

ASKED = [
    "Is Clearview active in Italy?",
    "Was Clearview fined in Italy?",
    "Clearview est-elle active en Grèce ?",
    "Does the police use PimEyes in Japan?",
    "What does the law say on Clearview in Italy?",
]
WORDS = (
    "Clearview PimEyes l’Italie Italy Greece Japan police fined amende Garante 2020 "
    "M. Dr. e.g. art. « » “ ” „ … 3.5 U.S. \U0001f600 e\u0301 \u202e \u200f 日本。 ﬁ ı ẞ"
).split()
ENDS = [
    ". ",
    "! ",
    "? ",
    "… ",
    ".\n",
    "\n\n",
    ".” ",
    " », ",
    "。",
    "\u2028",
    "\u00a0",
    " ",
]

odd = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=1), max_size=12)
bodies = st.lists(
    st.tuples(st.one_of(st.sampled_from(WORDS), odd), st.sampled_from(ENDS)),
    min_size=3,
    max_size=40,
).map(lambda pieces: "".join(word + end for word, end in pieces))
acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "draft", "replace", "correct", "retract"]),
        st.integers(0, 5),
        bodies,
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    config = LibraryConfig(data=tmp_path_factory.mktemp("quotes"), corpus=None)
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as opened:
        yield opened


def done(library, act, number, body):
    """One change, where it is allowed; whatever is refused changes nothing."""
    identity = f"doc-{number}"
    findings = Findings(origin=f"{identity}.txt", body=body.strip(), metadata={})
    about = {
        "id": identity,
        "title": "Clearview in Italy",
        "publisher": "P",
        "url": f"https://p.example/{number}",
        "kind": "law" if number == 5 else "press",
        "language": ["en", "fr", "it", "de", "es", "nl"][number],
        "vendors": ["clearview-ai"],
        "countries": ["IT", "GR"],
    }
    if act in ("add", "replace", "draft"):
        library.add(findings, about, ANA, publish=act != "draft")
    elif act == "correct":
        library.correct(identity, findings, {}, ANA)
    else:
        library.step(identity, Step.RETRACT, ANA, "withdrawn")


def check(library, document, passage, quote):
    """That a reader is shown just what is published now, at that place, in whole."""
    held = library.document(document.id, document.revision)
    assert held.status is Status.PUBLISHED
    assert held.body == document.body
    text = quote.of(document.body)
    assert text == held.body[quote.start : quote.end]
    assert text.strip()
    assert passage.start <= quote.start < quote.end <= passage.end
    assert held.body[passage.start : passage.end] == passage.text
    cut = list(sentences(passage.text, passage.language))
    assert quote.start - passage.start in [span.start for span in cut]
    assert quote.end - passage.start in [span.end for span in cut]


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts)
def test_every_quote_stands_word_for_word_in_what_is_published_at_that_moment(
    library, changes
):
    for act, number, body in changes:
        with suppress(QuisError):
            done(library, act, number, body)
        for question in ASKED[number % 2 :: 2]:
            answer = library.ask(question, limit=50)
            if not isinstance(answer, Answered):
                continue
            for shown in answer.evidence:
                check(library, shown.document, shown.passage, shown.quote)
                for other in shown.beside:
                    check(library, other.document, other.passage, other.quote)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies)
def test_every_passage_of_any_text_stands_at_its_place_in_the_body(library, body):
    try:
        done(library, "draft", 0, f"Clearview in Italy. {body}")
    except InvalidInput:
        return
    held = library.document("doc-0")
    end = 0
    for passage in library.passages("doc-0"):
        assert held.body[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert passage.start >= end
        end = passage.end
