"""Noisy or in whole numbers, held against its formula."""

import numpy as np
import pytest

from cxscan.classify.arrays.row_runs import RowRuns
from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.scores import SATURATED, NoisyOr
from cxscan.rules.theme_weights import theme_weights

ANY_OF = NoisyOr(theme_weights().arrays)


def run(sentences: int) -> RowRuns:
    """One text of so many sentences."""
    return RowRuns(np.array([0]), sentences)


def by_formula(logits: list[float]) -> float:
    none = np.prod([1 / (1 + np.exp(each)) for each in logits])
    return float(np.log((1 - none) / none))


@pytest.mark.parametrize("logits", [[0.0], [-3.0], [2.5], [-1.0, -1.0], [-4.0, 1.5, -2.0], [-2.0] * 20])
def test_one_of_several_is_what_the_formula_says(logits: list[float]) -> None:
    whole = np.rint(np.array(logits) * UNIT).astype(np.int32)
    assert ANY_OF.combine(whole, run(len(whole)))[0] / UNIT == pytest.approx(by_formula(logits), abs=0.02)


def test_columns_and_texts_stay_apart() -> None:
    logits = np.array([[-300, 200], [100, -700], [-50, 0]], np.int32)
    runs = RowRuns(np.array([0, 2]), 3)
    found = ANY_OF.combine(logits, runs)
    assert found.shape == (2, 2)
    for column in range(2):
        assert (found[:, column] == ANY_OF.combine(logits[:, column], runs)).all()
    assert abs(found[1, 0] + 50) <= 2


def test_the_sure_are_sure_however_many_they_are() -> None:
    many = np.full(500, 10 * SATURATED, np.int32)
    assert ANY_OF.combine(many, run(500))[0] == ANY_OF.combine(many[:40], run(40))[0] > 10 * UNIT
    assert ANY_OF.combine(np.full(3, -10 * SATURATED, np.int32), run(3))[0] < -8 * UNIT
