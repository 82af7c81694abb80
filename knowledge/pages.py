"""An address → what is there, kept as it came, and read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.errors import EditorsOnly, UnreadableFile
from knowledge.model import Actor, Role
from knowledge.ports import (
    Clock,
    Fetched,
    Fetcher,
    Findings,
    KeptPage,
    PageReader,
    Snapshots,
)

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a file's; perhaps none of the web."""
    return _SCHEME.match(name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Reads addresses. Their bytes are kept before they are read."""

    fetcher: Fetcher
    snapshots: Snapshots
    reader: PageReader
    clock: Clock

    def read(self, address: str, actor: Actor) -> Findings:
        """What a page says and what it says of itself.

        Raises EditorsOnly, ForbiddenAddress, PageUnavailable, UnreadableFile.
        """
        if actor.role < Role.EDITOR:
            raise EditorsOnly(url=address, actor=actor.id)
        page = self.fetcher.fetch(address)
        snapshot = self.snapshots.keep(page, self.clock.now())
        findings = self.reader.read(page, snapshot)
        return replace(findings, snapshot=snapshot.sha256)

    def keep(self, name: str, content: bytes, findings: Findings) -> Findings:
        """Findings of a file that somebody sent, whose bytes are kept now as well.

        Raises StoreUnavailable.
        """
        sent = Fetched(asked=name, url=findings.origin, content_type="", body=content)
        snapshot = self.snapshots.keep(sent, self.clock.now())
        return replace(findings, snapshot=snapshot.sha256)

    def problems(self, named: Iterable[str]) -> tuple[str, ...]:
        """What is wrong with the snapshots that the ledger names, one line each."""
        return tuple(
            f"snapshot {sha256} is gone or no longer what was fetched: restore a backup"
            for sha256 in self.snapshots.damaged(named)
        )

    def kept(self, sha256: str) -> KeptPage | None:
        """A page as it was fetched, by its hash; None where its bytes are gone."""
        return self.snapshots.kept(sha256)

    def text(self, sha256: str) -> str | None:
        """What is read in a page as it was fetched; None where nothing can be."""
        kept = self.snapshots.kept(sha256)
        if kept is None:
            return None
        try:
            return self.reader.read(kept.page, kept.snapshot).body
        except UnreadableFile:
            return None
