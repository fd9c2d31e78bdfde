"""Hidden units between words and labels: what a sentence says that no word says alone, in the light of its text.

Each word adds a row to its sentence. A unit speaks where the sum is above 0, after all sentences of the text have added
what theirs say of it (the context). What the units say of the labels adds to what words say themselves. Whole numbers
throughout: products are taken in floating point, far below 2 ** 53, where they are exact in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.packed_rows import summed, unpacked
from cxscan.classify.theme_terms import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.theme_terms import Rows, Sentences
    from cxscan.model import Ids, Ints
    from cxscan.rules.weights import Arrays

    Floats = NDArray[np.float64]

ROW_UNIT = 32
"""1.0 in the rows of words, and in what units say."""


class Spoken(NamedTuple):
    """What the units of a batch say."""

    units: Floats
    """Sentences by units, whole `ROW_UNIT`s: 0 where a unit is silent."""
    logits: Ints
    """Sentences by labels, then poles, in `UNIT`s."""


class HiddenUnits:
    """The units that come with the weights of the themes; `unit_labels` may have further columns for trained themes."""

    def __init__(self, arrays: Arrays) -> None:
        self._bias = arrays["unit_bias"].astype(np.float64)
        self._context = arrays["unit_context"].astype(np.float64)
        self._labels = np.concatenate([arrays["unit_labels"], arrays["unit_poles"]], axis=1).astype(np.float64)
        self._base = arrays["pole_base"].astype(np.int64)

    def of(self, table: Ints, words: Ids, sentences: Sentences) -> Spoken:
        """What they say of each sentence. `table`: packed rows of the vocabulary; a batch has words."""
        units = unpacked(summed(table, words, sentences.starts), len(self._bias)).astype(np.float64)
        first = np.flatnonzero(np.diff(sentences.texts, prepend=-1))
        heard = np.maximum(np.add.reduceat(units, first, axis=0) + self._bias, 0)
        context = np.floor(heard @ self._context / UNIT) + self._bias
        units += np.repeat(context, np.diff(first, append=len(units)), axis=0)
        np.maximum(units, 0, out=units)
        logits = _whole(units @ self._labels, ROW_UNIT)
        logits[:, logits.shape[1] - len(self._base) :] += self._base
        return Spoken(units, logits)

    def by_words(self, rows: Rows, units: Floats, labels: Ints) -> Ints:
        """What words add to a label by the units that speak in their sentence, in `UNIT`s.

        `rows`: of each word, words by units; `units`: those of its sentence; `labels`: the label asked for.
        """
        speaking = rows * (units > 0)
        return _whole(np.einsum("wu,wu->w", speaking.astype(np.float64), self._labels.T[labels]), ROW_UNIT)


def _whole(sums: Floats, unit: int) -> Ints:
    """Sums divided by a power of two, rounded down: exact."""
    whole: Ints = np.floor(sums / unit).astype(np.int64)
    return whole
