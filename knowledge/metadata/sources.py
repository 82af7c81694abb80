"""The sources of a document: a list in the front matter, or one given by shorthands."""

from collections.abc import Callable, Mapping, Sequence

from knowledge.metadata import values
from knowledge.metadata.merging import Merging
from knowledge.model import PartialDate, Source

SHORTHANDS = ("publisher", "url", "published_on", "archived_url")
"""Keys of a source that may stand at the top where there is one source only."""

_READERS: Mapping[str, Callable[[object], object]] = {
    "title": values.text,
    "publisher": values.text,
    "url": values.url,
    "published_on": values.partial_date,
    "language": values.any_language,
    "archived_url": values.url,
}


def read_sources(merging: Merging, title: str, language: str) -> tuple[Source, ...]:
    """All sources; ``title`` and ``language`` are the document's own.

    What cannot be read is left out and complained of.
    """
    short = {key: merging.merged(key, _READERS[key]) for key in SHORTHANDS}
    said = [key for key in SHORTHANDS if short[key] is not None]
    listed = merging.stated.get("sources") or merging.given.get("sources")
    if not listed:
        return _single(merging, title, language, short)
    if not isinstance(listed, (list, tuple)):
        merging.problems.append("sources: write a list, each with title and url")
        return ()
    if len(listed) > 1 and said:
        merging.problems.append(
            f"{', '.join(said)} could mean any of the {len(listed)} sources: "
            "write it under the one that it belongs to"
        )
    return _listed(merging, listed, language, short if len(listed) == 1 else {})


def _single(
    merging: Merging, title: str, language: str, short: Mapping[str, object]
) -> tuple[Source, ...]:
    """The one source of the shorthands, on top of the one that is held."""
    base = merging.base
    held = base.sources if base else ()
    new = {key: value for key, value in short.items() if value is not None}
    if len(held) > 1:
        if new:
            merging.problems.append(
                f"the document has {len(held)} sources: give them all in the front "
                "matter of a file"
            )
        return held
    if not held and not new:
        return ()
    own: dict[str, object] = {"title": title, "language": language}
    for old in held:
        # A source with a title or a language of its own keeps them.
        own |= {
            key: getattr(old, key)
            for key in _READERS
            if base and getattr(old, key) != getattr(base, key, None)
        }
    return (_source(own | new),)


def _listed(
    merging: Merging,
    listed: Sequence[object],
    language: str,
    short: Mapping[str, object],
) -> tuple[Source, ...]:
    found = []
    for number, entry in enumerate(listed, start=1):
        if isinstance(entry, Mapping):
            found.append(_entry(merging, number, entry, language, short))
        else:
            merging.problems.append(
                f"source {number}: write title, publisher and url under it"
            )
    return tuple(found)


def _entry(
    merging: Merging,
    number: int,
    entry: Mapping[str, object],
    language: str,
    short: Mapping[str, object],
) -> Source:
    where = f"source {number}"
    merging.problems += [
        f"{where}: the key {key!r} is not known"
        for key in sorted(str(key) for key in entry)
        if key not in _READERS
    ]
    found: dict[str, object] = {"language": language}
    for key, reader in _READERS.items():
        told = merging.read(key, entry.get(key), reader, where)
        also = short.get(key)
        if told is not None and also is not None:
            merging.agree(key, where, told, also)
        value = told if also is None else also
        if value is not None:
            found[key] = value
    for key in ("title", "publisher", "url"):
        if key not in found and not merging.complained(key, where):
            merging.problems.append(f"{where}: {key} is missing: write it there")
    return _source(found)


def _source(found: Mapping[str, object]) -> Source:
    published_on, archived_url = found.get("published_on"), found.get("archived_url")
    return Source(
        title=str(found.get("title", "")),
        publisher=str(found.get("publisher", "")),
        url=str(found.get("url", "")),
        language=str(found["language"]),
        published_on=published_on if isinstance(published_on, PartialDate) else None,
        archived_url=archived_url if isinstance(archived_url, str) else None,
    )
