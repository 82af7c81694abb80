"""Sketches of texts, by which a text that is held already, nearly word for word, shows.

A sketch keeps the smallest hashes of a text's runs of five words (bottom-k MinHash), so
that the store finds who shares some by an index. Hashes are the same in every process.
"""

import hashlib

from knowledge.analysis import tokens

WORDS_OF_A_RUN = 5

SKETCH_SIZE = 64
"""The most hashes of a sketch. A text of fewer runs gives fewer: one each."""

NEAR_DUPLICATE = 0.4
"""From here on, two texts count as near duplicates.

One word changed in 40 costs at most five of 36 runs: 31 of 41 are left in common, 0.76;
one in 17, the shortest brief of the first dossier, 0.45. Among all pairs of its 263
briefs, of which many are on one and the same fine, none is above 0.07.
"""


def sketch(text: str) -> tuple[int, ...]:
    """At most 64 hashes (63 bits, not negative), sorted, each once.

    Case, accents and punctuation do not count. A text of fewer than five words is one
    run; a text without words has an empty sketch.
    """
    words = [token.folded for token in tokens(text)]
    if not words:
        return ()
    last = max(1, len(words) - WORDS_OF_A_RUN + 1)
    runs = {" ".join(words[at : at + WORDS_OF_A_RUN]) for at in range(last)}
    return tuple(sorted({_hash(run) for run in runs})[:SKETCH_SIZE])


def resemblance(shared: int, size: int, other: int) -> float:
    """How alike two texts are, 0 to 1, from what their sketches share and their sizes.

    The runs in common among all runs of both: exact for texts of up to 64 runs, above
    that an estimate from the sketches alone, right to about 0.1.
    """
    together = size + other - shared
    return shared / together if together > 0 else 0.0


def _hash(run: str) -> int:
    digest = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 1
