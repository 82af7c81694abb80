"""The lexical index: BM25 over stemmed, folded words, with tantivy, on disk.

All analysis is done here, by ``knowledge.analysis``: tantivy is given words that are
ready and splits them at spaces. A passage is indexed by the stems of its own language; a
question is looked for by its words, their stems in its own language, and, for less,
their stems in the other languages, where many words of this field have cousins.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from threading import RLock

import tantivy

from knowledge.analysis import function_words, stem, tokens
from knowledge.errors import IndexUnavailable
from knowledge.model import LANGUAGES, HeldPassage, Position
from knowledge.own_questions import answered_by
from knowledge.ports import Hit, Query

FORMAT = 3
"""Counted up with every change of what is indexed: an index of another is refilled."""

TITLE_WEIGHT = 0.5
OWN_QUESTIONS_WEIGHT = 0.5
CONCEPT_WEIGHT = 1.0
FOREIGN_STEM_WEIGHT = 0.4

LONGEST_QUERY = 200
"""Words of a question that are looked for; no question has more that matter."""

MOST_TIED = 1000
"""Beyond so many equals the order in the index decides, not the ids."""

FIELDS = (("words", 1.0), ("title", TITLE_WEIGHT), ("asked", OWN_QUESTIONS_WEIGHT))
"""Where a word is looked for, and how much it counts there."""

_HEAP = 30_000_000  # bytes; half of it is tantivy's least
_POSITION = "#position"  # the id of the one row that is no passage

_schema = (
    tantivy.SchemaBuilder()
    .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    .add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    .add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    .add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    .add_text_field("asked", tokenizer_name="whitespace", index_option="freq")
    .add_text_field("vendor", tokenizer_name="raw", index_option="basic")
    .add_text_field("place", tokenizer_name="raw", index_option="basic")
    .add_text_field("concept", tokenizer_name="raw", index_option="basic")
    .build()
)


class TantivyIndex:
    """Implements ``ports.PassageIndex``, in a folder of its own.

    The position is a row of the index, so it is committed with the data or not at all.
    """

    name = "lexical"

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        """``anew`` throws away what is in the folder. Raises IndexUnavailable."""
        self._folder = folder
        self._writing = RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._index = self._open(anew=anew)

    def position(self) -> Position | None:
        """How far it has followed the feed; None where it is new or was cleared."""
        with _translated():
            searcher = self._index.searcher()
            row = tantivy.Query.term_query(_schema, "id", _POSITION)
            found = searcher.search(row, 1).hits
            if not found:
                return None
            state = json.loads(str(searcher.doc(found[0][1]).get_first("state")))
        if state["format"] != FORMAT:
            return None
        return Position(state["store"], state["sequence"])

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        """Put and drop passages and move the position, in one commit."""
        state = {
            "format": FORMAT,
            "store": position.store,
            "sequence": position.sequence,
        }
        with self._writing, _translated():
            writer = self._opened_writer()
            try:
                for identity in (*drop, *(held.passage.id for held in put), _POSITION):
                    writer.delete_documents_by_term("id", identity)
                for held in put:
                    writer.add_document(_row(held))
                writer.add_document(
                    tantivy.Document(id=[_POSITION], state=[json.dumps(state)])
                )
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            self._index.reload()

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The best passages by BM25, best first, ties by id."""
        wanted = _query(query)
        if wanted is None or limit < 1:
            return ()
        with _translated():
            searcher = self._index.searcher()
            # More than wanted cost nothing here, but to read which they are: those that
            # tie at the end are read as well, so that ids can decide.
            found = searcher.search(wanted, limit + MOST_TIED, count=False).hits
            scored = [(round(float(score), 6), address) for score, address in found]
            least = scored[:limit][-1][0] if scored else 0.0
            hits = [
                Hit(_id(searcher, address), score)
                for score, address in scored
                if score >= least
            ]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit])

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it."""
        with _translated():
            searcher = self._index.searcher()
            rows = max(1, searcher.num_docs)
            found = searcher.search(tantivy.Query.all_query(), rows, count=False).hits
            ids = frozenset(_id(searcher, address) for _, address in found)
        return ids - {_POSITION}

    def clear(self) -> None:
        """Empty it and forget the position; a damaged one is made new."""
        with self._writing:
            self.close()
            self._index = self._open(anew=True)

    def close(self) -> None:
        """Let go of the writer and its lock. Repeatable."""
        with self._writing:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                with _translated():
                    writer.wait_merging_threads()

    def _open(self, *, anew: bool) -> tantivy.Index:
        try:
            if anew:
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = f"its folder cannot be made ({error.strerror})"
            raise IndexUnavailable(index=self.name, problem=problem) from error
        with _translated():
            return tantivy.Index(_schema, path=str(self._folder))

    def _opened_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, num_threads=1)
        return self._writer


@contextmanager
def _translated() -> Iterator[None]:
    """Turns what tantivy raises inside into IndexUnavailable, its panics too."""
    try:
        yield
    except (ValueError, OSError, KeyError, TypeError, RuntimeError) as error:
        raise IndexUnavailable(index="lexical", problem=_said(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(index="lexical", problem=_said(error)) from error


def _said(error: BaseException) -> str:
    said = str(error).split("\n")[0].strip().rstrip(".") or type(error).__name__
    said = shorten(said, 90, placeholder=" …")
    return (
        f"it is damaged, or the disk is full ({said}); quis kb verify --repair "
        "rebuilds it"
    )


def _id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))


# --- passages to rows, questions to queries ------------------------------------------


def _row(held: HeldPassage) -> tantivy.Document:
    passage, document = held.passage, held.document
    asked = answered_by(held, (*document.questions, *document.wordings))
    return tantivy.Document(
        id=[passage.id],
        words=[_stemmed(passage.text, passage.language)],
        title=[_stemmed(document.title, passage.language)],
        asked=[_stemmed(q.text, q.language) for q in asked],
        vendor=list(passage.vendors),
        place=list(passage.places),
        concept=list(passage.concepts),
    )


def _stemmed(text: str, language: str) -> str:
    """The stem of each word; a number or name stays as it is folded."""
    return " ".join(stem(token.folded, language) for token in tokens(text))


def _query(query: Query) -> tantivy.Query | None:
    """None where nothing is asked for that could be found."""
    filters = [
        _scoreless(_any_of(field, values))
        for field, values in (("vendor", query.vendors), ("place", query.places))
        if values
    ]
    wanted = [_word(word, query.language) for word in _words(query)]
    wanted += [_boosted("concept", each, CONCEPT_WEIGHT) for each in query.concepts]
    if not filters and not wanted:
        return None
    must = [(tantivy.Occur.Must, each) for each in filters]
    should = [(tantivy.Occur.Should, each) for each in wanted]
    return tantivy.Query.boolean_query(must + should)


def _words(query: Query) -> Sequence[str]:
    """The folded words to look for, each once, function words left out."""
    words = dict.fromkeys(token.folded for token in tokens(query.text))
    telling = [word for word in words if word not in function_words(query.language)]
    return (telling or list(words))[:LONGEST_QUERY]


def _word(word: str, language: str) -> tantivy.Query:
    """A word in any of its forms; it counts once, by the form that weighs most."""
    forms = dict.fromkeys((stem(word, other) for other in LANGUAGES), 0.0)
    forms = dict.fromkeys(forms, FOREIGN_STEM_WEIGHT)
    forms |= {word: 1.0, stem(word, language): 1.0}
    return tantivy.Query.disjunction_max_query(
        [
            _boosted(field, form, weight * share)
            for form, weight in forms.items()
            for field, share in FIELDS
        ]
    )


def _boosted(field: str, value: str, weight: float) -> tantivy.Query:
    term = tantivy.Query.term_query(_schema, field, value, index_option="freq")
    return tantivy.Query.boost_query(term, weight)


def _any_of(field: str, values: Sequence[str]) -> tantivy.Query:
    return tantivy.Query.term_set_query(_schema, field, list(values))


def _scoreless(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
