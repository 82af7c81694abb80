"""The App Home, which Slack has and Discord has not: where nobody has asked yet.

Its cards are those that ``on_slack.home`` asks of the reception, in its order.
"""

from collections.abc import Iterator
from datetime import datetime

from bot import replies
from bot.cards import Card
from bot.gallery.scene import CHANNEL, Scene
from bot.on_slack.forms import home
from bot.on_slack.rich import Json
from knowledge.library import Library
from knowledge.model import TenantSettings


def homes(library: Library, language: str, now: datetime) -> Iterator[tuple[str, Json]]:
    """Each with its name, as Slack would be sent it. Raises QuisError."""
    scene = Scene(library, "slack", language, now)
    yield "app-home", home(_cards(scene))
    settings = TenantSettings(language=language, moderators_channel=CHANNEL)
    shown = replies.settings(settings, language=language, platform="slack")
    yield "app-home-of-a-manager", home([*_cards(scene), shown])
    first = replies.welcome("slack", language)
    yield "app-home-at-first", home([first, *_cards(scene), shown])


def _cards(scene: Scene) -> list[Card]:
    """What everybody gets: help, and what is held."""
    names, language = scene.library.vocabulary, scene.language
    held = replies.coverage(scene.library.coverage(), names, language=language)
    return [replies.help_card("slack", language), held]
