"""The translations of a document: a list in the front matter, each by a named person."""

from collections.abc import Mapping

from knowledge.metadata import values
from knowledge.metadata.merging import Merging
from knowledge.model import Translation
from knowledge.translations import misfit

_KEYS = ("language", "by", "text")


def read_translations(
    merging: Merging, body: str, language: str
) -> tuple[Translation, ...]:
    """All translations; ``language`` is the document's own.

    What cannot be read is left out and complained of. A correction that brings no
    translation of its own keeps the held ones as long as they fit the text.
    """
    listed = merging.stated.get("translations") or merging.given.get("translations")
    if not listed:
        held = merging.base.translations if merging.base else ()
        return tuple(t for t in held if misfit(body, t) is None)
    if not isinstance(listed, (list, tuple)):
        merging.problems.append(
            "translations: write a list, each with language, by and text"
        )
        return ()
    found: dict[str, Translation] = {}
    for number, entry in enumerate(listed, start=1):
        where = f"translation {number}"
        read = _entry(merging, where, entry)
        if read is None:
            continue
        problem = misfit(body, read)
        if read.language == language or read.language in found:
            problem = (
                f"{where}: {read.language!r} is the text's language, or there twice"
            )
        if problem:
            merging.problems.append(problem)
        else:
            found[read.language] = read
    return tuple(found.values())


def _entry(merging: Merging, where: str, entry: object) -> Translation | None:
    if not isinstance(entry, Mapping) or set(entry) != set(_KEYS):
        merging.problems.append(f"{where}: write {', '.join(_KEYS)} under it, no more")
        return None
    language = merging.read("language", entry["language"], values.any_language, where)
    by = merging.read("by", entry["by"], values.text, where)
    text = str(entry["text"]).strip()
    if language is None or by is None or not text:
        merging.problems.append(f"{where}: language, by and text all have to be there")
        return None
    return Translation(language=language, by=by, text=text)
