"""The project's questions and both models' pieces → ``knowledge/models/words.txt``.

``python -m tests.evaluation.spelt_words``. Which words are ordinary, and which people use
when they ask about this field, by language: what a slip of the finger may be one of.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sentencepiece import SentencePieceProcessor

import knowledge
from knowledge.adapters.common_words import CommonWords
from knowledge.analysis import fold, tokens
from knowledge.assembly import LibraryConfig, open_library
from tests.evaluation.judge_pairs import written

MODELS = Path(knowledge.__file__).parent / "models"
SHORTEST = 4
OFTEN = 3
"""Times: people's slips were written on purpose here and there, each once or twice."""


def asked() -> Iterator[tuple[str, str]]:
    """Language and text of every question of the starter set, and of those beside it."""
    with (
        TemporaryDirectory() as folder,
        open_library(LibraryConfig(data=Path(folder))) as library,
    ):
        for document in library.documents():
            for question in (*document.questions, *document.wordings):
                yield question.language, question.text
    for row in written():
        for language, text, *_ in (*row.same, *row.held, *row.beside):
            yield str(language), str(text)


def ordinary() -> Iterator[str]:
    """What a model knows whole."""
    path = str(MODELS / "judge" / "sentencepiece.model")
    pieces = SentencePieceProcessor(model_file=path)
    for number in range(pieces.get_piece_size()):
        piece = pieces.id_to_piece(number)
        if piece.startswith("▁"):
            yield piece[1:]
    yield from CommonWords(MODELS / "encoder" / "tokenizer.json").all()


def lines() -> Iterator[str]:
    """One a word: as it is compared, then each language with how it is written there."""
    spelt: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for language, text in asked():
        for token in tokens(text):
            if len(token.folded) >= SHORTEST and token.text.isalpha():
                ways = spelt[token.folded].setdefault(language, Counter())
                ways[token.text.lower()] += 1
    known = {fold(w) for w in ordinary() if len(w) >= SHORTEST and w.isalpha()}
    for word in sorted({*spelt, *known}):
        often = {
            language: ways.most_common(1)[0][0]
            for language, ways in sorted(spelt[word].items())
            if ways.total() >= OFTEN
        }
        if often or word in known:
            told = (
                language if way == word else f"{language}={way}"
                for language, way in often.items()
            )
            yield " ".join((word, *told))


if __name__ == "__main__":
    text = "".join(f"{line}\n" for line in lines())
    (MODELS / "words.txt").write_text(text, encoding="utf-8")
