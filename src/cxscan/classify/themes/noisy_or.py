"""Whether a text has a label if one of its sentences has (noisy or): log-odds in, log-odds out, in whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.themes.evidence import UNIT

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows, Segments
    from cxscan.rules.weights import Arrays

SATURATED = 12 * UNIT
"""Log-odds beyond this are as sure as any."""

CHANCE_UNIT = 4_096
"""Unit of -log(1 - chance), which adds over the sentences of a text."""


class NoisyOr:
    """Looks chances up, adds them, and looks up what log-odds they come to."""

    def __init__(self, arrays: Arrays) -> None:
        self._chances = arrays["chances"].astype(np.int64)
        self._odds = arrays["logits"].astype(np.int32)

    def of(self, logits: Rows, runs: Segments) -> Rows:
        """Log-odds that one of the sentences of each run has a label, in `UNIT`s.

        `logits`: sentences by labels, or of one label.
        """
        chances = self._chances.take(logits + SATURATED, mode="clip")
        return self._odds.take(runs.sums(chances), mode="clip")
