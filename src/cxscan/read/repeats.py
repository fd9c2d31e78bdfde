"""Repeated records: a hash of each, the same in every process, and those that were met so far."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import adler32, crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REMEMBERED = 1_000_000
"""Records whose hash is kept to count repeated ones; later ones are only compared with these."""

_join_cells = "\x1f".join


def record_key(record: str) -> int:
    """A hash of a record: of two that differ in a few neighbouring letters never the same, else once in 2^50 or so."""
    content = record.encode("utf-8", "surrogatepass")
    return crc32(content) << 32 | adler32(content)


def row_keys(rows: Iterable[Sequence[str]]) -> list[int]:
    """The hash of each row of cells, as `record_key` has it: a step at a time over all rows takes half the time."""
    records = list(map(_join_cells, rows))
    try:
        contents = list(map(str.encode, records))
    except UnicodeEncodeError:  # a lone surrogate
        return list(map(record_key, records))
    return [high << 32 | low for high, low in zip(map(crc32, contents), map(adler32, contents), strict=True)]


class SeenRecords:
    """Hashes of the records that were read so far, of all sources of a run."""

    def __init__(self, *, all_of_them: bool = False) -> None:
        """Without `all_of_them` memory ends after `REMEMBERED` records."""
        self._hashes: set[int] = set()
        self._is_unbounded = all_of_them

    def repeated(self, keys: Sequence[int]) -> int:
        """Count the records that were read before, each time."""
        hashes = self._hashes
        before = len(hashes)
        if self._is_unbounded or before + len(keys) <= REMEMBERED:
            hashes.update(keys)
            return len(keys) - (len(hashes) - before)
        return len(keys) - len(self.first_ones(keys))

    def first_ones(self, keys: Sequence[int]) -> list[int]:
        """Positions of the records that were not read before."""
        hashes, positions = self._hashes, []
        for position, key in enumerate(keys):
            if key not in hashes:
                positions.append(position)
                if self._is_unbounded or len(hashes) < REMEMBERED:
                    hashes.add(key)
        return positions
