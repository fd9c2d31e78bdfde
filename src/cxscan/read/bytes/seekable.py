"""The bytes of a source as a file in which one can go about, as often as need be."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.read.bytes.raw import Raw


class SeekableBytes:
    """A file, opened anew each time, or what a stream gave, which is kept."""

    def __init__(self, raw: Raw) -> None:
        self.path = raw.path
        self._raw = raw
        self._kept = raw.seekable() if raw.is_stream else None
        if self._kept is not None:
            finalize(self, self._kept.close)

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file at its beginning, for as long as it is used."""
        if self._kept is not None:
            self._kept.seek(0)
            yield self._kept
            return
        with self._raw.seekable() as file:
            yield file
