from __future__ import annotations

from random import Random

import numpy as np
import pytest

from cxscan.insight.importance import Moments
from cxscan.insight.kano import Effects, Kano, kano


def effects_of(reward: float, penalty: float, records: int = 3_000) -> Effects:
    """Of a theme that a third of the records praise and a third complain about."""
    random = Random(5)
    said = np.zeros((records, 2), np.int64)
    ratings = np.zeros(records, np.int64)
    for record in range(records):
        kind = random.randrange(3)
        if kind < 2:
            said[record, kind] = 1
        mean = 3 + reward * said[record, 0] - penalty * said[record, 1]
        ratings[record] = round(1_000 * mean + 2_000 * (random.random() - 0.5))
    moments = Moments(records, said.T @ said, ratings @ said, int(ratings.sum()), int(ratings @ ratings))
    effects = Effects.of(moments)
    assert effects is not None
    return effects


@pytest.mark.parametrize(
    ("reward", "penalty", "reading"),
    [
        (0.0, 1.0, "must-be"),
        (0.2, 1.0, "must-be"),
        (1.0, 0.0, "attractive"),
        (0.7, 0.7, "one-dimensional"),
        (0.7, 0.8, "one-dimensional"),
        (0.0, 0.0, "indifferent"),
    ],
)
def test_a_theme_is_read_by_what_hurts_and_what_delights(reward: float, penalty: float, reading: Kano) -> None:
    assert kano(effects_of(reward, penalty), positive=0, negative=1) == reading


def test_a_theme_whose_praise_lowers_the_rating_is_not_read() -> None:
    assert kano(effects_of(-1.0, 0.2), positive=0, negative=1) is None


def test_a_few_records_tell_nothing_of_a_small_difference() -> None:
    assert kano(effects_of(0.1, 0.2, records=60), positive=0, negative=1) == "indifferent"


def effects(reward: float, penalty: float, variance: float = 1e-6, covariance: float = 0.0) -> Effects:
    """Of one theme: its praise and its blame, with the variances of both."""
    return Effects(np.array([reward, -penalty]), np.array([[variance, covariance], [covariance, variance]]))


@pytest.mark.parametrize(("penalty", "reading"), [(1.45, "one-dimensional"), (1.55, "must-be")])
def test_blame_outweighs_praise_from_three_to_two_on(penalty: float, reading: Kano) -> None:
    assert kano(effects(1.0, penalty), positive=0, negative=1) == reading
    turned = kano(effects(penalty, 1.0), positive=0, negative=1)
    assert turned == ("attractive" if reading == "must-be" else reading)


@pytest.mark.parametrize(("covariance", "reading"), [(-0.008, "must-be"), (0.008, "one-dimensional")])
def test_effects_that_vary_together_tell_less_of_their_difference(covariance: float, reading: Kano) -> None:
    # the penalty is an effect turned round: what raises both effects widens the gap between penalty and reward
    assert kano(effects(0.5, 0.8, 0.01, covariance), positive=0, negative=1) == reading
