"""What can be asked at all: the words of a text, and whether there is a question in them.

The same on every door: two platforms, a terminal, a batch. (pure)
"""

import re
import unicodedata
from enum import Enum, auto

from knowledge.questions.wordless import is_address, is_one_letter

LONGEST = 2000
"""Characters; more is no question. As ``library.LONGEST_QUESTION``."""

MOST_MARKS = 2
"""How many combining marks a letter keeps: Vietnamese needs two, "zalgo" has dozens."""

_FENCE = re.compile(r"```[a-zA-Z0-9+-]*\n?|`")
_MASKED = re.compile(r"\[([^\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}\)")
_CALL = re.compile(
    r"<!(?:here|channel|everyone)(?:\|[^>]*)?>|(?<!\w)@(?:here|channel|everyone)\b"
)
_EMOJI = re.compile(r"(?<![\w:])(?::[\w+'-]{1,100}:)+(?![\w:])")
"""As Slack writes every emoji, and Discord its own: ``:thumbsup:``, ``:+1::skin-tone-2:``."""

_SPACE = re.compile(r"\s+")


class Unfit(Enum):
    """Why a text cannot be a question."""

    EMPTY = auto()
    NO_TEXT = auto()  # only signs, an emoji, or a file that came without words
    TOO_LONG = auto()
    ADDRESS = auto()  # a link, and nothing that is asked of it


def cleaned(text: str) -> str:
    """The words of a text: without fences, hidden characters and heaps of marks.

    Of a masked link only its label stays; calls to everybody are no words, and neither are
    emoji by their names where there is anything else. Text that is only words is not
    altered, but for its spaces.
    """
    text = unicodedata.normalize("NFC", text)
    text = _CALL.sub(" ", _MASKED.sub(r"\1", _FENCE.sub(" ", text)))
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category == "Mn":
            marks += 1
            if marks <= MOST_MARKS:
                kept.append(character)
            continue
        marks = 0
        if category in ("Cf", "Cs", "Co", "Cn"):
            continue  # direction overrides, zero-width signs, halves of characters
        kept.append(" " if category == "Cc" else character)
    plain = _SPACE.sub(" ", "".join(kept)).strip()
    words = _SPACE.sub(" ", _EMOJI.sub(" ", plain)).strip()
    return words or plain


def unfit(text: str) -> Unfit | None:
    """Why a cleaned text cannot be asked; None where it can."""
    if len(text) > LONGEST:
        return Unfit.TOO_LONG
    if is_address(text):
        return Unfit.ADDRESS
    letters = sum(character.isalnum() for character in text)
    if letters == 0 or not _EMOJI.sub("", text).strip():
        return Unfit.NO_TEXT if text and not _is_punctuation(text) else Unfit.EMPTY
    return Unfit.EMPTY if letters == 1 or is_one_letter(text) else None


def _is_punctuation(text: str) -> bool:
    return all(unicodedata.category(c)[0] in "PZ" for c in text)
