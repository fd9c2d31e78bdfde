from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from insight.reference import rows

from cxscan.insight.importance import Covariances, relative_weights

RECORDS = st.lists(st.tuples(*[st.integers(0, 1)] * 3, st.integers(1, 5)), min_size=1, max_size=40)


def covariances(records: list[tuple[int, ...]], columns: tuple[int, ...] = (0, 1, 2)) -> Covariances:
    said = np.array([[record[column] for column in columns] for record in records], np.float64)
    ratings = np.array([record[3] for record in records], np.float64)
    said, ratings = said - said.mean(axis=0), ratings - ratings.mean()
    return Covariances(said.T @ said, said.T @ ratings, float(ratings @ ratings))


def test_weights_are_those_of_the_decomposition_of_the_records() -> None:
    # by numpy.linalg.svd of the standardised columns, Johnson 2000, equations 2 to 8
    weights = relative_weights(covariances(rows()))
    assert weights.each == pytest.approx([0.13326393220053684, 0.3048789506847797, 0.05722086647322028])


def test_weights_add_up_to_what_a_regression_explains() -> None:
    # statsmodels 0.14 OLS: rsquared
    weights = relative_weights(covariances(rows()))
    assert weights.r_squared == pytest.approx(0.4953637493585341)
    assert sum(weights.each) == pytest.approx(weights.r_squared)


@given(RECORDS)
def test_a_weight_is_never_negative_and_all_explain_no_more_than_everything(records: list) -> None:
    weights = relative_weights(covariances(records))
    assert all(one >= 0 for one in weights.each)
    assert weights.r_squared <= 1 + 1e-9


def test_features_that_always_come_together_share_alike() -> None:
    weights = relative_weights(covariances([(one, one, 0, rating) for one, _, _, rating in rows()], (0, 1)))
    assert weights.each[0] == pytest.approx(weights.each[1])


def test_ratings_that_do_not_vary_are_explained_by_nothing() -> None:
    assert relative_weights(covariances([(1, 0, 0, 4), (0, 1, 0, 4)])).r_squared == 0
