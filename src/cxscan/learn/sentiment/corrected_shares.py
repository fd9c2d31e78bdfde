"""Shares of a dump, corrected for the classifier's errors by a hand-labelled sample of it.

The predictions are known for the whole dump; how often one is right, and what the label is where it is not, is known
from the sample. A share is the sum over the predictions of (its share in the dump) x (the share of the label among the
sampled comments with that prediction): post-stratification (Cochran 1977, Sampling Techniques, 5A). The result is a
share in itself: no matrix is inverted, which a sample of fifty would not bear, and nothing is clipped. It asks that the
sample was drawn at random from the dump, or at random from each predicted sentiment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learn.metrics import confusion_matrix
from cxscan.learning_results import CorrectedShare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

DRAWS = 4_000
SEED = 0
PRIOR = 1 / 3
"""Pseudo-count of a comment in each cell: what was never sampled is not taken for impossible."""
AGREEMENT_PRIOR = 1.0
"""Pseudo-count of one comment more where label and prediction agree."""


def corrected_shares(y_true: Ints, y_pred: Ints, dump: Sequence[int]) -> list[CorrectedShare]:
    """Correct the shares of negative, neutral and positive in a dump by a sample's labels and predictions (-1, 0, 1).

    `dump` counts how many of its comments are predicted negative, neutral and positive; at least one in all.

    The intervals are of the Dirichlet posterior of the sample's errors (the Bayesian bootstrap with a prior; Rubin
    1981, Annals of Statistics 9: 130-134), with a fixed seed.
    """
    raw = np.array(dump, np.float64) / sum(dump)
    sampled = np.array(confusion_matrix(y_true, y_pred), np.float64).T + PRIOR + AGREEMENT_PRIOR * np.eye(3)
    random = np.random.default_rng(SEED)
    draws = np.stack([random.dirichlet(row, DRAWS) for row in sampled])
    limits = np.quantile(np.einsum("s,sdt->dt", raw, draws), [0.025, 0.975], axis=0)
    shares = raw @ (sampled / sampled.sum(axis=1, keepdims=True))
    return [CorrectedShare(*map(float, row)) for row in zip(raw, shares, *limits, strict=True)]
