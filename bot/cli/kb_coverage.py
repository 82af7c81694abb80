"""`quis kb coverage`: vendor × country, by kind of evidence and newest date."""

import csv
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import Exit, Session, session_of
from knowledge.model import Coverage, Kind

if TYPE_CHECKING:
    from knowledge.vocabulary import Vocabulary


def coverage(
    context: typer.Context,
    vendor: Annotated[
        str | None, typer.Option(help="A vendor's id or any of its names.")
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help="A country's code or its name, or EU, COE or a region."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="For spreadsheets.")] = False,
) -> int:
    """What is published on each vendor in each country, counted in documents."""
    from bot.records import coverage_records
    from knowledge.metadata import place_code, vendor_id

    session = session_of(context)
    with session.open() as opened:
        library = opened.library
        names = library.vocabulary
        rows = library.coverage(
            _known(vendor, "--vendor", lambda name: vendor_id(name, names)),
            _known(country, "--country", lambda name: place_code(name, names)),
        )
    if as_json:
        session.record(coverage_records(rows))
    elif as_csv:
        _spreadsheet(rows)
    else:
        _table(session, rows, names)
    return Exit.DONE


def _known(value: str | None, flag: str, read: Callable[[str], str]) -> str | None:
    if value is None:
        return None
    try:
        return read(value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=flag) from error


def _spreadsheet(rows: Sequence[Coverage]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["vendor", "country", "count", "newest", *(k.value for k in Kind)])
    for row in rows:
        kinds = [row.kinds.get(kind, 0) for kind in Kind]
        out.writerow(
            [row.vendor or "", row.place or "", row.count, row.newest or "", *kinds]
        )


def _table(session: Session, rows: Sequence[Coverage], names: "Vocabulary") -> None:
    from bot.cards import Card, Line, Table

    words = session.words
    headings = tuple(
        words(f"cli.coverage.{name}")
        for name in ("vendor", "country", "count", "newest", "kinds")
    )
    table = tuple(
        (
            names.vendor_name(row.vendor) if row.vendor else words("held.no-vendor"),
            names.place_name(row.place, words.language)
            if row.place
            else words("held.no-place"),
            str(row.count),
            str(row.newest or words("held.undated")),
            " · ".join(
                f"{words(f'kind_short.{kind}')} {row.kinds[kind]}"
                for kind in Kind
                if row.kinds.get(kind)
            ),
        )
        for row in rows
    )
    hint = Line(words("held.hint"))
    blocks = (Table(headings, table), hint) if table else (hint,)
    session.show(Card(words("held.all"), blocks))
