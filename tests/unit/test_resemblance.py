import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.resemblance import NEAR_DUPLICATE, SKETCH_SIZE, resemblance, sketch

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "dossier" / "facts.jsonl"
BRIEF = (
    "The Italian Garante, by order no. 50 of 10 February 2022, fined Clearview EUR 20"
    " million, ordered it to delete the data of persons in Italy, banned any further"
    " collection there, and told it to name a representative right there."
)


def alike(one: str, other: str) -> float:
    a, b = sketch(one), sketch(other)
    return resemblance(len(set(a) & set(b)), len(a), len(b))


def test_a_text_is_wholly_like_itself_whatever_its_case_accents_and_signs():
    assert alike(BRIEF, BRIEF) == 1
    assert alike("L’Italie, où va-t-elle donc ?", "l'ITALIE ou va t elle donc") == 1


def test_one_changed_word_in_a_brief_leaves_a_near_duplicate_wherever_it_stands():
    words = BRIEF.split()
    assert len(words) == 40
    for at in range(len(words)):
        changed = " ".join([*words[:at], "changed", *words[at + 1 :]])
        assert NEAR_DUPLICATE <= alike(BRIEF, changed) < 1


def test_another_brief_on_the_same_fine_is_no_near_duplicate():
    other = (
        "On 9 March 2022 the Garante announced that it had fined Clearview AI EUR 20"
        " million and had ordered the firm to erase the data of persons in Italy."
    )
    assert alike(BRIEF, other) < NEAR_DUPLICATE / 2


def test_long_texts_are_judged_about_as_exactly_as_by_all_their_runs():
    words = [f"w{number}" for number in range(1000)]
    changed = [*words[:600], *(f"x{number}" for number in range(400))]
    assert alike(" ".join(words), " ".join(changed)) == pytest.approx(0.43, abs=0.12)


def test_texts_without_words_resemble_nothing():
    assert sketch("…") == ()
    assert alike("", "") == 0
    assert alike("", BRIEF) == 0


def test_a_text_of_a_few_words_is_one_run():
    assert len(sketch("Clearview in Italy")) == 1


@given(st.text(alphabet=st.characters(), max_size=300))
def test_a_sketch_is_short_sorted_and_fits_a_signed_column_of_64_bits(text):
    hashes = sketch(text)
    assert len(hashes) <= SKETCH_SIZE
    assert list(hashes) == sorted(set(hashes))
    assert all(0 <= number < 2**63 for number in hashes)


def test_a_sketch_is_the_same_in_another_process():
    command = f"from knowledge.resemblance import sketch; print(sketch({BRIEF!r}))"
    printed = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.strip() == str(sketch(BRIEF))


def test_no_two_facts_of_the_dossier_are_near_duplicates():
    if not FACTS.exists():
        pytest.skip("the shared folder with the dossier is not here")
    with FACTS.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row in rows]
    highest = max(alike(a, b) for a, b in itertools.combinations(texts, 2))
    assert 0 < highest < NEAR_DUPLICATE / 4
