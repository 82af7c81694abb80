"""Documents as files: any readable file in, Markdown with front matter out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.files import FileReader, readable_files
from knowledge.adapters.readers.law.reader import LawReader
from knowledge.errors import UnwritableFile
from knowledge.model import Document, OwnQuestion, Relation, Source
from knowledge.ports import Findings


class CorpusFiles:
    """Implements ``folders.DocumentFiles``: reads every kind, writes Markdown."""

    def __init__(self, confined: Confined | None = None) -> None:
        self._reader = LawReader(FileReader(confined))

    def read(self, path: Path) -> Findings:
        """What a file holds. Raises UnreadableFile."""
        return self._reader.read(path)

    def below(self, folder: Path) -> tuple[Path, ...]:
        """The files that can be read, by path. Raises UnreadableFile."""
        return readable_files(folder)

    def write(self, document: Document, folder: Path) -> Path:
        """A file that reads back as this document. Raises UnwritableFile."""
        return write_document(document, folder)

    def remove(self, document: Document, folder: Path) -> None:
        """Take away what ``write`` wrote of it, if anything. Raises UnwritableFile."""
        path = folder / f"{document.id}.md"
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnwritableFile(path=path, reason=reason) from error


def write_document(document: Document, folder: Path) -> Path:
    """Write ``folder/ID.md``, whole or not at all; returns its path.

    Raises UnwritableFile where the folder cannot be written to.
    """
    path = folder / f"{document.id}.md"
    draft = folder / f".{document.id}.md.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(as_markdown(document), encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnwritableFile(path=path, reason=reason) from error
    return path


def as_markdown(document: Document) -> str:
    """The file's text. Reading it gives the same document back."""
    front = yaml.dump(
        _front(document),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return f"---\n{front}---\n\n{document.body}\n"


def _front(document: Document) -> Mapping[str, object]:
    values: dict[str, object] = {
        "id": document.id,
        "title": document.title,
        "form": document.form.value,
        "kind": document.kind.value,
        "language": document.language,
        "vendors": _OnOneLine(document.vendors),
        "countries": _OnOneLine(document.places),
        "event_on": _said(document.event_on),
        **{relation.value: _linked(document, relation) for relation in Relation},
        "vetting": document.vetting.value,
        "vetted_on": _said(document.vetted_on),
        "rechecked_on": _said(document.rechecked_on),
        "sources": [_source(source) for source in document.sources],
        "translations": [
            {"language": t.language, "by": t.by, "text": _AsBlock(t.text)}
            for t in document.translations
        ]
        or None,
        "questions": _by_language(document.questions) or None,
        "wordings": _by_language(document.wordings) or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _by_language(questions: Sequence[OwnQuestion]) -> Mapping[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for question in questions:
        listed.setdefault(question.language, []).append(question.text)
    return listed


def _linked(document: Document, relation: Relation) -> "_OnOneLine | None":
    named = [link.document for link in document.links if link.relation is relation]
    return _OnOneLine(named) if named else None


def _source(source: Source) -> Mapping[str, object]:
    values = {
        "title": source.title,
        "publisher": source.publisher or None,
        "url": source.url or None,
        "published_on": _said(source.published_on),
        "language": source.language,
        "archived_url": source.archived_url,
    }
    return {key: value for key, value in values.items() if value is not None}


def _said(value: object) -> str | None:
    return None if value is None else str(value)


_OTHER_BREAKS = frozenset("\r\x85\u2028\u2029")


class _OnOneLine(list[str]):
    """A list written as ``[a, b]``."""


class _AsBlock(str):
    """A text written line by line behind ``|``."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Indents lists, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        super().increase_indent(flow, False)  # noqa: FBT003


def _on_one_line(dumper: yaml.SafeDumper, values: _OnOneLine) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=True)


def _as_block(dumper: yaml.SafeDumper, text: _AsBlock) -> yaml.Node:
    # YAML takes these for line breaks like any other, and gives back a line feed.
    style = '"' if _OTHER_BREAKS & set(text) else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(_OnOneLine, _on_one_line)
_Dumper.add_representer(_AsBlock, _as_block)
