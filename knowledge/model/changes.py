"""Who changes what: roles, steps of review, ledger lines, the change feed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class Role(IntEnum):
    """What a person may do; each role may do what the one before may."""

    READER = 0
    CONTRIBUTOR = 1
    EDITOR = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for a change, e.g. ``terminal:ana``."""

    id: str
    role: Role


class Step(StrEnum):
    """A step of review."""

    PROPOSE = "propose"  # a first revision, or a draft revision on top of one
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    REJECT = "reject"
    RETRACT = "retract"
    CORRECT = "correct"
    RECHECK = "recheck"
    RETURN = "return"  # to its proposer, with the reason
    VET = "vet"  # a person compared a document of the starter set with its source


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the ledger will say of one step. ``rule`` names the rule that allowed it."""

    at: datetime
    actor: str
    step: Step
    document: str
    revision: int
    rule: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """An event as it stands in the ledger, chained to the line before by its hash."""

    sequence: int
    event: Event
    previous: str  # sha-256, hex; 64 zeros before the first line
    hash: str


class Operation(StrEnum):
    """What an index has to do about a passage."""

    PUT = "put"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change feed; ``sequence`` counts from 1 without gaps."""

    sequence: int
    operation: Operation
    passage: str  # its id


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index has followed which store's feed."""

    store: str  # the store's own id, so that an index never trusts another store's
    sequence: int = 0
