"""What a verification has found: under way, and as it is told."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was found wrong, one line each, what was mended and which indexes rebuilt.

    ``problems`` are those that stand after a repair. ``mendable``: a repair would end
    some of them.
    """

    problems: tuple[str, ...]
    mended: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()
    mendable: bool = False
    documents: int = 0  # checked, as are the following
    passages: int = 0
    ledger_lines: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing stands."""
        return not self.problems


@dataclass(slots=True)
class Check:
    """A verification under way."""

    problems: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    mendable: bool = False
    rebuilt: list[str] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    ledger_lines: int = 0

    def report(self) -> VerifyReport:
        """All of it, once it is over."""
        return VerifyReport(
            problems=tuple(self.problems),
            mended=tuple(self.mended),
            rebuilt=tuple(self.rebuilt),
            mendable=self.mendable,
            documents=self.documents,
            passages=self.passages,
            ledger_lines=self.ledger_lines,
        )
