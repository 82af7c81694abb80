"""The gate's numbers, as ``tests/evaluation`` writes them."""

import json
from pathlib import Path

from knowledge.errors import ModelUnavailable
from knowledge.gate import Gate


def load_gate(path: Path) -> Gate:
    """The gate of a file. Raises ModelUnavailable for one that cannot be read."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return Gate(
            bias=float(held["bias"]),
            weights={str(k): float(v) for k, v in held["weights"].items()},
            threshold=float(held["threshold"]),
            fitted_on=str(held["fitted_on"]),
            data=str(held["data"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ModelUnavailable(
            model=path.name, problem="its numbers cannot be read; install Quis again"
        ) from error
