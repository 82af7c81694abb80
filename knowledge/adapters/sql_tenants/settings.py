"""Settings and digests, in the store's database."""

from datetime import date

from sqlalchemy import select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_tenant_rows import of_tenant, settings_of, settings_text
from knowledge.adapters.sql_tenants.own_rows import OwnRows, is_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import put_row
from knowledge.model import Digest, Tenant, TenantSettings

_tenants, _digests = schema.tenants, schema.digests


class SqlSettings(OwnRows):
    """Implements ``tenant_ports.SettingsStore``."""

    def settings(self, tenant: Tenant) -> TenantSettings:
        """What holds in a tenant; the defaults where nothing was ever set."""
        wanted = select(_tenants.c.settings).where(is_of(_tenants, tenant))
        with self._database.reading() as connection:
            held = connection.execute(wanted).scalar()
        return TenantSettings() if held is None else settings_of(held)

    def set_settings(self, tenant: Tenant, settings: TenantSettings) -> None:
        """Replace the whole value."""
        require_storable("the settings", (tenant, settings))
        row = {**of_tenant(tenant), "settings": settings_text(settings)}
        with self._database.writing() as connection:
            put_row(connection, _tenants, row)

    def moderated(self, platform: str) -> tuple[tuple[Tenant, TenantSettings], ...]:
        """The tenants of a platform that have a moderators' channel, by id."""
        if unstorable(platform):
            return ()
        wanted = select(_tenants).where(_tenants.c.platform == platform)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(_tenants.c.tenant)).mappings()
            held = [
                (Tenant(platform, row["tenant"]), settings_of(row["settings"]))
                for row in rows
            ]
        return tuple(each for each in held if each[1].moderators_channel)

    def digest(self, tenant: Tenant) -> Digest | None:
        """The last digest of its queue that was handed out to its moderators."""
        wanted = select(_digests.c.due, _digests.c.told).where(is_of(_digests, tenant))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return row and Digest(date.fromisoformat(row.due), bool(row.told))

    def set_digest(self, tenant: Tenant, digest: Digest) -> None:
        """Keep it in the place of the one before."""
        require_storable("the digest", tenant)
        row = {"due": digest.due.isoformat(), "told": int(digest.told)}
        with self._database.writing() as connection:
            put_row(connection, _digests, {**of_tenant(tenant), **row})
