"""`quis run` under a steady rate of questions and edits: does anything of it grow?

    python -m tests.platforms.soak --minutes 60 --rate 5 [--platform discord]

Memory, threads and open files of the process are sampled. Ends with 1 where the last
quarter holds more than the second one (in the first, models and caches fill), or where
somebody got no answer. An edit publishes a document and takes the one before it back, so
that indexes follow and answers that showed it are marked. It is made by a process of its
own: in this one it would keep the local platform from working, which then hears too late
what the bot said in time. For the same reason nothing is checked against the platforms'
schemas, as the tests do: a hundred marked messages took six seconds. By how much this
process was late all the same is told. First a question is asked in every room at once:
the pools of connections, which grow with what is asked at a time, are then as large as
they get.
"""

import argparse
import asyncio
import itertools
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.model import Step
from knowledge.ports import Findings
from tests.fakes import WordEmbedder
from tests.platforms import discord_server, slack_server
from tests.platforms.crowd import PLATFORMS, Place, served
from tests.platforms.measuring import Waits, spread
from tests.platforms.shelf import GREECE, ITALY, JAPAN, MODERATOR, corpus

ROOMS, PEOPLE = 20, 60  # so that nobody is told to slow down, up to 10 a second
SAMPLES = 120  # in all, however long it takes
PATIENCE = 60.0

MORE_MEMORY = 1.05
AND_MEGABYTES = 8.0
"""Memory may be so much more at the end: the allocator's own unrest."""

MORE_OF_EACH = 2
"""Threads and files may be so many more: a connection that is being made again."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A process at an instant."""

    seconds: float
    megabytes: float
    threads: int
    files: int


def sampled(process: int, seconds: float) -> Sample:
    """What Linux tells of a process. Raises OSError where it is gone."""
    told = Path(f"/proc/{process}")
    status = dict(
        line.split(":", 1) for line in (told / "status").read_text().splitlines()
    )
    return Sample(
        seconds=round(seconds, 1),
        megabytes=round(int(status["VmRSS"].split()[0]) / 1024, 1),
        threads=int(status["Threads"]),
        files=len(list((told / "fd").iterdir())),
    )


def growth(samples: Sequence[Sample]) -> list[str]:
    """What is more in the last quarter than in the second, a line each."""
    quarter = len(samples) // 4
    if not quarter:
        return ["too few samples to tell"]
    before, after = samples[quarter : 2 * quarter], samples[-quarter:]
    found = []
    was, now = (median(s.megabytes for s in part) for part in (before, after))
    if now > was * MORE_MEMORY + AND_MEGABYTES:
        found.append(f"memory grew from {was:.0f} to {now:.0f} MB")
    for name in ("threads", "files"):
        was, now = (max(getattr(s, name) for s in part) for part in (before, after))
        if now > was + MORE_OF_EACH:
            found.append(f"{name} grew from {was} to {now}")
    return found


_edited: Library
"""What the process of a moderator holds open."""


def moderates(config: LibraryConfig) -> None:
    """This process edits from now on."""
    global _edited
    _edited = open_library(config, None, None, WordEmbedder())


def edit(number: int) -> None:
    """Publish a document on Italy, and take the one before it back."""
    metadata = {
        "id": f"soak-{number}",
        "title": f"Page {number}",
        "publisher": "The Paper",
        "url": f"https://paper.example/soak/{number}",
        "published_on": "2026-05-01",
        "kind": "press",
    }
    body = f"Unit {number} of the police of Italy used Clearview AI in {1990 + number}."
    findings = Findings(origin=f"soak-{number}.txt", body=body, metadata={})
    _edited.add(findings, metadata, MODERATOR, publish=True)
    if number:
        _edited.step(f"soak-{number - 1}", Step.RETRACT, MODERATOR, "A hoax.")


@dataclass(slots=True)
class Tally:
    """What became of the questions."""

    asked: int = 0
    unanswered: int = 0
    edits: int = 0
    acknowledged: list[float] = field(default_factory=list)  # after so many seconds


async def under_load(
    place: Place,
    process: int,
    moderator: ProcessPoolExecutor,
    given: argparse.Namespace,
) -> tuple[Tally, list[Sample]]:
    """Ask and edit at a steady rate, and sample."""
    rooms = [place.room(f"room-{n}") for n in range(ROOMS)]
    people = [place.person(f"reader-{n}") for n in range(PEOPLE)]
    loop, tally, samples = asyncio.get_running_loop(), Tally(), list[Sample]()
    seconds = 60 * given.minutes
    under_way: set[asyncio.Task[None]] = set()

    async def one(number: int) -> None:
        question = (ITALY, GREECE, JAPAN)[number % 3]
        key = "question" if place.command == "ask" else "text"
        who, room = people[number % PEOPLE], rooms[number % ROOMS]
        try:
            asked = await who.slash(room, place.command, **{key: question})
            tally.acknowledged.append(place.acknowledged(asked) or 0.0)
        except AssertionError as error:  # the platform's patience ended
            tally.unanswered += 1
            print(f"soak: {number}: {str(error)[:300]}", file=sys.stderr)

    async def watch() -> None:
        while True:
            samples.append(sampled(process, loop.time() - began))
            await asyncio.sleep(seconds / SAMPLES)

    await asyncio.gather(*map(one, range(ROOMS)))
    tally.asked += ROOMS
    began = loop.time()
    watching = asyncio.create_task(watch())
    for number in itertools.count():
        await asyncio.sleep(max(0.0, began + number / given.rate - loop.time()))
        if loop.time() - began >= seconds:
            break
        tally.asked += 1
        task = asyncio.create_task(one(number))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        if number % given.edit_every == 0:
            await loop.run_in_executor(moderator, edit, tally.edits)
            tally.edits += 1
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching  # raises where the process was gone
    if under_way:
        _, late = await asyncio.wait(under_way, timeout=PATIENCE)
        tally.unanswered += len(late)
    return tally, samples


async def main(given: argparse.Namespace) -> int:
    """Run it, print what was seen as one JSON object, and judge."""
    for each in (discord_server.schemas, slack_server.schemas):
        setattr(each, "schemas_are_here", lambda: False)  # noqa: B010
    with tempfile.TemporaryDirectory() as made:
        data, files = Path(made) / "quis", corpus(Path(made) / "corpus")
        config = LibraryConfig(data=data, corpus=files)
        with open_library(config, None, None, WordEmbedder()) as library:
            library.refresh()
        settings = {"QUIS_CORPUS": "none"}
        alone = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, alone, moderates, (config,)) as moderator:
            async with (
                PLATFORMS[given.platform]() as place,
                served(place, data, settings) as process,
                Waits() as waits,
            ):
                tally, samples = await under_load(place, process, moderator, given)
    grown = growth(samples)
    told: dict[str, Any] = {"platform": given.platform, **asdict(tally)}
    told |= {"acknowledged": spread(tally.acknowledged)}
    told |= {"server_late_s": round(waits.late, 3)}
    told |= {"grown": grown, "first": asdict(samples[0]), "last": asdict(samples[-1])}
    told["samples"] = [asdict(sample) for sample in samples] if given.all else []
    print(json.dumps(told))
    return 1 if grown or tally.unanswered else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=5, help="questions a second")
    parser.add_argument("--edit-every", type=int, default=100, help="questions")
    parser.add_argument("--platform", choices=PLATFORMS, default="discord")
    parser.add_argument("--all", action="store_true", help="print every sample")
    sys.exit(asyncio.run(main(parser.parse_args())))
