"""`quis evidence` and `quis dossier`: what proves a quote, and all quotes on a vendor."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.session import Exit, session_of
from knowledge.errors import UnwritableFile

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def evidence(
    context: typer.Context,
    address: Annotated[
        str, typer.Argument(metavar="PASSAGE", help="quis:ID@REVISION#START-END")
    ],
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    as_json: AsJson = False,
) -> int:
    """Write what proves a quote: its words, source, page, hashes, history, citations."""
    from bot.evidence import pack

    session = session_of(context)
    with session.open() as opened:
        files = pack(opened.library.proofs.proof(address), session.words)
    _written_all(files, folder)
    if as_json:
        session.record({"folder": str(folder), "files": list(files)})
    else:
        session.say("evidence.done", count=len(files), folder=folder)
    return Exit.DONE


def dossier(
    context: typer.Context,
    given: Annotated[
        list[str], typer.Argument(metavar="VENDOR [COUNTRY] FILE", show_default=False)
    ],
    as_json: AsJson = False,
) -> int:
    """Write every published passage on a vendor, oldest first, as .docx or .md."""
    from bot.dossier import ENDINGS, compiled, written
    from knowledge.metadata import place_code, vendor_id

    session = session_of(context)
    if not 2 <= len(given) <= 3:
        raise typer.BadParameter("give a vendor, perhaps a country, and a file")
    file = Path(given[-1])
    if file.suffix.lower() not in ENDINGS:
        reason = f"its name has to end in {' or '.join(ENDINGS)}"
        raise UnwritableFile(path=file, reason=reason)
    with session.open() as opened:
        library = opened.library
        try:
            vendor = vendor_id(given[0], library.vocabulary)
            place = place_code(given[1], library.vocabulary) if given[2:] else None
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        held = library.everything_on(vendor, place)
        card = compiled(
            held,
            library.coverage(vendor, place),
            library.vocabulary,
            opened.desk.today,
            vendor=vendor,
            place=place,
            words=session.words,
        )
    if not held:
        session.line(session.words("dossier.nothing"))
        return Exit.REFUSED
    _written_one(written(card, file.suffix.lower()), file)
    if as_json:
        session.record({"file": str(file), "passages": len(held)})
    else:
        session.say("dossier.done", file=file, count=len(held))
    return Exit.DONE


def _written_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Into a folder that is not there or is empty, all or none. Raises UnwritableFile."""
    draft = folder.with_name(f".{folder.name}.part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            reason = "it is there already and not empty; name another folder"
            raise UnwritableFile(path=folder, reason=reason)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for name, data in files.items():
            (draft / name).write_bytes(data)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _written_one(data: bytes, file: Path) -> None:
    """Over what was there, whole or not at all. Raises UnwritableFile."""
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.write_bytes(data)
        draft.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(path: Path, error: OSError) -> UnwritableFile:
    return UnwritableFile(path=path, reason=error.strerror or type(error).__name__)
