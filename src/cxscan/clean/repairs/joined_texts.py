"""Texts as one string, in which all are searched at once for what hardly any has."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


class JoinedTexts:
    """A batch of texts, and the rows that have something."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def beyond_ascii(self) -> Iterator[int]:
        """The rows with a character beyond ASCII."""
        return (row for row, is_ascii in enumerate(map(str.isascii, self.texts)) if not is_ascii)

    def with_any(self, *words: str) -> Iterator[int]:
        """The rows with one of the strings, each row once for each of them."""
        for word in words:
            place = self._joined.find(word)
            while place >= 0:
                row = self._row(place)
                yield row
                place = self._joined.find(word, self._starts[row + 1])

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """The rows in which a pattern is found; it is not to begin or end in white space that is a line end."""
        return (self._row(match.start()) for match in pattern.finditer(self._joined))

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(text) + 1 for text in self.texts), initial=0))

    def _row(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1
