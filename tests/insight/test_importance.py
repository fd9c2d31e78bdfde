from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from insight.reference import rows

from cxscan.insight.importance import Moments, relative_weights
from cxscan.insight.kano import Effects

RECORDS = st.lists(st.tuples(*[st.integers(0, 1)] * 3, st.integers(1, 5)), min_size=1, max_size=40)


def moments_of(records: list[tuple[int, ...]]) -> Moments:
    said = np.array([record[:3] for record in records], np.int64)
    ratings = 1_000 * np.array([record[3] for record in records], np.int64)
    squares = int(ratings @ ratings)
    return Moments(len(records), said.T @ said, ratings @ said, int(ratings.sum()), squares)


def varying(records: list[tuple[int, ...]]) -> Moments:
    moments = moments_of(records)
    sizes = moments.together.diagonal()
    return moments.only(np.flatnonzero((sizes > 0) & (sizes < moments.n)).tolist())


def test_weights_are_those_of_the_decomposition_of_the_records() -> None:
    # by numpy.linalg.svd of the standardised columns, Johnson 2000, equations 2 to 8
    weights = relative_weights(moments_of(rows()))
    assert weights.each == pytest.approx([0.13326393220053684, 0.3048789506847797, 0.05722086647322028])


def test_weights_add_up_to_what_a_regression_explains() -> None:
    # statsmodels 0.14 OLS: rsquared
    weights = relative_weights(moments_of(rows()))
    assert weights.r_squared == pytest.approx(0.4953637493585341)
    assert sum(weights.each) == pytest.approx(weights.r_squared)


def test_effects_are_those_of_a_regression() -> None:
    # statsmodels 0.14 OLS: params and bse, in rating units
    effects = Effects.of(moments_of(rows()))
    assert effects is not None
    assert effects.each / 1_000 == pytest.approx([0.5052370971501847, -1.3577064002486845, -0.3292534947443507])
    errors = np.sqrt(effects.covariances.diagonal()) / 1_000
    assert errors == pytest.approx([0.10120366457151686, 0.11221886885447413, 0.10543446172526917])


@given(RECORDS)
def test_a_weight_is_never_negative_and_all_explain_no_more_than_everything(records: list) -> None:
    weights = relative_weights(varying(records))
    assert all(one >= 0 for one in weights.each)
    assert weights.r_squared <= 1 + 1e-9


def test_features_that_always_come_together_share_alike() -> None:
    weights = relative_weights(moments_of([(one, one, 0, rating) for one, _, _, rating in rows()]).only([0, 1]))
    assert weights.each[0] == pytest.approx(weights.each[1])


def test_ratings_that_do_not_vary_are_explained_by_nothing() -> None:
    assert relative_weights(moments_of([(1, 0, 0, 4), (0, 1, 0, 4)]).only([0, 1])).r_squared == 0


def test_too_few_records_have_no_effects() -> None:
    assert Effects.of(moments_of([(1, 0, 0, 4), (0, 1, 0, 5)])) is None
