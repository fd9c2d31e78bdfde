"""A stream of bytes, of a file, a pipe or what was packed in one."""

from __future__ import annotations

from typing import Protocol


class ByteStream(Protocol):
    """A stream of bytes; `read` gives up to `size` of them, b"" at the end, and raises InputError for trouble."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


def read_fully(stream: ByteStream, size: int) -> bytes:
    """`size` bytes, or all there are: a pipe gives them in small pieces."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
