"""Numbers for Prometheus: what happened, how long it took, how far behind anything is.

No label holds a tenant, a name or a word of anybody; each has a few values that are known
beforehand, so that their number never grows.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.reception.watching import Ended

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
"""Bounds: a stage takes milliseconds, a question that waits its turn may take a minute."""


class Metrics:
    """Implements ``reception.watching.Watch``. Safe to share between threads."""

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._questions = Counter(
            "quis_questions",
            "Questions, by how they ended",
            ["platform", "outcome"],
            registry=own,
        )
        self._refusals = Counter(
            "quis_refusals", "Questions refused, by reason", ["reason"], registry=own
        )
        self._whole = Histogram(
            "quis_question_seconds",
            "From a question to its card, waiting included",
            buckets=SECONDS,
            registry=own,
        )
        self._stages = Histogram(
            "quis_stage_seconds",
            "Stages of answering; answering holds the other two",
            ["stage"],
            buckets=SECONDS,
            registry=own,
        )
        self._lag = Gauge(
            "quis_index_lag",
            "Lines of the change feed that an index is behind",
            ["index"],
            registry=own,
        )
        self._usable = Gauge(
            "quis_index_usable",
            "Whether an index can be asked",
            ["index"],
            registry=own,
        )
        self._corrections = Gauge(
            "quis_corrections_pending",
            "Corrections that their messages do not show yet",
            ["platform"],
            registry=own,
        )
        self._connected = Gauge(
            "quis_platform_connected",
            "Whether a platform's events reach us",
            ["platform"],
            registry=own,
        )
        self._store = Gauge(
            "quis_store_reachable", "Whether the store answers", registry=own
        )

    def ended(self, question: Ended) -> None:
        """A question was dealt with."""
        self._questions.labels(question.platform, str(question.outcome)).inc()
        self._whole.observe(question.seconds)
        if question.reason:
            self._refusals.labels(question.reason).inc()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Stands around a stage; one that fails took its time as well."""
        with self._stages.labels(name).time():
            yield

    def stands(
        self,
        *,
        lag: Mapping[str, int | None] | None,
        due: Mapping[str, int],
        connected: Mapping[str, bool],
    ) -> None:
        """How it all stands now; ``lag`` is None where the store is gone."""
        self._store.set(lag is not None)
        for index, behind in (lag or {}).items():
            self._usable.labels(index).set(behind is not None)
            if behind is not None:
                self._lag.labels(index).set(behind)
        for platform, here in connected.items():
            self._connected.labels(platform.lower()).set(here)
            self._corrections.labels(platform.lower()).set(due.get(platform.lower(), 0))

    def text(self) -> bytes:
        """All of them, in Prometheus' own format (text 0.0.4)."""
        return generate_latest(self._registry)
