"""The vocabulary as a folder below one of documents: read, and written with little changed.

What is written are the files that are set, their comments and lines too, with vendors,
names and words put in and taken out where they stand, so that a difference of two folders
shows what was reviewed and no more.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.adapters.vocabulary_files import load_vocabulary, unsearched
from knowledge.adapters.vocabulary_kept import keep, kept, made_of
from knowledge.entries import Concept, Name, Vendor
from knowledge.errors import UnwritableFile
from knowledge.vocabulary import Vocabulary

FOLDER = "vocabulary"
VENDORS, CONCEPTS = "vendors.yaml", "concepts.yaml"
FILES = (VENDORS, CONCEPTS, "places.yaml", "ordinary.yaml")


class VocabularyFolder:
    """Implements ``term_ports.VocabularyFiles``."""

    def __init__(self, files: Path, kept_at: Path | None = None) -> None:
        """``kept_at``: where the one that is set may be kept as it was read."""
        self._files = files
        self._kept_at = kept_at

    def held(self) -> Vocabulary:
        """That of the folder that is set. Raises InvalidVocabulary."""
        if self._kept_at is None:
            return load_vocabulary(self._files)
        try:
            of = made_of([self._files / name for name in FILES])
        except OSError:  # which of them, and why, is for the reading to tell
            return load_vocabulary(self._files)
        with unsearched():
            if (known := kept(self._kept_at, of)) is not None:
                return known
        read = load_vocabulary(self._files)
        keep(self._kept_at, of, read)
        with unsearched():  # which holds a quarter of the memory
            return kept(self._kept_at, of) or read

    def found(self, folder: Path) -> Vocabulary | None:
        """That below a folder of documents; None without one. Raises InvalidVocabulary."""
        below = folder / FOLDER
        return load_vocabulary(below) if (below / VENDORS).is_file() else None

    def write(self, folder: Path, vocabulary: Vocabulary) -> bool:
        """Write it below a folder of documents; False where the files are as they were."""
        base, below = self.held(), folder / FOLDER
        if vocabulary.fingerprint == base.fingerprint and not below.exists():
            return False
        draft = folder / f".{FOLDER}.part"
        try:
            draft.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                if (self._files / name).exists():
                    shutil.copyfile(self._files / name, draft / name)
            _rewrite(draft / VENDORS, list(_of_vendors(base, vocabulary)))
            _rewrite(draft / CONCEPTS, list(_of_concepts(base, vocabulary)))
            if load_vocabulary(draft).fingerprint != vocabulary.fingerprint:
                reason = "it would read back as another vocabulary; please report this"
                raise UnwritableFile(path=below, reason=reason)
            below.mkdir(exist_ok=True)
            for path in sorted(draft.iterdir()):
                path.replace(below / path.name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnwritableFile(path=below, reason=reason) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return True


@dataclass(frozen=True, slots=True)
class _Change:
    """A vendor or a concept as it stands in the files, and as it is to stand there."""

    id: str
    old: Vendor | Concept | None
    new: Vendor | Concept | None


def _of_vendors(base: Vocabulary, now: Vocabulary) -> Iterator[_Change]:
    for id in sorted({*base.vendors, *now.vendors}):
        old, new = base.vendors.get(id), now.vendors.get(id)
        if old != new:
            yield _Change(id, old, new)


def _of_concepts(base: Vocabulary, now: Vocabulary) -> Iterator[_Change]:
    for id, old in base.concepts.items():
        if old != now.concepts[id]:
            yield _Change(id, old, now.concepts[id])


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters of a file that other ones take the place of."""

    start: int
    end: int
    text: str


def _rewrite(path: Path, changes: Sequence[_Change]) -> None:
    if not changes:
        return
    text = path.read_text(encoding="utf-8")
    top: Any = yaml.compose(text, Loader=yaml.BaseLoader)  # in Python: exact marks
    keys = {key.value: (key, value) for key, value in top.value}
    edits: list[_Edit] = []
    for change in changes:
        match change.old, change.new:
            case None, Vendor() as new:
                edits.append(_Edit(len(text), len(text), _block(new)))
            case Vendor(), None:
                edits.append(_without(text, *keys[change.id]))
            case Vendor() as old, Vendor() as new:
                edits += _of_vendor(text, keys[change.id][1], old, new)
            case Concept() as old, Concept() as new:
                fields = {key.value: value for key, value in keys[change.id][1].value}
                for language, words in new.words.items():
                    edits += _of_list(
                        text, fields[language], old.words.get(language, ()), words
                    )
            case _:  # concepts neither come nor go
                continue
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    path.write_text(text, encoding="utf-8", newline="\n")


def _block(vendor: Vendor) -> str:
    lines = ["", f"{vendor.id}:", f"  name: {_written(vendor.name)}"]
    if vendor.home:
        lines.append(f"  home: {_written(vendor.home)}")
    lines.append(f"  description: {_written(vendor.description)}")
    if vendor.aliases:
        lines.append(f"  aliases: {_listed(vendor.aliases)}")
    return "\n".join([*lines, ""])


def _of_vendor(text: str, node: Any, old: Vendor, new: Vendor) -> Iterator[_Edit]:
    pairs = {key.value: (key, value) for key, value in node.value}
    end = _line_after(text, _last(node))
    for field in ("name", "home", "description"):
        ours, theirs = getattr(old, field), getattr(new, field)
        if ours == theirs:
            continue
        if theirs is None:
            yield _without(text, *pairs[field])
        elif field in pairs:
            value = pairs[field][1]
            yield _Edit(value.start_mark.index, _end(value), _written(theirs))
        else:
            yield _Edit(end, end, f"  {field}: {_written(theirs)}\n")
    if old.aliases == new.aliases:
        return
    if "aliases" not in pairs:
        yield _Edit(end, end, f"  aliases: {_listed(new.aliases)}\n")
    elif not new.aliases:
        yield _without(text, *pairs["aliases"])
    else:
        yield from _of_list(text, pairs["aliases"][1], old.aliases, new.aliases)


def _of_list(
    text: str, node: Any, old: Sequence[Name], new: Sequence[Name]
) -> Iterator[_Edit]:
    """Names put in at the end, taken out and changed where they stand."""
    if tuple(old) == tuple(new):
        return
    now = {name.text: name for name in new}
    items = list(zip(old, node.value, strict=True))
    kept = [at for at, (name, _) in enumerate(items) if name.text in now]
    if not kept:
        yield _Edit(node.start_mark.index, _last(node), _listed(new))
        return
    for at, (name, item) in enumerate(items):
        if name.text not in now and not node.flow_style:
            start = text.rindex("\n", 0, item.start_mark.index) + 1
            yield _Edit(start, _line_after(text, _end(item)), "")
        elif name.text not in now and at < kept[0]:
            following = node.value[at + 1].start_mark.index
            yield _Edit(item.start_mark.index, following, "")
        elif name.text not in now:
            yield _Edit(_end(node.value[at - 1]), _end(item), "")
        elif name != now[name.text]:
            written = _written(_value(now[name.text]))
            yield _Edit(item.start_mark.index, _end(item), written)
    known = {name.text for name in old}
    added = [_written(_value(name)) for name in new if name.text not in known]
    if added and node.flow_style:
        at = _end(node.value[kept[-1]])
        yield _Edit(at, at, "".join(f", {each}" for each in added))
    elif added:
        at, indent = _line_after(text, _last(node)), " " * node.start_mark.column
        yield _Edit(at, at, "".join(f"{indent}- {each}\n" for each in added))


def _without(text: str, key: Any, value: Any) -> _Edit:
    """An entry taken out, line by line."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    return _Edit(start, _line_after(text, _last(value)), "")


def _end(node: Any) -> int:
    return int(node.end_mark.index)


def _last(node: Any) -> int:
    """Where its last word ends: a block's own end is where the next thing begins."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return _end(node)
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _line_after(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _value(name: Name) -> object:
    """A name as the files have it."""
    text = f"={name.text}" if name.whole else name.text
    conditions: dict[str, object] = {
        "exact": name.exact or None,
        "lowercase": name.lowercase or None,
        "language": name.language,
        "since": name.since,
        "until": name.until,
    }
    said = {key: value for key, value in conditions.items() if value is not None}
    return {"name": text, **said} if said else text


def _listed(names: Sequence[Name]) -> str:
    return f"[{', '.join(_written(_value(name)) for name in names)}]"


def _written(value: object) -> str:
    """A value inside a list or behind a key, quoted where YAML would read it otherwise."""
    dumped = yaml.safe_dump(
        [value],
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=100_000,
    )
    return dumped.strip().removeprefix("[").removesuffix("]")
