"""A retraction of a passage that thousands of recorded answers show, on both platforms.

    python -m tests.platforms.many --answers 5000 [--ends 4] [--platform discord]

The local platforms keep the real ones' limits (``limits``), and answer 429 beyond them;
the process ends, between a sending and its record too, and another goes on. In the end
each message was edited, each has one reply, and the report says so.

Time is scaled, the limits' ratios are not: at Slack ``SPEED`` times as many edits a minute
are let through as in the world, so that what takes 100 minutes there takes 5 here. What
the limits demand at least, so scaled, is printed beside the seconds that it took.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

from bot.cards import Card
from bot.catalogue import words
from bot.desk import Desk
from bot.on_discord.client import DiscordClient
from bot.on_discord.render import render
from bot.on_slack.render import render as slack_render
from bot.reception import Reception
from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.model import Place, Post, ShownPassage, Step, Tenant
from tests.fakes import FixedClock, WordEmbedder
from tests.platforms import limits
from tests.platforms.discord_server.clock import Clock
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.shelf import MODERATOR, corpus
from tests.platforms.slack_house import MANIFEST, client_for, running
from tests.platforms.slack_server import SlackServer
from tests.platforms.slack_transport import SlackTime

DOCUMENT = "made-1"
ROOMS = 20
EVERY = 7  # rounds after which some calls meet a limit that nothing foretold
SPEED = {"discord": 1.0, "slack": 20.0}


class Ended(Exception):
    """The process ends here."""


class Mortal(Reception):
    """Ends after so many notices, before the record of the last one."""

    left = 0

    async def told(self, notice: str, where: Place | None = None) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Ended
        await super().told(notice, where)


def record(
    library: Library, tenant: Tenant, number: int, place: Place, at: datetime
) -> None:
    """An answer that was given."""
    passage = library.passages(DOCUMENT)[0]
    shown = ShownPassage(
        passage=passage.id, start=passage.start, end=passage.end, score=0.9
    )
    library.tenants.add_post(
        Post(
            key=f"{tenant.platform}-{number}",
            tenant=tenant,
            channel=place.channel,
            at=at,
            language="en",
            owner="h",
            private=False,
            passages=(shown,),
            shown=1,
            place=place,
        )
    )


def received(library: Library, clock: FixedClock, faults: Counter[str]) -> Mortal:
    def noted(fault: Exception) -> None:
        faults[f"{type(fault).__name__}: {fault}"] += 1

    return Mortal(
        Desk(library, clock, on_fault=noted),
        library.tenants,
        library.notices,
        clock,
        corrections=library.corrections,
    )


@dataclass
class Stock:
    """A store in a folder, opened by one process after another."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)

    def opened(self) -> Any:
        config = LibraryConfig(
            data=self.folder / "quis", corpus=corpus(self.folder / "corpus")
        )
        return open_library(config, None, self.clock, WordEmbedder())


@dataclass(kw_only=True)
class Grounds:
    """A platform with rooms, and what is seen there of each message of the bot."""

    tenant: Tenant
    process: Callable[[Mortal], Any]  # gives how to post and how to tell
    limited: Callable[[limits.Limits], object]  # from here on
    least: Callable[[int], float]  # seconds that the limits demand for so many answers
    limit: Callable[[int], object]
    edits: Callable[[Place], int]
    marked: Callable[[Place], bool]
    replies: Callable[[], Counter[str]]  # by the message that they are to
    broken: Callable[[], Sequence[str]]


@asynccontextmanager
async def at_discord(folder: Path) -> AsyncIterator[Grounds]:
    async with DiscordServer(patience=120, clock=Clock(stopped=True)) as server:
        guild = server.guild("Newsroom")
        rooms = [server.channel(guild, f"room-{number}") for number in range(ROOMS)]
        ana = server.member(guild, "ana")

        @asynccontextmanager
        async def process(reception: Mortal) -> AsyncIterator[tuple[Any, Any]]:
            client = DiscordClient(
                server.token,
                reception,
                words("en"),
                api=server.api,
                data=folder,
                tell_every=None,
            )
            connection = client.connection
            connection._connection.guild_ready_timeout = 0.02
            task = asyncio.create_task(client.run())
            try:
                await server.connected()
                await connection.wait_until_ready()

                async def post(number: int) -> Place | None:
                    room = connection._posting.channel(rooms[number % ROOMS].id)
                    drawn = render(Card(f"Answer {number}"))
                    return await connection._posting.post(room, drawn)

                yield post, connection.tell_what_is_due
            finally:
                await client.close()
                with suppress(Exception):
                    await task

        def limit(times: int) -> None:
            for method, route in (
                ("PATCH", "/channels/*/messages/*"),
                ("POST", "/channels/*/messages"),
            ):
                server.faults.rate_limit(method, route, retry_after=0.01, times=times)

        known = _ByPlace(lambda: {(r.id, m.id): m for r in rooms for m in ana.sees(r)})

        def limited(by: limits.Limits) -> None:
            server.rest.limits = by

        channel, everywhere = limits.DISCORD_CHANNEL, limits.DISCORD_EVERYWHERE

        yield Grounds(
            tenant=Tenant("discord", guild.id),
            process=process,
            limited=limited,
            least=lambda answers: max(
                # The last bucket is filled at once, and nothing waits behind it.
                (ceil(answers / ROOMS / channel.most) - 1) * channel.seconds,
                (2 * answers / everywhere.most - 1) * everywhere.seconds,
            ),
            limit=limit,
            edits=lambda place: len(known[place.channel, place.message].earlier),
            marked=lambda place: (
                "Retracted on" in known[place.channel, place.message].text
            ),
            replies=lambda: Counter(
                str(m.replies_to)
                for room in rooms
                for m in ana.sees(room)
                if m.replies_to
            ),
            broken=server.broken_rules,
        )


@asynccontextmanager
async def at_slack(folder: Path) -> AsyncIterator[Grounds]:
    del folder
    async with SlackServer(
        manifest=MANIFEST, patience=120, clock=SlackTime()
    ) as server:
        newsroom = server.workspace("Newsroom")
        rooms = [server.channel(newsroom, f"room-{number}") for number in range(ROOMS)]

        @asynccontextmanager
        async def process(reception: Mortal) -> AsyncIterator[tuple[Any, Any]]:
            client = client_for(server, newsroom, reception)
            async with running(client):
                delivery = client._workspaces[newsroom.id].delivery

                async def post(number: int) -> Place:
                    card = slack_render(Card(f"Answer {number}"))
                    room = rooms[number % ROOMS].id
                    with server.of_its_own_accord():
                        return await delivery._posting.post(card, room)

                async def tell() -> None:
                    with server.of_its_own_accord():
                        await client.tell_once()

                yield post, tell

        def limit(times: int) -> None:
            for method in ("chat.update", "chat.postMessage"):
                server.faults.rate_limit(method, retry_after=0, times=times)

        def message(place: Place) -> Any:
            return known[place.channel, place.message]

        known = _ByPlace(
            lambda: {(m.channel.id, m.ts): m for m in server.mailroom.everything}
        )

        def limited(by: limits.Limits) -> None:
            server.web_api.limits = by

        edits = limits.SLACK_TIER_3

        yield Grounds(
            tenant=Tenant("slack", newsroom.id),
            process=process,
            limited=limited,
            least=lambda answers: (ceil(answers / edits.most) - 1) * edits.seconds,
            limit=limit,
            edits=lambda place: len(message(place).edits),
            marked=lambda place: "Retracted on" in message(place).text,
            replies=lambda: Counter(
                str(m.thread_ts)
                for m in server.mailroom.everything
                if m.user.bot and m.thread_ts and m.thread_ts != m.ts
            ),
            broken=server.broken_rules,
        )


class _ByPlace(dict[tuple[str, str], Any]):
    """Messages by where they stand; ``everything`` is what is there now."""

    def __init__(self, everything: Callable[[], dict[tuple[str, str], Any]]) -> None:
        self._everything = everything

    def __missing__(self, key: tuple[str, str]) -> Any:
        self.update(self._everything())
        return self[key]


PLATFORMS = {"discord": at_discord, "slack": at_slack}


async def corrected(
    name: str, folder: Path, answers: int, ends: int, speed: float
) -> dict[str, Any]:
    """All of it on one platform; what came of it."""
    stock, bounds = Stock(folder), limits.Limits(speed)
    faults: Counter[str] = Counter()
    async with PLATFORMS[name](folder) as place:
        with stock.opened() as library:
            library.refresh()
            stock.clock.advance(hours=1)
            places = []
            async with place.process(received(library, stock.clock, faults)) as (
                post,
                _,
            ):
                for number in range(answers):
                    places.append(await post(number))
                    record(library, place.tenant, number, places[-1], stock.clock.now())
            library.step(DOCUMENT, Step.RETRACT, MODERATOR, "It was withdrawn")
        place.limited(bounds)
        began, processor, processes = time.monotonic(), time.process_time(), 0
        rounds = 0
        while True:
            processes += 1
            with stock.opened() as library:
                reception = received(library, stock.clock, faults)
                last = processes > ends
                reception.left = 10**9 if last else 2 * answers // (ends + 1)
                async with place.process(reception) as (_, tell):
                    with suppress(Ended):
                        while sum(library.corrections.report().due.values()):
                            rounds += 1
                            if rounds % EVERY == 0:
                                place.limit(3)
                            await tell()
                report = library.corrections.report()
            if last:
                break
        edits = Counter(map(place.edits, places))
        replies = place.replies()
        return {
            "platform": name,
            "answers": answers,
            "processes": processes,
            "marked": sum(map(place.marked, places)),
            "edited_times": dict(sorted(edits.items())),
            "with_one_reply": sum(count == 1 for count in replies.values()),
            "with_more_replies": sum(count > 1 for count in replies.values()),
            "told": sum(report.told.values()),
            "due": sum(report.due.values()),
            "given_up": sum(map(len, report.given_up.values())),
            "seconds": round(time.monotonic() - began, 1),
            "least_seconds": round(place.least(answers) / speed, 1),
            "processor_seconds": round(time.process_time() - processor, 1),
            "speed": speed,
            "rounds": rounds,
            "refused": dict(bounds.refusals),
            "faults": dict(faults),
            "broken_rules": list(place.broken())[:5],
        }


async def main(arguments: argparse.Namespace) -> None:
    """One platform after the other."""
    for name in arguments.platform or PLATFORMS:
        with tempfile.TemporaryDirectory() as folder:
            found = await corrected(
                name,
                Path(folder),
                arguments.answers,
                arguments.ends,
                arguments.speed or SPEED[name],
            )
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=5000)
    parser.add_argument("--ends", type=int, default=4)
    parser.add_argument("--speed", type=float)
    parser.add_argument("--platform", choices=PLATFORMS, action="append")
    asyncio.run(main(parser.parse_args()))
