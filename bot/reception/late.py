"""Forms that came too late to be opened: kept for a moment, and opened by one press.

A platform takes a form as the first answer alone (Discord, which we acknowledge within a
second) or within three seconds (Slack). So whoever waited longer is given a button that
carries the form's own id: pressed soon it opens the form that is there already, pressed
later, or after a restart, it has the same form made anew.
"""

from datetime import datetime, timedelta

from bot.cards import Form
from bot.reception.codes import Code
from bot.reception.memory import Fading
from bot.reception.messages import Caller
from knowledge.model import Tenant

MOST = 500
KEPT = timedelta(minutes=2)
"""What a form begins with may be changed meanwhile by others, so it is not kept longer."""


class Late:
    """In memory only, bounded. Each is for the one whom it was made for, and once."""

    def __init__(self) -> None:
        self._held: Fading[tuple[Tenant, str, Code], Form] = Fading(MOST, KEPT)

    def put(self, caller: Caller, code: Code, form: Form, now: datetime) -> None:
        """Keep a form that could not be opened."""
        self._held.put((caller.tenant, caller.user, code), form, now)

    def take(self, caller: Caller, code: Code, now: datetime) -> Form | None:
        """The form that this press is for, where it is there already."""
        key = (caller.tenant, caller.user, code)
        form = self._held.get(key, now)
        self._held.drop(key)
        return form

    def forget(self, tenant: Tenant) -> None:
        """Everything of a tenant."""
        for key in tuple(self._held):
            if key[0] == tenant:
                self._held.drop(key)
