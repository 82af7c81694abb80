"""How a passage that was looked up stands now: what is said of it first."""

from bot.catalogue import Words
from knowledge.model import Status
from knowledge.proofs import Fate


def fate_line(fate: Fate, words: Words) -> str:
    """A sentence, or two where other documents say that it no longer holds."""
    since = fate.since.date() if fate.since else None
    date = words.dated(since) if since else "?"
    match fate.status:
        case Status.PUBLISHED:
            said = words("fate.published", date=date)
        case Status.RETRACTED if fate.reason:
            said = words("fate.retracted", date=date, reason=fate.reason)
        case Status.RETRACTED:
            said = words("fate.retracted-mutely", date=date)
        case Status.SUPERSEDED if fate.published is not None:
            said = words("fate.replaced", revision=fate.published, date=date)
        case Status.SUPERSEDED:
            said = words("fate.replaced-by-none", date=date)
        case _:
            said = words("fate.never", status=words(f"cli.status.{fate.status}"))
    if fate.superseded_by:
        documents = ", ".join(fate.superseded_by)
        said = f"{said} {words('fate.superseded-by', documents=documents)}"
    return said


def fate_record(fate: Fate) -> dict[str, object]:
    """The same for programs."""
    return {
        "status": fate.status.value,
        "since": fate.since.isoformat() if fate.since else None,
        "reason": fate.reason or None,
        "published_revision": fate.published,
        "superseded_by": list(fate.superseded_by),
    }
