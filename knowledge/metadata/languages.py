"""The language of a document: said, held, or told from its text."""

from collections.abc import Callable

from knowledge.metadata import values
from knowledge.metadata.merging import Merging
from knowledge.model import LANGUAGES

DetectLanguage = Callable[[str], tuple[str, float]]
"""Text → the likeliest language, of any, and its probability in 0..1."""

SURE = 0.5
"""From which on the detector is believed, that tells 140 languages apart."""


def read_language(merging: Merging, body: str, detect: DetectLanguage) -> str | None:
    """The language said, or held, or told from the text."""
    said = merging.merged("language", values.language)
    if said or merging.complained("language"):
        return said
    if merging.base:
        return merging.base.language
    likeliest, probability = detect(body)
    if probability < SURE:
        problem = "cannot be told from the text: say"
    elif likeliest not in LANGUAGES:
        problem = f"seems to be {likeliest!r}, not supported; if that is wrong, say"
    else:
        return likeliest
    merging.problems.append(f"language {problem} --language ({values.SUPPORTED})")
    return None
