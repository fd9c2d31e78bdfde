"""Several processes that work for this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cxscan.engines.worker_pool import WorkerPool
from cxscan.errors import CxscanError, InputError

STARTS_AND_WAITS = """
import time
from cxscan.engines.worker_pool import WorkerPool

def make():
    import os
    return lambda item: os.getpid()

if __name__ == "__main__":
    with WorkerPool(make, 3) as pool:
        print(*sorted(set(pool.results(iter(range(30))))), flush=True)
        time.sleep(600)
"""


def _uneven() -> Callable[[int], tuple[int, bytes]]:
    return lambda item: (item, bytes(3_000_000 if item % 5 == 0 else 0))


def _slow_first() -> Callable[[int], int]:
    def work(item: int) -> int:
        time.sleep(0 if item else 0.5)
        return item

    return work


def _refusing() -> Callable[[int], int]:
    def refuse(item: int) -> int:
        if item == 3:
            raise InputError(f"item {item}: not wanted")
        return item

    return refuse


def _not_made() -> Callable[[int], int]:
    raise InputError("made of nothing")


def test_results_larger_than_a_pipe_holds_come_in_order() -> None:
    with WorkerPool(_uneven, 3) as pool:
        assert [item for item, _ in pool.results(iter(range(20)))] == list(range(20))


def test_what_a_worker_raises_is_raised_here() -> None:
    with WorkerPool(_refusing, 2) as pool, pytest.raises(InputError, match="item 3"):
        list(pool.results(iter(range(9))))


def test_work_that_cannot_be_made_is_the_same_error_as_without_workers() -> None:
    with WorkerPool(_not_made, 2) as pool, pytest.raises(InputError, match="made of nothing"):
        list(pool.results(iter(range(9))))


def test_items_are_read_as_they_are_needed() -> None:
    read: list[int] = []
    with WorkerPool(_uneven, 2) as pool:
        results = pool.results(item for item in range(1_000) if read.append(item) is None)
        next(results)
        assert len(read) < 20


def test_items_are_read_only_a_few_ahead_of_a_result_that_is_late() -> None:
    read: list[int] = []
    with WorkerPool(_slow_first, 2) as pool:
        results = pool.results(item for item in range(100_000) if read.append(item) is None)
        assert next(results) == 0
    assert len(read) <= 7  # three for each worker, and one in hand


def test_a_worker_that_is_gone_is_one_clear_error() -> None:
    with WorkerPool(_refusing, 2) as pool:
        for process in pool._processes:
            process.kill()
            process.join()
        with pytest.raises(CxscanError, match="--workers 1"):
            list(pool.results(iter(range(9))))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS_AND_WAITS, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = parent.stdout.readline().split()
        assert workers
        assert all(Path("/proc", worker).exists() for worker in workers)
        os.kill(parent.pid, signal.SIGKILL)
    while any(_runs(worker) for worker in workers):  # a worker that stays makes this test hang
        time.sleep(0.05)


def _runs(process: str) -> bool:
    try:
        state = Path("/proc", process, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
