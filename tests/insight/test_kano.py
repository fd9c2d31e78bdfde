from __future__ import annotations

import pytest

from cxscan.insight.kano import Kano, kano
from cxscan.insight.same_tone import Effect

SPAN = 4.0


def reading(reward: float, penalty: float, error: float = 0.05) -> Kano | None:
    return kano(Effect(reward, error, 0.5), Effect(-penalty, error, 0.5), SPAN)


@pytest.mark.parametrize(
    ("reward", "penalty", "expected"),
    [
        (0.0, 1.0, "must-be"),
        (0.2, 1.0, "must-be"),
        (1.0, 0.0, "attractive"),
        (0.7, 0.7, "one-dimensional"),
        (0.7, 0.8, "one-dimensional"),
        (0.0, 0.0, "indifferent"),
    ],
)
def test_a_theme_is_read_by_what_hurts_and_what_delights(reward: float, penalty: float, expected: Kano) -> None:
    assert reading(reward, penalty) == expected


def test_a_theme_whose_praise_lowers_the_rating_is_not_read() -> None:
    assert reading(-1.0, 0.2) is None


@pytest.mark.parametrize(
    ("error", "expected"), [(0.15, "indifferent"), (0.16, "too few to say"), (0.5, "too few to say")]
)
def test_indifferent_is_what_surely_has_no_effect_of_a_tenth_of_the_scale(error: float, expected: Kano) -> None:
    # 0.1 and 1.96 errors of 0.15 come to 0.394: within a tenth of a span of 4
    assert reading(0.1, 0.1, error) == expected


@pytest.mark.parametrize(("penalty", "expected"), [(1.45, "one-dimensional"), (1.55, "must-be")])
def test_blame_outweighs_praise_from_three_to_two_on(penalty: float, expected: Kano) -> None:
    assert reading(1.0, penalty, 0.001) == expected
    turned = reading(penalty, 1.0, 0.001)
    assert turned == ("attractive" if expected == "must-be" else expected)
