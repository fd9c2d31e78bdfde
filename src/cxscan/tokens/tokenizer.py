"""Texts → Tokens."""

from __future__ import annotations

from array import array
from itertools import accumulate, count
from typing import TYPE_CHECKING

import numpy as np

from cxscan.model import Break, Tokens, Vocabulary
from cxscan.tokens.chunks import take_apart
from cxscan.tokens.numbering import ChunkNumbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Codes, Ids, Ints

LARGEST_VOCABULARY = 400_000
"""Distinct chunks after which a fresh vocabulary is begun, so that memory does not grow with the input."""

CONTRASTS = frozenset({"but", "however", "although", "though", "except", "whereas", "unfortunately", "otherwise"})
"""Words that begin a clause of their own."""


class Tokenizer:
    """Turns batches of texts into Tokens. Keeps what it found out about every distinct chunk."""

    def __init__(self) -> None:
        self._begin()

    def tokenize(self, texts: Sequence[str]) -> Tokens:
        """Columns of the texts; see `Tokens`. Linear in the number of characters."""
        if len(self._vocabulary.chunks) > LARGEST_VOCABULARY:
            self._begin()
        chunks, chunk_counts = self._chunk_numbers.number(texts)
        chunk_offsets = _offsets(chunk_counts)
        starts = np.array(self._starts, np.int32)
        counts = np.diff(starts)[chunks]
        first_words = _offsets(counts)
        word_chunks = np.repeat(np.arange(len(chunks)), counts)
        pieces = np.arange(len(word_chunks)) + (starts[chunks] - first_words[:-1])[word_chunks]
        words = np.array(self._piece_words, np.int32)[pieces]
        breaks = np.array(self._piece_breaks, np.uint8)[pieces]
        word_offsets = first_words[chunk_offsets]
        _break_before(breaks, np.array(self._before, np.uint8)[chunks], chunk_offsets, first_words)
        _break_at_lines(breaks, texts, chunk_offsets, first_words)
        last = word_offsets[1:][np.diff(word_offsets) > 0] - 1
        breaks[last] = np.maximum(breaks[last], Break.SENTENCE)
        clause_starts = self._clause_starts(words, breaks, word_offsets)
        return Tokens(
            vocabulary=self._vocabulary,
            chunks=chunks,
            chunk_offsets=chunk_offsets,
            words=words,
            word_offsets=word_offsets,
            word_chunks=word_chunks,
            breaks=breaks,
            clause_offsets=np.append(clause_starts, len(words)),
            text_clauses=np.searchsorted(clause_starts, word_offsets),
            texts=texts,
        )

    def _begin(self) -> None:
        self._vocabulary = Vocabulary()
        self._word_numbers = {"": 0}
        self._chunk_numbers = ChunkNumbers(self._learn)
        self._starts, self._piece_words, self._piece_breaks, self._before = (
            array("i", [0, 0]), array("i"), array("B"), array("B", [0]),
        )  # fmt: skip
        self._contrasts = array("B", [False])

    def _learn(self, chunks: list[str]) -> None:
        """Look at chunks that were not seen before."""
        apart = list(map(take_apart, chunks))
        pieces = [piece for chunk in apart for piece in chunk.pieces]
        words = [piece.word for piece in pieces]
        new = [word for word in dict.fromkeys(words) if word not in self._word_numbers]
        self._word_numbers.update(zip(new, count(len(self._word_numbers))))
        self._vocabulary.words.extend(new)
        self._contrasts.extend([word in CONTRASTS for word in new])
        self._starts.extend(accumulate((len(chunk.pieces) for chunk in apart), initial=self._starts.pop()))
        self._before.extend([chunk.before for chunk in apart])
        self._piece_words.extend(map(self._word_numbers.__getitem__, words))
        self._piece_breaks.extend([piece.after for piece in pieces])
        self._vocabulary.chunks.extend(chunks)

    def _clause_starts(self, words: Ids, breaks: Codes, word_offsets: Ints) -> Ints:
        begins = np.array(self._contrasts, np.bool_)[words]
        begins[1:] |= breaks[:-1] != Break.NONE
        begins[word_offsets[:-1][np.diff(word_offsets) > 0]] = True
        return np.flatnonzero(begins)


def _offsets(counts: Ints) -> Ints:
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def _break_before(breaks: Codes, before: Codes, chunk_offsets: Ints, first_words: Ints) -> None:
    """Give the break that a chunk brings (an opening bracket, a lone dash) to the last word before it."""
    at = np.flatnonzero(before)
    previous = first_words[at] - 1
    text_starts = first_words[chunk_offsets[np.searchsorted(chunk_offsets, at, side="right") - 1]]
    inside = previous >= text_starts
    np.maximum.at(breaks, previous[inside], before[at][inside])


def _break_at_lines(breaks: Codes, texts: Sequence[str], chunk_offsets: Ints, first_words: Ints) -> None:
    """End the sentence where a line ends: white space is gone from the columns, so the texts are asked again."""
    line_ends: list[int] = []
    for row in [row for row, text in enumerate(texts) if "\n" in text]:
        lengths = [len(line.split()) for line in texts[row].split("\n")]
        line_ends.extend(accumulate(lengths[:-1], initial=int(chunk_offsets[row])))
    if line_ends:
        last = first_words[np.array(line_ends)] - 1
        last = last[last >= 0]  # a line end before the first word of a text ends the text before, as it does anyway
        breaks[last] = np.maximum(breaks[last], Break.SENTENCE)
