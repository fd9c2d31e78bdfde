from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from cxscan.engines.local import spread
from cxscan.errors import CxscanError


def _double() -> Callable[[int], int]:
    return lambda item: item * 2


def _where() -> Callable[[int], int]:
    return lambda _: os.getpid()


def _dying() -> Callable[[int], int]:
    return lambda _: os._exit(9)


def _heavy(_: int) -> int:
    return 20_000


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(spread(_double, range(20), workers=workers, weigh=_heavy)) == [item * 2 for item in range(20)]


def test_light_items_start_no_process() -> None:
    assert set(spread(_where, [1, 2], workers=4, weigh=int)) == {os.getpid()}


def test_heavy_items_go_to_other_processes() -> None:
    assert os.getpid() not in set(spread(_where, range(9), workers=2, weigh=_heavy))


def test_a_worker_that_is_killed_is_one_clear_error() -> None:
    with pytest.raises(CxscanError, match="--workers 1"):
        list(spread(_dying, range(9), workers=2, weigh=_heavy))


def test_nothing_comes_of_nothing() -> None:
    assert list(spread(_double, [], workers=2, weigh=_heavy)) == []
