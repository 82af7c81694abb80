"""A document's particulars in the moderators' words."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.cards import Fact
from bot.catalogue import Words
from bot.replies import guidance
from bot.replies.subject import Names, echo
from knowledge.model import Event, Kind
from knowledge.model import Form as TextForm

FIELDS = (
    *("title", "publisher", "url", "published_on", "language"),
    *("kind", "form", "event_on", "vendors", "countries"),
)
LONGEST = 300

PersonNamed = Callable[[str], str]
"""An actor's id, as the ledger has it → the name to show."""


def invocation(name: str, platform: str, language: str | None) -> str:
    """A sub-command of the documents' command as it is typed on a platform."""
    return guidance.invocation("kb", name, platform, language)


def particulars(
    values: Mapping[str, str], names: Names, spoken: Words
) -> Iterator[Fact]:
    """A line for each field that says something."""
    for key in FIELDS:
        given = values.get(key, "")
        if value := shown(key, given, names, spoken):
            link = given if key == "url" else None
            yield Fact(spoken(f"kb.field.{key}"), value, link=link)


def shown(key: str, value: str, names: Names, spoken: Words) -> str:
    """A field's value in words; ids by their names."""
    if not value:
        return ""
    match key:
        case "kind" if value in list(Kind):
            return spoken(f"kind.{value}")
        case "form" if value in list(TextForm):
            return spoken(f"form.{value}")
        case "language":
            return spoken.language_name(value)
        case "vendors":
            return listed([names.vendor_name(each) for each in _parts(value)])
        case "countries":
            named = [names.place_name(each, spoken.language) for each in _parts(value)]
            return listed(named)
        case _:
            return echo(value, LONGEST)


def listed(items: Sequence[str]) -> str:
    """Names one after the other."""
    return ", ".join(items)


def near_line(near: Sequence[tuple[str, int]], spoken: Words) -> str:
    """Which documents a text resembles, and how much."""
    others = listed([f"{id} ({percent} %)" for id, percent in near])
    return spoken("kb.review.near", others=others)


def when(event: Event, spoken: Words) -> str:
    """The minute of a step, in UTC."""
    return spoken.minute(event.at)


def reason_of(event: Event) -> str:
    """Why a step was taken, as it was said."""
    return echo(event.detail.get("reason", ""), LONGEST)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
