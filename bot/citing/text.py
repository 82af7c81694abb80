"""A reference as a line of text, plain or in Markdown (CommonMark)."""

import re
from collections.abc import Callable

from bot.catalogue import Words
from bot.citing.reference import Reference

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


def as_plain(cited: Reference, words: Words) -> str:
    """One line."""
    return _line(cited, words, lambda text: text, lambda url: url)


def as_markdown(cited: Reference, words: Words) -> str:
    """One line in Markdown; what a document says is not read as a sign of it."""
    return _line(cited, words, _escaped, _link, code="`")


def _line(
    cited: Reference,
    words: Words,
    said: Callable[[str], str],
    link: Callable[[str], str],
    *,
    code: str = "",
) -> str:
    titled = said(words.quoted(cited.title))
    if cited.brief:
        work = words(
            "cite.brief",
            title=titled,
            place=said(cited.locator),
            sources="; ".join(map(said, cited.sources)) or "–",
        )
        parts = [said(cited.author), work]
    else:
        date = words.dated(cited.date) if cited.date else ""
        parts = [said(cited.author), titled, date, said(cited.locator)]
        parts += [link(cited.url)] if cited.url else []
        if cited.archived:
            parts.append(words("cite.archived", url=link(cited.archived)))
    line = ", ".join(part for part in parts if part)
    standing = f"[{said(cited.standing)}] " if cited.standing else ""
    return f"{standing}{line}. {code}{cited.address}{code}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _link(url: str) -> str:
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"
