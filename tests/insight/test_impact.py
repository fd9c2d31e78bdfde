from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.insight.impact import rating_values, split
from cxscan.model import Scale

STARS = Scale("stars", 1_000, 5_000)
COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5)


def of_stars(without: list[int], with_: list[int]):
    values = rating_values(1_000 * np.arange(1, 6), STARS)
    return split(values, np.array(without), np.array(with_))


def test_the_impact_is_the_mean_of_the_others_less_the_mean_of_all() -> None:
    assert of_stars([0, 0, 0, 0, 2], [2, 0, 0, 0, 0]).impact == pytest.approx(5 - 3)


def test_nps_points_count_nine_and_ten_against_nought_to_six() -> None:
    values = rating_values(1_000 * np.arange(11), Scale("recommend", 0, 10_000))
    assert values.tolist() == [-100.0] * 7 + [0.0] * 2 + [100.0] * 2


def test_without_any_other_record_there_is_no_impact() -> None:
    alone = of_stars([0] * 5, [1, 0, 0, 0, 4])
    assert (alone.impact, alone.interval) == (None, None)


@given(COUNTS, COUNTS)
def test_the_interval_holds_the_impact_in_most_draws(without: list[int], with_: list[int]) -> None:
    one = of_stars(without, with_)
    if one.impact is not None and (ends := one.interval):
        assert ends.low <= ends.high
        assert ends.low - 1 <= one.impact <= ends.high + 1


def test_the_interval_is_as_wide_as_theory_has_it() -> None:
    # The impact is w * (m0 - m1), w the share of the records with the feature; by the delta method its standard error
    # is that of its influence function.
    one = of_stars([40, 40, 100, 320, 300], [60, 40, 50, 30, 20])
    low, high = one.interval or (0.0, 0.0)
    assert (high - low) / (2 * 1.96) == pytest.approx(standard_error(one), rel=0.06)


def standard_error(one) -> float:
    """By the delta method over records."""
    all_ = one.without + one.with_
    n, rest = all_.sum(), one.without.sum()
    mean, mean_without = all_ @ one.values / n, one.without @ one.values / rest
    influence_without = (one.values - mean_without) * n / rest - (one.values - mean)
    influence_with = -(one.values - mean)
    squares = one.without @ influence_without**2 + one.with_ @ influence_with**2
    return float(np.sqrt(squares) / n)


def test_the_same_counts_give_the_same_interval() -> None:
    counts = [10, 20, 30, 40, 50], [5, 4, 3, 2, 1]
    assert of_stars(*counts).interval == of_stars(*counts).interval


def test_a_feature_without_influence_is_found_by_chance_only() -> None:
    random, found = Random(3), 0
    for _ in range(200):
        with_ = [0] * 5
        without = [0] * 5
        for record in range(400):
            (with_ if record < 80 else without)[min(4, int(random.random() * 6))] += 1
        ends = of_stars(without, with_).interval
        found += ends is not None and ends.excludes(0.0)
    assert found / 200 <= 0.08


def test_a_fine_scale_is_rounded_to_a_hundredth_of_its_span() -> None:
    ratings = np.arange(0, 100_000, 130)
    values = rating_values(ratings, Scale("percent", 0, 100_000))
    assert len(np.unique(values)) <= 101
    assert np.abs(values - ratings / 1_000).max() <= 0.5
