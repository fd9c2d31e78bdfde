"""Impact: the change of the rating without a feature's records, and its bounds, by a bootstrap over counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import RATING_UNIT
from cxscan.summary import nps_cutoffs
from cxscan.summary.estimates import Interval

if TYPE_CHECKING:
    from cxscan.insight.importance import Floats
    from cxscan.model import Ints, Scale

DRAWS = 1_000
SEED = 20_260_101
"""Of every bootstrap, so that the same counts give the same interval, whatever else is looked at."""

FINEST = 100
"""A scale is looked at in so many steps by the bootstrap at most: more make it slow, not better."""


class Split(NamedTuple):
    """All rated records by what they are worth: those without a feature, and those with it."""

    values: Floats
    """Values of which the mean is taken: ratings, or 100, 0 and -100 for NPS points."""
    without: Ints
    with_: Ints

    @property
    def impact(self) -> float | None:
        """Mean of the records without the feature less the mean of all; None where none is without."""
        rest = int(self.without.sum())
        if not rest:
            return None
        all_ = self.without + self.with_
        return float(self.without @ self.values / rest - all_ @ self.values / all_.sum())

    @property
    def interval(self) -> Interval | None:
        """Percentiles 2.5 and 97.5 of the impact over `DRAWS` samples of as many records, drawn with replacement.

        Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13. Drawing records is drawing counts from
        a multinomial, and so it takes as long for a million records as for a hundred.
        """
        counts = np.concatenate([self.without, self.with_])
        n = int(counts.sum())
        drawn = np.random.default_rng(SEED).multinomial(n, counts / n, DRAWS)
        rest = drawn[:, : len(self.values)]
        sizes, values = rest.sum(axis=1), np.concatenate([self.values, self.values])
        usable = sizes > 0
        if not usable.all():
            return None
        impacts = rest @ self.values / sizes - drawn @ values / n
        low, high = np.percentile(impacts, [2.5, 97.5]).tolist()
        return Interval(low, high)


def rating_values(ratings: Ints, scale: Scale) -> Floats:
    """Return what each rating adds to the mean: NPS points, or its number, rounded to a step of a fine scale."""
    if ends := nps_cutoffs(scale):
        points = 100 * ((ratings >= ends[1]).astype(np.int64) - (ratings <= ends[0]))
        return points.astype(np.float64)
    numbers = ratings / RATING_UNIT
    if len(ratings) <= FINEST:
        return numbers
    low, step = scale.low / RATING_UNIT, (scale.high - scale.low) / RATING_UNIT / FINEST
    return low + np.round((numbers - low) / step) * step


def split(values: Floats, without: Ints, with_: Ints) -> Split:
    """Records of the same worth put together."""
    kinds, places = np.unique(values, return_inverse=True)
    added = [np.bincount(places, counts, len(kinds)).astype(np.int64) for counts in (without, with_)]
    return Split(kinds, *added)
