"""The Discord client: runs a connection, and says in plain errors why one ended."""

from pathlib import Path
from typing import Final

import discord

from bot.catalogue import Words
from bot.on_discord.addresses import pointed_at
from bot.on_discord.connection import TELL_EVERY, Connection
from bot.on_discord.servers import invite_link
from bot.on_discord.sharding import ShardedConnection, sharding
from bot.reception.messages import Receives

INVALID_TOKEN: Final = 4004
"""The gateway's code: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""


class TokenRefused(PermissionError):
    """Discord does not know this token, or not any more; to try again is of no use."""


class IntentRefused(PermissionError):
    """Discord does not hand over message content to this bot; its settings say so."""


class Disconnected(ConnectionError):
    """The connection could not be made, or broke beyond repair; a new client may."""


class DiscordClient:
    """Runs once, until it is closed.

    ``words`` speak where nobody's language is known. ``data`` is the folder that keeps
    what Discord was told of the commands. ``read_all`` asks for the words of all
    messages, which the application's settings at Discord have to allow. ``shards`` as
    ``sharding`` reads them; None: one stream for all.
    """

    def __init__(
        self,
        token: str,
        reception: Receives,
        words: Words,
        *,
        api: str | None = None,
        data: Path | None = None,
        read_all: bool = False,
        shards: str | None = None,
        tell_every: float | None = TELL_EVERY,
    ) -> None:
        self._token = token
        self._api = api
        kind = Connection if shards is None else ShardedConnection
        self.connection = kind(
            reception,
            words.language,
            data=data,
            read_all=read_all,
            tell_every=tell_every,
            **(sharding(shards) if shards else {}),
        )

    @property
    def invite_link(self) -> str | None:
        """Where a server's manager adds the bot; None before it is connected."""
        application = self.connection.application_id
        return None if application is None else invite_link(application)

    @property
    def connected(self) -> bool:
        """Whether Discord's events reach us at this moment."""
        return self.connection.hears

    async def run(self) -> None:
        """Serve until closed. Raises TokenRefused, IntentRefused or Disconnected."""
        try:
            async with pointed_at(self._api, self._token):
                await self.connection.start(self._token)
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except discord.PrivilegedIntentsRequired as error:
            raise IntentRefused from error
        except discord.ConnectionClosed as error:
            refused = error.code == INVALID_TOKEN
            raise (TokenRefused if refused else Disconnected) from error
        except (discord.DiscordException, OSError) as error:
            raise Disconnected from error
        except AttributeError as error:
            # discord.py looks into a connection that there never was, where the very
            # first one fails; seen with 2.7.1.
            if self.connection.ws is not None:
                raise
            raise Disconnected from error
        finally:
            await self.close()

    async def close(self) -> None:
        """End the connection; what is being worked on is given up."""
        await self.connection.close()
