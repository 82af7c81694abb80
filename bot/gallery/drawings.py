"""What each platform would be sent of an exhibit, as plain JSON values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.cards import Card, Form, Picture
from bot.gallery.samples import Exhibit
from bot.on_discord.forms import modal as discord_modal
from bot.on_discord.render import render as discord_render
from bot.on_slack.forms import modal as slack_modal
from bot.on_slack.render import pictures
from bot.on_slack.render import render as slack_render

COMPONENTS_V2 = 1 << 15


@dataclass(frozen=True, slots=True)
class Drawing:
    """The body of a request, and the pictures that it shows, by the names that it has."""

    body: Mapping[str, Any]
    pictures: tuple[tuple[str, Picture], ...] = ()


def on_discord(exhibit: Exhibit) -> Drawing:
    """A message of components, or a modal."""
    match exhibit.shown:
        case Form() as form:
            return Drawing(discord_modal(form).to_dict())
        case Card() as card:
            drawn = discord_render(card)
            view: Any = drawn.view  # discord.py leaves this method without types
            body = {
                "flags": COMPONENTS_V2,
                "components": view.to_components(),
                "allowed_mentions": {"parse": []},
            }
            return Drawing(body, drawn.pictures)


def on_slack(exhibit: Exhibit) -> Drawing:
    """A message of blocks with its text, or a modal.

    A picture's id at Slack is its name here, since nothing is uploaded.
    """
    match exhibit.shown:
        case Form() as form:
            return Drawing(slack_modal(form))
        case Card() as card:
            held = pictures(card)
            made = slack_render(card, {each.name: each.name for each in held})
            body = {
                "text": made.text,
                "blocks": list(made.blocks),
                "unfurl_links": False,
                "unfurl_media": False,
            }
            return Drawing(body, tuple((each.name, each) for each in held))
