"""The beginning of a source, from which its format is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cxscan.read.bytes.compression import unpacked_name
from cxscan.read.bytes.text import decode_head, find_encoding

if TYPE_CHECKING:
    from cxscan.read.bytes.compression import Compression


@dataclass(frozen=True)
class Head:
    """The first bytes of a source, unpacked, and what they are if they are text."""

    path: str
    content: bytes
    is_whole: bool
    """There is nothing behind them."""
    compression: Compression | None = None
    asked_encoding: str | None = None

    @property
    def name(self) -> str:
        """The name in lower case, without the suffix of its compression."""
        return unpacked_name(self.path)

    @cached_property
    def encoding(self) -> str:
        """The codec of text; raises UsageError for one that was asked for and does not exist."""
        return find_encoding(self.content, self.asked_encoding)

    @cached_property
    def text(self) -> str:
        """The text as far as it goes, cleaned; a character that is cut at the end is left out."""
        return decode_head(self.content, self.encoding, self.path, complete=self.is_whole)
