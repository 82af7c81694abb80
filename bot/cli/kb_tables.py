"""`quis kb add --map`: which columns of a table hold what, and its rows into drafts."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.kb_files import tell
from bot.cli.kb_metadata import values_of
from bot.cli.session import Exit, Session

if TYPE_CHECKING:
    from bot.wiring import Opened
    from knowledge.tables import Mapped

DATES = "dates"
"""The key of a mapping that is no column: how the table writes days."""

_PAIR = re.compile(r"([a-z_]+)=(.+)", re.DOTALL)

Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="KEY=COLUMN|FILE",
        help="For a table (.csv, .tsv, .jsonl): the column of a key, e.g. body=Summary, "
        'title="{Agency}: {Product}", dates=%m/%d/%Y; or a YAML file of such lines.',
    ),
]


def mapped(maps: Sequence[str]) -> "Mapped":
    """The mapping that was given. Raises BadParameter, UnreadableFile."""
    from knowledge.tables import Mapped

    columns: dict[str, str] = {}
    for one in maps:
        pair = _PAIR.fullmatch(one)
        said = {pair[1]: pair[2]} if pair else _file(Path(one))
        for key, column in said.items():
            if columns.setdefault(key, column) != column:
                raise typer.BadParameter(
                    f"--map {key} is given twice and differently: leave one out"
                )
    dates = columns.pop(DATES, None)
    return Mapped(columns, dates)


def add_table(
    session: Session,
    opened: "Opened",
    path: Path,
    maps: Sequence[str],
    values: Mapping[str, object],
    *,
    publish: bool,
    as_json: bool,
) -> Exit:
    """Add the rows of a table and tell what came of them. Raises QuisError."""
    from bot.wiring import person

    report = opened.library.add_table(
        path,
        mapped(maps),
        values,
        person(),
        publish=publish,
        progress=opened.progress,
    )
    return tell(session, report, publish=publish, as_json=as_json)


def _file(path: Path) -> dict[str, str]:
    return {key: str(value) for key, value in values_of(path).items()}
