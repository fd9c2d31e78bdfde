"""Numbers for every word of a vocabulary, kept as it grows; and what lies between the offsets of a ragged column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints, Vocabulary


class WordColumn:
    """One number for each entry of a vocabulary's words, found by a function of the word."""

    def __init__(self, function: Callable[[str], float], kind: type[np.generic]) -> None:
        self._function, self._kind = function, kind
        self._vocabulary: Vocabulary | None = None
        self._values: NDArray[np.generic] = np.zeros(0, kind)

    def values(self, vocabulary: Vocabulary) -> NDArray[np.generic]:
        """Return the column, one entry per word; only words that are new since the last call are asked."""
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._values = vocabulary, np.zeros(0, self._kind)
        new = self._entries(vocabulary)[len(self._values) :]
        if new:
            answers = np.fromiter(map(self._function, new), self._kind, len(new))
            self._values = np.concatenate([self._values, answers])
        return self._values

    def _entries(self, vocabulary: Vocabulary) -> Sequence[str]:
        return vocabulary.words


class ChunkColumn(WordColumn):
    """One number for each entry of a vocabulary's chunks, found by a function of the chunk."""

    def _entries(self, vocabulary: Vocabulary) -> Sequence[str]:
        return vocabulary.chunks


def any_in(flags: Bools, offsets: Ints) -> Bools:
    """Mark the stretches, from each offset to the next, with a flag."""
    return sums_in(flags, offsets) > 0


def sums_in(values: Ints | Bools, offsets: Ints) -> Ints:
    """Return the sum of each stretch, from each offset to the next."""
    total = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=total[1:])
    sums: Ints = total[offsets[1:]] - total[offsets[:-1]]
    return sums


def owners(offsets: Ints, places: Ints) -> Ints:
    """Return the number of the stretch, from each offset to the next, in which each place lies."""
    numbers: Ints = np.searchsorted(offsets, places, side="right") - 1
    return numbers
