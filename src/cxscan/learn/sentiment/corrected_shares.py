"""Shares of a dump, corrected for the classifier's errors by a hand-labelled sample of it.

What was said of each comment is known for the whole dump; how often it is right, and what the truth is where it is
not, is known from the sample. A share is the sum over what was said of (its share in the dump) x (the share of the
label among the sampled comments of which it was said): post-stratification (Cochran 1977, Sampling Techniques, 5A).
The result is a share in itself: no matrix is turned round, which a sample of fifty would not bear, and nothing is
clipped. It asks that the sample was drawn at random from the dump, or at random from each sentiment said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.learn.metrics import confusion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

DRAWS = 4_000
SEED = 0
PRIOR = 1 / 3
"""Of a comment in each cell: what was never sampled is not taken for impossible."""
AGREES = 1.0
"""Of a comment more where label and said agree."""


class Corrected(NamedTuple):
    """The share of a sentiment in a dump."""

    raw: float
    """As classified."""
    share: float
    """As corrected."""
    low: float
    high: float
    """95 % interval of the corrected share."""


def corrected(signs: Ints, said: Ints, dump: Sequence[int]) -> list[Corrected]:
    """Shares of negative, neutral and positive in a dump, by a sample's labels and what was said of it (-1, 0, 1).

    `dump` counts of how many comments negative, neutral and positive was said; at least one.

    The intervals are of the Dirichlet posterior of the sample's errors (the Bayesian bootstrap with a prior; Rubin
    1981, Annals of Statistics 9: 130-134), with a fixed seed.
    """
    raw = np.array(dump, np.float64) / sum(dump)
    seen = np.array(confusion(signs, said), np.float64).T + PRIOR + AGREES * np.eye(3)
    random = np.random.default_rng(SEED)
    draws = np.stack([random.dirichlet(row, DRAWS) for row in seen])
    spread = np.quantile(np.einsum("s,sdt->dt", raw, draws), [0.025, 0.975], axis=0)
    shares = raw @ (seen / seen.sum(axis=1, keepdims=True))
    return [Corrected(*map(float, row)) for row in zip(raw, shares, *spread, strict=True)]
