"""Where a source's bytes come from: a file that can be opened twice, or a stream whose beginning is remembered."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cxscan.errors import InputError, UsageError
from cxscan.read.bytes.gunzip import Gunzip
from cxscan.read.bytes.refused import GZIP

if TYPE_CHECKING:
    from typing import BinaryIO

STDIN = "-"


class Bytes(Protocol):
    """A stream of bytes; `read` gives up to `size` of them, b"" at the end, and raises InputError for trouble."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


class _File:
    """Plain bytes of a file, with the system's troubles put in our words."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._stream = stream
        self._path = path

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as trouble:
            raise _unreadable(self._path, trouble) from trouble

    def close(self) -> None:
        if self._path != STDIN:
            self._stream.close()


class _Remembering:
    """A stream that can be read from its beginning again until `forget` is called."""

    def __init__(self, stream: Bytes) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._position = 0
        self._keeping = True

    def read(self, size: int, /) -> bytes:
        if self._position < len(self._kept):
            part = bytes(self._kept[self._position : self._position + size])
            self._position += len(part)
            return part
        part = self._stream.read(size)
        if self._keeping:
            self._kept += part
            self._position += len(part)
        return part

    def rewind(self) -> None:
        self._position = 0

    def forget(self) -> None:
        self._keeping = False

    def close(self) -> None:
        """Close the stream once it has been read for the last time: it cannot be opened again."""
        if not self._keeping:
            self._stream.close()


class Raw:
    """The bytes of one path, unpacked if they are gzip. Regular files are opened anew each time."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._memory: _Remembering | None = None
        if path == STDIN or not _is_regular(path):
            self._memory = _Remembering(_File(_stdin() if path == STDIN else _open(path), path))

    def head(self, size: int) -> tuple[bytes, str | None]:
        """The first `size` bytes, unpacked, and the compression (`gzip` or None)."""
        with closing(self.open()) as stream:
            head = read_fully(stream, size)
            return head, "gzip" if isinstance(stream, Gunzip) else None

    def open(self, *, last: bool = False) -> Bytes:
        """The bytes from the beginning; `last` promises that no other call follows, so nothing is remembered."""
        stream: Bytes
        if self._memory is None:
            stream = _File(_open(self.path), self.path)
            magic = stream.read(len(GZIP))
            stream.close()
            stream = _File(_open(self.path), self.path)
        else:
            stream = self._memory
            stream.rewind()
            magic = read_fully(stream, len(GZIP))
            stream.rewind()
            if last:
                stream.forget()
        return Gunzip(stream, self.path) if magic == GZIP else stream

    def close(self) -> None:
        """Let go of a stream that will not be read."""
        if self._memory is not None:
            self._memory.forget()
            self._memory.close()


def read_fully(stream: Bytes, size: int) -> bytes:
    """`size` bytes, or all there are: a pipe gives them in small pieces."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except OSError as trouble:
        raise _unreadable(path, trouble) from trouble
    except ValueError:
        raise InputError(f"{path!r}: no path can hold a NUL character; check the path") from None


def _open(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as trouble:
        raise _unreadable(path, trouble) from trouble


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("-: standard input is closed; name a file, or pipe one in")
    if sys.stdin.isatty():
        raise UsageError("-: standard input is a terminal; name a file, or pipe one in: cxscan scan - < FILE")
    return sys.stdin.buffer


def _unreadable(path: str, trouble: OSError) -> InputError:
    if isinstance(trouble, FileNotFoundError):
        return InputError(f"{path}: no such file; check the path, or quote a glob")
    if isinstance(trouble, PermissionError):
        return InputError(f"{path}: permission denied; make the file readable for this user")
    return InputError(f"{path}: cannot be read: {os.strerror(trouble.errno or 0)}; check the file, then run again")
