"""``models/words.txt``: the ordinary words of seven languages, and those of this field.

A line a word: how it is compared, then each language in which people ask with it, with
how it is written there where that differs (``pensoes pt=pensões``); by none, it is only
known. Sorted. Kept as text: as objects they would take fifteen times the room.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from knowledge.slips import Meant

_OF_ONE_LETTER = re.compile(r"^(.).*(?:\n\1.*)*", re.MULTILINE)


class WordList:
    """Implements ``slips.Words``; read with the first question. Safe to share."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_word(self, folded: str) -> bool:
        """Whether it is an ordinary word. Where there is no list, every word is."""
        part = self._part(folded[:1])
        return not self._parts or f"\n{folded}\n" in part or f"\n{folded} " in part

    def is_only_of(self, folded: str, language: str) -> bool:
        """Whether people ask with it in this language and in no other."""
        line = rf"^{re.escape(folded)} {language}(=\w+)?$"
        return re.search(line, self._part(folded[:1]), re.MULTILINE) is not None

    def like(self, folded: str, language: str) -> Iterator[Meant]:
        """Words of a language that begin alike and are as long, but for a letter."""
        size = f"{{{len(folded) - 1},{len(folded) + 1}}}"
        line = rf"^(\w{size})(?: \S+)*? {language}(?:=(\w+))?(?= |$)"
        for found in re.finditer(line, self._part(folded[:1]), re.MULTILINE):
            yield Meant(found[1], found[2] or found[1])

    def _part(self, letter: str) -> str:
        """The lines that begin with a letter, each between two line breaks."""
        return self._parts.get(letter, "")

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """By letter. Cut up, as few have letters that make a text twice as large."""
        try:
            text = self._path.read_text("utf-8")
        except OSError:
            return {}
        return {part[1]: f"\n{part[0]}\n" for part in _OF_ONE_LETTER.finditer(text)}
