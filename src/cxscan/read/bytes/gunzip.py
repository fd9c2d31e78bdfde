"""Gzip, member after member, each one's checksum and end verified, within limits that no honest export reaches."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from cxscan.errors import InputError

if TYPE_CHECKING:
    from cxscan.read.bytes.raw import Bytes

_PACKED_STEP = 1 << 16
_FREE_OUTPUT = 64 << 20
_RATIO = 400
"""Text packs 3 to 20 times; more than this, beyond `_FREE_OUTPUT` bytes, is a bomb."""
_GZIP_WINDOW = 31
_MAGIC = b"\x1f\x8b"


class Gunzip:
    """The unpacked bytes of a gzip stream; NUL padding after the last member is tolerated, anything else is not."""

    def __init__(self, packed: Bytes, path: str) -> None:
        self._packed = packed
        self._path = path
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._begun = b""
        self._bytes_in = 0
        self._bytes_out = 0

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; raises InputError if the stream is cut short, damaged, or unpacks out of proportion."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            part = self._unpack(self._member.unconsumed_tail or self._more(), size)
            if part:
                return part

    def close(self) -> None:
        """Close the packed stream."""
        self._packed.close()

    def _more(self) -> bytes:
        if self._begun:
            packed, self._begun = self._begun, b""
            return packed
        packed = self._packed.read(_PACKED_STEP)
        self._bytes_in += len(packed)
        if not packed:
            raise InputError(f"{self._path}: the gzip stream is truncated (unexpected end of file); copy it again")
        return packed

    def _unpack(self, packed: bytes, size: int) -> bytes:
        try:
            part = self._member.decompress(packed, size)
        except zlib.error as trouble:
            raise InputError(
                f"{self._path}: the gzip stream is damaged or corrupt ({trouble}); copy it again"
            ) from None
        self._bytes_out += len(part)
        if self._bytes_out > max(_FREE_OUTPUT, _RATIO * self._bytes_in):
            raise InputError(
                f"{self._path}: unpacks to more than {_RATIO} times its size, too large for an export (a gzip bomb?); "
                "unpack it yourself if it is sound"
            )
        return part

    def _next_member(self) -> bool:
        """Begin the next member; False at the end of the file."""
        rest = self._member.unused_data.lstrip(b"\x00")
        while len(rest) < len(_MAGIC):
            packed = self._packed.read(_PACKED_STEP)
            if not packed and not rest:
                return False
            if not packed:
                break
            self._bytes_in += len(packed)
            rest = rest + packed if rest else packed.lstrip(b"\x00")
        if not rest.startswith(_MAGIC):
            raise InputError(f"{self._path}: the gzip stream is damaged: other bytes follow its end; copy it again")
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._begun = rest
        return True
