"""Pieces of HTML that both platforms' messages are shown by. Everything is escaped."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit


def link(text: str, url: str) -> str:
    """A link that can be followed; one that is not of the web is shown as it is."""
    if urlsplit(url).scheme not in ("http", "https"):
        return f"{text} ({escape(url)})"
    return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'


def wishes(labels: Iterable[str]) -> str:
    """Buttons and menus, which do nothing here."""
    spans = "".join(f'<span class="wish">{escape(label)}</span>' for label in labels)
    return f'<div class="wishes">{spans}</div>'


def menu(placeholder: str, options: Iterable[str]) -> str:
    """How a menu reads before it is opened, and what is in it."""
    return f"{placeholder} ▾ {' | '.join(options)}"


def field(label: str, hint: str, value: str) -> str:
    """A field of a form."""
    below = f"<p><small>{escape(hint)}</small></p>" if hint else ""
    inside = escape(value) or "&nbsp;"
    return f'<p>{escape(label)}</p><div class="field">{inside}</div>{below}'


def picture(name: str, alt: str) -> str:
    """A picture that lies beside the page, with its words below it."""
    words = escape(alt).replace("\n", "<br>")
    source = escape(name.removeprefix("attachment://"))
    return f'<img src="{source}" alt="{escape(alt)}"><p><small>{words}</small></p>'
