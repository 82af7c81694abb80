"""Train the judge: a cross-encoder of two questions, or of a question and a passage.

``python -m tests.evaluation.train_judge BASE DATA PUBLIC OUT``: BASE is what ``judge_base``
wrote, DATA any folder for the library, PUBLIC holds ``squad2``, ``piaf_fr`` and ``xquad``,
OUT takes the weights after each round. The fold HELD_OUT of the labelled questions is never
trained on, nor the titles of SQuAD 2.0 that are kept to see by.

Each round goes once through pairs drawn anew, from the weights of the round before: those
tell which of a document's own questions a labelled question means. On two cores a round
takes half an hour.
"""

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from sklearn.metrics import roc_auc_score
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from knowledge.model import Document, Status
from tests.evaluation.judge_pairs import (
    Odds,
    Pair,
    hard,
    labelled,
    labelled_passages,
    meant,
    near,
    near_groups,
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

ROUNDS = ((1.2e-4, 5e-5), (1e-4, 3e-5), (7e-5, 5e-6))
"""The rate of learning at the beginning and the end of each."""

WARMUP = 0.06
SELF_TAUGHT = 3000
FROM_SQUAD, FROM_ABROAD = 5000, 800
AT_ONCE = 128
SEED = 7


def pairs(
    documents: Mapping[str, Document],
    found: Sequence[Case],
    public: Path,
    odds: Odds,
    chance: random.Random,
) -> list[Pair]:
    """The pairs of a round; ``odds`` are what the weights say that it begins from."""
    taught = list(self_taught(list(documents.values()), chance))
    groups = list(labelled(found))
    answers = [group for group in groups if group[2]]
    of_squad = list(squad(public / "squad2", chance))
    abroad_ = [
        *abroad(public / "piaf_fr", chance, 0.6),
        *abroad(public / "xquad", chance, 0.25),
    ]
    return [
        *chance.sample(taught, min(SELF_TAUGHT, len(taught))),
        *meant(groups + answers, odds),
        *hard(list(near_groups(documents, chance)), odds),
        *near(documents, chance),
        *own_passages(documents, chance),
        *labelled_passages(found, chance),
        *chance.sample(of_squad, min(FROM_SQUAD, len(of_squad))),
        *chance.sample(abroad_, min(FROM_ABROAD, len(abroad_))),
    ]


def batches(
    pairs: Sequence[Pair], tokenizer: Any, chance: random.Random
) -> Iterator[Sequence[Pair]]:
    """Batches of about as many tokens, of pairs of like length, in an order of chance."""
    asked = tokenizer([question for question, *_ in pairs])["input_ids"]
    held = tokenizer([text for _, text, _ in pairs])["input_ids"]
    lengths = [min(TOKENS, len(a) + len(b)) for a, b in zip(asked, held, strict=True)]
    order, made = list(range(len(pairs))), []
    chance.shuffle(order)
    for start in range(0, len(order), 1500):
        batch: list[int] = []
        for number in sorted(order[start : start + 1500], key=lengths.__getitem__):
            if batch and (len(batch) + 1) * lengths[number] > TOKENS_AT_ONCE:
                made.append(batch)
                batch = []
            batch.append(number)
        made.append(batch)
    chance.shuffle(made)
    for batch in made:
        yield [pairs[number] for number in batch]


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
        scores: torch.Tensor = model(**encoded).logits[:, 0].float()
    return scores


def said(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """As ``odds``, of any number of pairs, without learning from them."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]) + len(pairs[n][1]))
    scores = [0.0] * len(pairs)
    with torch.no_grad():
        for start in range(0, len(order), AT_ONCE):
            batch = order[start : start + AT_ONCE]
            found = odds(model, tokenizer, [pairs[number] for number in batch])
            for number, score in zip(batch, found.tolist(), strict=True):
                scores[number] = score
    return scores


def train(
    model: Any, tokenizer: Any, pairs: Sequence[Pair], rates: tuple[float, float]
) -> None:
    """Once through the pairs; word embeddings learn too."""
    model.train()
    made = list(batches(pairs, tokenizer, random.Random(SEED)))
    first, last = rates
    optimizer = torch.optim.AdamW(model.parameters(), lr=first, weight_decay=0.01)
    warm = max(1, int(WARMUP * len(made)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: (
            min(1.0, (step + 1) / warm) * (1 - (1 - last / first) * step / len(made))
        ),
    )
    began, total = time.monotonic(), 0.0
    for batch in made:
        scores = odds(model, tokenizer, [(asked, held) for asked, held, _ in batch])
        answers = torch.tensor([answer for *_, answer in batch])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, answers)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
    took = time.monotonic() - began
    print(f"loss {total / len(made):.3f}, {took:.0f} s", flush=True)
    model.eval()


def separation(model: Any, tokenizer: Any, public: Path) -> float:
    """The AUROC on the titles of SQuAD 2.0 that were left out, by the best part."""
    answerable, best = [], []
    for question, parts, yes in checked(public / "squad2"):
        scores = said(model, tokenizer, [(question, part) for part in parts])
        answerable.append(yes)
        best.append(max(scores))
    return float(roc_auc_score(answerable, best))


def main(base: Path, data: Path, public: Path, out: Path) -> None:
    """Make the pairs and train, round after round."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    library = opened(data)
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    found = list(cases(library, read_questions()))
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForSequenceClassification.from_pretrained(
        base, num_labels=1
    ).eval()
    for number, rates in enumerate(ROUNDS, start=1):

        def so_far(asked: Sequence[tuple[str, str]]) -> Sequence[float]:
            return said(model, tokenizer, asked)

        train(model, tokenizer, pairs(documents, found, public, so_far, chance), rates)
        model.save_pretrained(out / f"round-{number}")
        tokenizer.save_pretrained(out / f"round-{number}")
        apart = separation(model, tokenizer, public)
        print(f"round {number}: SQuAD 2.0 {apart:.3f}", flush=True)


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:5]))
