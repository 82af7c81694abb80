"""One HTML page that shows what both platforms are sent, side by side; nothing of it acts.

It draws the JSON and not the cards, so that what is seen is what would be sent. It is no
picture of either platform: order, words and weight are theirs, looks are not.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.gallery import markdown, rich

STYLE = """
body { font: 16px/1.45 sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem;
  color: #1b1f24; background: #fff }
h2 { font: 600 1rem monospace; border-top: 1px solid #d0d7de; padding-top: 1.5rem }
h3 { font-size: 1.15rem; margin: 0 0 .4rem }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: start }
@media (max-width: 60rem) { .pair { grid-template-columns: 1fr } }
.card { border: 1px solid #8c959f; border-radius: 8px; padding: .8rem 1rem;
  overflow-wrap: anywhere }
figure { margin: 0 } figcaption { font-size: .8rem; color: #57606a }
pre { white-space: pre-wrap; background: #f6f8fa; padding: .4rem } ul { margin: .1rem 0 }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 4px solid #d0d7de }
p { margin: .3rem 0 } small { color: #57606a } img { max-width: 100% }
.wishes { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 }
.wish { border: 1px solid #8c959f; border-radius: 6px; padding: .2rem .6rem }
.field { border: 1px solid #8c959f; padding: .3rem .5rem; white-space: pre-wrap }
nav a { margin-right: .8rem; white-space: nowrap }
"""

POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"

Json = Mapping[str, Any]


def page(
    title: str,
    language: str,
    shown: Sequence[tuple[str, Json | None, Json]],
    none: str = "–",
) -> str:
    """Names, with what Discord and what Slack are sent under each → the page.

    ``none`` is said where Discord has nothing of the kind.
    """
    links = " ".join(f'<a href="#{escape(n)}">{escape(n)}</a>' for n, _, _ in shown)
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(language)}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><nav>{links}</nav>",
    ]
    for name, discord, slack in shown:
        parts += [
            f'<section id="{escape(name)}"><h2>{escape(name)}</h2><div class="pair">',
            _figure("Discord", _or_none(discord, none)),
            _figure("Slack", rich.message(slack)),
            "</div></section>",
        ]
    return "\n".join([*parts, "</body></html>", ""])


def _or_none(discord: Json | None, none: str) -> str:
    return f"<p>{escape(none)}</p>" if discord is None else markdown.message(discord)


def _figure(platform: str, inside: str) -> str:
    caption = f"<figcaption>{platform}</figcaption>"
    return f'<figure>{caption}<div class="card">{inside}</div></figure>'
