"""What moderators bring in from chat, in the store's database."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenant_rows import Row, of_tenant, place_columns, place_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import Place, Proposal, ProposalState, Tenant

_rows = schema.proposals

_TEXT = ("origin", "body", "stated", "found", "snapshot", "given")
"""What is of no more use once there is a draft: it holds all of it."""


class SqlProposals:
    """Implements ``tenant_ports.ProposalStore``; ``SqlStore.proposals`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, proposal: Proposal) -> None:
        """Keep a new proposal. One whose key is there already is left as it is."""
        require_storable("what was proposed", proposal)
        with self._database.writing() as connection:
            add_row(connection, _rows, _row(proposal))

    def get(self, tenant: Tenant, key: str) -> Proposal | None:
        """The proposal with this key, where it is the tenant's."""
        if unstorable(key):
            return None
        found = self._some(_of(tenant), _rows.c.key == key)
        return found[0] if found else None

    def change(self, proposal: Proposal, expected: ProposalState) -> bool:
        """Replace it whole, where its state still is ``expected``."""
        require_storable("what was proposed", proposal)
        this = (
            update(_rows)
            .where(_of(proposal.tenant), _rows.c.key == proposal.key)
            .where(_rows.c.state == expected.value)
            .values(_row(proposal))
        )
        with self._database.writing() as connection:
            return bool(connection.execute(this).rowcount)

    def place(self, tenant: Tenant, key: str, card: Place) -> bool:
        """Say where its card stands; False where it is not known."""
        require_storable("the place of a review", card)
        if unstorable(key):
            return False
        this = update(_rows).where(_of(tenant), _rows.c.key == key)
        with self._database.writing() as connection:
            done = connection.execute(this.values(place_columns(card, "card")))
            return bool(done.rowcount)

    def drop(self, tenant: Tenant, key: str) -> bool:
        """Forget one that has no draft yet; False where there is none."""
        if unstorable(key):
            return False
        this = delete(_rows).where(
            _of(tenant), _rows.c.key == key, _rows.c.state == ProposalState.OPEN.value
        )
        with self._database.writing() as connection:
            return bool(connection.execute(this).rowcount)

    def in_states(self, states: Collection[ProposalState]) -> tuple[Proposal, ...]:
        """All tenants' proposals in these states, oldest first."""
        return self._some(_rows.c.state.in_(sorted(s.value for s in states)))

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant. Its drafts stay in review."""
        with self._database.writing() as connection:
            connection.execute(delete(_rows).where(_of(tenant)))

    def purge(self, *, unfinished: datetime, told: datetime) -> int:
        """Wipe those without a draft, and those told, that are older; how many."""
        stale = [
            delete(_rows).where(_rows.c.state == state.value, _rows.c.at < instant(at))
            for state, at in (
                (ProposalState.OPEN, unfinished),
                (ProposalState.TOLD, told),
            )
        ]
        with self._database.writing() as connection:
            return sum(connection.execute(each).rowcount for each in stale)

    def _some(self, *which: ColumnElement[bool]) -> tuple[Proposal, ...]:
        wanted = select(_rows).where(*which).order_by(_rows.c.at, _rows.c.key)
        with self._database.reading() as connection:
            return tuple(map(_proposal, connection.execute(wanted).mappings()))


def _of(tenant: Tenant) -> ColumnElement[bool]:
    if unstorable(tenant.platform) or unstorable(tenant.id):
        return _rows.c.platform != _rows.c.platform
    return and_(_rows.c.platform == tenant.platform, _rows.c.tenant == tenant.id)


def _row(proposal: Proposal) -> dict[str, Any]:
    """The row. What is of no more use in a state is not kept in it."""
    if proposal.state is not ProposalState.OPEN:
        proposal = replace(
            proposal, origin="", body="", stated={}, found={}, snapshot=None, given={}
        )
    if proposal.state is ProposalState.TOLD:
        proposal = replace(proposal, proposer="")
    text = {name: getattr(proposal, name) for name in _TEXT}
    return {
        "key": proposal.key,
        **of_tenant(proposal.tenant),
        "proposer": proposal.proposer,
        "at": instant(proposal.at),
        "language": proposal.language,
        "text": json.dumps(text, ensure_ascii=False, default=_plain),
        "target": proposal.target,
        "state": proposal.state.value,
        "document": proposal.document,
        "revision": proposal.revision,
        **place_columns(proposal.card, "card"),
    }


def _plain(value: object) -> str | list[object]:
    """Dates, and other values of front matter, as they are written there."""
    return list(value) if isinstance(value, tuple | frozenset | set) else str(value)


def _proposal(row: Row) -> Proposal:
    return Proposal(
        key=row["key"],
        tenant=Tenant(row["platform"], row["tenant"]),
        proposer=row["proposer"],
        at=datetime.fromisoformat(row["at"]),
        language=row["language"],
        target=row["target"],
        state=ProposalState(row["state"]),
        document=row["document"],
        revision=row["revision"],
        card=place_of(row, "card"),
        **json.loads(row["text"]),
    )
