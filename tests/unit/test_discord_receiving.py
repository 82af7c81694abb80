"""What Discord hands over → who is there."""

from types import SimpleNamespace

import pytest
from discord import Locale, Permissions
from discord.app_commands import AppCommandContext

from bot.on_discord import receiving


def interaction(context: AppCommandContext, guild: int | None = None):
    return SimpleNamespace(
        context=context,
        guild_id=guild,
        channel=SimpleNamespace(id=7),
        user=SimpleNamespace(id=1, display_name="Ana"),
        locale=Locale.british_english,
        permissions=Permissions.none(),
        is_guild_integration=lambda: guild is not None,
    )


@pytest.mark.parametrize(
    ("context", "guild", "alone"),
    [
        (AppCommandContext(guild=True), 5, False),
        (AppCommandContext(dm_channel=True), None, True),
        # between two people or more, one of whom has brought the bot along
        (AppCommandContext(private_channel=True), None, False),
    ],
)
def test_only_in_messages_to_the_bot_nobody_else_reads(context, guild, alone):
    caller = receiving.caller_of(interaction(context, guild))
    assert caller.direct is alone
