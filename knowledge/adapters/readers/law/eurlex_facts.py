"""What a page of EUR-Lex says of its act: title, language, address and dates."""

import re
from collections.abc import Iterator, Mapping

from knowledge.adapters.readers.law.acts import (
    described,
    eli,
    numeric_day,
    two_letters,
    written_day,
)
from knowledge.adapters.readers.law.eurlex import ACT_TITLE, ARTICLE_TITLE
from knowledge.adapters.readers.law.markup import Element, classes, every, words

_VERSION = re.compile(
    r"0\d{4}[A-Z]{1,2}\d{4}\S* — (?P<language>[A-Z]{2}) — (?P<day>\S+)"
)


def eurlex_facts(root: Element) -> Mapping[str, object]:
    """The facts of a page in either layout."""
    heads: dict[str, str] = {}
    lines: list[str] = []
    for paragraph in every(root, "p"):
        styles = classes(paragraph)
        if styles & ARTICLE_TITLE:
            break
        for style in styles:
            heads.setdefault(style.removeprefix("oj-"), words(paragraph))
        if styles & ACT_TITLE:
            lines.append(words(paragraph))
    version = _VERSION.search(heads.get("reference", ""))
    said = heads.get("hd-lg") or (version["language"] if version else "")
    language = two_letters(said)
    title = " ".join(_title(lines))
    return described(
        title=title,
        language=language,
        country="EU",
        publisher=heads.get("hd-ti") or "EUR-Lex",
        url=eli(_canonical(root), language),
        event_on=written_day(title, language),
        published_on=numeric_day(
            version["day"] if version else heads.get("hd-date", "")
        ),
    )


def _title(lines: list[str]) -> Iterator[str]:
    """Each line once, without a remark in brackets behind the title."""
    unique = dict.fromkeys(lines)
    for number, line in enumerate(unique):
        if number and line.startswith("(") and line.endswith(")"):
            return
        yield line


def _canonical(root: Element) -> str:
    for link in every(root, "link"):
        if (link.get("rel") or "") == "canonical":
            return link.get("href") or ""
    return ""
