"""How ONNX Runtime is opened: so that it computes little at once, and waits asleep.

One thread a call, and no spinning: a thread that waits for another by going round takes
the very core that the other needs, and where a neighbour is busy an answer takes a
hundred times as long. Who has much to do makes several calls at a time.

All graphs compute in one pool of memory, which is kept from call to call: it is as large
as the largest calls at a time needed, and what comes anew from the system for every step
has to be cleared page by page first, which took a quarter of all time.
"""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

from knowledge.memory import give_back

T = TypeVar("T")

MOST_AT_ONCE = 8
"""Calls at a time; more gain little and need their memory each."""

A_CALL = 15
"""What a call costs beside its tokens, in tokens: some 1.5 ms of the judge."""

MOST_TOKENS = 280
"""In a call of several texts. More at once gain nothing, need a larger pool, and take what
they compute with out of the processor's cache (a token of the judge takes 76 µs in calls of
280 as in one of 420, 90 to 110 in such of 2,400)."""

LEFT_OUT = ["SkipLayerNormFusion"]
"""Of ONNX Runtime's ways to make a graph faster, those that make it slower: this one took a
quarter of all time, and gave other numbers than the graph as it is written."""


def open_session(graph: Path) -> Any:
    """An ``InferenceSession`` on the processor. Raises what ONNX Runtime does."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    _share_pool(onnxruntime)
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.enable_mem_pattern = False  # a plan for each length, which is kept
    options.log_severity_level = 3  # errors; else it tells of processors it cannot read
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        str(graph),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=LEFT_OUT,
    )
    give_back()  # reading a graph leaves much behind
    return session


def _share_pool(onnxruntime: Any) -> None:
    """Have the pool, once in a process: another one would take the place of the first."""
    with _POOLING:
        if not _POOLED:
            kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
            memory = onnxruntime.OrtMemType.DEFAULT
            where = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, memory)
            onnxruntime.create_and_register_allocator(where, None)
            _POOLED.append(where)


_POOLING = Lock()
_POOLED: list[Any] = []


def run(session: Any, fed: Mapping[str, Any]) -> Any:
    """What a graph with one output makes of this; waits while all cores compute.

    More at a time than there are cores would gain nothing, and need their memory each.
    """
    with _COMPUTING:
        return session.run(None, fed)[0]


_COMPUTING = BoundedSemaphore(multiprocessing.cpu_count())


def by_length(lengths: Sequence[int], most: int) -> Sequence[Sequence[int]]:
    """The numbers of texts in batches of at most so many, and of ``MOST_TOKENS``, the
    longest first.

    A batch is padded to its longest: alike lengths go together, and few texts that are
    longer than all others go by themselves. It is the cheapest of all ways to part them.
    What takes longest is begun first.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    cheapest = [
        (0, 0)
    ]  # for the first so many: what they cost, where their last batch starts
    for end in range(1, len(order) + 1):
        cheapest.append(
            min(
                (
                    cheapest[start][0] + (end - start) * lengths[order[start]] + A_CALL,
                    start,
                )
                for start in range(max(0, end - most), end)
                if start == end - 1
                or (end - start) * lengths[order[start]] <= MOST_TOKENS
            )
        )
    batches, end = [], len(order)
    while end:
        start = cheapest[end][1]
        batches.append(order[start:end])
        end = start
    return batches[::-1]


def each(
    run: Callable[[Sequence[int]], T], batches: Sequence[Sequence[int]]
) -> list[T]:
    """What ``run`` makes of each batch, in order; on all cores where there are several.

    What they needed meanwhile goes back to the system, which takes two or three ms.
    """
    if len(batches) < 2:
        return [run(batch) for batch in batches]
    threads = min(len(batches), multiprocessing.cpu_count(), MOST_AT_ONCE)
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(run, batches))
    give_back()
    return found


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> Any:
    """Rows of one length, as an array that a graph takes."""
    import numpy as np

    whole = np.full((len(rows), max(map(len, rows))), filler, dtype=np.int64)
    for number, row in enumerate(rows):
        whole[number, : len(row)] = row
    return whole
