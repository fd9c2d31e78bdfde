"""Texts → the numbers of their chunks: a thousand texts at a time, as one stretch of bytes, by array arithmetic."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from cxscan.tokens.known import LONGEST, KnownChunks, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxscan.model import Ids, Ints

TEXTS_AT_ONCE = 1_024
"""Texts whose bytes and chunks stay in the processor's cache."""

_IS_SPACE = np.array([chr(byte).isspace() for byte in range(128)] + [False] * 128)
_SURROGATES = "surrogatepass"
"""A lone surrogate, from a JSON escape, is a character like any other here."""


class ChunkNumbers:
    """Numbers every distinct chunk, from 1 on in the order in which they come; new ones are given to `learn`."""

    def __init__(self, learn: Callable[[list[str]], None]) -> None:
        self._learn = learn
        self._numbers = {"": 0}
        self._known = KnownChunks()

    def number(self, texts: Sequence[str]) -> tuple[Ids, Ints]:
        """The numbers of all chunks (what `str.split` gives), and how many each text has."""
        parts = [self._part(texts[at : at + TEXTS_AT_ONCE]) for at in range(0, len(texts), TEXTS_AT_ONCE)]
        numbers = [np.zeros(0, np.int32), *(numbers for numbers, _ in parts)]
        counts = [np.zeros(0, np.int64), *(counts for _, counts in parts)]
        return np.concatenate(numbers), np.concatenate(counts)

    def _part(self, texts: Sequence[str]) -> tuple[Ids, Ints]:
        content, ends = _encoded(texts)
        starts, lengths = _chunks(content)
        first, second = keys_of(content, starts, lengths)
        numbers = self._known.find(first, second)
        numbers[lengths > LONGEST] = -1
        if b"\0" in content:  # which would look like the end of a chunk
            numbers[:] = -1
        new = np.flatnonzero(numbers < 0)
        if len(new):
            stretches = zip(starts[new].tolist(), (starts + lengths)[new].tolist(), strict=True)
            chunks = [content[start:end].decode("utf-8", _SURROGATES) for start, end in stretches]
            highest = len(self._numbers) - 1
            numbers[new] = self._looked_up(chunks)
            first_seen = np.diff(np.maximum.accumulate(numbers[new]), prepend=highest) > 0
            kept = new[first_seen & (lengths[new] <= LONGEST) & (b"\0" not in content)]
            self._known.add(first[kept], second[kept], numbers[kept])
        return numbers, np.diff(np.searchsorted(starts, ends), prepend=0)

    def _looked_up(self, chunks: list[str]) -> list[int]:
        fresh = [chunk for chunk in dict.fromkeys(chunks) if chunk not in self._numbers]
        self._numbers.update(zip(fresh, count(len(self._numbers))))
        self._learn(fresh)
        return list(map(self._numbers.__getitem__, chunks))


def _encoded(texts: Sequence[str]) -> tuple[bytes, Ints]:
    """All texts as UTF-8, spaces between and behind them, and where each ends."""
    parts, lengths = list(texts), list(map(len, texts))
    for row in [row for row, is_ascii in enumerate(map(str.isascii, texts)) if not is_ascii]:
        parts[row] = " ".join(texts[row].split())  # knows the white space beyond ASCII
        lengths[row] = len(parts[row].encode("utf-8", _SURROGATES))
    content = " ".join(parts).encode("utf-8", _SURROGATES)
    ends = np.cumsum(np.array(lengths, np.int64) + 1)
    return content + b" " * (LONGEST + 1), ends


def _chunks(content: bytes) -> tuple[Ints, Ints]:
    """Find the start of each chunk, and its length in bytes; `content` ends in a space."""
    space = np.append(True, _IS_SPACE[np.frombuffer(content, np.uint8)])
    edges = np.flatnonzero(space[1:] != space[:-1])
    starts = edges[0::2]
    return starts, edges[1::2] - starts
