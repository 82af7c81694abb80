"""`quis eval`: retrieval, refusal and quote figures on a labelled set."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot.cli.session import Exit, Session, session_of
from knowledge.errors import InvalidDataset

if TYPE_CHECKING:
    from knowledge.evaluation import (
        Benchmark,
        CheckedQuestion,
        Confidence,
        Measured,
        Miss,
        Observation,
    )
    from knowledge.model import Answer

    Seen = Sequence[Observation | Confidence | Miss]


def evaluate(
    context: typer.Context,
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A folder.")],
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Ask only so many questions, drawn by chance."),
    ] = None,
    misses: Annotated[
        bool,
        typer.Option(
            "--misses",
            help="Tell each question over the knowledge base that went wrong.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> int:
    """Measure on a folder with corpus.jsonl, queries.jsonl, qrels.tsv and answers.jsonl.

    Its corpus goes into a library of its own, which is thrown away. A folder with
    questions.jsonl instead is asked of the knowledge base itself.
    """
    from knowledge.evaluation import (
        Benchmark,
        Confidence,
        Miss,
        Observation,
        read_dataset,
        sample,
        separations,
        summarise,
    )

    session = session_of(context)
    labelled = read_dataset(dataset)
    if limit is not None:
        labelled = sample(labelled, limit)
    if isinstance(labelled, Benchmark):
        seen: Seen = _benchmark(session, dataset, labelled)
        questions = len(labelled.queries)
    else:
        seen = _questions(session, labelled)
        questions = len(labelled)
    measured = (
        *summarise([each for each in seen if isinstance(each, Observation)]),
        *separations([each for each in seen if isinstance(each, Confidence)]),
    )
    if not measured:
        raise InvalidDataset(path=dataset, problem="no question of it has a label")
    wrong = [each for each in seen if isinstance(each, Miss)] if misses else None
    if as_json:
        session.record(_record(dataset, questions, measured, wrong))
    else:
        _table(session, dataset, questions, measured)
        if wrong:
            _tell(session, wrong)
    return Exit.DONE


def _benchmark(session: Session, dataset: Path, benchmark: "Benchmark") -> "Seen":
    from dataclasses import replace

    from bot.wiring import library_config, person
    from knowledge.evaluation import on_benchmark, write_corpus

    with TemporaryDirectory(prefix="quis-eval-") as temporary:
        corpus = Path(temporary, "corpus")
        corpus.mkdir()
        loaded = write_corpus(benchmark.corpus, corpus)
        config = replace(
            library_config(session.settings),
            data=Path(temporary, "data"),
            store_url=None,
            corpus=None,
            two_person=False,
        )
        with session.open(config) as opened:
            library, progress = opened.library, opened.progress
            report = library.sync(corpus, person(), publish=True, progress=progress)
            if report.failed and not report.added:
                raise InvalidDataset(path=dataset, problem=report.failed[0][1])
            structlog.get_logger().info(
                "loaded", documents=len(report.added), failed=len(report.failed)
            )
            if report.failed:
                session.complain(
                    session.words("cli.eval.failed", count=len(report.failed))
                )
            library.refresh(progress)
            return tuple(on_benchmark(benchmark, loaded, library, progress))


def _questions(session: Session, questions: "Sequence[CheckedQuestion]") -> "Seen":
    from bot.intents import Ask
    from knowledge.evaluation import on_questions
    from knowledge.model import LANGUAGES

    with session.open() as opened:
        opened.library.refresh(opened.progress)

        def ask(question: "CheckedQuestion") -> "Answer":
            asked = Ask(
                text=question.text,
                language=question.language if question.language in LANGUAGES else None,
                earlier=question.context,
            )
            return session.wait(opened.desk.answer(asked))

        return tuple(on_questions(questions, ask, opened.progress))


def _record(
    dataset: Path,
    questions: int,
    measured: "Sequence[Measured]",
    wrong: "Sequence[Miss] | None",
) -> dict[str, object]:
    from dataclasses import asdict

    told = {} if wrong is None else {"misses": [asdict(each) for each in wrong]}
    return {
        "dataset": str(dataset),
        "questions": questions,
        "figures": [
            {
                "measure": one.measure,
                "language": one.language,
                "mean": round(one.figure.mean, 4),
                "low": round(one.figure.low, 4),
                "high": round(one.figure.high, 4),
                "questions": one.figure.questions,
            }
            for one in measured
        ],
        **told,
    }


def _table(
    session: Session, dataset: Path, questions: int, measured: "Sequence[Measured]"
) -> None:
    from bot.cards import Card, Line, Table

    words = session.words
    headings = tuple(
        words(f"cli.eval.{name}")
        for name in ("measure", "language", "mean", "interval", "questions")
    )
    rows = tuple(
        (
            words(f"cli.measure.{one.measure}"),
            one.language or words("cli.eval.all"),
            f"{one.figure.mean:.3f}",
            f"{one.figure.low:.3f} – {one.figure.high:.3f}",
            str(one.figure.questions),
        )
        for one in measured
    )
    session.show(
        Card(
            dataset.resolve().name,
            (Table(headings, rows), Line(words("cli.eval.note"))),
            remark=words("cli.eval.count", count=questions),
        )
    )


def _tell(session: Session, wrong: "Sequence[Miss]") -> None:
    """Those without an answer that got one first, the likeliest before the others."""
    from bot.cards import Card, Table

    words = session.words
    headings = tuple(
        words(f"cli.eval.{name}")
        for name in ("missed", "question", "language", "shown", "likeliest")
    )
    order = ("answered", "misled", "refused")
    rows = tuple(
        (
            words(f"cli.miss.{one.how}"),
            one.text,
            one.language,
            ", ".join(one.shown),
            f"{one.likeliest:.3f}",
        )
        for one in sorted(wrong, key=lambda m: (order.index(m.how), -m.likeliest))
    )
    session.show(Card(words("cli.eval.misses"), (Table(headings, rows),)))
