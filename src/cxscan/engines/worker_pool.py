"""Several processes that work for this one, each at the other end of a pipe.

A worker whose pipe ends stops, so none outlives this process, however that ends.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import traceback
from collections import deque
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from cxscan.engines.garbage import relax_gc
from cxscan.errors import CxscanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Self

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_IN_FLIGHT_PER_WORKER = 3
"""Items that may be ahead of the one whose result comes next: enough that none idles, few enough for flat memory."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """Sent in place of a result."""

    error: Exception


class WorkerPool(Generic[Item, Result]):
    """Workers that each `make` their work once; `make` is picklable. Leaving the block stops them at once."""

    def __init__(self, make: Callable[[], Callable[[Item], Result]], workers: int) -> None:
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []
        context = _context()
        forks = context.get_start_method() == "fork"
        for _ in range(workers):
            ours, theirs = context.Pipe()
            self._pipes.append(ours)
            inherited = tuple(self._pipes) if forks else ()
            process = context.Process(target=_worker_main, args=(make, theirs, inherited), daemon=True)
            with _stops_held() if forks else nullcontext():
                process.start()
            theirs.close()
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """Results in the order of the items. Raises what a worker raised; CxscanError when one is killed."""
        idle, busy = deque(self._pipes), dict["Connection", int]()
        done = dict[int, Result]()
        upcoming = enumerate(items)
        following = next(upcoming, None)
        for place in count():
            while place not in done:
                gives = following is not None and bool(idle) and following[0] - place < self._most_ahead
                if gives and following is not None:
                    pipe = idle.popleft()
                    _send(pipe, following[1])
                    busy[pipe] = following[0]
                    following = next(upcoming, None)  # read while they work
                elif not busy:
                    return
                for pipe in cast("list[Connection]", wait(list(busy), 0 if gives else None)):
                    done[busy.pop(pipe)] = cast("Result", _receive(pipe))
                    idle.append(pipe)
            yield done.pop(place)

    @property
    def _most_ahead(self) -> int:
        return MAX_IN_FLIGHT_PER_WORKER * len(self._pipes)


def _context() -> ForkContext | ForkServerContext | SpawnContext:
    """A fork has everything loaded already, but is safe only where no other thread may hold a lock."""
    threads = Path("/proc/self/task")
    if sys.platform == "linux" and threads.is_dir() and len(list(threads.iterdir())) == 1:
        return multiprocessing.get_context("fork")
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


@contextmanager
def _stops_held() -> Iterator[None]:
    """Keep signals waiting, so that no worker takes one by this process's rules before it has its own."""
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)


def _send(pipe: Connection, item: object) -> None:
    with suppress(OSError):  # a worker that is gone shows when its result is taken
        pipe.send(item)


def _receive(pipe: Connection) -> object:
    try:
        outcome: object = pipe.recv()
    except (EOFError, OSError):
        raise CxscanError("a worker process was killed, perhaps for memory: try again with --workers 1") from None
    if isinstance(outcome, _Failed):
        raise outcome.error
    return outcome


def _worker_main(
    make: Callable[[], Callable[[Item], Result]], pipe: Connection, inherited: tuple[Connection, ...]
) -> None:
    """Work on what comes through the pipe until it ends; an interrupt is the parent's to handle."""
    for other in inherited:
        other.close()  # an end that is open here would keep the other workers' pipes from ending
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if inherited:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    relax_gc()
    work: Callable[[Item], Result] | None = None
    with suppress(EOFError, OSError):
        while True:
            item = pipe.recv()
            outcome: Result | _Failed
            try:
                work = work or make()
                outcome = work(item)
            except Exception as error:  # for the parent to raise
                error.add_note("".join(traceback.format_exception(error)))
                outcome = _Failed(error)
            pipe.send(outcome)
