"""Compressions that are unpacked while reading, each one entry of a registry, within limits that no export reaches."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cxscan.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from cxscan.read.bytes.stream import ByteStream

_PACKED_STEP = 1 << 16
_FREE_OUTPUT = 64 << 20
_RATIO = 400
"""Text packs 3 to 20 times; more than this, beyond `_FREE_OUTPUT` bytes, is a bomb."""


class Unpack(Protocol):
    """Open a packed stream; also the errors by which it says that the stream is damaged.

    EOFError says that the stream is cut short. Members one after the other are read as one.
    """

    def __call__(self, packed: BinaryIO, /) -> tuple[ByteStream, tuple[type[Exception], ...]]:
        """The unpacked stream, and its errors."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Compression:
    """A way of packing files: how it is recognised, named and unpacked."""

    name: str
    suffix: str
    magics: tuple[bytes, ...]
    """One of these is at the beginning."""
    command: str
    """Unpacks by hand."""
    unpack: Unpack
    not_a_member: str
    """Words of the error for bytes, behind the end, that begin no further member."""
    too_large: tuple[str, str] | None = None
    """Words of the error for a stream that takes too much memory, and the command that unpacks it by hand."""


def _gunzip(packed: BinaryIO, /) -> tuple[ByteStream, tuple[type[Exception], ...]]:
    return gzip.GzipFile(fileobj=packed), (gzip.BadGzipFile, zlib.error)


def _unzstd(packed: BinaryIO, /) -> tuple[ByteStream, tuple[type[Exception], ...]]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdFile(packed), (zstd.ZstdError,)


COMPRESSIONS = (
    Compression(
        name="gzip",
        suffix=".gz",
        magics=(b"\x1f\x8b",),
        command="gunzip",
        unpack=_gunzip,
        not_a_member="Not a gzipped file",
    ),
    Compression(
        name="zstd",
        suffix=".zst",
        # pzstd begins with a frame that is to be skipped
        magics=(b"\x28\xb5\x2f\xfd", *(bytes((0x50 + number, 0x2A, 0x4D, 0x18)) for number in range(16))),
        command="zstd -d",
        unpack=_unzstd,
        not_a_member="Unknown frame descriptor",
        too_large=("requires too much memory", "zstd -d --long=31"),
    ),
)


def find_compression(head: bytes) -> Compression | None:
    """The compression of what begins with `head`; None where it is not packed."""
    return next((packing for packing in COMPRESSIONS if head.startswith(packing.magics)), None)


def unpacked_name(path: str) -> str:
    """A file's name in lower case, without the suffix of a compression."""
    name = path.lower()
    suffix = next((packing.suffix for packing in COMPRESSIONS if name.endswith(packing.suffix)), "")
    return name.removesuffix(suffix)


def unpacks_out_of_proportion(unpacked: int, packed: int) -> bool:
    """Tell whether so many bytes are more than any export packs into so few."""
    return unpacked > max(_FREE_OUTPUT, _RATIO * packed)


def longest_magic() -> int:
    """Length of the longest magic number."""
    return max(len(magic) for packing in COMPRESSIONS for magic in packing.magics)


class Unpacked:
    """The unpacked bytes of a packed stream."""

    def __init__(self, packed: ByteStream, compression: Compression, path: str) -> None:
        self._packed = packed
        self._compression = compression
        self._path = path
        self._counted = _Counted(packed)
        self._stream, self._damages = compression.unpack(io.BufferedReader(self._counted, _PACKED_STEP))
        self._bytes_out = 0

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; raises InputError if the stream is cut short, damaged, or unpacks out of proportion."""
        name = f"{self._path}: the {self._compression.name} stream is"
        try:
            part = self._stream.read(size)
        except EOFError:
            raise InputError(f"{name} truncated (unexpected end of file); copy it again") from None
        except self._damages as trouble:
            if self._compression.not_a_member in str(trouble):
                raise InputError(f"{name} damaged: other bytes follow its end; copy it again") from None
            words, command = self._compression.too_large or ("", "")
            if words and words in str(trouble):
                remedy = f"unpack it yourself ({command})"
                raise InputError(f"{name} packed for more memory than is safe; {remedy}") from None
            raise InputError(f"{name} damaged or corrupt ({trouble}); copy it again") from None
        self._bytes_out += len(part)
        if unpacks_out_of_proportion(self._bytes_out, self._counted.count):
            raise InputError(
                f"{self._path}: unpacks to more than {_RATIO} times its size, too large for an export "
                f"(a {self._compression.name} bomb?); unpack it yourself if it is sound"
            )
        return part

    def close(self) -> None:
        """Close both streams."""
        self._stream.close()
        self._packed.close()


class _Counted(io.RawIOBase):
    """A stream of bytes as a file of Python's, counting what is read."""

    def __init__(self, stream: ByteStream) -> None:
        super().__init__()
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        part = self._stream.read(len(view))
        view[: len(part)] = part
        self.count += len(part)
        return len(part)
