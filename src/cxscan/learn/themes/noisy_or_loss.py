"""Noisy-or likelihood: a text has a label if one of its sentences has, each independently.

The one definition for `cxscan train` and for the fit of the shipped weights (training/themes.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST = 1e-9
"""Bound below which neither a chance nor -log(1 - chance) is told from 0."""


def noisy_or_loss(logits: Floats, goals: Floats, first: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Cross-entropy of each text, and its slope by -log(1 - chance), which adds up over the text's sentences.

    `logits` are of sentences, by labels or of one label; `first` has the first sentence of each text, `goals` are of
    texts, from 0 to 1. The slope by a sentence's logit is its text's slope times the sentence's own chance.
    """
    sums = np.maximum(np.add.reduceat(np.logaddexp(0, logits), first, axis=0), LEAST)
    chances = np.maximum(-np.expm1(-sums), LEAST)
    loss: Floats = (1 - goals) * sums - goals * np.log(chances)
    slopes: Floats = (1 - goals) - goals * (1 - chances) / chances
    return loss, slopes
