"""What `quis doctor` asks of a `quis run` that tells how it is: its own `/ready`.

Only the process itself knows whether a platform is connected at this moment.
"""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import Mark
from bot.catalogue import Words
from bot.findings import Finding

NAME = "quis run"
PATIENCE = 10.0
"""Seconds; a process that waits for its store answers after five."""

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked, not listened at
PLATFORMS = ("Discord", "Slack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What `/ready` says; see ``bot.wiring.health``."""

    ready: bool
    store: bool
    indexes: Mapping[str, int | None] = field(default_factory=dict)
    platforms: Mapping[str, bool] = field(default_factory=dict)


def running(address: str, behind_at_most: int, words: Words) -> Finding:
    """How the `quis run` at this ``host:port`` is. Raises nothing."""
    told = _asked(address)
    if told is None:
        value = words("cli.doctor.run-away", address=address)
        return Finding(NAME, value, Mark.ATTENTION, words("cli.doctor.run-away-advice"))
    lacking = list(_lacking(told, behind_at_most, words))
    if not lacking:
        return Finding(NAME, words("cli.doctor.run-ready"))
    value = words("cli.doctor.run-lacks", names=", ".join(lacking))
    mark = Mark.ATTENTION if told.ready else Mark.BAD
    return Finding(NAME, value, mark, words("cli.doctor.run-lacks-advice"))


def _asked(address: str) -> Told | None:
    """What is told there; None where nobody answers, or somebody else does."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    here = "127.0.0.1" if host in EVERYWHERE else host
    connection = http.client.HTTPConnection(here, int(port), timeout=PATIENCE)
    try:
        connection.request("GET", "/ready")
        said = json.loads(connection.getresponse().read(100_000))
        return Told(
            ready=bool(said["ready"]),
            store=bool(said["store"]),
            indexes=dict(said["indexes"]),
            platforms=dict(said["platforms"]),
        )
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return None
    finally:
        connection.close()


def _lacking(told: Told, behind_at_most: int, words: Words) -> list[str]:
    """What is not there, or far behind, by its name."""
    found = [] if told.store else [words("cli.doctor.store")]
    for name, behind in sorted(told.indexes.items()):
        if behind is None or behind > behind_at_most:
            found.append(words("cli.doctor.index", name=name))
    platforms = told.platforms or dict.fromkeys(PLATFORMS, False)
    return found + [name for name, here in sorted(platforms.items()) if not here]
