"""What a check found: a name, how it stands, and what to do about it. (pure)"""

from dataclasses import dataclass

from bot.cards import Mark


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``advice`` says what to do where it is not well."""

    name: str
    value: str
    mark: Mark = Mark.GOOD
    advice: str = ""
