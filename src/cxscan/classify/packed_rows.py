"""Rows of 32-bit numbers kept two to a 64-bit one: adding such rows adds both, at half the price.

Sums of rows are the rows' sums as long as each number's sum stays within 32 bits.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ids, Ints

    Rows = NDArray[np.int32]


BLOCK = 8_192
"""Rows that are added up at a time: so many stay in a processor's cache."""


class Additions(NamedTuple):
    """Rows that are added to some places of a run of rows, each place once, in their order."""

    places: Ints
    numbers: Ids
    """Row of the table that is added to each."""
    table: Ints


def packed(rows: Rows) -> Ints:
    """Rows by half as many columns (rounded up): the even columns in the lower halves, the odd in the upper."""
    result = rows[:, 0::2].astype(np.int64)
    result[:, : rows.shape[1] // 2] += rows[:, 1::2].astype(np.int64) << 32
    return result


def unpacked(packed_rows: Ints, columns: int) -> Rows:
    """The rows that were packed, or sums of them; `columns` they had."""
    result = np.empty((len(packed_rows), columns), np.int32)
    result[:, 0::2] = packed_rows.astype(np.int32)
    upper = packed_rows[:, : columns // 2]
    result[:, 1::2] = (upper - upper.astype(np.int32)) >> 32
    return result


def cells(packed_rows: Ints, rows: Ints, columns: Ints) -> Ints:
    """The numbers that stand in these cells."""
    pairs = packed_rows[rows, columns >> 1]
    lower = pairs.astype(np.int32).astype(np.int64)
    found: Ints = np.where(columns & 1, (pairs - lower) >> 32, lower)
    return found


def summed(table: Ints, numbers: Ids, starts: Ints, also: Additions | None = None) -> Ints:
    """Sums of the table's rows of these numbers, from each start to the next; `starts` rise from 0."""
    result = np.empty((len(starts), table.shape[1]), np.int64)
    cuts = np.unique(np.append(np.searchsorted(starts, np.arange(0, len(numbers), BLOCK)), len(starts)))
    bounds = np.append(starts, len(numbers))
    for begin, end in itertools.pairwise(cuts.tolist()):
        low, high = bounds[begin], bounds[end]
        rows = table.take(numbers[low:high], axis=0)
        if also is not None:
            first, last = np.searchsorted(also.places, (low, high))
            rows[also.places[first:last] - low] += also.table.take(also.numbers[first:last], axis=0)
        np.add.reduceat(rows, starts[begin:end] - low, axis=0, out=result[begin:end])
    return result
