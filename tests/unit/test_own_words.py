"""Short passages that a judge learns reading from, and learning from them."""

import random

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from knowledge.model import LANGUAGES
from tests.evaluation.group_scores import Reader, Scored
from tests.evaluation.groups import Group, Kind
from tests.evaluation.labelled import FOLDS, HELD_OUT
from tests.evaluation.own_words import Told, own_words, told
from tests.evaluation.plain import names
from tests.evaluation.train_further import (
    AT_ONCE,
    STILL,
    UNLIKE,
    kept,
    learn,
    lessons,
    new,
)
from tests.unit.test_judge_groups import TOKENIZER

GROUPS = tuple(own_words(random.Random(1)))


def texts(each):
    return [each.title, each.text, *(t for _, t in (*each.answered, *each.unanswered))]


def test_a_passage_is_asked_as_much_that_it_answers_as_that_it_does_not():
    passages = list(told())
    assert {each.lang for each in passages} == set(LANGUAGES)
    for each in passages:
        assert len(each.answered) == len(each.unanswered) > 3, each.title
        asked = [text for _, text in (*each.answered, *each.unanswered)]
        assert len(set(asked)) == len(asked), each.title
        assert {code for code, _ in (*each.answered, *each.unanswered)} <= set(
            LANGUAGES
        )


def test_nothing_is_told_of_a_maker_that_exists():
    known = names()
    for each in told():
        for text in texts(each):
            assert not [name for name in known if name in text], text
            assert text.count("{") == text.count("{V}") + text.count("{W}"), text


def test_what_is_set_aside_to_see_by_is_never_learned_from():
    aside = {g.passage for g in own_words(random.Random(1), held_out=True)}
    assert aside
    assert not aside & {group.passage for group in GROUPS}
    folds = [each.fold for each in told()]
    assert min(folds.count(fold) for fold in range(FOLDS)) > len(folds) / 8
    learned = sum(fold != HELD_OUT for fold in folds)
    assert len({group.passage for group in GROUPS}) >= learned


def test_every_place_for_a_name_has_one():
    assert not [g for g in GROUPS if "{" in g.question + str(g.passage)]
    assert {g.answers for g in GROUPS} == {True, False}


def test_a_maker_that_a_passage_does_not_name_stands_before_it():
    law = Told(lang="en", title="Law", text="No camera.", answered=(), unanswered=())
    assert law.read_for("May {V} be used?") == "{V}\nLaw\nNo camera."
    assert law.read_for("May cameras be used?") == "Law\nNo camera."
    assert law.read_for("May {V} be used?", "se-1") == "{V}\nse-1\nNo camera."
    named = Told(lang="en", title="x", text="{V} left.", answered=(), unanswered=())
    assert named.read_for("Did {V} leave?") == "x\n{V} left."


# --- learning from them ------------------------------------------------------------------


@pytest.fixture
def reader():
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=TOKENIZER.vocab_size,
        hidden_size=16,
        num_hidden_layers=STILL + 2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    config.num_labels = 1
    return Reader(BertForSequenceClassification(config).eval(), TOKENIZER)


def of_old(number):
    asked = f"Was it fined in {number}?"
    return Group(kind=Kind.OTHER_WORDS, question=asked, compared=(f"{number}?",))


def of_new(number):
    words = ("It was sold.", "The sky is blue.")
    return Group(
        kind=Kind.OWN_WORDS,
        question=f"Was it sold in {number}?",
        passage=words[number % 2],
        answers=number % 2 == 0,
    )


def test_what_is_new_is_learned_and_what_was_said_of_the_rest_stays(reader):
    fresh = [of_new(number) for number in range(AT_ONCE)]
    groups = [*map(of_old, range(AT_ONCE)), *fresh]
    old = kept(reader, groups[:AT_ONCE], AT_ONCE, random.Random(1))
    assert {asked for asked, *_ in old} == {of_old(n).question for n in range(AT_ONCE)}
    still = reader.model.base_model.encoder.layer[0].output.dense.weight.clone()
    pairs = new(reader, fresh, random.Random(1))
    learn(reader, list(lessons(pairs, old, 120, random.Random(1))), rate=1e-2)
    odds = dict(zip(groups, reader.said([held(g) for g in groups]), strict=True))
    assert [odds[group] > 0 for group in fresh] == [group.answers for group in fresh]
    now = reader.said([(asked, text) for asked, text, _ in old])
    before = torch.logit(torch.tensor([likely for *_, likely in old]))
    assert torch.allclose(torch.tensor(now), before, atol=0.5)
    assert torch.equal(
        still, reader.model.base_model.encoder.layer[0].output.dense.weight
    )


def held(group):
    return group.question, group.passage or group.compared[0]


class Says(Reader):
    """In the place of weights: what they say of each text."""

    def __init__(self, said):
        self.said_of = said

    def scored(self, asked):
        return [
            Scored(
                group,
                question,
                tuple(self.said_of[text] for text in group.compared),
                self.said_of[group.passage] if group.passage else None,
            )
            for group, question in asked
        ]


def test_what_is_new_teaches_its_passage_and_the_likest_of_its_own_questions():
    group = Group(
        kind=Kind.FAR,
        question="who got it",
        compared=("Who left?", "Who bought it?"),
        same=True,
        passage="It was bought.",
        answers=True,
    )
    says = Says({"Who left?": -5.0, "Who bought it?": -1.0, "It was bought.": 0.5})
    pairs = {(held, likely) for _, held, likely in new(says, [group], random.Random(1))}
    assert pairs == {("It was bought.", 1.0), ("Who bought it?", 1.0)}
    says.said_of |= {"Who left?": UNLIKE - 2, "Who bought it?": UNLIKE - 1}
    ((_, held, _),) = new(says, [group], random.Random(1))
    assert held == "It was bought."


def test_another_document_that_seems_to_answer_is_not_learned_to_be_wrong():
    group = Group(kind=Kind.ELSEWHERE, question="who got it", passage="Bought by Ada.")
    assert new(Says({"Bought by Ada.": 4.0}), [group], random.Random(1)) == []
    ((_, _, likely),) = new(Says({"Bought by Ada.": 0.0}), [group], random.Random(1))
    assert likely == 0.0
