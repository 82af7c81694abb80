"""Markdown files (.md), with YAML front matter or without."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import yaml

from knowledge.adapters.readers.text import decoded
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings

_FENCE = "---"
_LARGEST_FRONT = 64 * 1024  # characters


class MarkdownReader:
    """Implements ``ports.Reader``."""

    def read(self, path: Path) -> Findings:
        """The text behind the front matter, and the front matter's values.

        Every value is as written, a string, a list or a mapping: ``NO`` is Norway and
        ``2020-02`` a month. Raises UnreadableFile.
        """
        front, body = _split(path, decoded(path))
        if not body:
            raise UnreadableFile(path=path, reason="there is no text in it")
        metadata = _values(path, front) if front is not None else {}
        return Findings(origin=str(path), body=body, metadata=metadata)


def _split(path: Path, text: str) -> tuple[str | None, str]:
    """Front matter, None where there is none, and the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, text.strip()
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]).strip()
    raise UnreadableFile(
        path=path, reason="its front matter has no end; close it with a line ---"
    )


def _values(path: Path, front: str) -> dict[str, object]:
    if len(front) > _LARGEST_FRONT:
        raise UnreadableFile(path=path, reason="its front matter is longer than 64 kB")
    try:
        # A BaseLoader builds strings, lists and dicts only: no object, and no guess.
        values = yaml.load(front, Loader=_FrontMatterLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The mark counts from 0 and behind the opening fence.
        where = f" in line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or "it has a forbidden character"
        raise UnreadableFile(
            path=path, reason=f"its front matter is no YAML{where}: {problem}"
        ) from error
    except RecursionError as error:
        raise UnreadableFile(
            path=path, reason="its front matter is nested too deep"
        ) from error
    if values is None or values == "":
        return {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise UnreadableFile(
            path=path, reason="its front matter is no list of `key: value` lines"
        )
    return values


class _Strict(yaml.composer.Composer, yaml.constructor.BaseConstructor):
    """Refuses aliases, which can grow without bound, tags, and a key said twice."""

    peek_event: Callable[[], Any]  # of the parser beside it

    def compose_node(
        self, parent: yaml.Node | None, index: Hashable
    ) -> yaml.Node | None:
        event = self.peek_event()
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) are not read", mark
            )
        if getattr(event, "tag", None) is not None:
            raise yaml.composer.ComposerError(
                None, None, "tags (!name) are not read", mark
            )
        return super().compose_node(parent, index)  # type: ignore[arg-type]

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002
    ) -> dict[Hashable, object]:
        seen: set[str] = set()
        for node_of_key, _ in node.value:
            key = node_of_key.value
            if not isinstance(key, str):
                continue  # a list or a mapping, which is refused as a key
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is there twice", node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _PlainLoader(_Strict, yaml.BaseLoader):
    """Where PyYAML was built without libyaml."""


if hasattr(yaml, "CBaseLoader"):

    class _FastLoader(_Strict, yaml.CBaseLoader):
        """Its parser is libyaml's, which takes a tenth of the time; what it parses is
        composed here, node by node.
        """

        def __init__(self, front: str) -> None:
            yaml.CBaseLoader.__init__(self, front)
            yaml.composer.Composer.__init__(self)

    _FrontMatterLoader: type[_FastLoader | _PlainLoader] = _FastLoader
else:
    _FrontMatterLoader = _PlainLoader
