"""The gate's numbers, as ``tests/evaluation`` writes them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.errors import ModelUnavailable
from knowledge.gate import Gate, Gates


def load_gates(path: Path) -> Gates:
    """The gates of a file. Raises ModelUnavailable for one that cannot be read."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        judged, read, followed, first = map(
            held.get, ("judged", "read", "followed", "first")
        )
        return Gates(
            bare=_gate(held["bare"]),
            own=_gate(held["own"]),
            judged=_gate(judged) if judged else None,
            read=_gate(read) if read else None,
            followed=_gate(followed) if followed else None,
            first=_gate(first) if first else None,
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ModelUnavailable(
            model=path.name, problem="its numbers cannot be read; install Quis again"
        ) from error


def _gate(held: Mapping[str, Any]) -> Gate:
    return Gate(
        bias=float(held["bias"]),
        weights={str(k): float(v) for k, v in held["weights"].items()},
        threshold=float(held["threshold"]),
        fitted_on=str(held["fitted_on"]),
        data=str(held["data"]),
    )
