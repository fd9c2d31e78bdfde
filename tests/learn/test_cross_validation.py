from __future__ import annotations

import numpy as np
import pytest

from cxscan.learn.themes.cross_validation import MIN_Z_ADAPTED, MIN_Z_NEW, ThemeContext, cross_validate

N = 400


def significant(gained: int, lost: int, min_z: float) -> bool:
    """Half of the comments have the theme, half of these are found; new weights find some more and lose some."""
    at = np.arange(N)
    y_true, before = at < N // 2, at < N // 4
    after = (at >= lost) & (at < N // 4 + gained)
    nothing = np.zeros(N, np.bool_)
    context = ThemeContext(nothing, nothing, np.full(N, -9.0), np.zeros(N), np.zeros(N))
    margins, log_odds = (np.where(found, 5.0, -5.0) for found in (before, after))
    return cross_validate(y_true, context, margins, lambda _: log_odds, min_z).significant


@pytest.mark.parametrize(
    ("gained", "lost", "new", "adapted"),
    [
        pytest.param(0, 0, False, False, id="no gain"),
        pytest.param(1, 2, False, False, id="a loss"),
        pytest.param(2, 1, False, False, id="half a standard error"),
        pytest.param(4, 1, True, False, id="one and a third standard errors"),
        pytest.param(7, 1, True, True, id="two standard errors"),
    ],
)
def test_weights_are_taken_when_f1_grows_by_more_than_chance(
    gained: int, lost: int, *, new: bool, adapted: bool
) -> None:
    assert significant(gained, lost, MIN_Z_NEW) is new
    assert significant(gained, lost, MIN_Z_ADAPTED) is adapted
