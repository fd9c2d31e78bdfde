"""How much of what a text says of a theme stands in each of its clauses: by words learned for it, and by matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.theme_terms import UNIT

if TYPE_CHECKING:
    from cxscan.classify.phrase_book import PhraseHits
    from cxscan.classify.weighed import Weighed
    from cxscan.model import Ints, Tokens

MATCH = 3 * UNIT // 2
"""What a match counts beside the weights of words."""

LOWEST, HIGHEST = -4 * UNIT, 6 * UNIT
"""Sums of weights beyond these count no less and no more."""

SHARES = np.rint(np.exp(np.arange(LOWEST, HIGHEST + 1) / UNIT) * 64).astype(np.int64)
"""Share of a clause by its sum of weights, from `LOWEST` on."""


class ClauseShares(NamedTuple):
    """Every clause of every cell (a theme of a text), cell by cell; a cell has at least one."""

    starts: Ints
    """Where each cell begins."""
    clauses: Ints
    shares: Ints

    @classmethod
    def of(cls, tokens: Tokens, weighed: Weighed, hits: PhraseHits, cells: Ints, labels: Ints) -> ClauseShares:
        """Shares for these cells, texts by the taxonomy's themes as one number, sorted; each has a hit.

        `labels`: the built-in theme of each theme, or -1 for one of which nothing was learned.
        """
        texts, themes = np.divmod(cells, len(labels))
        counts = np.diff(tokens.text_clauses)[texts]
        starts = np.cumsum(counts) - counts
        shift = starts - tokens.text_clauses[texts]
        clauses = np.arange(int(counts.sum())) - np.repeat(shift, counts)
        built_in = np.repeat(labels[themes], counts)
        sums = np.where(built_in < 0, 0, weighed.by_clauses(built_in, clauses))
        at = np.searchsorted(tokens.clause_offsets, hits.first_words, side="right") - 1
        hit_texts = np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1
        of_hits = at + shift[np.searchsorted(cells, hit_texts * len(labels) + hits.labels)]
        sums += MATCH * np.bincount(of_hits, minlength=len(clauses))
        return cls(starts, clauses, SHARES[np.clip(sums, LOWEST, HIGHEST) - LOWEST])

    def mean(self, of_clauses: Ints) -> Ints:
        """Mean of a number of each clause over each cell's clauses, by their shares."""
        if not len(self.starts):
            return np.zeros(0, np.int64)
        totals = np.add.reduceat(self.shares * of_clauses[self.clauses], self.starts)
        means: Ints = totals // np.add.reduceat(self.shares, self.starts)
        return means
