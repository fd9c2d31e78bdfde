"""Texts as one stretch of bytes, in which all are searched at once for what hardly any has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from cxscan.model import Codes, Ints


class JoinedTexts:
    """A batch of texts, and the rows that have something."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.beyond_ascii = [row for row, is_ascii in enumerate(map(str.isascii, texts)) if not is_ascii]
        """The rows with a character beyond ASCII."""

    def with_any(self, *words: bytes) -> Iterator[int]:
        """The rows with one of the stretches of bytes."""
        for word in words:
            place = self._content.find(word)
            while place >= 0:
                row = int(np.searchsorted(self._starts, place, side="right")) - 1
                yield row
                place = self._content.find(word, int(self._starts[row + 1]))

    def beginning_with(self, *words: str) -> Iterator[int]:
        """The rows that begin with one of the words."""
        return (row for row, text in enumerate(self.texts) if text.startswith(words))

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """The rows with a character beyond ASCII in which a pattern is found."""
        return (row for row in self.beyond_ascii if pattern.search(self.texts[row]))

    def rows(self, places: Ints) -> list[int]:
        """The rows in which places lie; a place is one of `codes`."""
        found: list[int] = np.unique(np.searchsorted(self._starts, places, side="right") - 1).tolist()
        return found

    def codes(self, table: Codes) -> Codes:
        """The entry of a table of 256 for each byte, with some bytes of a line end behind the last text."""
        codes: Codes = table[np.frombuffer(self._content, np.uint8)]
        return codes

    @cached_property
    def _content(self) -> bytes:
        return "\n".join((*self.texts, "\n\n\n")).encode("utf-8", "surrogatepass")

    @cached_property
    def _starts(self) -> Ints:
        lengths = list(map(len, self.texts))
        for row in self.beyond_ascii:
            lengths[row] = len(self.texts[row].encode("utf-8", "surrogatepass"))
        return np.cumsum([0, *(length + 1 for length in lengths)])
