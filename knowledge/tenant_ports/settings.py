"""What holds in a server or workspace, and which digest its moderators had last."""

from typing import Protocol

from knowledge.model import Digest, Tenant, TenantSettings


class SettingsStore(Protocol):
    """Keeps a tenant's settings and its last digest. As ``TenantStore``."""

    def settings(self, tenant: Tenant) -> TenantSettings:
        """What holds in a tenant; the defaults where nothing was ever set."""
        ...

    def set_settings(self, tenant: Tenant, settings: TenantSettings) -> None:
        """Replace the whole value."""
        ...

    def moderated(self, platform: str) -> tuple[tuple[Tenant, TenantSettings], ...]:
        """The tenants of a platform that have a moderators' channel, by id."""
        ...

    def digest(self, tenant: Tenant) -> Digest | None:
        """The last digest of its queue that was handed out to its moderators."""
        ...

    def set_digest(self, tenant: Tenant, digest: Digest) -> None:
        """Keep it in the place of the one before."""
        ...
