"""What the readers of marked-up files give back, across the border of a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Extract:
    """A body, and what the file says of itself by the keys of the front matter.

    ``stated`` takes the place of front matter, as the facts of a law do.
    """

    body: str
    found: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, object] = field(default_factory=dict)


class Unreadable(Exception):
    """Why a file cannot be read; ends the sentence "… cannot be read: …"."""
