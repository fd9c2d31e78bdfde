"""Rows of 32-bit numbers kept two to a 64-bit one: adding such rows adds both, at half the price.

Sums of rows are the rows' sums as long as each number's sum stays within 32 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Ints

    Rows = NDArray[np.int32]


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
