"""Work on this machine: in this process, or spread over several."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from cxscan.errors import CxscanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 30_000
"""Weight (texts) up to which other processes cost more than they bring."""

QUEUED_PER_WORKER = 3
"""Batches that wait for each worker: enough that none idles, few enough that memory stays flat."""

_work: Callable[..., object] | None = None


def default_workers() -> int:
    """The processors this process may use, at most four: one reader feeds no more."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, 4)


def spread(
    make: Callable[[], Callable[[Item], Result]], items: Iterable[Item], *, workers: int, weigh: Callable[[Item], int]
) -> Iterator[Result]:
    """Results of the work for each item, in order.

    `make` is called once in every process and must be picklable. Items that together `weigh` no more than `ALONE` are
    worked on in this process, without starting others. Raises CxscanError when a worker process is killed.
    """
    waiting = iter(items)
    head = list(_first(waiting, weigh)) if workers > 1 else []
    if sum(map(weigh, head)) <= ALONE:
        yield from map(make(), chain(head, waiting))
        return
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    executor = ProcessPoolExecutor(workers, context, initializer=partial(_begin, make))
    try:
        yield from _in_order(executor, chain(head, waiting), workers * QUEUED_PER_WORKER)
    except BrokenProcessPool:
        raise CxscanError("a worker process was killed, perhaps for memory: try again with --workers 1") from None
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _first(items: Iterator[Item], weigh: Callable[[Item], int]) -> Iterator[Item]:
    """Items until they weigh more than `ALONE`."""
    weight = 0
    while weight <= ALONE and (item := next(items, None)) is not None:
        weight += weigh(item)
        yield item


def _in_order(executor: ProcessPoolExecutor, items: Iterator[Item], queued: int) -> Iterator[Result]:
    futures = deque(executor.submit(_run, item) for item in islice(items, queued))
    while futures:
        result: Result = futures.popleft().result()  # type: ignore[assignment]
        futures.extend(executor.submit(_run, item) for item in islice(items, 1))
        yield result


def rarely_collect() -> None:
    """Collect garbage seldom: batches are many small objects without cycles, and looking for some costs a quarter."""
    gc.set_threshold(200_000, 50, 100)


def _begin(make: Callable[[], Callable[[Item], Result]]) -> None:
    """Prepare a worker process; an interrupt is the parent's to handle."""
    global _work  # noqa: PLW0603 - a worker process has one work, made once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rarely_collect()
    _work = make()


def _run(item: object) -> object:
    if _work is None:
        raise RuntimeError("a worker process was not prepared")
    return _work(item)
