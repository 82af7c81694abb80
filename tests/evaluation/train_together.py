"""Train the judge as it is used: by all that is held against a question at once.

``python -m tests.evaluation.train_together WEIGHTS GROUPS OUT`` goes on from what
``train_judge``, ``import_judge`` or this wrote to WEIGHTS, with what ``gather_groups`` wrote
to GROUPS; OUT takes the weights. Meant for a GPU; it takes the processor where there is
none, which is good to try it.

``train_judge`` tells each pair apart by itself. The judge is asked about twelve own
questions of a passage, their odds are summed, and a gate weighs the sum with what is said
of the passage. Here the sum has to be right, whichever of the questions brings it about;
and for the labelled questions what the gate makes of it.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.optim.swa_utils import AveragedModel

import knowledge
from knowledge.adapters.gate_file import load_gates
from knowledge.gate import BEFORE, JUDGED, READ, Gate
from tests.evaluation.group_scores import (
    NOTHING,
    Reader,
    Scored,
    drawn,
    is_doubtful,
    likeliest,
    told,
    worth_learning,
)
from tests.evaluation.groups import Group, Kind, read_groups

GATES = Path(knowledge.__file__).parent / "models" / "gate.json"

GROUPS = 240
"""In a step."""

ASKED = 20_000
"""Groups at a time, before it is chosen which of them to learn from."""

LEARNED = 4
"""Own questions of a group that are learned from, the likeliest. The others count in the
sum as they were when they were asked: they bring little about and would take most time."""

WARMUP = 80
"""Steps until the rate of learning is reached."""

LAST = 0.05
"""What is left of the rate when the time is up. It falls with the time and not with the
steps, as nobody knows how many there will be."""

AVERAGED_EVERY = 5
"""Steps after which the weights are counted in to their average."""

NEWEST, FORGETTING = 0.03, 6
"""The share of the newest weights in that average: no less than the first, and so large at
the beginning that what was there before learning is soon forgotten."""

COMPARED, PASSAGE = 1.0, 0.6
"""What the two parts of a group count. Most passages that are read are of public sets, on
other subjects than the project's."""

LABELLED_SAME, LABELLED_UNLIKE, LABELLED_PASSAGE, LABELLED_BOTH = 0.3, 0.5, 0.5, 1.0
"""The same for the labelled questions, where it counts most what both come to. That a
document answers does not say that one of its own questions asks the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn: the highest rate, for how long, how often a public group is drawn."""

    rate: float
    minutes: float
    public: float


def learn(
    reader: Reader,
    learned_from: Sequence[Group],
    gate: Gate,
    plan: Plan,
    chance: random.Random,
) -> Any:
    """The average of the weights on the way; the reader's own are the last of them."""
    model = reader.model.train()
    averaged = AveragedModel(model, avg_fn=_averaged)
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01)
    began, total = time.monotonic(), 0.0
    for step, lesson in enumerate(lessons(reader, learned_from, plan.public, chance)):
        used = (time.monotonic() - began) / (60 * plan.minutes)
        if used >= 1:
            print(f"{step} steps, loss {total / max(1, step):.3f}", flush=True)
            break
        warm = min(1.0, (step + 1) / WARMUP)
        optimizer.param_groups[0]["lr"] = plan.rate * warm * (1 - (1 - LAST) * used)
        optimizer.zero_grad()
        wrong = loss(reader, lesson, gate)
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += wrong.item()
        if (step + 1) % AVERAGED_EVERY == 0:
            averaged.update_parameters(model)
    return averaged.module.eval()


def _averaged(
    average: torch.Tensor, newest: torch.Tensor, counted: torch.Tensor | int
) -> torch.Tensor:
    share = max(NEWEST, FORGETTING / (int(counted) + 1 + FORGETTING))
    return average.lerp(newest, share)


def lessons(
    reader: Reader,
    learned_from: Sequence[Group],
    public: float,
    chance: random.Random,
) -> Iterator[Sequence[Scored]]:
    """Groups for one step each, round after round, without end.

    So many at a time are asked, as the weights are by then, and learned from where there
    is something to learn.
    """
    while True:
        asked = list(drawn(learned_from, public, chance))
        chance.shuffle(asked)
        for start in range(0, len(asked), ASKED):
            scored = reader.scored(asked[start : start + ASKED])
            sure = [each for each in scored if not is_doubtful(each)]
            worth = [each for each in sure if worth_learning(each, chance)]
            shares = ", ".join(
                f"{kind} {share:.3f}" for kind, share in told(scored).items()
            )
            print(
                f"{start} of {len(asked)}: {len(scored) - len(sure)} doubtful,"
                f" {len(worth)} to learn from; told: {shares}",
                flush=True,
            )
            for at in range(0, len(worth), GROUPS):
                yield worth[at : at + GROUPS]


def loss(reader: Reader, lesson: Sequence[Scored], gate: Gate) -> torch.Tensor:
    """How wrong the weights are on these groups: on the own questions, on the passage, and
    on both as ``gate`` weighs what a judge says (``Gates.judged``).
    """
    alike, read = _asked_again(reader, lesson)
    weight, table = gate.weights, partial(torch.tensor, device=alike.device)
    before = table([each.group.before or 0.0 for each in lesson])
    both = weight[JUDGED] * alike + weight[READ] * read + weight[BEFORE] * before
    right = [(g.same, g.answers, g.answers) for g in (each.group for each in lesson)]
    counts = table([counted(each.group) for each in lesson])
    wrong = binary_cross_entropy_with_logits(
        torch.stack([alike, read, gate.bias + both], dim=1),
        table(right, dtype=torch.float32),
        weight=counts,
        reduction="sum",
    )
    return wrong / counts.sum()


def _asked_again(
    reader: Reader, lesson: Sequence[Scored]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Of each group the log-odds of either own question and of the passage, NOTHING where
    it has none. The likeliest questions are asked again, the others count as they were.
    """
    pairs: list[tuple[str, str]] = []
    compared_at, passage_at, others = [], [], []
    for each in lesson:
        group = each.group
        best, rest = likeliest(each.compared, LEARNED)
        # What is not there has the last place of all, where NOTHING is.
        nowhere = [-1] * (LEARNED - len(best))
        compared_at.append([*range(len(pairs), len(pairs) + len(best)), *nowhere])
        pairs += [(each.asked, group.compared[number]) for number in best]
        others.append([rest])
        passage_at.append(-1 if group.passage is None else len(pairs))
        if group.passage is not None:
            pairs.append((each.asked, group.passage))
    table = partial(torch.tensor, device=reader.model.device)
    odds = torch.cat([reader.odds(pairs), table([NOTHING])])
    parts = torch.cat([odds[table(compared_at)], table(others)], dim=1)
    return torch.logsumexp(parts, dim=1), odds[table(passage_at)]


def counted(group: Group) -> tuple[float, float, float]:
    """What a group counts: by its own questions, by its passage, by both as weighed."""
    asks, reads = bool(group.compared), group.passage is not None
    if group.kind is Kind.LABELLED:
        own = LABELLED_SAME if group.same else LABELLED_UNLIKE
        both = LABELLED_BOTH * (asks and reads)
        return own * asks, LABELLED_PASSAGE * reads, both
    return COMPARED * asks, PASSAGE * reads, 0.0


def main(arguments: argparse.Namespace) -> None:
    """Learn, and write the weights."""
    chance = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    gate = load_gates(GATES).judged
    if gate is None:
        raise SystemExit(
            "gate.json has no gate that weighs a judge: run fit_gate first"
        )
    learned_from = list(read_groups(arguments.groups))
    of_kind = Counter(group.kind.value for group in learned_from)
    print(f"{len(learned_from)} groups: {dict(of_kind)}", flush=True)
    reader = Reader.of(arguments.weights)
    words = reader.model.base_model.embeddings.word_embeddings
    words.requires_grad_(not arguments.words_kept)
    reader.read(texts(learned_from))
    print("read", flush=True)
    plan = Plan(arguments.rate, arguments.minutes, arguments.public_share)
    learnt = learn(reader, learned_from, gate, plan, chance)
    reader.save(learnt, arguments.out)


def texts(groups: Iterable[Group]) -> set[str]:
    """All that is asked, compared or read in these."""
    return {
        text
        for group in groups
        for text in (group.question, *group.ways, *group.compared, group.passage)
        if text is not None
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("weights", "groups", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--minutes", type=float, default=5, help="of learning")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument(
        "--public-share", type=float, default=2, help="times a round, of public groups"
    )
    parser.add_argument(
        "--words-kept", action="store_true", help="word embeddings learn nothing"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main(_arguments())
