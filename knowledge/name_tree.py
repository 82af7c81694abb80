"""The tree of all names of a vocabulary, and what a text names by it.

Each step of the tree is a word; names end where their last word is. One walk from every
word of a text finds all names in it, however many the tree holds. Never changed once
made: a name more or less makes a new tree that shares all that stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.entries import Name
from knowledge.model import Mention, MentionKind
from knowledge.name_forms import Pattern, Planted, Reading

Seeds = Mapping[str, Sequence[Planted]]
"""All names of a tree, by their first word."""


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: the next words, and the names that end here."""

    after: "dict[str, _Node]" = field(default_factory=dict)
    ends: list[Pattern] = field(default_factory=list)


class NameTree:
    """Which names stand in a text. Immutable; safe to use from several threads.

    A branch grows when a text has its first word: few of a large tree ever do.
    """

    def __init__(self, seeds: Seeds) -> None:
        self.seeds = seeds
        self._grown: dict[str, _Node] = {}  # filled again alike by whoever comes second

    @classmethod
    def of(cls, planted: Iterable[Planted]) -> "NameTree":
        """That of these names; one without a word is in no text."""
        seeds: dict[str, list[Planted]] = {}
        for each in planted:
            if keys := each[1]:
                seeds.setdefault(keys[0], []).append(each)
        return cls(seeds)

    def _branch(self, key: str) -> _Node | None:
        """What follows a first word; None where it begins no name."""
        branch = self._grown.get(key)
        if branch is None and key in self.seeds:
            branch = _Node()
            for pattern, keys in self.seeds[key]:
                node = branch
                for word in keys[1:]:
                    node = node.after.setdefault(word, _Node())
                node.ends.append(pattern)
            self._grown[key] = branch
        return branch

    def changed(
        self, without: Sequence[Planted], planted: Sequence[Planted]
    ) -> "NameTree":
        """This one less some names and with others; what is in both stays as it is."""
        made = NameTree(self.seeds)
        made._grown = dict(self._grown)
        for (pattern, keys), new in (
            *((each, False) for each in without if each not in planted),
            *((each, True) for each in planted if each not in without),
        ):
            if keys:
                branch = made._branch(keys[0]) or _Node()
                made._grown[keys[0]] = _grafted(branch, keys[1:], pattern, planted=new)
        return made

    def named(self, text: str) -> Iterator[Mention]:
        """The longest name of each kind from the left, overlapping none of its kind.

        Of two as long the listed form wins over the stem: ``regulators`` regulate, but
        are listed as authorities.
        """
        reading = Reading(text)
        free = dict.fromkeys(MentionKind, 0)
        for first in self._beginnings(reading):
            best: dict[
                MentionKind, tuple[tuple[int, bool], int, dict[str | None, Name]]
            ] = {}
            for pattern, last in self._candidates(reading, first):
                kind = pattern.kind
                if first < free[kind] or (kind in best and last < best[kind][0][0]):
                    continue
                end = pattern.end(reading, first, last)
                if end is None:
                    continue
                rank = (last, pattern.is_listed(reading, first, last))
                if kind not in best or rank > best[kind][0]:
                    best[kind] = (rank, end, {})
                if rank == best[kind][0]:
                    best[kind][2][pattern.id] = pattern.name
            for kind, (rank, end, identities) in best.items():
                free[kind] = rank[0] + 1
                start = reading.words[first].start
                for identity in sorted(i for i in identities if i is not None):
                    name = identities[identity]
                    told = name.part, name.people, name.body
                    yield Mention(kind, identity, start, end, *told)

    def _beginnings(self, reading: Reading) -> Sequence[int]:
        """The words with which a name may begin, by number."""
        begins = self._begins
        return [
            number
            for number, (written, root, bare) in enumerate(reading.keys)
            if begins(written) or begins(root) or (bare is not None and begins(bare))
        ]

    def _begins(self, key: str) -> bool:
        return key in self._grown or key in self.seeds

    def _candidates(
        self, reading: Reading, first: int
    ) -> Iterator[tuple[Pattern, int]]:
        """The names whose words stand from ``first``, each with its last word."""
        nodes: Sequence[_Node] | None = None  # at the root
        for last in range(first, len(reading.words)):
            written, root, bare = reading.keys[last]
            if bare is not None:
                for node in self._after(nodes, bare):
                    for pattern in node.ends:
                        if pattern.kind is not MentionKind.CONCEPT:
                            yield pattern, last
            nodes = self._after(nodes, written, root)
            if not nodes:
                return
            for node in nodes:
                for pattern in node.ends:
                    yield pattern, last

    def _after(self, nodes: Sequence[_Node] | None, *keys: str) -> Sequence[_Node]:
        """The nodes that one of these words leads to; from the root, or from others."""
        if nodes is None:
            found = [self._branch(key) for key in keys]
        else:
            found = [node.after.get(key) for node in nodes for key in keys]
        return [node for node in found if node is not None]


def _grafted(
    node: _Node, keys: tuple[str, ...], pattern: Pattern, *, planted: bool
) -> _Node:
    """A branch with one name more or less; only what leads to it is made anew."""
    if not keys:
        others = [end for end in node.ends if end != pattern]
        return _Node(node.after, [*others, pattern] if planted else others)
    below = node.after.get(keys[0], _Node())
    grown = _grafted(below, keys[1:], pattern, planted=planted)
    return _Node({**node.after, keys[0]: grown}, node.ends)
