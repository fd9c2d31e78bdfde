"""Pairs of word numbers, looked up among known ones by the thousand: a hash table with linear probing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ints


class PairTable:
    """Finds pairs of word codes among known ones: a hash table whose keys are looked up all at once."""

    def __init__(self, keys: Ints) -> None:
        """`keys` are distinct, first code * number of codes + second code."""
        self._bits = max(8, int(4 * max(len(keys), 1)).bit_length())
        self._keys = np.full(1 << self._bits, -1, np.int64)
        self._places = np.zeros(1 << self._bits, np.int32)
        pending, slots = np.arange(len(keys), dtype=np.int32), self._slots(keys)
        while len(pending):
            free = self._keys[slots] < 0
            _, first = np.unique(slots, return_index=True)
            taken = np.zeros(len(slots), np.bool_)
            taken[first] = True
            taken &= free
            self._keys[slots[taken]] = keys[pending[taken]]
            self._places[slots[taken]] = pending[taken]
            pending, slots = pending[~taken], (slots[~taken] + 1) & (len(self._keys) - 1)

    def find(self, keys: Ints) -> tuple[Ints, NDArray[np.int32]]:
        """Positions of the keys that are known, and the place of each in the table's own keys."""
        slots = self._slots(keys)
        found: list[Ints] = []
        places: list[NDArray[np.int32]] = []
        at = np.arange(len(keys))
        while len(at):
            held = self._keys[slots]
            hit = held == keys[at]
            found.append(at[hit])
            places.append(self._places[slots[hit]])
            further = ~hit & (held >= 0)
            at, slots = at[further], (slots[further] + 1) & (len(self._keys) - 1)
        return np.concatenate([*found, np.zeros(0, np.int64)]), np.concatenate([*places, np.zeros(0, np.int32)])

    def _slots(self, keys: Ints) -> Ints:
        mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64)
