"""Tokens → what the learned weights see of each text, as counts of their terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.columns import WordColumn
from cxscan.classify.sentiment_model import LONGEST
from cxscan.classify.terms import MARKS, PairTable, negates, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ints, Tokens
    from cxscan.rules.weights import Weights

    Floats = NDArray[np.float64]

PARTS = ("word", "negated", "pair")
"""The arrays of weights, in the order of the columns here."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse matrix of texts by terms; a term's column is its place in the arrays of `PARTS`, one after the other."""

    texts: int
    rows: Ints
    columns: Ints
    values: Floats
    """1 for each time the term stands there, divided by the text's length to the model's power."""

    def of(self, chosen: Ints) -> Counts:
        """The rows that are chosen, in their order."""
        place = np.full(self.texts, -1)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.rows] >= 0
        return Counts(len(chosen), place[self.rows[kept]], self.columns[kept], self.values[kept])


class TermCounter:
    """Counts the terms that a file of weights knows."""

    def __init__(self, weights: Weights) -> None:
        words = weights.arrays["words"].tobytes().decode().split("\n")
        self._codes = {word: code for code, word in enumerate(words) if word}
        self._size = len(words)
        self._pairs = PairTable(weights.arrays["pairs"].astype(np.int64))
        self._power = float(str(weights.facts["length_power"]))
        self._code_of = WordColumn(lambda word: self._codes.get(word, 0), np.int64)
        self._negator = WordColumn(negates, np.bool_)

    def count(self, tokens: Tokens) -> Counts:
        """The terms of each text."""
        codes = np.asarray(self._code_of.of(tokens.vocabulary), np.int64)[tokens.words]
        found = terms(tokens, np.asarray(self._negator.of(tokens.vocabulary), np.bool_)[tokens.words])
        places, columns = [np.arange(len(codes))], [codes]
        places.append(np.flatnonzero(found.negated))
        columns.append(self._size + codes[found.negated])
        ends = np.flatnonzero(found.paired[1:] & (codes[1:] > 0) & (codes[:-1] > 0)) + 1
        at, pairs = self._pairs.find(codes[ends - 1] * self._size + codes[ends])
        places.append(ends[at])
        columns.append(2 * self._size + pairs.astype(np.int64))
        for end, name in MARKS.items():
            marked = np.flatnonzero(tokens.breaks == end)
            places.append(marked)
            columns.append(np.full(len(marked), self._codes.get(name, 0)))
        place, column = np.concatenate(places), np.concatenate(columns)
        known = (column != 0) & (column != self._size)
        rows = found.rows[place[known]]
        lengths = np.diff(tokens.word_offsets).clip(1, LONGEST)
        values = lengths[rows].astype(np.float64) ** -self._power
        return Counts(len(tokens), rows, column[known], values)
