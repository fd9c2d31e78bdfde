"""Which sequences a word, or two words near each other, may belong to: tables that answer for whole batches.

Every word has a *class*: the set of steps that it satisfies. Two words of given classes are looked up as one number,
their pair's key; a table of bits, indexed by a hash of the key, lets through few pairs that are not in the table.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cxscan.classify.phrases.compile import Sequences
    from cxscan.model import Bools, Ids, Ints

BITS = 18
"""The table of bits has 2 ** BITS entries: over ten times the pairs of the built-in phrases, and within a cache."""

_SPREAD = 40_503
"""Odd multiplier that spreads the classes of first words over the table (Knuth, TAOCP 3, 6.4: golden section)."""


class PairTables:
    """Tables over the classes known so far; `classes` gives the steps that each class satisfies."""

    def __init__(self, sequences: Sequences, classes: list[tuple[int, ...]]) -> None:
        self._class_count = len(classes)
        satisfied = np.fromiter(chain.from_iterable(classes), np.int64)
        owners = np.repeat(np.arange(len(classes)), [len(steps) for steps in classes])
        step_count = int(sequences.steps.max(initial=-1)) + 1
        self.satisfies: Bools = np.zeros((len(classes), max(step_count, 1)), np.bool_)
        self.satisfies[owners, satisfied] = True
        by_step = Lookup(satisfied, owners)
        self._single = Lookup(*_single_keys(sequences, by_step))
        self._is_single: Bools = np.zeros(len(classes), np.bool_)
        self._is_single[self._single.keys] = True
        keys, rows, gaps = _pair_keys(sequences, by_step, len(classes))
        self._pairs = Lookup(keys, rows)
        self.reach = int(gaps.max(initial=0)) + 1
        """Distance of the words of a pair, at most."""
        self._bits: Bools = np.zeros((self.reach, 1 << BITS), np.bool_)
        for distance in range(self.reach):
            self._bits[
                distance, _hash(keys[gaps >= distance] // len(classes), keys[gaps >= distance] % len(classes))
            ] = True

    def singles(self, classes: Ids) -> tuple[Ints, Ints]:
        """Positions of words that are a sequence by themselves, with the sequence."""
        places = np.flatnonzero(self._is_single[classes])
        return self._single.find(classes[places], places)

    def pairs(self, classes: Ids, distance: int) -> tuple[Ints, Ints]:
        """Positions of words that make a sequence's pair with the word at this distance, with the sequence."""
        first, second = classes[:-distance], classes[distance:]
        places = np.flatnonzero(self._bits[distance - 1][_hash(first, second)])
        keys = first[places].astype(np.int64) * self._class_count + second[places]
        return self._pairs.find(keys, places)


class Lookup:
    """Values by key; a key may have several."""

    def __init__(self, keys: Ints, values: Ints) -> None:
        order = np.argsort(keys, kind="stable")
        self._values = values[order]
        self.keys, self._starts, self._counts = np.unique(keys[order], return_index=True, return_counts=True)

    def find(self, keys: Ids | Ints, owners: Ints) -> tuple[Ints, Ints]:
        """Owners whose key is known, once for each of its values, with the value."""
        if not len(self.keys):
            return owners[:0], self._values[:0]
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        right = np.flatnonzero(self.keys[found] == keys)
        found, owners = found[right], owners[right]
        counts = self._counts[found]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(owners, counts), self._values[np.repeat(self._starts[found], counts) + within]


def _hash(first: Ids | Ints, second: Ids | Ints) -> Ids | Ints:
    """Place of a pair of classes in the table of bits."""
    hashed: Ids | Ints = (first * _SPREAD + second) & ((1 << BITS) - 1)
    return hashed


def _single_keys(sequences: Sequences, by_step: Lookup) -> tuple[Ints, Ints]:
    """Give the classes that satisfy each sequence of one step, with the sequence."""
    rows = np.flatnonzero(sequences.lengths == 1)
    rows, classes = by_step.find(sequences.steps[rows, 0], rows)
    return classes, rows


def _pair_keys(sequences: Sequences, by_step: Lookup, class_count: int) -> tuple[Ints, Ints, Ids]:
    """Give the keys of the pairs of classes that satisfy each longer sequence's pair, with the sequence and its gap."""
    rows = np.flatnonzero(sequences.lengths > 1)
    owners, first = by_step.find(sequences.steps[rows, sequences.anchors[rows]], rows)
    left, second = by_step.find(sequences.steps[owners, sequences.anchors[owners] + 1], np.arange(len(owners)))
    owners = owners[left]
    return first[left] * class_count + second, owners, sequences.gaps[owners, sequences.anchors[owners] + 1]
