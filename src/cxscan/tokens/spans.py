"""The places of words in a text as it was, by character."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.alignment import UNCHANGED
from cxscan.model import Spans, Tokens
from cxscan.tokens.chunks import take_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.alignment import Alignment
    from cxscan.model import Ints, Labels

_CHUNK = re.compile(r"\S+")
_LAST_SPACE = 0x3000
_IS_SPACE = np.array([chr(code).isspace() for code in range(_LAST_SPACE + 1)] + [False])
"""By character code; codes behind the last white space of Unicode are read as the last entry."""


def word_spans(text: str, alignment: Alignment = UNCHANGED) -> list[tuple[int, int]]:
    """First and one-past-last character in the original of every word of a text, in the order of `Tokens.words`."""
    return [
        alignment.original(match.start() + start, match.start() + end)
        for match in _CHUNK.finditer(text)
        for start, end in _inside(match.group())
    ]


def spans(tokens: Tokens, labels: Labels) -> Spans:
    """The words that labels rest on, as characters of the original texts."""
    evidence = labels.evidence
    if evidence is None:
        return Spans([], [], [], [], [])
    names = [*(theme.name for theme in labels.themes_known), "sentiment"]
    places = _Places.locate(tokens)
    cells = evidence.texts.tolist()
    starts, ends = _original(
        tokens, cells, places.edges(evidence.first_words, 0).tolist(), places.edges(evidence.last_words, 1).tolist()
    )
    return Spans(
        cells=cells,
        labels=[names[label] for label in evidence.labels.tolist()],
        starts=starts,
        ends=ends,
        weights=evidence.weights.tolist(),
    )


def _original(tokens: Tokens, cells: list[int], starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Starts and ends in the original texts of those in the texts that were cut into words."""
    if not tokens.alignments:
        return starts, ends
    found = [
        tokens.alignments.get(cell, UNCHANGED).original(start, end)
        for cell, start, end in zip(cells, starts, ends, strict=True)
    ]
    return [start for start, _ in found], [end for _, end in found]


class _Places(NamedTuple):
    """The places of the words of a batch."""

    tokens: Tokens
    chunk_starts: Ints
    """First character of each chunk in its text."""

    @classmethod
    def locate(cls, tokens: Tokens) -> _Places:
        return cls(tokens, _chunk_starts(tokens.texts, tokens.chunk_offsets))

    def edges(self, words: Ints, side: int) -> Ints:
        """Find the start (side 0) or end (side 1) of words (positions in `Tokens.words`), as characters of texts."""
        tokens = self.tokens
        chunks = tokens.word_chunks[words]
        numbers = tokens.chunks[chunks]
        used = np.flatnonzero(np.bincount(numbers))
        inside = [_inside(tokens.vocabulary.chunks[number]) for number in used.tolist()]
        edges = np.fromiter((piece[side] for pieces in inside for piece in pieces), np.int64)
        first_edges = np.zeros(len(tokens.vocabulary.chunks), np.int64)
        first_edges[used] = np.cumsum([0, *map(len, inside[:-1])]) if inside else []
        nth = words - np.searchsorted(tokens.word_chunks, chunks)
        return self.chunk_starts[chunks] + edges[first_edges[numbers] + nth]


def _chunk_starts(texts: Sequence[str], chunk_offsets: Ints) -> Ints:
    """First character of each chunk in its text."""
    joined = " ".join(chain(texts, ("",)))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    space = np.append(True, _IS_SPACE[np.minimum(codes, _LAST_SPACE + 1)])
    starts = np.flatnonzero(space[:-1] & ~space[1:])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    return starts - np.repeat(np.cumsum(lengths) - lengths, np.diff(chunk_offsets))


@lru_cache(maxsize=65_536)
def _inside(chunk: str) -> tuple[tuple[int, int], ...]:
    """First and one-past-last character of every word of a chunk."""
    return tuple((piece.start, piece.end) for piece in take_apart(chunk).pieces)
