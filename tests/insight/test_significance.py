from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxscan.insight.significance import (
    LEVEL,
    benjamini_hochberg,
    difference,
    fisher_p,
    normal_p,
    p_value,
    share_p,
    smallest_seen,
)
from cxscan.summary.estimates import (
    Figure,
    Mean,
    Net,
    Share,
    Total,
    interval,
    size,
    student,
    value,
    widest_variance,
    wilson,
)

P_VALUES = st.lists(st.floats(0, 1), max_size=30)
SHARES = st.integers(1, 5000).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))
NETS = st.integers(1, 5000).flatmap(
    lambda of: st.integers(0, of).flatmap(lambda up: st.builds(Net, st.just(up), st.integers(0, of - up), st.just(of)))
)
MEANS = st.builds(Mean, st.floats(1, 5), st.integers(2, 5000), st.floats(0, 4))
TOTALS = st.builds(Total, st.integers(0, 10**6))
FIGURES = st.one_of(SHARES, NETS, MEANS, TOTALS)


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.1611, 0.2775),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_differences_of_shares_are_those_of_newcombe_1998(before, after, low: float, high: float) -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10
    found = difference(Share(*before), Share(*after))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


@given(FIGURES)
def test_an_interval_holds_its_figure(figure: Figure) -> None:
    ends, middle = interval(figure), value(figure)
    assert ends is not None
    assert middle is not None
    assert ends.low - 1e-9 <= middle <= ends.high + 1e-9


@given(st.sampled_from([SHARES, NETS, MEANS, TOTALS]).flatmap(lambda kind: st.tuples(kind, kind)))
def test_a_difference_lies_in_its_interval_and_turns_round_with_its_sides(pair: tuple[Figure, Figure]) -> None:
    there, back = difference(*pair), difference(*reversed(pair))
    assert there is not None
    assert back is not None
    assert there.low - 1e-9 <= there.value <= there.high + 1e-9
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert there.p == pytest.approx(back.p)
    assert 0 <= there.p <= 1


@given(FIGURES)
def test_a_figure_does_not_differ_from_itself(figure: Figure) -> None:
    same = difference(figure, figure)
    assert same is not None
    assert not same.excludes_no_change
    assert same.p == pytest.approx(1.0)


@pytest.mark.parametrize("figure", [Share(0, 0), Net(0, 0, 0), Mean(3.0, 0, 1.0), Mean(3.0, 1, 1.0)])
def test_nothing_has_no_difference(figure: Figure) -> None:
    assert difference(figure, figure) is None
    assert smallest_seen(figure, figure) is None


def test_the_wilson_interval_widens_with_its_level() -> None:
    assert wilson(3, 10, 1.0).low > wilson(3, 10).low > wilson(3, 10, 2.576).low


@given(SHARES, SHARES)
def test_p_values_of_shares_are_those_of_scipy(before: Share, after: Share) -> None:
    table = np.array([[before.n, before.of - before.n], [after.n, after.of - after.n]])
    if 0 in table.sum(axis=0):
        assert share_p(before, after) == 1.0
    elif stats.contingency.expected_freq(table).min() < 1:
        assert share_p(before, after) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-5, abs=1e-9)
    else:
        whole = table.sum()
        chi_squared = stats.chi2_contingency(table, correction=False).statistic * (whole - 1) / whole
        assert share_p(before, after) == pytest.approx(stats.chi2.sf(chi_squared, 1), rel=1e-6, abs=1e-12)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_fishers_test_is_that_of_scipy(first: int, second: int, data: st.DataObject) -> None:
    before = Share(data.draw(st.integers(0, first)), first)
    after = Share(data.draw(st.integers(0, second)), second)
    table = [[before.n, before.of - before.n], [after.n, after.of - after.n]]
    assert fisher_p(before, after) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("freedom", [5, 10, 29, 100, 5000])
def test_students_quantile_is_that_of_scipy(freedom: int) -> None:
    assert student(stats.norm.ppf(0.975), freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=0.003)


@pytest.mark.parametrize(("n", "m", "mean"), [(4, 5, 5.4), (6, 9, 4.4), (40, 90, 3.6)])
def test_means_are_compared_as_welch_does(n: int, m: int, mean: float) -> None:
    found = p_value(Mean(3.1, n, 1.2), Mean(mean, m, 1.9))
    theirs = stats.ttest_ind_from_stats(3.1, sqrt(1.2), n, mean, sqrt(1.9), m, equal_var=False).pvalue
    assert found == pytest.approx(theirs, rel=0.01)


@pytest.mark.parametrize("n", [0, 1, 5, 100, 5000])
def test_totals_have_poisson_intervals(n: int) -> None:
    ends = interval(Total(n))
    exact = (stats.chi2.ppf(0.025, 2 * n) / 2 if n else 0.0, stats.chi2.ppf(0.975, 2 * n + 2) / 2)
    assert ends == pytest.approx(exact, abs=0.06)


@given(P_VALUES)
def test_false_discoveries_are_controlled_as_scipy_does(p_values: list[float]) -> None:
    theirs = stats.false_discovery_control(p_values) if p_values else []
    assert benjamini_hochberg(p_values) == pytest.approx(list(theirs))


@given(P_VALUES)
def test_adjusted_p_values_keep_their_order_and_never_fall(p_values: list[float]) -> None:
    adjusted = benjamini_hochberg(p_values)
    assert all(after >= before for before, after in zip(p_values, adjusted, strict=True))
    in_order = [after for _, after in sorted(zip(p_values, adjusted, strict=True))]
    assert in_order == sorted(in_order)


@given(P_VALUES, st.floats(0, 1))
def test_one_more_test_that_finds_nothing_makes_no_discovery(p_values: list[float], other: float) -> None:
    more = benjamini_hochberg([*p_values, max([other, *p_values])])[:-1]
    assert all(
        after >= before - 1e-12 for before, after in zip(benjamini_hochberg(p_values), more, strict=True)
    )  # fmt: skip


@given(SHARES, SHARES)
def test_what_was_found_is_rarely_under_what_could_have_been_seen(before: Share, after: Share) -> None:
    # a change too small to be significant lies under the smallest that would have been seen four times in five
    found, smallest = difference(before, after), smallest_seen(before, after)
    assert found is not None
    if found.p > LEVEL and min(before.of, after.of) >= 30 and smallest is not None:
        assert abs(found.value) < smallest


def test_the_smallest_change_is_seen_four_times_in_five() -> None:
    chance = np.random.default_rng(20261123)
    before, n = 0.3, 2000
    change = smallest_seen(Share(600, n), Share(600, n))
    assert change == pytest.approx(0.0406, abs=0.0002)
    drawn = zip(chance.binomial(n, before, 2000), chance.binomial(n, before + change, 2000), strict=True)
    seen = [share_p(Share(int(a), n), Share(int(b), n)) <= LEVEL for a, b in drawn]
    assert np.mean(seen) == pytest.approx(0.8, abs=0.04)


def test_no_change_is_found_about_one_time_in_twenty() -> None:
    chance = np.random.default_rng(7)
    for share, n in ((0.3, 500), (0.02, 500), (0.5, 40)):
        drawn = zip(chance.binomial(n, share, 3000), chance.binomial(n, share, 3000), strict=True)
        found = [difference(Share(int(a), n), Share(int(b), n)) for a, b in drawn]
        assert np.mean([one is not None and one.excludes_no_change for one in found]) <= 0.06
        assert np.mean([one is not None and one.p <= LEVEL for one in found]) <= 0.06


def test_nets_that_did_not_change_are_found_about_one_time_in_twenty() -> None:
    chance = np.random.default_rng(8)
    for shares, n in (([0.5, 0.3, 0.2], 60), ([0.95, 0.03, 0.02], 60), ([0.3, 0.3, 0.4], 400)):
        drawn = chance.multinomial(n, shares, (2000, 2))
        nets = [[Net(int(up), int(down), n) for up, down, _ in pair] for pair in drawn]
        found = [difference(first, last) for first, last in nets]
        assert np.mean([one is not None and one.excludes_no_change for one in found]) <= 0.06


@given(st.lists(st.floats(1, 5), min_size=1, max_size=20))
def test_no_values_on_a_scale_spread_wider_than_the_widest_variance(ratings: list[float]) -> None:
    assert np.var(ratings) <= widest_variance(float(np.mean(ratings)), 1.0, 5.0) + 1e-9


def test_normal_p_is_two_sided() -> None:
    assert normal_p(-1.959964) == normal_p(1.959964) == pytest.approx(0.05)


def test_sizes_are_those_of_the_whole() -> None:
    assert [size(one) for one in (Share(1, 9), Net(1, 2, 9), Mean(1.0, 9, 1.0), Total(9))] == [9] * 4
