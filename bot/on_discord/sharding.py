"""Discord's events in several streams, as it asks for past 2,500 servers.

https://docs.discord.com/developers/events/gateway#sharding
"""

from typing import Any

import discord

from bot.on_discord.connection import Connection


class ShardedConnection(Connection, discord.AutoShardedClient):
    """Hears the events of several shards; all else is as without.

    Made with ``shard_count`` and ``shard_ids``; None: as many as Discord recommends, all.
    """

    @property
    def hears(self) -> bool:
        """Whether a session has begun on every shard, and a socket is open."""
        opened = [not shard.is_closed() for shard in self.shards.values()]
        return self.is_ready() and any(opened)


def sharding(text: str) -> dict[str, Any]:
    """``auto``, ``4`` for all of four, ``0-1/4`` for two of them, in discord.py's words.

    The text is as the settings took it.
    """
    if text == "auto":
        return {}
    these, _, count = text.rpartition("/")
    if not these:
        return {"shard_count": int(count)}
    first, _, last = these.partition("-")
    ids = list(range(int(first), int(last or first) + 1))
    return {"shard_count": int(count), "shard_ids": ids}
