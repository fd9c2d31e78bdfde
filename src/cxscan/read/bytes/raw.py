"""The bytes of a source: a file that can be opened twice, or a stream whose beginning is remembered."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError
from cxscan.read.bytes.compression import Unpacked, find_compression, longest_magic
from cxscan.read.bytes.head import Head
from cxscan.read.bytes.stream import read_fully
from cxscan.read.bytes.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, BinaryIO

    from cxscan.read.bytes.compression import Compression
    from cxscan.read.bytes.stream import ByteStream
    from cxscan.read.rows import ReadStats

STDIN = "-"
_STEP = 1 << 20
_IN_MEMORY = 64 << 20


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

    def __init__(self, stream: ByteStream) -> None:
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
    """The bytes of one path, unpacked if they are packed. Regular files are opened anew each time."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._memory: _Remembering | None = None
        if path == STDIN or not _is_regular(path):
            self._memory = _Remembering(_File(_stdin() if path == STDIN else _open(path), path))

    @property
    def is_stream(self) -> bool:
        """Tell whether the bytes can be read to their end only once."""
        return self._memory is not None

    def head(self, size: int, encoding: str | None = None) -> Head:
        """The first `size` bytes, unpacked; `encoding` is the one asked for."""
        stream, compression = self._opened()
        with closing(stream):
            content = read_fully(stream, size)
        return Head(self.path, content, len(content) < size, compression, encoding)

    def open(self) -> ByteStream:
        """All bytes, unpacked, from the beginning; of a stream for the last time, so nothing is remembered."""
        stream, _ = self._opened()
        if self._memory is not None:
            self._memory.forget()
        return stream

    def text(self, encoding: str, stats: ReadStats) -> Iterator[str]:
        """All text, in pieces, from the beginning; what had to be repaired is noted."""
        with closing(self.open()) as stream:
            text = Text(stream, encoding, self.path)
            for piece in text.chunks():
                stats.repaired, stats.nuls = text.repaired, text.nuls
                yield piece
            stats.nuls = text.nuls

    def seekable(self) -> IO[bytes]:
        """All bytes, unpacked, as a file in which one can go about; the caller closes it."""
        file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  the caller closes it
        with closing(self.open()) as stream:
            while part := stream.read(_STEP):
                file.write(part)
        file.seek(0)
        return file

    def _opened(self) -> tuple[ByteStream, Compression | None]:
        stream: ByteStream
        if self._memory is None:
            stream = _File(_open(self.path), self.path)
            magic = read_fully(stream, longest_magic())
            stream.close()
            stream = _File(_open(self.path), self.path)
        else:
            stream = self._memory
            stream.rewind()
            magic = read_fully(stream, longest_magic())
            stream.rewind()
        compression = find_compression(magic)
        return stream if compression is None else Unpacked(stream, compression, self.path), compression

    def close(self) -> None:
        """Let go of a stream that will not be read."""
        if self._memory is not None:
            self._memory.forget()
            self._memory.close()


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
