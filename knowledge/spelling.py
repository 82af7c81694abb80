"""A word that nobody knows → the known name that it is a slip of the finger away from.

One edit is an insertion, a deletion, another letter or two letters changed about. Which
names may be meant is told by the pairs of letters that they share (``bigrams``), so that
a question takes hardly longer where many names are known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.analysis import Token, function_words, stem
from knowledge.bigrams import Bigrams
from knowledge.model import LANGUAGES, Mention, MentionKind

SHORTEST = {MentionKind.VENDOR: 6, MentionKind.PLACE: 5}
"""Letters; a shorter name is too near to other words. Of vendors there are new ones; the
words that are near to a country's name are known (``ordinary.yaml``)."""

SHORT = 7
"""Letters; a shorter name of a place is near to a thousand words and first names. Its
first letter has to be right, and it has to stand where the name of a place would."""

BEFORE_PLACE = frozenset(
    "in inside within into from of for at en au aux dans vers du de d pour"
    " nel nello nella nei negli nelle nell di del dello della dei degli delle dell dal"
    " dallo dalla dall per im aus von vom nach fur ins"
    " del desde hacia para em no na nos nas do da dos das uit van naar voor vanuit".split()
)
"""Folded words that stand right before the name of a place, in any language."""

SHORTEST_FOR_TWO, LONGEST_FOR_TWO = 10, 20
"""Characters; between these two edits are forgiven."""

SHORTEST_WORD = 5
"""Letters; a shorter word of a longer name is never taken for misspelt."""

LONGEST = 40
"""Characters of a name that is looked for."""

MOST_WORDS = 3
"""Words of a name that is looked for."""

MOST_READ = 60
"""Words of a text that are looked at: a longer one is no question typed in haste."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name that may be misspelt: its folded words with single spaces between.

    A ``capital`` name is a common word too, and is meant only by a capital.
    """

    text: str
    kind: MentionKind
    id: str
    capital: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misspelt:
    """A misspelt name, and the ids that are as near as each other; one if it is clear."""

    written: str
    kind: MentionKind
    ids: tuple[str, ...]
    start: int
    end: int


class Spelling:
    """The names that may be misspelt, ready to be found. Immutable."""

    def __init__(
        self,
        names: Sequence[Known],
        *,
        words: frozenset[str],
        stems: frozenset[tuple[str, str]],
        rivals: frozenset[str],
    ) -> None:
        """``words``, and those of ``stems`` (language and stem), are no slips.

        A slip that is nearer to one of the ``rivals`` is one for that word. All are
        folded.
        """
        self._words = words
        self._stems = stems
        self._rivals = rivals - {name.text for name in names}
        self._names = tuple(
            name
            for name in dict.fromkeys(names)
            if _letters(name.text) >= SHORTEST[name.kind]
        )
        self._texts = frozenset(name.text for name in self._names)
        self._pairs = Bigrams(
            [name.text for name in self._names],
            [_forgiven(name) for name in self._names],
        )

    def misspelt(
        self, text: str, words: Sequence[Token], found: Sequence[Mention]
    ) -> tuple[Misspelt, ...]:
        """What stands in the text for a vendor or a place, where it names none.

        ``found`` is all that it names as written. Only the nearest reading of a kind
        counts, and the first of those.
        """
        runs = [
            (run, names)
            for run in self._runs(text, words, found)
            if (names := self._candidates(run))
        ]
        read = []
        for kind in (MentionKind.VENDOR, MentionKind.PLACE):
            if any(mention.kind is kind for mention in found):
                continue
            near = [
                (edits, -len(run), run[0].start, run, ids)
                for run, names in runs
                for edits, ids in [
                    self._nearest(
                        run, [n for n in names if n.kind is kind], words, found
                    )
                ]
                if ids
            ]
            if near:
                *_, run, ids = min(near, key=lambda each: each[:3])
                start, end = run[0].start, run[-1].end
                read.append(
                    Misspelt(
                        written=text[start:end],
                        kind=kind,
                        ids=ids,
                        start=start,
                        end=end,
                    )
                )
        if len({(slip.start, slip.end) for slip in read}) < len(read):
            return ()  # a vendor's name or a place's: nobody can tell
        return tuple(read)

    def _runs(
        self, text: str, words: Sequence[Token], found: Sequence[Mention]
    ) -> Iterator[Sequence[Token]]:
        """Words side by side of which none belongs to a name that is known."""
        free = [
            not any(m.start <= w.start < m.end for m in found)
            and not w.folded.isdigit()
            for w in words
        ]
        for first in range(min(len(words), MOST_READ)):
            for size in range(1, MOST_WORDS + 1):
                run = words[first : first + size]
                if len(run) < size or not free[first + size - 1]:
                    break
                if size > 1 and text[run[-2].end : run[-1].start] not in (" ", "-"):
                    break
                yield run

    def _candidates(self, run: Sequence[Token]) -> Sequence[Known]:
        """The names that may be meant by these words, of either kind."""
        written = _written(run)
        letters = _letters(written)
        if letters < min(SHORTEST.values()) - 1 or len(written) > LONGEST + 1:
            return ()
        if written in self._texts:
            return ()  # spelt well; in these letters it is a common word
        capital = run[0].text[0].isupper()
        names = [
            name
            for name in (self._names[number] for number in self._pairs.near(written))
            if (capital or not name.capital) and letters >= SHORTEST[name.kind] - 1
        ]
        if names and all(self._is_word(word.folded) for word in run):
            # Ordinary words are a slip only where a name is parted or joined by it.
            joined = written.replace(" ", "")
            names = [n for n in names if _is_left(written, n) or _is_left(joined, n)]
        return names

    def _nearest(
        self,
        run: Sequence[Token],
        names: Sequence[Known],
        words: Sequence[Token],
        found: Sequence[Mention],
    ) -> tuple[int, tuple[str, ...]]:
        """The fewest edits that make the words one of the names, and whose it is then."""
        written = _written(run)
        if any(_is_short(name) for name in names) and not _placed(run, words, found):
            names = [name for name in names if not _is_short(name)]
        near: dict[int, set[str]] = {}
        for name in names:
            edits = distance(written, name.text)
            if 0 < edits <= _forgiven(name) and self._is_slip(run, name, edits):
                near.setdefault(edits, set()).add(name.id)
        fewest = min(near, default=0)
        if fewest > 1 and self._has_rival(written, fewest - 1):
            return 0, ()
        return fewest, tuple(sorted(near.get(fewest, ())))

    def _is_slip(self, run: Sequence[Token], name: Known, edits: int) -> bool:
        """Whether all that differs from the name can be a slip of the finger."""
        own = name.text.split()
        if (edits > 1 or _is_short(name)) and run[0].folded[:1] != own[0][:1]:
            return False
        if "".join(word.folded for word in run) == "".join(own):
            return not all(word.folded in _small_words() for word in run)
        if len(run) == len(own):
            differing = [
                (word.folded, meant)
                for word, meant in zip(run, own, strict=True)
                if word.folded != meant
            ]
            return all(
                len(meant) >= SHORTEST_WORD and not self._is_word(word)
                for word, meant in differing
            )
        return not any(self._is_word(word.folded) for word in run)

    def _is_word(self, folded: str) -> bool:
        """Whether it is an ordinary word or a known one of any language, in any form."""
        return (
            folded in self._words
            or folded in _small_words()
            or any((code, stem(folded, code)) in self._stems for code in LANGUAGES)
        )

    def _has_rival(self, written: str, edits: int) -> bool:
        """Whether a word of the field is so near. Seldom asked, so all are compared."""
        return any(
            abs(len(word) - len(written)) <= edits
            and (word[:1] == written[:1] or word[-1:] == written[-1:])
            and distance(written, word) <= edits
            for word in self._rivals
        )


def distance(one: str, other: str) -> int:
    """The edits between two words; two letters changed about are one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _is_short(name: Known) -> bool:
    return name.kind is MentionKind.PLACE and _letters(name.text) < SHORT


def _placed(
    run: Sequence[Token], words: Sequence[Token], found: Sequence[Mention]
) -> bool:
    """Whether the name of a place would stand there: ``in Itlay``, ``Clearview Itlay``."""
    before = [word for word in words if word.end <= run[0].start]
    if before and before[-1].folded in BEFORE_PLACE:
        return True
    return all(
        word in run
        or word.folded in _small_words()
        or any(m.start <= word.start < m.end for m in found)
        for word in words
    )


def _forgiven(name: Known) -> int:
    return 2 if SHORTEST_FOR_TWO <= len(name.text) <= LONGEST_FOR_TWO else 1


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _written(run: Sequence[Token]) -> str:
    return " ".join(word.folded for word in run)


def _is_left(part: str, name: Known) -> bool:
    """Whether it is the name with no more letters left out than are forgiven."""
    letters = iter(name.text)
    return len(name.text) - len(part) <= _forgiven(name) and all(
        letter in letters for letter in part
    )


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset().union(*(function_words(code) for code in LANGUAGES))
