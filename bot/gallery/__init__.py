"""Every kind of card, so that a person can look at them: from a few documents, on paper.

``samples`` makes the cards, ``drawings`` what each platform would be sent of them, ``homes``
what Slack alone has, ``page`` a page that shows both side by side. Nothing is sent anywhere.
"""

from bot.gallery.drawings import Drawing, on_discord, on_slack
from bot.gallery.homes import homes
from bot.gallery.page import page
from bot.gallery.samples import Exhibit, exhibits
from bot.gallery.scene import DOCUMENTS, KEY

__all__ = [
    "DOCUMENTS",
    "KEY",
    "Drawing",
    "Exhibit",
    "exhibits",
    "homes",
    "on_discord",
    "on_slack",
    "page",
]
