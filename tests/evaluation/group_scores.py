"""What weights in training say of groups, and which groups there is something to learn of.

Nothing here learns: ``train_together`` does.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from knowledge.adapters.judge import LONGEST_PAIR
from tests.evaluation.groups import PUBLIC, Group, Kind

NOTHING = -1e4
"""The log-odds of what is not there: its odds are none, and a tensor may still hold it."""

TOKENS_AT_ONCE, ON_PROCESSOR = 65_536, 2_048
"""In a batch, its padding included; what it takes is far less than a GPU has. A processor
is no quicker with more, and pads less with fewer."""

SIGNS = 4
"""Tokens of a pair that are of neither text."""

DOUBTFUL = {
    Kind.NOT_MEANT: 2.0,
    Kind.ELSEWHERE: 2.0,
    Kind.HELD: 4.0,
    Kind.BESIDE: 5.0,
}
"""Log-odds from which a group that says "no" is left out: the weights by then are so sure
of the same that the line may be wrong. Two own questions of a document may come to
the same, so that those not meant are doubted first; what is just beside was written to be
so, and is doubted last."""

EASY = 3.0
"""Log-odds on the right side from which a group is told easily: there is little to learn."""

EASY_KEPT = 0.12
"""How many of those are learned from nevertheless, lest they be forgotten."""

AS_TYPED, LABELLED_AS_TYPED = 0.25, 0.5
"""How many questions are asked as people type them, of those that have such ways."""

DRAWN = {Kind.ITS_OWN: 0.5, Kind.ANY_LANGUAGE: 0.6}
"""How often a group is drawn in a round, where not once: these pairs are in other groups of
the same question as well."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A group as it was asked, with the log-odds of each that was held against it."""

    group: Group
    asked: str
    compared: tuple[float, ...] = ()
    passage: float | None = None

    @property
    def margin(self) -> float:
        """How far on the right side is what is told worse: the questions or the passage."""
        sides = []
        if self.compared:
            alike = either(self.compared)
            sides.append(alike if self.group.same else -alike)
        if self.passage is not None:
            sides.append(self.passage if self.group.answers else -self.passage)
        return min(sides)


def either(odds: Sequence[float]) -> float:
    """The log of the sum of the odds, as ``knowledge.judgement`` has it of what is compared."""
    return max(NOTHING, float(np.logaddexp.reduce(odds))) if odds else NOTHING


def likeliest(odds: Sequence[float], most: int) -> tuple[Sequence[int], float]:
    """The places of the most likely, and the log-odds of either of the others."""
    order = sorted(range(len(odds)), key=lambda place: -odds[place])
    return order[:most], either([odds[place] for place in order[most:]])


def is_doubtful(scored: Scored) -> bool:
    """Whether the line may be wrong, and not the weights."""
    said = either(scored.compared)
    if not scored.compared and scored.passage is not None and not scored.group.answers:
        said = scored.passage
    return said > DOUBTFUL.get(scored.group.kind, inf)


def worth_learning(scored: Scored, chance: random.Random) -> bool:
    """Whether it is not told easily; of the others, a share."""
    return scored.margin < EASY or chance.random() < EASY_KEPT


def drawn(
    groups: Iterable[Group], public: float, chance: random.Random
) -> Iterator[tuple[Group, str]]:
    """The groups of a round, each with its question as it is asked this time.

    ``public``: how often a group of a public set is drawn. Of 2.5 half are drawn twice.
    """
    for group in groups:
        often = public if group.kind in PUBLIC else DRAWN.get(group.kind, 1.0)
        for _ in range(int(often + chance.random())):
            yield group, _asked(group, chance)


def _asked(group: Group, chance: random.Random) -> str:
    share = LABELLED_AS_TYPED if group.kind is Kind.LABELLED else AS_TYPED
    if group.ways and chance.random() < share:
        return chance.choice(group.ways)
    return group.question


def told(scored: Iterable[Scored]) -> Mapping[Kind, float]:
    """Of each kind, the share of the groups of which all is on the right side."""
    right, of_all = Counter[Kind](), Counter[Kind]()
    for each in scored:
        of_all[each.group.kind] += 1
        right[each.group.kind] += each.margin > 0
    return {kind: right[kind] / count for kind, count in of_all.items()}


class Reader:
    """The model, asked about pairs of texts; each text is made tokens of once.

    ``model`` and ``tokenizer`` are of transformers. All tokens lie in one row where the
    model is, and pairs are put together there: thousands at once, as quickly as one.
    """

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.model = model
        self._tokenizer = tokenizer
        self._begin, self._end = tokenizer.cls_token_id, tokenizer.sep_token_id
        self._numbers: dict[str, int] = {}
        self._lengths = np.zeros(0, dtype=np.int64)
        self._tokens = torch.zeros(0, dtype=torch.int32, device=self._device)

    @classmethod
    def of(cls, weights: Path) -> "Reader":
        """What was written to this folder, on the GPU where there is one."""
        model: Any = AutoModelForSequenceClassification.from_pretrained(
            weights, num_labels=1
        )
        place = "cuda" if torch.cuda.is_available() else "cpu"
        return cls(model.to(place), AutoTokenizer.from_pretrained(weights))

    def save(self, model: Any, out: Path) -> None:
        """Write these weights to a folder, with what makes tokens for them."""
        model.save_pretrained(out)
        self._tokenizer.save_pretrained(out)

    @property
    def _on_gpu(self) -> bool:
        return self._device.type == "cuda"

    @property
    def _device(self) -> torch.device:
        return torch.device(self.model.device)

    def scored(self, asked: Sequence[tuple[Group, str]]) -> list[Scored]:
        """What the weights say of these groups, each with its question as asked."""
        pairs = [
            (question, text)
            for group, question in asked
            for text in (*group.compared, *filter(None, [group.passage]))
        ]
        said = iter(self.said(pairs))
        return [
            Scored(
                group,
                question,
                tuple(next(said) for _ in group.compared),
                None if group.passage is None else next(said),
            )
            for group, question in asked
        ]

    def said(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds of each pair, without learning from it."""
        was_learning = self.model.training
        self.model.eval()
        with torch.no_grad():
            odds: list[float] = self.odds(pairs).tolist()
        self.model.train(was_learning)
        return odds

    def odds(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """The log-odds of each pair, (pairs,), where the model is."""
        self.read({text for pair in pairs for text in pair})
        numbers = np.array([[self._numbers[text] for text in pair] for pair in pairs])
        kept = self._kept(numbers)
        lengths = SIGNS + kept.sum(axis=1)
        most = TOKENS_AT_ONCE if self._on_gpu else ON_PROCESSOR
        batches = list(of_like_length(lengths.tolist(), most))
        found = [self._forward(numbers[batch], kept[batch]) for batch in batches]
        order = torch.tensor([n for batch in batches for n in batch])
        return torch.cat(found)[torch.argsort(order).to(self._device)]

    def read(self, texts: Iterable[str]) -> None:
        """Make tokens of those that were not met yet; many at once are read quickest."""
        new = [text for text in texts if text not in self._numbers]
        if not new:
            return
        rows = self._tokenizer(
            new, add_special_tokens=False, truncation=True, max_length=LONGEST_PAIR
        )["input_ids"]
        self._numbers.update(zip(new, count(len(self._numbers)), strict=False))
        self._lengths = np.append(self._lengths, [len(row) for row in rows])
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int32)
        tokens = torch.from_numpy(flat).to(self._device)
        self._tokens = torch.cat([self._tokens, tokens])

    def row(self, question: str, text: str) -> Sequence[int]:
        """The tokens of a pair."""
        self.read([question, text])
        numbers = np.array([[self._numbers[question], self._numbers[text]]])
        ids, _ = self._put_together(numbers, self._kept(numbers))
        row: list[int] = ids[0].tolist()
        return row

    def _kept(self, numbers: Any) -> Any:
        """How much is read of either text, (pairs, 2). What is too long gives way, the
        longer first, as in ``knowledge.adapters.judge``."""
        most = LONGEST_PAIR - SIGNS
        lengths = self._lengths[numbers]
        return np.minimum(lengths, np.maximum(most // 2, most - lengths[:, ::-1]))

    def _put_together(self, numbers: Any, kept: Any) -> tuple[torch.Tensor, ...]:
        """Tokens and mask of pairs, (pairs, longest): begin, first, end, end, second, end."""
        table = partial(torch.as_tensor, device=self._device)
        starts = np.append(0, np.cumsum(self._lengths))[numbers]
        first, second = (table(kept[:, side, None]) for side in (0, 1))
        begins = [table(starts[:, side, None]) for side in (0, 1)]
        at = torch.arange(int(kept.sum(axis=1).max()) + SIGNS, device=self._device)
        behind = at - first - 3  # how far into the second text
        in_first = (at >= 1) & (at <= first)
        in_second = (behind >= 0) & (behind < second)
        taken = torch.where(in_first, begins[0] + at - 1, begins[1] + behind)
        tokens = self._tokens[taken.clamp(0, len(self._tokens) - 1)].long()
        ids = torch.where(in_first | in_second, tokens, self._end)
        ids[:, 0] = self._begin
        return ids, behind <= second

    def _forward(self, numbers: Any, kept: Any) -> torch.Tensor:
        ids, mask = self._put_together(numbers, kept)
        # Most processors are three times as slow with halves as with floats.
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._on_gpu):
            logits = self.model(input_ids=ids, attention_mask=mask.long()).logits
        odds: torch.Tensor = logits[:, 0].float()
        return odds


def of_like_length(lengths: Sequence[int], tokens: int) -> Iterator[Sequence[int]]:
    """The numbers of texts in batches of about so many tokens, the shortest first."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[number] > tokens:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
