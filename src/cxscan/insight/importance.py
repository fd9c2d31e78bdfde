"""Importance: the part of the ratings' variance that each feature explains; relative weights, from sums alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ints

    Floats = NDArray[np.float64]

_NOTHING = 1e-9
"""Directions with a smaller part of the features' variance hold rounding errors only."""


class Moments(NamedTuple):
    """The sums of `n` records that a linear model needs; features are 0 or 1."""

    n: int
    together: Ints
    """Features by features: records with both."""
    by_feature: Ints
    """Sum of the ratings of the records with each feature, in rating units."""
    total: int
    """Sum of the ratings."""
    squares: int
    """Sum of their squares."""

    def only(self, features: list[int]) -> Moments:
        """Those of some of the features."""
        return self._replace(together=self.together[np.ix_(features, features)], by_feature=self.by_feature[features])

    @property
    def covariances(self) -> Floats:
        """Features by features, times n."""
        having = self.together.diagonal().astype(np.float64)
        return self.together - np.outer(having, having) / self.n

    @property
    def with_rating(self) -> Floats:
        """Covariance of each feature and the rating, times n."""
        return self.by_feature - self.together.diagonal() * (self.total / self.n)

    @property
    def variance(self) -> float:
        """Of the ratings, times n."""
        return self.squares - self.total * self.total / self.n


class RelativeWeights(NamedTuple):
    """The relative weights of the features, which add up to the share of the variance that all explain."""

    each: list[float]
    r_squared: float


def relative_weights(moments: Moments) -> RelativeWeights:
    """Johnson's relative weights (J. W. Johnson 2000, Multivariate Behavioral Research 35: 1-19).

    The features are replaced by the uncorrelated ones that are nearest to them; what those explain is shared out by how
    closely each feature is related to each of them. A weight is never negative, and correlated features share.
    """
    deviations = np.sqrt(moments.covariances.diagonal())
    if not moments.n or not len(deviations) or moments.variance <= 0:
        return RelativeWeights([0.0] * len(deviations), 0.0)
    correlations = moments.covariances / np.outer(deviations, deviations)
    with_rating = moments.with_rating / (deviations * np.sqrt(moments.variance))
    values, vectors = np.linalg.eigh(correlations)
    held = values > _NOTHING
    roots = np.sqrt(values[held])
    nearest = (vectors[:, held] * roots) @ vectors[:, held].T
    effects = (vectors[:, held] / roots) @ vectors[:, held].T @ with_rating
    each = (nearest**2) @ (effects**2)
    return RelativeWeights(each.tolist(), float(each.sum()))
