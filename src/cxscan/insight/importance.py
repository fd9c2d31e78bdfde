"""Importance: the part of the ratings' variance that each feature explains; relative weights, from sums alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NOTHING = 1e-9
"""Directions with a smaller part of the features' variance hold rounding errors only."""


class Covariances(NamedTuple):
    """Sums of products of deviations from a mean: of features, and of what they are to explain."""

    features: Floats
    """Features by features."""
    with_worth: Floats
    """Of each feature and the worth of the records."""
    worth: float
    """Of the worth with itself: its variance, times the records."""


class RelativeWeights(NamedTuple):
    """The relative weights of the features, which add up to the share of the variance that all explain."""

    each: list[float]
    r_squared: float


def relative_weights(covariances: Covariances) -> RelativeWeights:
    """Johnson's relative weights (J. W. Johnson 2000, Multivariate Behavioral Research 35: 1-19).

    The features are replaced by the uncorrelated ones that are nearest to them; what those explain is shared out by how
    closely each feature is related to each of them. A weight is never negative, and correlated features share.
    """
    deviations = np.sqrt(np.maximum(covariances.features.diagonal(), 0))
    varying = np.flatnonzero(deviations > _NOTHING)
    if not len(varying) or covariances.worth <= 0:
        return RelativeWeights([0.0] * len(deviations), 0.0)
    held = deviations[varying]
    correlations = covariances.features[np.ix_(varying, varying)] / np.outer(held, held)
    each = np.zeros(len(deviations))
    each[varying] = _weights(correlations, covariances.with_worth[varying] / (held * np.sqrt(covariances.worth)))
    return RelativeWeights(each.tolist(), float(each.sum()))


def _weights(correlations: Floats, with_worth: Floats) -> Floats:
    values, vectors = np.linalg.eigh(correlations)
    held = values > _NOTHING
    roots = np.sqrt(values[held])
    nearest = (vectors[:, held] * roots) @ vectors[:, held].T
    effects = (vectors[:, held] / roots) @ vectors[:, held].T @ with_worth
    weights: Floats = (nearest**2) @ (effects**2)
    return weights
