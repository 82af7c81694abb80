"""Quis on a model that is quick and needs no weights: ``python -m tests.quick ask …``."""

import sys

from bot.cli import main
from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.ports import Progress
from tests.fakes import WordEmbedder


def opener(config: LibraryConfig, progress: Progress | None = None) -> Library:
    """Opens a library as ``assembly.open_library`` does, on another embedder."""
    return open_library(config, progress, embedder=WordEmbedder())


if __name__ == "__main__":
    sys.exit(main(opener=opener))
