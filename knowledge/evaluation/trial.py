"""A labelled set's questions, asked of a library → observations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

from knowledge.evaluation.dataset import Benchmark, CheckedQuestion, Key, Text
from knowledge.evaluation.loading import Loaded
from knowledge.evaluation.measures import (
    Confidence,
    Miss,
    Observation,
    hit_at_1,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)
from knowledge.model import LANGUAGES, Answer, Answered, Evidence, HeldPassage, Question
from knowledge.ports import Progress

RANKED = 100  # passages of an ungated ranking
SHOWN = 3  # passages of an answer


class Asked(Protocol):
    """What is measured of a library."""

    def ask(self, text: str, *, limit: int = 3, language: str | None = None) -> Answer:
        """An answer or a refusal."""
        ...

    def read(self, text: str, language: str | None = None) -> Question:
        """A question as it is understood."""
        ...

    def candidates(self, question: Question, limit: int) -> Sequence[HeldPassage]:
        """The ranking before any passage is refused, best first."""
        ...


def on_benchmark(
    benchmark: Benchmark,
    loaded: Mapping[str, Loaded],
    library: Asked,
    progress: Progress,
) -> Iterator[Observation | Confidence]:
    """What each question shows of retrieval, and of refusals and quotes where labelled.

    Retrieval is the ranking of documents without the gate; ``loaded`` says which held
    document is which of the set's.
    """
    for done, query in enumerate(benchmark.queries):
        progress("asking", done, len(benchmark.queries))
        relevance = benchmark.relevance.get(query.id, {})
        language = query.language if query.language in LANGUAGES else None
        if any(grade > 0 for grade in relevance.values()):
            question = library.read(query.text, language)
            found = library.candidates(question, RANKED)
            yield from _retrieval(query, _ranking(found, loaded), relevance)
        if key := benchmark.keys.get(query.id):
            answer = library.ask(query.text, limit=SHOWN, language=language)
            yield from _refusal(query.language, key.answerable, answer)
            if key.spans and isinstance(answer, Answered):
                yield from _quotes(query, key, answer, loaded)
    progress("asking", len(benchmark.queries), len(benchmark.queries))


def on_questions(
    questions: Sequence[CheckedQuestion],
    ask: Callable[[CheckedQuestion], Answer],
    progress: Progress,
) -> Iterator[Observation | Confidence | Miss]:
    """What each question shows of answering over the knowledge base itself.

    ``ask`` resolves a question's context and asks it for at least three passages.
    """
    for done, question in enumerate(questions):
        progress("asking", done, len(questions))
        answer = ask(question)
        yield from _refusal(question.language, question.answerable, answer)
        shown: tuple[str, ...] = ()
        if isinstance(answer, Answered):
            shown = tuple(evidence.document.id for evidence in answer.evidence)
        yield from _shown(question, shown)
        if how := _went_wrong(question, shown):
            yield Miss(
                id=question.id,
                language=question.language,
                text=question.text,
                how=how,
                shown=shown,
                likeliest=answer.likeliest,
            )
    progress("asking", len(questions), len(questions))


def _shown(question: CheckedQuestion, shown: Sequence[str]) -> Iterator[Observation]:
    """What the documents shown for it, best first, add to each measure."""
    allowed, language = {*question.relevant, *question.must}, question.language
    if question.must:
        hit = bool(set(shown[:SHOWN]) & set(question.must))
        yield Observation("must-in-3", language, float(hit))
    if question.answerable and allowed:
        first = bool(shown) and shown[0] in allowed
        yield Observation("answer-first", language, float(first))
        if shown:
            yield Observation("first-of-answered", language, float(first))
            fitting = sum(document in allowed for document in shown)
            yield Observation("relevant-shown", language, fitting, float(len(shown)))


def _went_wrong(
    question: CheckedQuestion, shown: Sequence[str]
) -> Literal["refused", "answered", "misled"] | None:
    if question.answerable and not shown:
        return "refused"
    if shown and not question.answerable:
        return "answered"
    allowed = {*question.relevant, *question.must}
    return "misled" if shown and allowed and shown[0] not in allowed else None


def _retrieval(
    query: Text, ranking: Sequence[str], relevance: Mapping[str, int]
) -> Iterator[Observation]:
    for name, value in (
        ("hit@1", hit_at_1(ranking, relevance)),
        ("recall@10", recall_at(10, ranking, relevance)),
        ("ndcg@10", ndcg_at(10, ranking, relevance)),
        ("mrr", reciprocal_rank(ranking, relevance)),
    ):
        yield Observation(name, query.language, value)


def _refusal(
    language: str,
    answerable: bool,  # noqa: FBT001
    answer: Answer,
) -> Iterator[Observation | Confidence]:
    yield Confidence(language, answerable, answer.likeliest)
    answered = isinstance(answer, Answered)
    if answerable:
        yield Observation("answered-answerable", language, float(answered))
    else:
        yield Observation("refused-unanswerable", language, float(not answered))


def _quotes(
    query: Text, key: Key, answer: Answered, loaded: Mapping[str, Loaded]
) -> Iterator[Observation]:
    """Whether the first quote, and whether any, has words of an answer in it."""
    right = [_overlaps(evidence, key, loaded) for evidence in answer.evidence]
    yield Observation("quote-first", query.language, float(right[0]))
    yield Observation("quote-any", query.language, float(any(right)))


def _overlaps(evidence: Evidence, key: Key, loaded: Mapping[str, Loaded]) -> bool:
    origin = loaded.get(evidence.document.id)
    if origin is None:
        return False
    start = evidence.quote.start + origin.offset
    end = evidence.quote.end + origin.offset
    return any(
        span.document in origin.ids and span.start < end and start < span.end
        for span in key.spans
    )


def _ranking(
    found: Sequence[HeldPassage], loaded: Mapping[str, Loaded]
) -> Sequence[str]:
    """Documents of the set, each at the place of its best passage.

    Of several with one text the ranking names each, in the set's order.
    """
    held = dict.fromkeys(passage.document.id for passage in found)
    return [i for h in held if h in loaded for i in loaded[h].ids]
