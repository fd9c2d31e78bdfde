"""Tokens → a sparse matrix of the terms that the sentiment's weights know, texts by terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import WordColumn
from cxscan.classify.arrays.pair_table import PairTable
from cxscan.classify.sentiment.model_sentiment import LONGEST
from cxscan.classify.sentiment.sentiment_terms import HUNDRED, MARKS, role, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ints, Tokens
    from cxscan.rules.weights import Weights

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """A sparse matrix of texts by terms; a term's column is its place in the arrays of weights, part after part."""

    texts: int
    rows: Ints
    columns: Ints
    values: Floats
    """The emphasis of the term where it stands, divided by the text's length to the model's power."""

    def select(self, chosen: Ints) -> TermCounts:
        """Take the rows of the chosen texts, in their order."""
        place = np.full(self.texts, -1)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.rows] >= 0
        return TermCounts(len(chosen), place[self.rows[kept]], self.columns[kept], self.values[kept])


class TermCounter:
    """Counts the terms that a file of weights knows."""

    def __init__(self, weights: Weights) -> None:
        words = weights.arrays["words"].tobytes().decode().split("\n")
        self._codes = codes = {word: code for code, word in enumerate(words) if word}
        self._size = len(words)
        self._pairs = PairTable(weights.arrays["pairs"].astype(np.int64))
        self._power = weights.number("length_power")
        self._code_of = WordColumn(lambda word: codes.get(word, 0), np.int64)
        self._role = WordColumn(role, np.int8)

    def count(self, tokens: Tokens) -> TermCounts:
        """Count the terms of each text."""
        codes = np.asarray(self._code_of.values(tokens.vocabulary), np.int64)[tokens.words]
        in_context = terms(tokens, np.asarray(self._role.values(tokens.vocabulary), np.int8)[tokens.words])
        negated, far = np.flatnonzero(in_context.negated), np.flatnonzero(in_context.far)
        ends = np.flatnonzero(in_context.paired[1:] & (codes[1:] > 0) & (codes[:-1] > 0)) + 1
        at, pairs = self._pairs.find(codes[ends - 1] * self._size + codes[ends])
        places = [np.arange(len(codes)), negated, far, ends[at]]
        columns: list[Ints] = [
            codes,
            self._size + codes[negated],
            2 * self._size + codes[far],
            3 * self._size + pairs.astype(np.int64),
        ]
        weights = [in_context.emphasis[place] for place in places]
        for end, name in MARKS.items():
            marked = np.flatnonzero(tokens.breaks == end)
            places.append(marked)
            columns.append(np.full(len(marked), self._codes.get(name, 0)))
            weights.append(np.full(len(marked), HUNDRED))
        place, column, weight = np.concatenate(places), np.concatenate(columns), np.concatenate(weights)
        known = (column % self._size != 0) | (column >= 3 * self._size)
        rows = in_context.rows[place[known]]
        lengths = np.diff(tokens.word_offsets).clip(1, LONGEST)
        values = lengths[rows].astype(np.float64) ** -self._power * weight[known] / HUNDRED
        return TermCounts(len(tokens), rows, column[known], values)
