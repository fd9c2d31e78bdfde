"""The identity of a run: its comments as a hash, and the day of the newest; taken while they are read.

The hash is of what was read, not of the file: it is the same for the same comments under another name, compressed or
in another encoding, and for the same files in another order.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.model import Batch, Comments

_CELL, _FIELD = "\x1e", "\x1f"


class RunIdentity:
    """The hash and the newest day of the comments of a run, taken batch by batch."""

    def __init__(self) -> None:
        self._sources: dict[str, hashlib._Hash] = {}
        self.newest: str | None = None
        """The day of the newest comment, ISO 8601; None without dates."""

    @property
    def input(self) -> str:
        """SHA-256 of all comments seen, in hexadecimal."""
        whole = hashlib.sha256()
        for digest in sorted(source.digest() for source in self._sources.values()):
            whole.update(digest)
        return whole.hexdigest()

    def add(self, batch: Batch) -> None:
        """Take a batch into account, in the order of reading."""
        comments = batch.comments
        source = self._sources.setdefault(comments.source, hashlib.sha256())
        source.update("".join(_cells(comments)).encode("utf-8", "surrogatepass"))
        days = [date[:10] for date in comments.dates if date is not None]
        if days:
            self.newest = max([*days, self.newest or ""])


def _cells(comments: Comments) -> Iterator[str]:
    columns = (comments.records, comments.fields, comments.dates, comments.ratings, comments.texts)
    for cell in zip(*columns, strict=True):
        yield _FIELD.join("" if part is None else str(part) for part in cell) + _CELL
