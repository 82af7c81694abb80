"""Many people who ask at once, of `quis run` in a process of its own, by the real clock.

    python -m tests.platforms.crowd --askers 200 [--data FOLDER] [--by ask|mention|form]

Says how long each acknowledgement and each answer took, and how many answers each question
got. By ``form`` as many press "Something wrong?" at once and send what opens; while others
ask, some press it too. Without a folder a made library of six documents is asked, on a
model that needs no weights.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.platforms.discord_server import asked as discord
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.measuring import Waits, spread
from tests.platforms.shelf import ITALY, corpus
from tests.platforms.slack_house import MANIFEST
from tests.platforms.slack_server import SlackServer
from tests.platforms.slack_server import asked as slack

ROOT = Path(__file__).parents[2]
WAYS = ("ask", "mention", "form")
WRONG, OPEN = "Something wrong?", "Open the form"
ROOMS = 10
PATIENCE = 120.0

PRESSERS, EVERY = 20, 0.5
"""People who press while others ask, one after so many seconds."""


@dataclass(kw_only=True)
class Place:
    """A platform, and what a bot that serves it is told of it."""

    server: Any
    settings: dict[str, str]
    room: Callable[[str], Any]
    person: Callable[[str], Any]
    moderate: Callable[[], Awaitable[Any]]  # a manager names the moderators' channel
    form: Callable[[Any], Any]  # what a press has opened, to be sent
    command: str
    sent: Any  # how far whoever asks waits
    address: str = ""  # where events are posted to, in place of a socket
    acknowledged: Callable[[Any], float | None] = field(
        default=lambda asked: getattr(asked, "acknowledged_after", None)
    )


@asynccontextmanager
async def at_discord() -> AsyncIterator[Place]:
    async with DiscordServer(patience=PATIENCE) as server:
        guild = server.guild("Newsroom")

        async def moderate() -> None:
            boss = server.member(guild, "boss", permissions="manage_guild")
            desk = server.channel(guild, "desk")
            office = server.channel(guild, "office")
            await boss.slash(office, "settings moderators", channel=desk)

        yield Place(
            server=server,
            settings={
                "QUIS_DISCORD_TOKEN": server.token,
                "QUIS_DISCORD_API": server.api,
            },
            room=lambda name: server.channel(guild, name),
            person=lambda name: server.member(guild, name),
            moderate=moderate,
            form=lambda pressed: pressed.modal,
            command="ask",
            sent=discord.Until.SENT,
        )


@asynccontextmanager
async def at_slack(*, http: bool = False) -> AsyncIterator[Place]:
    async with SlackServer(manifest=MANIFEST, patience=PATIENCE) as server:
        newsroom = server.workspace("Newsroom")
        settings = {
            "QUIS_SLACK_BOT_TOKEN": newsroom.bot_token,
            "QUIS_SLACK_API": server.api,
        }
        where = ""
        if http:
            where = f"127.0.0.1:{free_port()}"
            settings |= {
                "QUIS_SLACK_SIGNING_SECRET": server.signing_secret,
                "QUIS_SLACK_HTTP": where,
            }
        else:
            settings["QUIS_SLACK_APP_TOKEN"] = server.app_token

        async def moderate() -> None:
            boss = server.member(newsroom, "boss", admin=True)
            desk = server.channel(newsroom, "desk")
            office = server.channel(newsroom, "office")
            await boss.slash(office, "/quis-settings", f"moderators #{desk.name}")

        yield Place(
            server=server,
            settings=settings,
            room=lambda name: server.channel(newsroom, name),
            person=lambda name: server.member(newsroom, name),
            moderate=moderate,
            form=lambda pressed: pressed,
            command="/ask",
            sent=slack.Until.SENT,
            address=where and f"http://{where}/slack/events",
            acknowledged=lambda asked: max(
                (d.acknowledged_after for d in asked.deliveries), default=None
            ),
        )


@asynccontextmanager
async def at_slack_over_http() -> AsyncIterator[Place]:
    async with at_slack(http=True) as place:
        yield place


PLATFORMS = {
    "discord": at_discord,
    "slack-socket": at_slack,
    "slack-http": at_slack_over_http,
}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(
    place: Place, data: Path, settings: dict[str, str]
) -> AsyncIterator[int]:
    """`quis run` for it until left; the number of its process."""
    module = "tests.quick" if settings else "bot"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, "run"),
        cwd=ROOT,
        env={**os.environ, "QUIS_DATA": str(data), **settings, **place.settings},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=None if "QUIS_LOG_LEVEL" in os.environ else asyncio.subprocess.DEVNULL,
    )
    try:
        if not place.address:
            await place.server.connected()
            yield process.pid
            return
        await listening(place.address)
        async with place.server.posting_to(place.address):
            yield process.pid
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def listening(address: str) -> None:
    """Return once somebody listens there."""
    host, _, port = address.removeprefix("http://").partition("/")[0].partition(":")
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(host, int(port))
            writer.close()
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(address)


async def crowd(place: Place, askers: int, by: str) -> dict[str, Any]:
    """All ask or press in the same instant; what came of it."""
    rooms = [place.room(f"room-{number}") for number in range(ROOMS)]
    people = [place.person(f"reader-{number}") for number in range(askers)]
    await place.moderate()
    first = place.person("first")  # whose question waits for the indexes
    answer = await first.slash(place.room("elsewhere"), place.command, **_asking(place))
    loop = asyncio.get_running_loop()
    async with Waits() as waits, Waits() as pressing:

        async def one(number: int) -> Any:
            who, room, at = people[number], rooms[number % ROOMS], loop.time()
            if by == "form":
                did = await who.presses(answer, WRONG, until=place.sent)
            elif by == "mention":
                did = await who.says(room, f"@Quis {ITALY}", until=place.sent)
            else:
                how = _asking(place)
                did = await who.slash(room, place.command, until=place.sent, **how)
            waits.began(did, at)
            return did

        async def in_passing(number: int) -> Any:
            await asyncio.sleep(number * EVERY)
            who, at = place.person(f"presser-{number}"), loop.time()
            did = await who.presses(answer, WRONG, until=place.sent)
            pressing.began(did, at)
            return did

        began = loop.time()
        meanwhile = [
            asyncio.create_task(in_passing(number))
            for number in range(0 if by == "form" else PRESSERS)
        ]
        asked = await asyncio.gather(*map(one, range(askers)))
        with suppress(AssertionError):  # those who wait in vain are counted
            await place.server.until(lambda: all(map(_came, asked)), "all answers")
        took = loop.time() - began
        pressed = await asyncio.gather(*meanwhile)
        with suppress(AssertionError):
            await place.server.until(lambda: all(map(_came, pressed)), "all forms")
        await asyncio.sleep(1)  # whatever else may come
    found = {
        "askers": askers,
        "by": by,
        **_acknowledged(place, asked),
        **{f"answer_{name}": value for name, value in spread(waits.took).items()},
        "last_answer_s": round(took, 1),
        "server_late_s": round(waits.late, 3),
    }
    if by == "form":
        late, opened = _opened(asked), await _by_button(place, people, asked)
        found |= late | opened[1] | await _sent(place, people, opened[0])
    else:
        texts = [message.text for each in asked for message in each.shown]
        found |= {
            "without_answer": sum(not each.shown for each in asked),
            "with_several": sum(len(each.shown) > 1 for each in asked),
            "answered": sum("police of Rome" in t or "“" in t for t in texts),
            "told_to_come_back": sum("ask again" in text for text in texts),
            "pressed_meanwhile": _opened(pressed)
            | _acknowledged(place, pressed)
            | spread(pressing.took),
        }
    return found | {"broken_rules": place.server.broken_rules()[:5]}


async def _by_button(
    place: Place, people: list[Any], pressed: list[Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Whoever was offered a form that came late presses its button, all at once."""
    async with Waits() as waits:

        async def one(who: Any, did: Any) -> Any:
            if did.modal or not did.shown:
                return did
            at = asyncio.get_running_loop().time()
            again = await who.presses(did, OPEN, until=place.sent)
            waits.began(again, at)
            return again

        pairs = zip(people, pressed, strict=True)
        opened = await asyncio.gather(*(one(who, did) for who, did in pairs))
        with suppress(AssertionError):
            await place.server.until(lambda: all(map(_came, opened)), "all forms")
    by_button = [each for each in opened if each not in pressed]
    return opened, {
        "opened_by_button": sum(each.modal is not None for each in by_button),
        **{f"button_{k}": v for k, v in _acknowledged(place, by_button).items()},
        **{f"opened_{name}": value for name, value in spread(waits.took).items()},
    }


async def _sent(place: Place, people: list[Any], pressed: list[Any]) -> dict[str, Any]:
    """All send what was opened for them, in the same instant."""
    loop = asyncio.get_running_loop()
    async with Waits() as waits:

        async def one(who: Any, opened: Any) -> Any:
            at = loop.time()
            form, values = place.form(opened), {"kind": "other", "text": "Not so"}
            did = await who.submits(form, values, until=place.sent)
            waits.began(did, at)
            return did

        opened = [(who, did) for who, did in zip(people, pressed, strict=True)]
        sent = await asyncio.gather(*(one(w, d) for w, d in opened if d.modal))
        with suppress(AssertionError):
            await place.server.until(lambda: all(e.shown for e in sent), "a word")
        await asyncio.sleep(1)
    return {
        "sent": len(sent),
        "sent_and_thanked": sum(len(each.shown) == 1 for each in sent),
        **{f"sent_{k}": v for k, v in _acknowledged(place, sent).items()},
        **{f"thanks_{name}": value for name, value in spread(waits.took).items()},
    }


def _acknowledged(place: Place, asked: list[Any]) -> dict[str, Any]:
    waits = [w for w in map(place.acknowledged, asked) if w is not None]
    return {
        "acknowledged": len(waits),
        **{f"ack_{name}": value for name, value in spread(waits).items()},
    }


def _opened(pressed: list[Any]) -> dict[str, int]:
    return {
        "presses": len(pressed),
        "forms_opened": sum(each.modal is not None for each in pressed),
        "offered_by_button": sum(
            "The form is ready" in m.text for e in pressed for m in e.shown
        ),
    }


def _came(asked: Any) -> bool:
    return bool(asked.shown or getattr(asked, "modal", None))


def _asking(place: Place) -> dict[str, str]:
    return {"question": ITALY} if place.command == "ask" else {"text": ITALY}


async def main(arguments: argparse.Namespace) -> None:
    """Each platform and way to ask, each with a store of its own: ids begin anew."""
    for name in arguments.platform or PLATFORMS:
        for by in arguments.by or WAYS:
            with tempfile.TemporaryDirectory() as made:
                data, settings = Path(made) / "quis", {}
                if arguments.data is None:
                    settings["QUIS_CORPUS"] = str(corpus(Path(made) / "corpus"))
                else:
                    shutil.copytree(arguments.data, data)
                async with (
                    PLATFORMS[name]() as place,
                    served(place, data, settings),
                ):
                    found = await crowd(place, arguments.askers, by)
            print(json.dumps({"platform": name, **found}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--askers", type=int, default=200)
    parser.add_argument("--platform", choices=PLATFORMS, action="append")
    parser.add_argument("--by", choices=WAYS, action="append")
    parser.add_argument("--data", type=Path)
    asyncio.run(main(parser.parse_args()))
