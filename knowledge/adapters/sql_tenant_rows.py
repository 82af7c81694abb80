"""Values kept for servers and workspaces to rows and back; touches no database."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from knowledge.adapters.sql_rows import instant
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    Place,
    Post,
    Reason,
    Report,
    ReportKind,
    Request,
    RequestState,
    ShownBeside,
    ShownPassage,
    Standing,
    Tenant,
    TenantSettings,
)

Row = Mapping[Any, Any]


def of_tenant(tenant: Tenant) -> dict[str, str]:
    """The two columns that say whose a row is."""
    return {"platform": tenant.platform, "tenant": tenant.id}


# --- settings ----------------------------------------------------------------------


def settings_text(settings: TenantSettings) -> str:
    """The settings as JSON."""
    channels = {
        channel: {
            "language": own.language,
            "answers": own.answers and own.answers.value,
            "private": own.private,
        }
        for channel, own in settings.channels.items()
    }
    return _json(
        {
            "language": settings.language,
            "answers": settings.answers.value,
            "private": settings.private,
            "moderators_channel": settings.moderators_channel,
            "moderators_lost": settings.moderators_lost,
            "contributors": settings.contributors,
            "editors": settings.editors,
            "admins": settings.admins,
            "keep_refused": settings.keep_refused,
            "welcomed": settings.welcomed,
            "installation": settings.installation,
            "two_person": settings.two_person,
            "channels": channels,
        }
    )


def settings_of(text: str) -> TenantSettings:
    """The settings that a JSON text holds; what it lacks is the default."""
    held = json.loads(text)
    default = TenantSettings()
    return TenantSettings(
        language=held.get("language"),
        answers=AnswersWhen(held.get("answers", default.answers)),
        private=held.get("private", default.private),
        moderators_channel=held.get("moderators_channel"),
        moderators_lost=held.get("moderators_lost", default.moderators_lost),
        contributors=tuple(held.get("contributors", ())),
        editors=tuple(held.get("editors", ())),
        admins=tuple(held.get("admins", ())),
        keep_refused=held.get("keep_refused", default.keep_refused),
        welcomed=held.get("welcomed", default.welcomed),
        installation=held.get("installation", default.installation),
        two_person=held.get("two_person", default.two_person),
        channels={
            channel: _channel_settings(own)
            for channel, own in held.get("channels", {}).items()
        },
    )


def _channel_settings(held: Mapping[str, Any]) -> ChannelSettings:
    answers = held.get("answers")
    return ChannelSettings(
        language=held.get("language"),
        answers=None if answers is None else AnswersWhen(answers),
        private=held.get("private"),
    )


# --- posts -------------------------------------------------------------------------


def post_row(post: Post) -> dict[str, Any]:
    """The row of a post, without what it shows."""
    return {
        "key": post.key,
        **of_tenant(post.tenant),
        "channel": post.channel,
        "thread": post.thread,
        "at": instant(post.at),
        "language": post.language,
        "owner": post.owner,
        "private": int(post.private),
        "vendors": _json(post.vendors),
        "places": _json(post.places),
        "kind": post.kind,
        "reason": post.reason and post.reason.value,
        "shown": post.shown,
        **place_columns(post.place, "place"),
        "asker": post.asker,
    }


def shown_rows(post: Post) -> list[dict[str, Any]]:
    """A row for each quote of a post, and for each that stands beside one."""
    rows = []
    for position, one in enumerate(post.passages):
        place = {"post": post.key, "position": position}
        own = {
            "standing": one.standing.value,
            "score": one.score,
            "reasons": _json(one.reasons),
        }
        rows.append({**place, "beside": 0, **_quote_columns(one), **own})
        nothing = dict.fromkeys(own)
        rows += [
            {**place, "beside": number, **_quote_columns(other), **nothing}
            for number, other in enumerate(one.beside, 1)
        ]
    return rows


def _quote_columns(quoted: ShownPassage | ShownBeside) -> dict[str, Any]:
    return {
        "passage": quoted.passage,
        "document": quoted.passage.partition("@")[0],
        "start": quoted.start,
        "end": quoted.end,
    }


def post_of(row: Row, shown: Iterable[Row]) -> Post:
    """The post that a row holds; ``shown`` are its rows there, in their order."""
    quotes = list(shown)
    beside: dict[int, list[ShownBeside]] = {}
    for each in quotes:
        if each["beside"]:
            other = ShownBeside(each["passage"], each["start"], each["end"])
            beside.setdefault(each["position"], []).append(other)
    passages = tuple(
        ShownPassage(
            passage=quoted["passage"],
            start=quoted["start"],
            end=quoted["end"],
            standing=Standing(quoted["standing"]),
            score=quoted["score"],
            reasons=_tuple(quoted["reasons"]),
            beside=tuple(beside.get(quoted["position"], ())),
        )
        for quoted in quotes
        if not quoted["beside"]
    )
    return Post(
        key=row["key"],
        tenant=_tenant(row),
        channel=row["channel"],
        thread=row["thread"],
        at=datetime.fromisoformat(row["at"]),
        language=row["language"],
        owner=row["owner"],
        private=bool(row["private"]),
        vendors=_tuple(row["vendors"]),
        places=_tuple(row["places"]),
        kind=row["kind"],
        reason=None if row["reason"] is None else Reason(row["reason"]),
        passages=passages,
        shown=row["shown"],
        place=place_of(row, "place"),
        asker=row["asker"],
    )


# --- requests and reports ----------------------------------------------------------


def request_row(request: Request) -> dict[str, Any]:
    """The row of a request. Told or closed it names nobody and says nothing."""
    over = request.state in (RequestState.TOLD, RequestState.CLOSED)
    return {
        "id": request.id,
        **of_tenant(request.tenant),
        "channel": request.channel,
        "at": instant(request.at),
        "language": request.language,
        "asker": "" if over else request.asker,
        "text": "" if over else request.text,
        "vendors": _json(request.vendors),
        "places": _json(request.places),
        "state": request.state.value,
        "document": request.document,
        **place_columns(request.card, "card"),
    }


def request_of(row: Row) -> Request:
    """The request that a row holds."""
    return Request(
        id=row["id"],
        tenant=_tenant(row),
        channel=row["channel"],
        at=datetime.fromisoformat(row["at"]),
        language=row["language"],
        asker=row["asker"],
        text=row["text"],
        vendors=_tuple(row["vendors"]),
        places=_tuple(row["places"]),
        state=RequestState(row["state"]),
        document=row["document"],
        card=place_of(row, "card"),
    )


def report_row(report: Report) -> dict[str, Any]:
    """The row of a report."""
    return {
        "id": report.id,
        **of_tenant(report.tenant),
        "post": report.post,
        "at": instant(report.at),
        "language": report.language,
        "reporter": "" if report.told else report.reporter,
        "kind": report.kind.value,
        "text": report.text,
        "passages": _json(report.passages),
        "resolution": report.resolution,
        "told": int(report.told),
        **place_columns(report.card, "card"),
    }


def report_of(row: Row) -> Report:
    """The report that a row holds."""
    return Report(
        id=row["id"],
        tenant=_tenant(row),
        post=row["post"],
        at=datetime.fromisoformat(row["at"]),
        language=row["language"],
        reporter=row["reporter"],
        kind=ReportKind(row["kind"]),
        text=row["text"],
        passages=_tuple(row["passages"]),
        resolution=row["resolution"],
        told=bool(row["told"]),
        card=place_of(row, "card"),
    )


# --- values ------------------------------------------------------------------------


def place_columns(place: Place | None, name: str) -> dict[str, str | None]:
    """The three columns ``NAME_…`` that say where a message stands."""
    return {
        f"{name}_channel": place.channel if place else None,
        f"{name}_message": place.message if place else None,
        f"{name}_thread": place.thread if place else None,
    }


def place_of(row: Row, name: str) -> Place | None:
    """The place that the columns ``NAME_…`` hold."""
    if row[f"{name}_channel"] is None:
        return None
    parts = (row[f"{name}_{part}"] for part in ("channel", "message", "thread"))
    return Place(*parts)


def _tenant(row: Row) -> Tenant:
    return Tenant(row["platform"], row["tenant"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
