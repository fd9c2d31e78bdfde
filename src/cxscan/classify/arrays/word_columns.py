"""What is asked once of every distinct chunk or word, kept as arrays that grow with the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cxscan.model import Bools, Vocabulary


class WordColumn:
    """One number for each entry of a vocabulary's words, found by a function of the word."""

    def __init__(self, look: Callable[[str], float], kind: type[np.generic]) -> None:
        self._look, self._kind = look, kind
        self._vocabulary: Vocabulary | None = None
        self._known: NDArray[np.generic] = np.zeros(0, kind)

    def of(self, vocabulary: Vocabulary) -> NDArray[np.generic]:
        """The column, one entry per word of the vocabulary; only words that are new since the last call are asked."""
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._known = vocabulary, np.zeros(0, self._kind)
        new: Sequence[str] = vocabulary.words[len(self._known) :]
        if new:
            answers = np.fromiter(map(self._look, new), self._kind, len(new))
            self._known = np.concatenate([self._known, answers])
        return self._known


def any_in(flags: Bools, offsets: NDArray[np.int64]) -> Bools:
    """Whether any flag is set between each offset and the next."""
    total = np.concatenate([[0], np.cumsum(flags)])
    return total[offsets[1:]] > total[offsets[:-1]]
