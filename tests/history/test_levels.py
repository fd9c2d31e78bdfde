from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.history.levels import SeriesValue, changes

SERIES = 400
"""Series of one simulation: a rate of 5 % is then known to within 2 points."""


def weekly(
    chance: np.random.Generator, shares: list[float], sizes: list[int], *, unrest: float = 0.0
) -> list[SeriesValue]:
    """Shares as samples of these sizes bring them; `unrest` is how much customers differ from week to week."""
    shaken = np.clip(np.array(shares) + chance.normal(0, unrest, len(shares)), 0.001, 0.999)
    seen = chance.binomial(sizes, shaken)
    whole = seen.sum() / sum(sizes)
    return [SeriesValue(n / of, of / (whole * (1 - whole))) for n, of in zip(seen.tolist(), sizes, strict=True)]


def alarms(count: int, *, unrest: float, sampling: bool) -> float:
    """How many of 100 series without a change are said to have one."""
    chance = np.random.default_rng(20261123)
    sizes = [chance.integers(80, 500, count).tolist() for _ in range(SERIES)]
    found = [bool(changes(weekly(chance, [0.3] * count, one, unrest=unrest), sampling=sampling)) for one in sizes]
    return 100 * sum(found) / SERIES


@pytest.mark.parametrize("count", [6, 12, 26, 52])
def test_hardly_a_quiet_series_has_a_change_when_only_sampling_moves_it(count: int) -> None:
    assert alarms(count, unrest=0.0, sampling=True) <= 3


@pytest.mark.parametrize("count", [6, 12, 26, 52])
@pytest.mark.parametrize("sampling", [True, False])
def test_about_5_of_100_restless_series_without_a_change_have_one(count: int, *, sampling: bool) -> None:
    assert alarms(count, unrest=0.05, sampling=sampling) <= 8


def test_eight_points_more_are_found_where_they_begin() -> None:
    chance = np.random.default_rng(7)
    hits = []
    for _ in range(100):
        found = changes(weekly(chance, [0.3] * 12 + [0.38] * 12, [300] * 24), sampling=True)
        hits.append(len(found) == 1 and abs(found[0].start - 12) <= 1)
    assert sum(hits) >= 85


def test_a_bad_month_has_a_beginning_and_an_end() -> None:
    chance = np.random.default_rng(8)
    found = changes(weekly(chance, [0.2] * 10 + [0.4] * 4 + [0.2] * 10, [300] * 24), sampling=True)
    assert [change.start for change in found] == [10, 14]
    assert found[0].after == found[1].before
    assert found[0].before == pytest.approx(found[1].after, abs=0.05)


def test_one_week_that_stands_out_is_no_level() -> None:
    chance = np.random.default_rng(9)
    shares = [0.3] * 20
    shares[7] = 0.45
    assert changes(weekly(chance, shares, [300] * 20), sampling=True) == []


def test_four_runs_tell_nothing() -> None:
    assert changes([SeriesValue(value, 1e6) for value in (0.1, 0.1, 0.9, 0.9)], sampling=True) == []


def test_a_sure_step_of_few_runs_is_found() -> None:
    series = [SeriesValue(value, 1) for value in (10, 10, 10, 20, 20, 20)]
    assert [change.start for change in changes(series, sampling=False)] == [3]


VALUES = st.lists(st.floats(-100, 100, allow_subnormal=False), max_size=14)


@given(values=VALUES, sampling=st.booleans())
def test_changes_are_in_order_and_each_level_is_the_mean_of_its_runs(values: list[float], *, sampling: bool) -> None:
    found = changes([SeriesValue(one, 1.0) for one in values], sampling=sampling)
    starts = [change.start for change in found]
    assert starts == sorted(set(starts))
    for change, end in zip(found, [*starts[1:], len(values)], strict=False):
        assert change.after == pytest.approx(sum(values[change.start : end]) / (end - change.start))
        assert 0 <= change.p <= 0.05


@given(st.floats(-50, 50), st.integers(0, 99))
def test_the_unit_of_measurement_does_not_matter(shift: float, seed: int) -> None:
    rng = random.Random(seed)
    values = [rng.gauss(0, 1) + (3 if place > 8 else 0) for place in range(16)]
    plain = changes([SeriesValue(one, 1.0) for one in values], sampling=False)
    moved = changes([SeriesValue(10 * one + shift, 7.0) for one in values], sampling=False)
    assert [change.start for change in plain] == [change.start for change in moved]


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0])
def test_a_series_that_never_moves_has_no_change(value: float) -> None:
    assert changes([SeriesValue(value, 100.0)] * 20, sampling=False) == []
    assert changes([SeriesValue(value, 100.0)] * 20, sampling=True) == []


def test_values_that_differ_by_rounding_alone_have_one_level() -> None:
    assert changes([SeriesValue(32.1806011400066, 1.0)] * 5, sampling=False) == []
    assert changes([SeriesValue(value, 1.0) for value in (0.0, 0.0, 5e-160, 5e-160, 5e-160)], sampling=False) == []
