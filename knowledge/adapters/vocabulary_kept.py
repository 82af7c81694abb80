"""A vocabulary as it was read before, so that a command starts a quarter of a second sooner.

Of YAML, which takes long to read and to check, a file of plain JSON is kept beside the
store; it is a cache. What it was made of, the files and the code that reads them, is named
in it by a hash, so that a change of either makes it anew. Names are read from it as a
text asks for them.
"""

import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from itertools import starmap
from pathlib import Path
from sys import intern
from tempfile import TemporaryDirectory
from typing import Any

import Stemmer

from knowledge.entries import Concept, Name, Place, Vendor
from knowledge.model import MentionKind
from knowledge.name_forms import Pattern, Planted
from knowledge.name_tree import NameTree
from knowledge.vocabulary import Made, Vocabulary

_READ_BY = (
    "knowledge.adapters.vocabulary_files",
    "knowledge.adapters.vocabulary_kept",
    "knowledge.adapters.vocabulary_places",
    "knowledge.adapters.vocabulary_yaml",
    "knowledge.analysis",
    "knowledge.analysis.function_words",
    "knowledge.entries",
    "knowledge.model.reading",
    "knowledge.name_forms",
    "knowledge.name_tree",
    "knowledge.vocabulary",
    "babel",  # names its release, and with it that of the names of countries
)


def made_of(files: Sequence[Path]) -> str:
    """A hash of all that a vocabulary is made of. Raises OSError."""
    whole = hashlib.sha256()
    versions = (Stemmer.version(), unicodedata.unidata_version)
    for part in map(str, versions):
        whole.update(part.encode() + b"\0")
    for path in (*_sources(), *files):
        content = path.read_bytes() if path.exists() else b""
        whole.update(f"{path.name} {len(content)}\0".encode() + content)
    return whole.hexdigest()


def kept(path: Path, of: str) -> Vocabulary | None:
    """The one that is kept, if it was made of this; None where none can be used."""
    try:
        head, _, rest = path.read_bytes().partition(b"\n")
        if head.decode() != _head(of, rest):
            return None
        entries, _, names = rest.decode().partition("\n")
        return _vocabulary(json.loads(entries), names)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(path: Path, of: str, vocabulary: Vocabulary) -> None:
    """Keep it for the next time; where nothing can be written, nothing is."""
    lines = [_written(_entries(vocabulary))]
    for first, planted in vocabulary.made.names.seeds.items():
        rows = [
            ((kind, id, _brief(name), language), keys)
            for (kind, id, name, language), keys in planted
        ]
        lines.append(f"{first}\t{_written(rows)}")
    with suppress(OSError), TemporaryDirectory(dir=path.parent) as folder:
        # Whole or not at all, whoever else reads or writes it now.
        draft = Path(folder) / path.name
        content = "\n".join(lines).encode()
        draft.write_bytes(_head(of, content).encode() + b"\n" + content)
        draft.replace(path)


def _head(of: str, content: bytes) -> str:
    """What it was made of, and that it is whole: a machine may fail while it is written."""
    return f"{of} {zlib.crc32(content)}"


class _Seeds(Mapping[str, Sequence[Planted]]):
    """Implements ``name_tree.Seeds``: a line is read when its word is met."""

    def __init__(self, lines: str) -> None:
        self._lines = dict(line.split("\t", 1) for line in lines.split("\n"))

    def __getitem__(self, first: str) -> Sequence[Planted]:
        return [
            (_pattern(*pattern), tuple(map(intern, keys)))
            for pattern, keys in json.loads(self._lines[first])
        ]

    def __contains__(self, first: object) -> bool:
        return first in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _sources() -> Iterator[Path]:
    for module in _READ_BY:
        found = find_spec(module)
        if found is not None and found.origin is not None:
            yield Path(found.origin)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entries(held: Vocabulary) -> object:
    return {
        "vendors": [
            (v.id, v.name, _briefs(v.aliases), v.description, v.home)
            for v in held.vendors.values()
        ],
        "places": [
            (p.code, p.names, _briefs(p.aliases), p.within, p.law)
            for p in held.places.values()
        ],
        "concepts": [
            (
                c.id,
                {language: _briefs(names) for language, names in c.words.items()},
                c.light,
                c.law,
                c.technology,
                c.said,
            )
            for c in held.concepts.values()
        ],
        "no_places": _briefs(held.no_places),
        "ordinary": sorted(held.ordinary),
        "fingerprint": held.made.fingerprint,
    }


def _vocabulary(entries: Mapping[str, Any], names: str) -> Vocabulary:
    return Vocabulary(
        vendors=[
            Vendor(
                id=id, name=name, aliases=_names(others), description=text, home=home
            )
            for id, name, others, text, home in entries["vendors"]
        ],
        places=[
            Place(
                code=code,
                names=shown,
                aliases=_names(all_names),
                within=tuple(within),
                law=law,
            )
            for code, shown, all_names, within, law in entries["places"]
        ],
        concepts=[
            Concept(
                id=id,
                words={language: _names(listed) for language, listed in words.items()},
                light=light,
                law=law,
                technology=technology,
                said=said,
            )
            for id, words, light, law, technology, said in entries["concepts"]
        ],
        no_places=_names(entries["no_places"]),
        ordinary=entries["ordinary"],
        made=Made(NameTree(_Seeds(names)), entries["fingerprint"]),
    )


def _briefs(names: Sequence[Name]) -> Sequence[object]:
    return [_brief(name) for name in names]


def _brief(name: Name) -> Sequence[object]:
    """Without what it has by default at its end, as nearly all have."""
    brief: list[object] = list(name)
    defaults = name._field_defaults
    for field in reversed(name._fields):
        if field not in defaults or brief[-1] != defaults[field]:
            break
        brief.pop()
    return brief


def _names(listed: Sequence[Any]) -> tuple[Name, ...]:
    return tuple(starmap(Name, listed))


def _pattern(kind: str, id: str | None, name: Any, language: str | None) -> Pattern:
    """The same few ids and languages come with every name: one of each is enough."""
    one = intern(language) if language else None
    return Pattern(MentionKind(kind), intern(id) if id else None, Name(*name), one)
