"""Numbers of known chunks, looked up for thousands of chunks at once: a hash table whose keys are the chunks' bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ids, Ints

    Keys64 = NDArray[np.uint64]

LONGEST = 16
"""Bytes of the longest chunk that is kept: two machine words, so that equal keys are equal chunks."""

_FIRST_BITS = 12
_MIX, _MIX_SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
"""Odd multipliers that spread keys over the table (Knuth, TAOCP 3, 6.4; the second is xxHash's)."""

_KEPT = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""Masks that keep the first bytes of a machine word, by how many."""


def keys_of(content: bytes, starts: Ints, lengths: Ints) -> tuple[Keys64, Keys64]:
    """The first eight bytes of each stretch and the eight after them as whole numbers, zeros behind its end.

    `content` goes on for `LONGEST` bytes behind the last stretch.
    """
    at_every_byte = np.ndarray((len(content) - 7,), np.dtype("<u8"), content, strides=(1,))
    first = at_every_byte[starts] & _KEPT[np.minimum(lengths, 8)]
    second = np.zeros(len(starts), np.uint64)
    longer = np.flatnonzero(lengths > 8)
    second[longer] = at_every_byte[starts[longer] + 8] & _KEPT[np.minimum(lengths[longer] - 8, 8)]
    return first, second


class KnownChunks:
    """Open addressing, linear probing, at most half full. No chunk begins with NUL, so a key of 0 is a free slot."""

    def __init__(self) -> None:
        self._begin(_FIRST_BITS)
        self._count = 0

    def find(self, first: Keys64, second: Keys64) -> Ids:
        """The number of each chunk; -1 for one that is not known."""
        slots = self._slots(first, second)
        held = self._first[slots]
        hit = (held == first) & (self._second[slots] == second)
        numbers = np.where(hit, self._numbers[slots], np.int32(-1))
        at = np.flatnonzero(~hit & (held != 0))
        slots = slots[at]
        while len(at):
            slots = (slots + 1) & self._last
            held = self._first[slots]
            hit = (held == first[at]) & (self._second[slots] == second[at])
            numbers[at[hit]] = self._numbers[slots[hit]]
            further = ~hit & (held != 0)
            at, slots = at[further], slots[further]
        return numbers

    def add(self, first: Keys64, second: Keys64, numbers: Ids) -> None:
        """Keep chunks that are not known yet, each once."""
        self._count += len(numbers)
        if 2 * self._count > self._last:
            kept = np.flatnonzero(self._first)
            old = self._first[kept], self._second[kept], self._numbers[kept]
            self._begin((4 * self._count).bit_length())
            self._place(*old)
        self._place(first, second, numbers)

    def _begin(self, bits: int) -> None:
        self._first, self._second = np.zeros(1 << bits, np.uint64), np.zeros(1 << bits, np.uint64)
        self._numbers = np.zeros(1 << bits, np.int32)
        self._last = (1 << bits) - 1
        self._shift = np.uint64(64 - bits)

    def _place(self, first: Keys64, second: Keys64, numbers: Ids) -> None:
        slots = self._slots(first, second)
        while len(slots):
            free = self._first[slots] == 0
            self._numbers[slots[free]] = numbers[free]  # of several that want a slot, the last stays
            placed = free & (self._numbers[slots] == numbers)
            at = slots[placed]
            self._first[at], self._second[at] = first[placed], second[placed]
            first, second, numbers, slots = first[~placed], second[~placed], numbers[~placed], slots[~placed]
            slots = (slots + 1) & self._last

    def _slots(self, first: Keys64, second: Keys64) -> Ints:
        slots: Ints = (((first ^ second * _MIX_SECOND) * _MIX) >> self._shift).astype(np.int64)
        return slots
