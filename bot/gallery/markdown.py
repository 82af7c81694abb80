"""Discord's components and as much of its Markdown as cards use → HTML."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.gallery.html import field, link, menu, picture, wishes

INLINE = re.compile(
    r"\\(?P<sign>[^\w\s])"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|~~(?P<struck>(?:\\.|[^\\])+?)~~"
    r"|\[(?P<text>(?:\\.|[^\]\\])*)\]\(<(?P<url>[^>]*)>\)"
    r"|(?<![\w*])\*(?P<italic>(?:\\.|[^*\\])+?)\*(?![\w*])"
    r"|__(?P<under>(?:\\.|[^\\])+?)__"
    r"|<(?P<bare>https?://[^>]+)>"
    r"|<(?P<mention>[#@]&?\d+)>"
)

FENCED = re.compile(r"^```\n(.*?)\n```$", re.M | re.S)

LINES = (("- ", "li"), ("### ", "h3"), ("## ", "h3"), ("# ", "h3"), ("-# ", "small"))


def message(body: Mapping[str, Any]) -> str:
    """A message or a modal."""
    title = body.get("title")
    head = f"<h3>{escape(str(title))}</h3>" if title else ""
    return head + "".join(_component(each) for each in body["components"])


def _component(part: Mapping[str, Any]) -> str:
    match part["type"]:
        case 10:  # text
            return _text(str(part["content"]))
        case 12:  # media gallery
            return "".join(
                picture(item["media"]["url"], item.get("description") or "")
                for item in part["items"]
            )
        case 14:  # separator
            return "<hr>"
        case 1:  # row
            return wishes(_wish(each) for each in part["components"])
        case 18:  # label of a field
            inner = part["component"]
            value = inner.get("value") or " | ".join(_options(inner))
            return field(part["label"], part.get("description") or "", value)
        case _:
            return "".join(_component(each) for each in part.get("components", ()))


def _text(content: str) -> str:
    """Lines; what is between fences is shown as it is."""
    drawn = []
    for number, run in enumerate(FENCED.split(content)):
        if number % 2:
            drawn.append(f"<pre>{escape(run)}</pre>")
        else:
            drawn += map(_line, run.split("\n"))
    return "".join(drawn)


def _wish(part: Mapping[str, Any]) -> str:
    if "options" in part:
        return menu(part.get("placeholder") or "", _options(part))
    return str(part.get("label") or "")


def _options(part: Mapping[str, Any]) -> list[str]:
    return [
        f"✓ {option['label']}" if option.get("default") else option["label"]
        for option in part.get("options", ())
    ]


def _line(line: str) -> str:
    if line.startswith("> "):
        return f"<blockquote>{_line(line[2:])}</blockquote>"
    for mark, tag in LINES:
        if line.startswith(mark):
            inside = f"<{tag}>{_inline(line.removeprefix(mark))}</{tag}>"
            return f"<ul>{inside}</ul>" if tag == "li" else f"<p>{inside}</p>"
    return f"<p>{_inline(line)}</p>" if line else ""


def _inline(text: str) -> str:
    parts, last = [], 0
    for found in INLINE.finditer(text):
        parts += [escape(text[last : found.start()]), _marked(found)]
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def _marked(found: re.Match[str]) -> str:
    inside = found[found.lastgroup or 0]
    match found.lastgroup:
        case "sign" | "mention":
            return escape(inside)
        case "bold":
            return f"<strong>{_inline(inside)}</strong>"
        case "struck":
            return f"<s>{_inline(inside)}</s>"
        case "italic":
            return f"<em>{_inline(inside)}</em>"
        case "under":
            return f"<u>{_inline(inside)}</u>"
        case "url":
            return link(_inline(found["text"]), inside)
        case _:
            return link(escape(inside), inside)
