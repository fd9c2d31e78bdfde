"""The effects of features on the rating among records of the same tone, and what they explain beside it."""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.insight.importance import Covariances
from cxscan.insight.tone import FOLDS, STEPS, TONES, ToneCounts

if TYPE_CHECKING:
    from cxscan.insight.importance import Floats
    from cxscan.model import Ints

FEWEST_ALIKE = 20
"""Steps of the score with fewer records are put together with the next ones of the same sentiment."""

HELD_BACK = 10
"""Records without effect that are added to each feature when others are predicted: few records move little."""


class Effect(NamedTuple):
    """Mean worth of the records with a feature less that of others of the same tone; its error; p-value of none."""

    value: float
    error: float
    p: float


class Explained(NamedTuple):
    """Shares of the variance of the worth of records that their own part had no say in; None of too few records."""

    tone: float | None
    """By the tone alone; below 0 where a guess of the mean is better."""
    beside: float | None
    """By the features beside the tone; below 0 where they make it worse."""


class SameTone(NamedTuple):
    """Statistics of counts by strata: tones, put together until they have enough records to compare."""

    counts: ToneCounts
    """With strata in the place of tones."""

    @classmethod
    def of_counts(cls, counts: ToneCounts, features: list[int]) -> SameTone:
        """Take those of some of the features."""
        strata = _strata(counts.n.sum(axis=0))
        size = int(strata[-1]) + 1

        def merged(values: Ints) -> Ints:
            sums = np.zeros((FOLDS, size, *values.shape[2:]), np.int64)
            for stratum in range(size):
                sums[:, stratum] = values[:, strata == stratum].sum(axis=1)
            return sums

        strata_counts = ToneCounts(
            n=merged(counts.n),
            worth=merged(counts.worth),
            squares=merged(counts.squares),
            having=merged(counts.having[:, :, features]),
            worth_having=merged(counts.worth_having[:, :, features]),
            together=counts.together[:, features][:, :, features],
        )
        return cls(strata_counts)

    def effects(self) -> list[Effect]:
        """Of each feature: the Mantel-Haenszel weighted difference of means and the stratified mean score test.

        Landis, Heyman and Koch 1978, International Statistical Review 46: 237-254. The error is that of marks dealt at
        random within each stratum, so it needs no assumption of how ratings scatter in it.
        """
        n = self.counts.n.sum(axis=0)[:, None]
        worth, squares = self.counts.worth.sum(axis=0)[:, None], self.counts.squares.sum(axis=0)[:, None]
        having = self.counts.having.sum(axis=0)
        mean = worth / np.maximum(n, 1)
        spread = np.maximum(squares - worth * mean, 0) / np.maximum(n - 1, 1)
        weights = having * (n - having) / np.maximum(n, 1)
        over = (self.counts.worth_having.sum(axis=0) - having * mean).sum(axis=0)
        errors = np.sqrt((weights * spread).sum(axis=0))
        return [_effect(*one) for one in zip(over.tolist(), errors.tolist(), weights.sum(axis=0).tolist(), strict=True)]

    def covariances(self) -> Covariances:
        """Of all records."""
        return self._covariances(range(FOLDS))

    def explained(self) -> Explained:
        """Predict each fold by least squares on the others, with `HELD_BACK` (Hoerl and Kennard's ridge)."""
        if min(self.counts.n.sum(axis=1).tolist()) < 1 or int(self.counts.n.sum()) < 2 * FEWEST_ALIKE:
            return Explained(None, None)
        left = np.sum([self._left(fold) for fold in range(FOLDS)], axis=0)
        if left[0] <= 0:
            return Explained(None, None)
        return Explained(float(1 - left[1] / left[0]), float((left[1] - left[2]) / left[0]))

    def _covariances(self, folds: range | list[int]) -> Covariances:
        n = np.maximum(self.counts.n[folds].sum(axis=0), 1)
        worth, having = self.counts.worth[folds].sum(axis=0), self.counts.having[folds].sum(axis=0)
        shares = having / n[:, None]
        return Covariances(
            self.counts.together[folds].sum(axis=0) - having.T @ shares,
            self.counts.worth_having[folds].sum(axis=(0, 1)) - worth @ shares,
            max(float(self.counts.squares[folds].sum() - (worth * worth / n).sum()), 0.0),
        )

    def _left(self, fold: int) -> Floats:
        """Squared error in a fold, predicted from the others: by their mean, by the tone, and by the features too."""
        others = [other for other in range(FOLDS) if other != fold]
        n, worth = self.counts.n[others].sum(axis=0), self.counts.worth[others].sum(axis=0)
        mean = worth.sum() / n.sum()
        means = np.where(n > 0, worth / np.maximum(n, 1), mean)
        shares = self.counts.having[others].sum(axis=0) / np.maximum(n, 1)[:, None]
        within = self._covariances(others)
        held = within.features + HELD_BACK * np.eye(len(within.with_worth))
        slopes = np.linalg.solve(held, within.with_worth)
        nothing = np.zeros_like(slopes)
        guesses = ((np.full_like(means, mean), nothing), (means, nothing), (means - shares @ slopes, slopes))
        return np.array([self._error(fold, *guess) for guess in guesses])

    def _error(self, fold: int, levels: Floats, slopes: Floats) -> float:
        """Sum of (worth - level of its stratum - slopes of its features) squared, from the sums."""
        n, worth, having = self.counts.n[fold], self.counts.worth[fold], self.counts.having[fold]
        along = float(self.counts.worth_having[fold].sum(axis=0) @ slopes)
        predicted = float(n @ levels**2 + 2 * levels @ (having @ slopes) + slopes @ self.counts.together[fold] @ slopes)
        return float(self.counts.squares[fold].sum()) - 2 * float(levels @ worth) - 2 * along + predicted


def _effect(over: float, error: float, weight: float) -> Effect:
    if weight <= 0 or error <= 0:
        return Effect(0.0, 0.0, 1.0)
    return Effect(over / weight, error / weight, erfc(abs(over / error) / sqrt(2)))


def _strata(n: Ints) -> Ints:
    """The stratum of each tone: neighbouring steps of one sentiment, until they have enough records."""
    strata, stratum = np.zeros(TONES, np.int64), -1
    for first in range(0, TONES, STEPS):
        held, start = 0, stratum + 1
        stratum = start
        for tone in range(first, first + STEPS):
            if held >= FEWEST_ALIKE and n[tone : first + STEPS].sum() >= FEWEST_ALIKE:
                held, stratum = 0, stratum + 1
            strata[tone] = stratum
            held += int(n[tone])
    return strata
