"""Servers and workspaces come and go: which are known, and that one is wiped."""

from dataclasses import replace

from bot.reception import kb
from bot.reception.house import House, noted
from knowledge.errors import QuisError
from knowledge.model import Tenant


async def known(house: House, platform: str) -> tuple[Tenant, ...]:
    """The servers or workspaces of which anything is kept; none where that fails."""
    try:
        return await house.kept(lambda t: t.known(platform))
    except QuisError as fault:  # the next start looks again
        house.desk.on_fault(fault)
        return ()


async def installed(house: House, tenant: Tenant, mark: str) -> None:
    """Remember the mark of the token by which it is served. Raises QuisError."""
    if (await house.rules.of(tenant)).installation != mark:
        await house.rules.change(tenant, lambda s: replace(s, installation=mark))


async def revoked(house: House, platform: str, mark: str) -> None:
    """Wipe all that were served by the token with this mark. Raises QuisError."""
    for tenant in await known(house, platform):
        if (await house.rules.of(tenant)).installation == mark:
            await gone(house, tenant)


async def gone(house: House, tenant: Tenant) -> None:
    """Wipe everything of a tenant, in memory and in the store."""
    house.memory.forget(tenant)
    house.late.forget(tenant)
    house.rules.forget(tenant)
    for asked in tuple(house.asked):
        if asked.tenant == tenant:
            house.asked.drop(asked)
    await noted(house, lambda: house.kept(lambda t: t.forget(tenant)))
    await noted(house, lambda: kb.forget(house, tenant))
