"""Card → a message of Slack: blocks within its limits, and all of it as plain text too.

Pure. Words are taken as they are; what Slack would read in them is escaped, or stands
where Slack reads nothing. Slack's limits: PLATFORMS, part 2.4.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.cards import Actions, Attachment, Block, Card, Picture
from bot.on_slack.buttons import actions
from bot.on_slack.drawing import Drawer
from bot.on_slack.plain import plain
from bot.on_slack.rich import Json
from bot.on_slack.texts import label
from bot.on_slack.thrift import Thrift, degrees

MOST_BLOCKS = 50
LONGEST = 12_000
"""Characters of a message's blocks as JSON; Slack refuses some 13,200 (bolt-js 2509)."""

LONGEST_TITLE = 150
LONGEST_REMARK = 300


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: ``text`` is for notifications and screen readers, always there."""

    blocks: tuple[Json, ...]
    text: str


def render(
    card: Card, files: Mapping[str, str] | None = None, *, most: int = MOST_BLOCKS
) -> Message:
    """As much of the card as fits, by the order of ``thrift``.

    ``files`` are its pictures that Slack holds: name → id. ``most`` blocks are used.
    """
    blocks: list[Json] = []
    for thrift in degrees(len(card.quotes()), len(card.blocks)):
        blocks = _drawn(card, thrift, files or {})
        if len(blocks) <= most and length(blocks) <= LONGEST:
            break
    return Message(tuple(blocks), plain(card))


def pictures(card: Card) -> tuple[Picture, ...]:
    """Those that are to be brought to Slack before the card is drawn."""
    return tuple(block for block in card.blocks if isinstance(block, Picture))


def attachments(card: Card) -> tuple[Attachment, ...]:
    """The files that go to whoever is shown the card."""
    return tuple(block for block in card.blocks if isinstance(block, Attachment))


def length(blocks: Sequence[Json]) -> int:
    """Characters of the blocks as JSON."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def _drawn(card: Card, thrift: Thrift, files: Mapping[str, str]) -> list[Json]:
    drawer = Drawer(thrift, files)
    blocks = _top(card)
    content: list[Block] = [b for b in card.blocks if not isinstance(b, Actions)]
    body = [drawn for block in content for drawn in drawer.draw(block)]
    if thrift.merged:
        body = _merged(body)
    blocks += body[: thrift.blocks]
    wishes = [block for block in card.blocks if isinstance(block, Actions)]
    return blocks + actions(wishes, thrift.buttons)


def _top(card: Card) -> list[Json]:
    blocks: list[Json] = []
    if card.title.strip():
        blocks.append({"type": "header", "text": _plain(card.title, LONGEST_TITLE)})
    if card.remark.strip():
        remark = _plain(card.remark, LONGEST_REMARK)
        blocks.append({"type": "context", "elements": [remark]})
    return blocks


def _plain(text: str, longest: int) -> Json:
    return {"type": "plain_text", "text": label(text, longest), "emoji": False}


def _merged(blocks: Sequence[Json]) -> list[Json]:
    """Neighbours of rich text as one block: many lines need few blocks."""
    merged: list[Json] = []
    for kind, group in groupby(blocks, lambda block: block["type"]):
        if kind != "rich_text":
            merged += group
            continue
        elements: list[object] = []
        for block in group:
            held = block["elements"]
            elements += held if isinstance(held, list) else []
        merged.append({"type": "rich_text", "elements": elements})
    return merged
