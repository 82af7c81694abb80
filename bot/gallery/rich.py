"""Slack's blocks → HTML: those that cards and forms are drawn with."""

from collections.abc import Mapping
from html import escape
from typing import Any

from bot.gallery.html import field, link, menu, picture, wishes

STYLES = (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code"))


def message(body: Mapping[str, Any]) -> str:
    """A message or a modal."""
    title = body.get("title")
    head = f"<h3>{escape(title['text'])}</h3>" if title else ""
    return head + "".join(_block(block) for block in body["blocks"])


def _block(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"<h3>{escape(block['text']['text'])}</h3>"
        case "context":
            texts = " ".join(escape(each["text"]) for each in block["elements"])
            return f"<p><small>{texts}</small></p>"
        case "rich_text":
            return "".join(_piece(piece) for piece in block["elements"])
        case "actions":
            return wishes(_wish(each) for each in block["elements"])
        case "image":
            return picture(block["slack_file"]["id"], block["alt_text"])
        case "divider":
            return "<hr>"
        case "input":
            return _input(block)
        case _:
            return f"<p>{escape(str(block.get('text', '')))}</p>"


def _piece(piece: Mapping[str, Any]) -> str:
    inside = "".join(_element(element) for element in piece["elements"])
    match piece["type"]:
        case "rich_text_quote":
            return f"<blockquote>{inside}</blockquote>"
        case "rich_text_list":
            return f"<ul>{inside}</ul>"
        case "rich_text_section":
            return f"<p>{inside}</p>"
        case _:
            return f"<pre>{inside}</pre>"


def _element(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "text":
            text = escape(element["text"]).replace("\n", "<br>")
        case "link":
            text = link(escape(element.get("text") or element["url"]), element["url"])
        case "rich_text_section":
            return f"<li>{''.join(_element(each) for each in element['elements'])}</li>"
        case "channel":
            text = escape(f"#{element['channel_id']}")
        case other:
            text = escape(f"[{other}]")
    for style, tag in STYLES:
        if element.get("style", {}).get(style):
            text = f"<{tag}>{text}</{tag}>"
    return text


def _wish(element: Mapping[str, Any]) -> str:
    if "options" in element:
        return menu(element["placeholder"]["text"], _options(element))
    return str(element["text"]["text"])


def _options(element: Mapping[str, Any]) -> list[str]:
    chosen = element.get("initial_option", {}).get("value")
    return [
        f"✓ {option['text']['text']}"
        if option["value"] == chosen
        else option["text"]["text"]
        for option in element.get("options", ())
    ]


def _input(block: Mapping[str, Any]) -> str:
    element = block["element"]
    value = element.get("initial_value") or " | ".join(_options(element))
    hint = block.get("hint") or element.get("placeholder") or {}
    return field(block["label"]["text"], hint.get("text", ""), value)
