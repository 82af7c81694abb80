"""A made corpus of a few documents, and a library over it that can be told to fail."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import IndexUnavailable
from knowledge.library import Library
from knowledge.model import Actor, Answer, FollowUp, Role, Step, Tenant
from tests.fakes import FixedClock, WordEmbedder
from tests.scenario.documents import in_japan

MODERATOR = Actor("test:moderator", Role.ADMIN)

ITALY = "Is Clearview active in Italy?"
GREECE = "Is Clearview active in Greece?"
JAPAN = "Is Clearview active in Japan?"
FRENCH = "Clearview est-elle active en Italie ?"

_MADE: tuple[tuple[str, str, str, str, str], ...] = (
    # id, day, country, kind, words
    (
        "made-1",
        "2026-03-02",
        "IT",
        "press",
        "In spring the police of Rome were still using Clearview AI. Two officers said so"
        " to the paper. The ministry in Italy denied that Clearview AI was in use.",
    ),
    (
        "made-2",
        "2022-02-10",
        "IT",
        "regulator-decision",
        "The Garante of Italy fined Clearview AI twenty million euros."
        " It ordered that the images of people in Italy be erased by Clearview AI.",
    ),
    (
        "made-3",
        "2021-06-01",
        "IT",
        "research",
        "Researchers found accounts of Clearview AI that were active in Italy in 2020."
        " They had been opened from addresses of the state.",
    ),
    (
        "made-4",
        "2020-02-05",
        "IT",
        "press",
        "Italy stood on a map of countries that Clearview AI wanted to enter.",
    ),
    (
        "made-5",
        "2020-02-06",
        "IT",
        "press",
        "A list of customers named police in Italy among those trying Clearview AI.",
    ),
    (
        "made-6",
        "2022-07-13",
        "GR",
        "regulator-decision",
        "The authority of Greece fined Clearview AI for being active in Greece.",
    ),
)

_FILE = """---
id: {id}
title: "Made document {id}"
form: brief
kind: {kind}
language: en
vendors: [clearview-ai]
countries: [{place}]
event_on: "{day}"
vetting: starter-set
vetted_on: "2026-11-23"
sources:
  - title: "A page on {id}"
    publisher: "Paper of {id}"
    url: "https://paper.example/{id}"
    published_on: "{day}"
    language: en
---
{words}
"""


def corpus(folder: Path) -> Path:
    """The made documents, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for id, day, place, kind, words in _MADE:
        text = _FILE.format(id=id, day=day, place=place, kind=kind, words=words)
        (folder / f"{id}.md").write_text(text, encoding="utf-8")
    return folder


class Keeping:
    """The store of tenants; every errand to it can be held up, or broken, by a test."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.error: Exception | None = None
        self.open = threading.Event()
        self.open.set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)

        def errand(*how: Any, **with_: Any) -> Any:
            self.open.wait(30)
            if self.error is not None:
                raise self.error
            return found(*how, **with_)

        return errand


class Shelf:
    """The library, as the desk sees it. Can be held up, or broken, by a test."""

    def __init__(self, library: Library, clock: FixedClock) -> None:
        self.library = library
        self.clock = clock
        self.asked = 0
        self._numbers = count(1)
        self._published: set[str] = set()
        self._error: Exception | None = None
        self.meanwhile: Callable[[], None] | None = None
        """What happens once between the next answer being found and being shown."""
        self._open = threading.Event()
        self._open.set()
        self.tenants = Keeping(library.tenants)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.library, name)

    def ask(
        self,
        text: str,
        *,
        limit: int = 3,
        language: str | None = None,
        follows: FollowUp | None = None,
    ) -> Answer:
        self.asked += 1
        self._open.wait(30)
        if self._error is not None:
            raise self._error
        found = self.library.ask(text, limit=limit, language=language, follows=follows)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return found

    def hold(self) -> None:
        """Keep every question waiting until ``release``."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()
        self.tenants.open.set()

    def hold_store(self) -> None:
        """Keep every errand to the store of tenants waiting until ``release``."""
        self.tenants.open.clear()

    @contextmanager
    def breaking(self, error: Exception) -> Iterator[None]:
        """Meanwhile the store of tenants answers nothing."""
        self.tenants.error = error
        try:
            yield
        finally:
            self.tenants.error = None

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Meanwhile one of the indexes is being built anew."""
        self._error = IndexUnavailable(index="dense", problem="it is being rebuilt")
        try:
            yield
        finally:
            self._error = None

    def publish_on_japan(self, folder: Path) -> str:
        """A document on Japan that is held from now on; its id."""
        number = next(self._numbers)
        words = (
            f"Police in Japan used Clearview AI in 2024, says paper number {number}."
        )
        path = in_japan(folder, f"japan-{number}", words)
        return self.publish(path)

    def publish(self, path: Path) -> str:
        """A document that is held from now on, until the next scenario; its id."""
        added = self.library.add(
            self.library.read_file(path), {}, MODERATOR, publish=True
        )
        self._published.add(added.document.id)
        self.library.refresh()
        return added.document.id

    def number(self) -> int:
        """One that no document of a scenario has yet."""
        return next(self._numbers)

    def retract(self, document: str) -> None:
        """It is held no more."""
        self._published.discard(document)
        self.library.step(document, Step.RETRACT, MODERATOR, "it was withdrawn")
        self.library.refresh()

    def clean(self, *tenants: Tenant) -> None:
        """As it was before anybody asked."""
        self.release()
        self._error, self.meanwhile, self.asked = None, None, 0
        for document in sorted(self._published):
            self.retract(document)
        for tenant in tenants:
            self.library.tenants.forget(tenant)


@contextmanager
def opened(folder: Path, allow: tuple[str, ...] = ()) -> Iterator[Shelf]:
    """A library that was filled at noon, an hour ago; ``allow`` as ``fetch_allow``."""
    clock = FixedClock()
    config = LibraryConfig(
        data=folder / "quis", corpus=corpus(folder / "corpus"), fetch_allow=allow
    )
    with open_library(config, None, clock, WordEmbedder()) as library:
        library.refresh()
        clock.advance(hours=1)
        yield Shelf(library, clock)
