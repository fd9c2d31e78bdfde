"""How much of what a text says of a theme stands in each of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.row_runs import Segments, within
from cxscan.classify.themes.evidence import UNIT

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.themes.scores import Weighed
    from cxscan.model import Ints

LOWEST, HIGHEST = -4 * UNIT, 6 * UNIT
"""Log-odds beyond these count no less and no more."""

SHARES = np.rint(np.exp(np.arange(LOWEST, HIGHEST + 1) / UNIT) * 1_024).astype(np.int64)
"""Share of a sentence by how much it speaks for the theme, from `LOWEST` on."""


class SentenceShares(NamedTuple):
    """Every sentence of every cell (a theme of a text), cell by cell; a cell has at least one."""

    runs: Segments
    """The entries of each cell."""
    cells: Ints
    """Cell of each entry."""
    sentences: Ints
    shares: Ints

    @classmethod
    def of(cls, weighed: Weighed, texts: Ints, themes: Ints) -> SentenceShares:
        """Shares for themes of texts that have words. `themes` are built-in ones; -1: all sentences share alike."""
        begins, counts = weighed.sentences.of_texts(texts)
        sentences, cells = within(begins, counts)
        said = np.where(themes[cells] < 0, 0, weighed.logits[sentences, themes[cells]])
        runs = Segments(np.cumsum(counts) - counts, len(cells))
        return cls(runs, cells, sentences, SHARES.take(said - LOWEST, mode="clip"))

    def means(self, of_sentences: Rows) -> Rows:
        """Means of numbers of the sentences over each cell's, by their shares, rounded down; cells by numbers."""
        values = of_sentences.take(self.sentences, axis=0) * self.shares[:, None]
        return self.runs.sums(values) // self.runs.sums(self.shares)[:, None]
