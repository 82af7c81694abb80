"""Metadata given on the command line: flags, `--meta KEY=VALUE` and `--meta FILE`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
import yaml

from knowledge.errors import UnreadableFile
from knowledge.model import OwnQuestion

LARGEST = 64 * 1024
"""Characters of a file of metadata."""

_PAIR = re.compile(r"([a-z_]+)=(.*)", re.DOTALL)
_LISTS = frozenset({"vendors", "countries"})

Meta = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE|KEY=VALUE",
        help="A YAML file with the keys of the front matter, or one of them; repeatable.",
    ),
]
Id = Annotated[
    str | None,
    typer.Option("--id", help="By default from the file's name or the address."),
]
Title = Annotated[str | None, typer.Option()]
Publisher = Annotated[str | None, typer.Option(help="Who published the source.")]
Url = Annotated[str | None, typer.Option(help="The source's address.")]
ArchivedUrl = Annotated[
    str | None, typer.Option(help="The address of an archived copy.")
]
Kind = Annotated[
    str | None,
    typer.Option(
        help="law, court-ruling, regulator-decision, procurement, press, research or "
        "company-statement."
    ),
]
Form = Annotated[
    str | None,
    typer.Option(help="source (its own words) or brief (the editors' words on it)."),
]
Language = Annotated[str | None, typer.Option(help="By default told from the text.")]
PublishedOn = Annotated[
    str | None, typer.Option(metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")
]
EventOn = Annotated[
    str | None, typer.Option(metavar="DATE", help="When it happened: YYYY[-MM[-DD]].")
]
Vendors = Annotated[
    list[str] | None,
    typer.Option("--vendor", help="An id or a name; by default from the text."),
]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", help="A code or a name; by default from the text."),
]

Questions = Annotated[
    list[str] | None,
    typer.Option(
        "--question",
        help="A question that the text answers, in a reader's words; repeatable. Its "
        "language is told from it, or said before it: --question 'fr: Clearview ?'. By "
        "two or three of them a text is found.",
    ),
]


def questions_of(
    asked: list[str] | None, language: str | None
) -> tuple[OwnQuestion, ...]:
    """What ``--question`` gave; ``language`` where the words tell none."""
    from knowledge.own_questions.lines import read_lines

    return read_lines("\n".join(asked or ()), language or "en")


def overrides(
    meta: list[str] | None, flags: Mapping[str, str | list[str] | None]
) -> dict[str, object]:
    """All that was given, by the keys of the front matter.

    Raises BadParameter where one thing is given twice and differently, UnreadableFile
    for a file that is none of metadata.
    """
    given: dict[str, object] = {}
    for one in meta or []:
        pair = _PAIR.fullmatch(one)
        if pair is None:
            _merge(given, values_of(Path(one)), one)
        else:
            key, value = pair.groups()
            _merge(given, {key: value.split(",") if key in _LISTS else value}, one)
    stated = {key: value for key, value in flags.items() if value}
    _merge(given, stated, "a flag")
    return given


def _merge(given: dict[str, object], more: Mapping[str, object], where: str) -> None:
    for key, value in more.items():
        if given.setdefault(key, value) != value:
            raise typer.BadParameter(
                f"{key} is given twice and differently ({where}): leave one out"
            )


def values_of(path: Path) -> Mapping[str, object]:
    """A YAML file's values as written: no type is guessed, so that ``NO`` is Norway.

    Raises UnreadableFile.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise UnreadableFile(path=path, reason="it is too long for metadata")
        # A BaseLoader builds strings, lists and dicts only.
        values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        advice = "give a YAML file, or KEY=VALUE"
        raise UnreadableFile(path=path, reason=f"{reason.lower()}; {advice}") from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise UnreadableFile(path=path, reason="it is no YAML") from error
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise UnreadableFile(path=path, reason="it holds no `key: value` lines")
    return values
