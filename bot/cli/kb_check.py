"""`quis kb verify` and `selftest`: does what is held hold, and is what is not held refused?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import Exit, session_of
from knowledge.model import Answer, Answered, Kind, Status

if TYPE_CHECKING:
    from bot.catalogue import Words
    from knowledge.library import Library
    from knowledge.vocabulary import Vocabulary

FOUND_AMONG = 12
"""A document's own question must find it among so many passages."""

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def verify(
    context: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Rebuild indexes that are out of step; set a revision's status as an"
            " unbroken ledger has it.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Check the ledger, every quote's place and every index. Ends with 1 if any is wrong."""
    session = session_of(context)
    with session.open() as opened:
        report = opened.library.verify(repair=repair, progress=opened.progress)
    if as_json:
        session.record(
            {
                "ok": report.ok,
                "problems": list(report.problems),
                "mended": list(report.mended),
                "rebuilt": list(report.rebuilt),
                "documents": report.documents,
                "passages": report.passages,
                "ledger_lines": report.ledger_lines,
            }
        )
        return Exit.DONE if report.ok else Exit.FAILURE
    session.say(
        "verify.checked",
        documents=report.documents,
        passages=report.passages,
        lines=report.ledger_lines,
    )
    for mended in report.mended:
        session.say("verify.mended", what=mended)
    for index in report.rebuilt:
        session.say("verify.rebuilt", index=index)
    for problem in report.problems:
        session.line(problem)
    if report.ok:
        session.say("verify.ok")
    elif report.mendable and not repair:
        session.say("verify.repair")
    return Exit.DONE if report.ok else Exit.FAILURE


def selftest(
    context: typer.Context,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Ask each question of each document, not its first alone."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Ask what is not held, which must be refused, and what is, which must be found.

    A document's own questions must find it; those of the vocabulary must be answered
    where anything is held on vendor and place, and refused elsewhere.
    """
    session = session_of(context)
    asked, failures = 0, []
    with session.open() as opened:
        for probe in _probes(opened.library, every=every):
            asked += 1
            answer = opened.library.ask(
                probe.text, limit=FOUND_AMONG, language=probe.language
            )
            if not probe.met_by(answer):
                failures.append(probe)
    if as_json:
        wrong = [
            {"question": probe.text, "held": probe.held, "document": probe.document}
            for probe in failures
        ]
        session.record({"ok": not failures, "asked": asked, "failures": wrong})
    else:
        for probe in failures:
            if probe.document is not None:
                session.say(
                    "selftest.lost", question=probe.text, document=probe.document
                )
            else:
                said = "selftest.silent" if probe.held else "selftest.spoke"
                session.say(said, question=probe.text)
        session.say("selftest.done", asked=asked, failed=len(failures))
    return Exit.FAILURE if failures else Exit.DONE


@dataclass(frozen=True, slots=True)
class _Probe:
    """A question, whether it must be answered, and by which document, if by one."""

    text: str
    held: bool
    document: str | None = None
    language: str | None = None

    def met_by(self, answer: Answer) -> bool:
        if not isinstance(answer, Answered):
            return not self.held
        shown = {evidence.document.id for evidence in answer.evidence}
        return self.held and (self.document is None or self.document in shown)


def _probes(library: "Library", *, every: bool) -> Iterator[_Probe]:
    for text, held in _questions(library):
        yield _Probe(text, held)
    for document in library.documents(Status.PUBLISHED):
        for own in document.questions if every else document.questions[:1]:
            yield _Probe(own.text, True, document.id, own.language)


def _questions(library: "Library") -> Iterator[tuple[str, bool]]:
    """English questions, and whether something is held that answers each."""
    from bot.catalogue import words

    names, english = library.vocabulary, words("en")
    held = {
        (vendor, place)
        for document in library.documents(Status.PUBLISHED)
        if document.kind is not Kind.LAW
        for vendor in document.vendors
        for place in document.places
    }
    for vendor, place in sorted(held):
        if text := _question(vendor, place, names, english):
            yield text, True
    for vendor in sorted({vendor for vendor, _ in held}):
        if text := _question_not_held(vendor, library, english):
            yield text, False


def _question_not_held(vendor: str, library: "Library", english: "Words") -> str | None:
    """A question on the first country, by code, on which nothing is held for a vendor."""
    names = library.vocabulary
    rows = library.coverage(vendor)
    around = {row.place for row in rows} | {
        wider for row in rows if row.place for wider in names.around(row.place)
    }
    for place in sorted(names.places):
        near = {place, *names.around(place)}
        if not near & around and (text := _question(vendor, place, names, english)):
            return text
    return None


def _question(
    vendor: str, place: str, names: "Vocabulary", english: "Words"
) -> str | None:
    """The question, where a reader of it would name just this vendor and this place."""
    where = english.in_place(place, names.place_name(place, "en"))
    text = english("suggest.active", vendor=names.vendor_name(vendor), place=where)
    said = names.mentions(text)
    return text if (said.vendors, said.places) == ((vendor,), (place,)) else None
