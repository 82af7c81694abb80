"""What weights in training say of groups, and which groups there is something to learn of.

Nothing here learns: ``train_together`` does.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import torch

from knowledge.adapters.judge import LONGEST_PAIR
from knowledge.adapters.onnx_session import padded
from tests.evaluation.judge_groups import PUBLIC, Group, Kind

NOTHING = -1e4
"""The log-odds of what is not there: its odds are none, and a tensor may still hold it."""

TOKENS_AT_ONCE = 65_536
"""In a batch, its padding included; what it takes is far less than a GPU has."""

SIGNS = 4
"""Tokens of a pair that are of neither text."""

SHORTEST_TEXT = 4
"""Tokens that a passage keeps, however long the question is."""

DOUBTFUL = {Kind.NOT_MEANT: 2.0, Kind.HELD: 4.0, Kind.BESIDE: 5.0}
"""Log-odds from which a group that says "no" is left out: the weights at the start are so
sure of the same that the line may be wrong. Two own questions of a document may come to
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
    return either(scored.compared) > DOUBTFUL.get(scored.group.kind, inf)


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

    ``model`` and ``tokenizer`` are of transformers. A pair is put together here, as a
    tokenizer that is asked about pairs would read every question a dozen times.
    """

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.model = model
        self._tokenizer = tokenizer
        self._start, self._end = [tokenizer.cls_token_id], [tokenizer.sep_token_id]
        self._tokens: dict[str, Any] = {}

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
        self._read({text for pair in pairs for text in pair})
        lengths = [
            min(LONGEST_PAIR, SIGNS + sum(len(self._tokens[text]) for text in pair))
            for pair in pairs
        ]
        batches = list(of_like_length(lengths, TOKENS_AT_ONCE))
        found = [self._forward([pairs[n] for n in batch]) for batch in batches]
        order = torch.tensor([n for batch in batches for n in batch])
        return torch.cat(found)[torch.argsort(order).to(self.model.device)]

    def row(self, question: str, text: str) -> Any:
        """The tokens of a pair; of one that is too long the end of the text is not read."""
        self._read({question, text})
        first = self._tokens[question][: LONGEST_PAIR - SIGNS - SHORTEST_TEXT]
        second = self._tokens[text][: LONGEST_PAIR - SIGNS - len(first)]
        between = 2 * self._end
        return np.concatenate((self._start, first, between, second, self._end))

    def _read(self, texts: Iterable[str]) -> None:
        new = [text for text in texts if text not in self._tokens]
        if new:
            read = self._tokenizer(
                new, add_special_tokens=False, truncation=True, max_length=LONGEST_PAIR
            )
            # As arrays: a list of numbers takes ten times as much.
            tokens = (np.array(row, dtype=np.int32) for row in read["input_ids"])
            self._tokens.update(zip(new, tokens, strict=True))

    def _forward(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        rows = [self.row(*pair) for pair in pairs]
        ids = torch.from_numpy(padded(rows))
        lengths = torch.tensor([len(row) for row in rows])
        mask = torch.arange(ids.shape[1]) < lengths[:, None]
        device = self.model.device
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = self.model(
                input_ids=ids.to(device), attention_mask=mask.long().to(device)
            ).logits
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
