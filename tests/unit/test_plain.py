"""The plain questions: asked of every vendor, labelled by what is held."""

import json
from collections import defaultdict
from pathlib import Path

import knowledge
from knowledge.model import LANGUAGES
from tests.evaluation.labelled import HELD_OUT
from tests.evaluation.plain import FOLDER, KEPT_APART, SEVERAL, plain_questions

CORPUS = Path(knowledge.__file__).parent / "corpus"


def wordings():
    return json.loads((FOLDER / "wordings.json").read_text("utf-8"))


def labels():
    return json.loads((FOLDER / "labels.json").read_text("utf-8"))


def test_every_fact_is_worded_in_every_language_with_one_place_for_a_name():
    for fact, in_languages in wordings().items():
        assert set(in_languages) == set(LANGUAGES), fact
        for texts in in_languages.values():
            assert len(set(texts)) == len(texts) == 10
            assert [text.count("{X}") for text in texts] == [1] * len(texts)


def test_what_answers_stands_in_the_starter_set():
    starter_ids = {path.stem for path in CORPUS.rglob("*.md")}
    told = [label for label in plain_questions() if label.answerable]
    assert told
    for label in told:
        assert set(label.must) <= set(label.relevant) <= starter_ids, label.id


def test_held_out_vendors_are_asked_in_words_that_no_other_is():
    used = defaultdict(set)
    for label in plain_questions():
        vendor = label.id.removeprefix("plain-").removesuffix(f"-{label.type}")
        for name in sorted(labels()[vendor]["names"], key=len, reverse=True):
            if name in label.text:
                wording = label.text.replace(name, "{X}", 1)
                used[label.fold == HELD_OUT].add((label.lang, label.type, wording))
                break
    assert len(used[True]) > len(LANGUAGES) * KEPT_APART
    assert not used[True] & used[False]


def test_of_facts_worded_in_several_ways_only_those_nobody_tells_are_asked():
    several = [label for label in plain_questions() if label.type in SEVERAL]
    assert several
    assert not [label for label in several if label.answerable]
