"""Addresses of messages as Slack writes them itself: by the workspace's own host. (pure)

A card knows a workspace by its id alone; only its client knows the host. Slack documents
the address (docs.slack.dev/reference/methods/chat.getPermalink), in a thread too, and no
redirection to a message by ids (docs.slack.dev/interactivity/deep-linking).
"""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.cards import Block, Card, Fact, Facts
from bot.links import REDIRECTED


def addressed(card: Card, workspace: str) -> Card:
    """The card with its links to messages led to them; ``https://team.slack.com/``."""
    return replace(
        card, blocks=tuple(_block(block, workspace) for block in card.blocks)
    )


def permalink(address: str, workspace: str) -> str:
    """The message's own address, for one that names it by ids; any other as it is."""
    if not address.startswith(REDIRECTED) or not workspace:
        return address
    given = {
        name: values[0] for name, values in parse_qs(urlsplit(address).query).items()
    }
    channel, message = given.get("channel", ""), given.get("message_ts", "")
    if not channel or not message:
        return address
    number = message.replace(".", "")
    own = f"{workspace.rstrip('/')}/archives/{channel}/p{number}"
    thread = given.get("thread_ts")
    if thread is None:
        return own
    return f"{own}?{urlencode({'thread_ts': thread, 'cid': channel})}"


def _block(block: Block, workspace: str) -> Block:
    if not isinstance(block, Facts):
        return block
    return Facts(tuple(_fact(fact, workspace) for fact in block.facts))


def _fact(fact: Fact, workspace: str) -> Fact:
    if fact.link is None:
        return fact
    return replace(fact, link=permalink(fact.link, workspace))
