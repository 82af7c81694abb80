"""`quis gallery DIR`: every kind of card as both platforms are sent it, and a page of all."""

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.session import Exit, Session, language_option, session_of

if TYPE_CHECKING:
    from knowledge.library import Library


def gallery(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the files are written.")
    ],
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            callback=language_option,
            help="The language of the words around quotes.",
        ),
    ] = None,
) -> int:
    """Write every kind of card as Discord JSON, Slack JSON and an HTML page.

    The cards are made from a few starter documents in a data folder of their own.
    """
    from bot.catalogue import words
    from knowledge.assembly import LibraryConfig

    session = session_of(context)
    spoken = words(language, session.spoken).language
    packaged = LibraryConfig(data=folder).corpus
    if packaged is None:
        raise RuntimeError("the starter set is packaged")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quis-gallery-") as made:
        corpus = _few(packaged, Path(made) / "corpus")
        config = LibraryConfig(data=Path(made) / "data", corpus=corpus)
        with session.open(config) as opened:
            opened.library.refresh()
            count = _write(session, opened.library, folder, spoken)
    session.say("gallery.done", count=count, page=str(folder / "index.html"))
    return Exit.DONE


def _few(packaged: Path, folder: Path) -> Path:
    """The documents of the gallery, in a folder of their own."""
    from bot.gallery import DOCUMENTS

    folder.mkdir()
    for name in DOCUMENTS:
        shutil.copy(packaged / f"{name}.md", folder)
    return folder


def _write(session: Session, library: "Library", folder: Path, language: str) -> int:
    from bot.gallery import exhibits, homes, on_discord, on_slack, page

    now = datetime.now(UTC)
    shown: list[tuple[str, Any, Any]] = []
    both = zip(
        exhibits(library, "discord", language, now),
        exhibits(library, "slack", language, now),
        strict=True,
    )
    for for_discord, for_slack in both:
        discord, slack = on_discord(for_discord), on_slack(for_slack)
        _json(folder / "discord" / f"{for_discord.name}.json", discord.body)
        _json(folder / "slack" / f"{for_slack.name}.json", slack.body)
        for name, picture in (*discord.pictures, *slack.pictures):
            (folder / name).write_bytes(picture.png)
        shown.append((for_discord.name, discord.body, slack.body))
    for name, home in homes(library, language, now):
        _json(folder / "slack" / f"{name}.json", home)
        shown.append((name, None, home))
    title = session.words("cli.gallery.title")
    none = session.words("cli.gallery.no-home")
    made = page(title, session.words.language, shown, none)
    (folder / "index.html").write_text(made, encoding="utf-8")
    return len(shown)


def _json(path: Path, body: object) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(body, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")
