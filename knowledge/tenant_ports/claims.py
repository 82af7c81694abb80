"""Which of several processes does what only one may do."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol


class ClaimStore(Protocol):
    """Keeps who has what is named, and until when. As ``TenantStore``."""

    def claim(self, name: str, holder: str, at: datetime, lease: timedelta) -> bool:
        """Whether this holder now has what is named; of several who try at once one has.

        It keeps it until ``at`` + ``lease``, and longer where it claims it again. Nobody
        gives it back: it is free when the lease is over. A lease that ends beyond two of
        its length was given by a clock that was wrong, and is over.
        """
        ...

    def claimed(self, names: Sequence[str]) -> Mapping[str, datetime]:
        """Those of them that anybody ever claimed, as far back as that is kept.

        Each with the instant at which it was claimed first.
        """
        ...
