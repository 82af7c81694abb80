"""Tell Discord of the commands, but only where they changed since it was last told."""

import json
from collections.abc import Sequence
from pathlib import Path

import discord
import structlog

from bot.on_discord.commands import Payload, fingerprint

FILE = "discord-commands.json"


async def register(
    client: discord.Client, commands: Sequence[Payload], folder: Path | None
) -> bool:
    """Register them all at once; says whether it was needed.

    What was registered last is noted in ``folder`` by application. A failure is logged,
    and no reason not to run: earlier commands go on working.
    """
    application = str(client.application_id)
    new = fingerprint(commands)
    if noted(folder).get(application) == new:
        return False
    try:
        await client.http.bulk_upsert_global_commands(
            client.application_id or 0, payload=list(commands)
        )
    except discord.HTTPException as error:
        structlog.get_logger().error(
            "discord_commands_refused", status=error.status, code=error.code
        )
        return False
    _note(folder, noted(folder) | {application: new})
    structlog.get_logger().info("discord_commands_registered", count=len(commands))
    return True


def noted(folder: Path | None) -> dict[str, str]:
    """What each application was told last, by its fingerprint."""
    if folder is None:
        return {}
    try:
        noted = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _note(folder: Path | None, noted: dict[str, str]) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(json.dumps(noted, indent=1), "utf-8")
    except OSError as error:  # it is told again at the next start, no more
        structlog.get_logger().warning(
            "discord_commands_not_noted", error=type(error).__name__
        )
