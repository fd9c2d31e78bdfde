"""Work on this machine: in this process, or spread over several."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_SINGLE_PROCESS_COMMENTS = 30_000
"""Weight (texts) up to which other processes cost more than they bring."""


def default_workers() -> int:
    """The processors this process may use, at most four: one reader feeds no more."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, 4)


def spread(
    make: Callable[[], Callable[[Item], Result]],
    items: Iterable[Item],
    *,
    workers: int | None,
    weigh: Callable[[Item], int],
) -> Iterator[Result]:
    """Results of the work for each item, in order.

    `make` is called once in every process and must be picklable. Items that together `weigh` no more than
    `MAX_SINGLE_PROCESS_COMMENTS` are worked on in this process, without starting others. Raises CxscanError when a
    worker process is killed.
    """
    workers = workers or default_workers()
    waiting = iter(items)
    head = list(_first(waiting, weigh)) if workers > 1 else []
    if sum(map(weigh, head)) <= MAX_SINGLE_PROCESS_COMMENTS:
        yield from map(make(), chain(head, waiting))
        return
    from cxscan.engines.worker_pool import WorkerPool

    with WorkerPool(make, workers) as pool:
        yield from pool.results(chain(head, waiting))


def _first(items: Iterator[Item], weigh: Callable[[Item], int]) -> Iterator[Item]:
    """Items until they weigh more than `MAX_SINGLE_PROCESS_COMMENTS`."""
    weight = 0
    while weight <= MAX_SINGLE_PROCESS_COMMENTS and (item := next(items, None)) is not None:
        weight += weigh(item)
        yield item
