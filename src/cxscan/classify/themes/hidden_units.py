"""Hidden units between words and labels: what a sentence says that no word says alone, in the light of its text.

A layer of rectified linear units: each word adds a row to its sentence, and a unit is active where the sum is above 0,
after all sentences of the text have added what theirs say of it (the context). Activations times weights add to the
logits of what words say themselves. Whole numbers throughout: products are taken in 32-bit floating point, below
2 ** 24, where they are exact in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import UNIT, WordTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.model import Ids, Ints
    from cxscan.rules.weights import Arrays

    Singles = NDArray[np.float32]

ROW_UNIT = 32
"""1.0 in the rows of words, and in what units say."""

UNIT_ROWS = ("unit_word_rows", "unit_stem_rows")
"""Arrays of the rows of words and of their beginnings."""

MAX_ACTIVATION = 32 * ROW_UNIT - 1
"""No activation is larger."""

EXACT = 1 << 24
"""Whole numbers below this are exact in 32 bits of floating point."""


class Activations(NamedTuple):
    """Activations of the units in a batch."""

    units: Singles
    """Sentences by units, whole `ROW_UNIT`s: 0 where a unit is not active."""
    logits: Ids
    """Sentences by labels, then poles, in `UNIT`s."""


class HiddenUnits:
    """The units that come with the weights of the themes; `unit_labels` may have further columns for trained themes."""

    def __init__(self, arrays: Arrays) -> None:
        self._bias = arrays["unit_bias"].astype(np.int32)
        self._context = _exact(arrays["unit_context"])
        self._labels = _exact(np.concatenate([arrays["unit_labels"], arrays["unit_poles"]], axis=1))
        self._base = arrays["pole_base"].astype(np.int32)
        largest = sum(int(np.abs(arrays[name].astype(np.int64)).max(initial=0)) for name in UNIT_ROWS)
        self._most_words = np.iinfo(np.int16).max // max(largest, 1)
        """Words of a sentence whose rows add up within 16 bits."""

    def activate(self, table: Rows, words: Ids, sentences: Sentences) -> Activations:
        """Return activations and logits of each sentence; `table` has the rows of the vocabulary, in 16 bits."""
        wide = table if sentences.words.longest <= self._most_words else table.astype(np.int32)
        own = sentences.words.sums_of(wide, words).astype(np.int32)
        text_activation = _activation(sentences.in_texts.sums(own) + self._bias)
        context = _divided(text_activation @ self._context, UNIT) + self._bias
        units = _activation(own + np.repeat(context, np.diff(sentences.first, append=len(own)), axis=0))
        logits = _divided(units @ self._labels, ROW_UNIT)
        logits[:, logits.shape[1] - len(self._base) :] += self._base
        return Activations(units, logits)

    def by_words(self, rows: Rows, units: Singles, labels: Ints) -> Ints:
        """Return what words add to a label by the units that are active in their sentence, in `UNIT`s.

        `rows`: of each word, words by units; `units`: those of its sentence; `labels`: the label asked for.
        """
        active = rows * (units > 0)
        summed = np.einsum("wu,wu->w", active.astype(np.float64), self._labels.T[labels].astype(np.float64))
        weights: Ints = np.floor(summed / ROW_UNIT).astype(np.int64)
        return weights


def unit_table(arrays: Arrays) -> WordTable:
    """Return the rows of words and of their beginnings."""
    word_rows, stem_rows = (arrays[name].astype(np.int16) for name in UNIT_ROWS)
    return WordTable(word_rows, stem_rows)


def _exact(weights: NDArray[np.generic]) -> Singles:
    """Weights with which the units' sums stay exact."""
    most = EXACT // (MAX_ACTIVATION * len(weights))
    return np.clip(weights.astype(np.int64), -most, most).astype(np.float32)


def _activation(sums: Ids) -> Singles:
    return np.clip(sums, 0, MAX_ACTIVATION).astype(np.float32)


def _divided(sums: Singles, unit: int) -> Ids:
    """Sums divided by a power of two, rounded down: exact."""
    return sums.astype(np.int32) >> (unit.bit_length() - 1)
