"""Pages of the public web, as they are fetched."""

from dataclasses import dataclass, field
from typing import Protocol

from knowledge.model import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave. ``url`` is the one at the end of all redirects.

    ``content_type`` is the server's word, with its charset; ``body`` is decompressed.
    """

    asked: str
    url: str
    content_type: str
    body: bytes
    validators: Validators = field(default_factory=Validators)


class Fetcher(Protocol):
    """Fetches from the public web, and from nowhere else."""

    def fetch(self, url: str) -> Fetched:
        """Raises ForbiddenAddress before anything is sent there, and PageUnavailable."""
        ...

    def revisit(self, url: str, known: Validators) -> Fetched | None:
        """As ``fetch``; None where the server says that what is known is as it was."""
        ...
