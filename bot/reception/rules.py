"""The settings of each tenant: read again after some seconds, changed one at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.reception.memory import Fading
from knowledge.model import AnswersWhen, ChannelSettings, Tenant, TenantSettings

TENANTS = 5000
FRESH = timedelta(seconds=15)
"""For so long a change that another process made may go unnoticed."""

LAST_KNOWN = timedelta(days=1)
"""How long what was read last is better than nothing, where it cannot be read."""


class Rules:
    """A cache of the settings. ``read`` and ``write`` reach the store, in threads."""

    def __init__(
        self,
        read: Callable[[Tenant], Awaitable[TenantSettings]],
        write: Callable[[Tenant, TenantSettings], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        self._read = read
        self._write = write
        self._now = now
        self._held: Fading[Tenant, TenantSettings] = Fading(TENANTS, FRESH)
        self._last: Fading[Tenant, TenantSettings] = Fading(TENANTS, LAST_KNOWN)
        self._one_at_a_time = asyncio.Lock()

    async def of(self, tenant: Tenant) -> TenantSettings:
        """What holds in a tenant. Raises QuisError."""
        held = self._held.get(tenant, self._now())
        if held is None:
            held = await self._read(tenant)
            self._keep(tenant, held)
        return held

    def last_known(self, tenant: Tenant) -> TenantSettings:
        """What held when it was last read, here and lately; else what holds to begin with.

        For what is said where it cannot be read; nothing is decided by it.
        """
        return self._last.get(tenant, self._now()) or TenantSettings()

    def answers_in(self, tenant: Tenant, channel: str) -> AnswersWhen:
        """When the bot speaks there; where that is not known, as much as can be.

        So that nothing is left unheard: whoever hears it looks again.
        """
        held = self._held.get(tenant, self._now())
        if held is None:
            return AnswersWhen.SURE
        return held.of(channel).answers or held.answers

    async def change(
        self, tenant: Tenant, change: Callable[[TenantSettings], TenantSettings]
    ) -> TenantSettings:
        """Change the settings as they are in the store now. Raises QuisError."""
        async with self._one_at_a_time:
            changed = change(await self._read(tenant))
            await self._write(tenant, changed)
            self._keep(tenant, changed)
            return changed

    def forget(self, tenant: Tenant) -> None:
        """The tenant is gone."""
        self._held.drop(tenant)
        self._last.drop(tenant)

    def _keep(self, tenant: Tenant, settings: TenantSettings) -> None:
        self._held.put(tenant, settings, self._now())
        self._last.put(tenant, settings, self._now())


def in_channel(
    settings: TenantSettings,
    channel: str,
    change: Callable[[ChannelSettings], ChannelSettings],
) -> TenantSettings:
    """The settings with one channel's own changed; without it where nothing is its own."""
    channels = dict(settings.channels)
    own = change(channels.pop(channel, ChannelSettings()))
    if own != ChannelSettings():
        channels[channel] = own
    return replace(settings, channels=channels)
