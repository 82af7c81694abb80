"""Teach a trained judge something new, and keep what it says of everything else.

``python -m tests.evaluation.train_further WEIGHTS GROUPS OUT --new "far words"``: as
``train_together``, with two cores and half an hour. What is new are the groups of a kind,
or several, learned from what they are labelled. Of the others a sample is asked once,
before anything is learned, and what the weights said then is what they are to say
afterwards (learning without forgetting, Li and Hoiem, 2016), whether or not it was right.
"""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from sklearn.metrics import roc_auc_score
from torch.nn.functional import binary_cross_entropy_with_logits

from tests.evaluation.group_scores import (
    Reader,
    is_doubtful,
    likeliest,
    worth_learning,
)
from tests.evaluation.groups import PUBLIC, Group, Kind, read_groups
from tests.evaluation.own_words import own_words

OFTEN = frozenset({Kind.LABELLED, Kind.HELD, Kind.BESIDE, *PUBLIC})
"""Kinds of which passages are read, or that are hard to tell: drawn four times as often."""

AT_ONCE, BESIDE = 24, 16
"""Pairs in a step that are new, and those beside them that are kept."""

UNLIKE = -6.0
"""Log-odds of the likest own question from which it may ask the same; below, none does."""

COMPARED = 2
"""Own questions of a group that is kept."""

SOUGHT = 4
"""Of a new group, the own questions among which the likest is sought: its first."""

WARMUP, LAST = 0.06, 0.03
"""The share of the steps until the rate is reached, and what is left of it at the end."""

KEPT = 2.0
"""What a kept pair counts, where a new one counts 1."""

STILL = 4
"""Layers, of twelve, that learn nothing: what they do is general, and takes a third of the
time."""

Pair = tuple[str, str, float]
"""What is asked, what is held against it, and how likely it is to be said to answer."""


def new(reader: Reader, groups: Sequence[Group], chance: random.Random) -> list[Pair]:
    """The pairs of groups that are new.

    The passage, and of the own questions the one that the weights find likest now: where
    the group answers that one asks the same, unless all are far from it. Groups that are
    doubtful, and most that are told easily, are left out.
    """
    found = []
    first = [replace(group, compared=group.compared[:SOUGHT]) for group in groups]
    for each in reader.scored([(group, _asked(group, chance)) for group in first]):
        if is_doubtful(each) or not worth_learning(each, chance):
            continue
        group = each.group
        if group.passage is not None:
            found.append((each.asked, group.passage, float(group.answers)))
        best, _ = likeliest(each.compared, 1)
        for number in best:
            if each.compared[number] > UNLIKE:
                text = group.compared[number]
                found.append((each.asked, text, float(group.same)))
    return found


def kept(
    reader: Reader, groups: Sequence[Group], most: int, chance: random.Random
) -> list[Pair]:
    """About so many pairs of groups that are not new, as the weights see them now."""
    weights = [4.0 if group.kind in OFTEN else 1.0 for group in groups]
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < most:
        (group,) = chance.choices(groups, weights)
        asked = _asked(group, chance)
        several = min(COMPARED, len(group.compared))
        for text in chance.sample(group.compared, several):
            pairs[asked, text] = None
        if group.passage is not None:
            pairs[asked, group.passage] = None
    said = reader.said(list(pairs))
    return [
        (*pair, 1 / (1 + math.exp(-odds)))
        for pair, odds in zip(pairs, said, strict=True)
    ]


def _asked(group: Group, chance: random.Random) -> str:
    return chance.choice([group.question, group.question, *group.ways])


def lessons(
    fresh: Sequence[Pair], old: Sequence[Pair], rounds: int, chance: random.Random
) -> Iterator[Sequence[Pair]]:
    """The pairs of each step: the new ones, beside old ones; so often round, each time in
    another order.
    """
    for _ in range(rounds):
        fresh = chance.sample(fresh, len(fresh))
        for at in range(0, len(fresh), AT_ONCE):
            yield [*fresh[at : at + AT_ONCE], *chance.sample(old, BESIDE)]


def learn(reader: Reader, steps: Sequence[Sequence[Pair]], rate: float) -> None:
    """Once through the steps; embeddings and the lowest layers learn nothing."""
    model = reader.model.train()
    model.base_model.embeddings.requires_grad_(False)
    model.base_model.encoder.layer[:STILL].requires_grad_(False)
    learning = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    began, total = time.monotonic(), 0.0
    for number, pairs in enumerate(steps, start=1):
        done = number / len(steps)
        part = done / WARMUP if done < WARMUP else 1 - (1 - LAST) * done
        optimizer.param_groups[0]["lr"] = rate * part
        odds = reader.odds([(asked, text) for asked, text, _ in pairs])
        right = torch.tensor([likely for *_, likely in pairs])
        counts = torch.tensor([1.0] * (len(pairs) - BESIDE) + [KEPT] * BESIDE)
        loss = binary_cross_entropy_with_logits(odds, right, weight=counts)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        total += loss.item()
        if number % 25 == 0:
            took = time.monotonic() - began
            print(f"{number}/{len(steps)}: {total / 25:.3f}, {took:.0f} s", flush=True)
            total = 0.0
    model.eval()


def separation(reader: Reader, groups: Sequence[Group]) -> float:
    """The AUROC of groups with a passage."""
    said = reader.said([(group.question, str(group.passage)) for group in groups])
    return float(roc_auc_score([group.answers for group in groups], said))


def main(arguments: argparse.Namespace) -> None:
    """Learn, and write the weights."""
    chance = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    groups = list(read_groups(arguments.groups))
    told = frozenset(arguments.new)
    fresh = [group for group in groups if group.kind in told]
    aside = list(own_words(random.Random(arguments.seed), held_out=True))
    reader = Reader.of(arguments.weights)
    print(f"own words set aside, before: {separation(reader, aside):.3f}", flush=True)
    others = [group for group in groups if group.kind not in told]
    old = kept(reader, others, arguments.kept, chance)
    pairs = new(reader, fresh, chance)
    steps = list(lessons(pairs, old, arguments.rounds, chance))
    learn(reader, steps, arguments.rate)
    print(f"own words set aside, after: {separation(reader, aside):.3f}", flush=True)
    reader.save(reader.model, arguments.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("weights", "groups", "out"):
        parser.add_argument(name, type=Path)
    kinds = "|".join(kind.value for kind in Kind)
    parser.add_argument(
        "--new", type=Kind, nargs="+", default=[Kind.FAR], help=kinds, metavar="KIND"
    )
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--rounds", type=int, default=1, help="through what is new")
    parser.add_argument("--kept", type=int, default=5000, help="pairs that are kept")
    parser.add_argument("--seed", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main(_arguments())
