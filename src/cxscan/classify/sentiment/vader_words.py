"""Properties of every distinct chunk for VADER: looked up once, kept as columns that grow with the vocabulary."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints, Vocabulary

    Floats = NDArray[np.float64]

NO, OR, NEVER, SO, WITHOUT, DOUBT, LEAST, AT, BUT, KIND, OF = range(1, 12)
"""Codes of the words that VADER's rules name; "nor" is read like "or", "this" like "so", "very" like "at"."""

_CODES = {"no": NO, "or": OR, "nor": OR, "never": NEVER, "so": SO, "this": SO, "without": WITHOUT,
          "doubt": DOUBT, "least": LEAST, "at": AT, "very": AT, "but": BUT, "kind": KIND, "of": OF}  # fmt: skip
_BOOSTING_PHRASES = ("just enough", "kind of", "sort of")


@dataclass(frozen=True, slots=True)
class VaderColumns:
    """One entry per VADER word: of every distinct chunk, or gathered for a batch."""

    valence: Floats
    known: Bools
    booster: Floats
    boosts: Bools
    negates: Bools
    upper: Bools
    code: NDArray[np.int16]

    def at(self, words: Ints) -> VaderColumns:
        """The entries at these positions."""
        return VaderColumns(
            self.valence[words], self.known[words], self.booster[words], self.boosts[words],
            self.negates[words], self.upper[words], self.code[words],
        )  # fmt: skip

    def extended(self, new: VaderColumns) -> VaderColumns:
        """These entries and then the new ones."""
        return VaderColumns(
            np.concatenate([self.valence, new.valence]), np.concatenate([self.known, new.known]),
            np.concatenate([self.booster, new.booster]), np.concatenate([self.boosts, new.boosts]),
            np.concatenate([self.negates, new.negates]), np.concatenate([self.upper, new.upper]),
            np.concatenate([self.code, new.code]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChunkTable:
    """VADER words of every distinct chunk, chunk by chunk: those of chunk `c` are `starts[c]` to `starts[c + 1]`."""

    starts: Ints
    words: VaderColumns
    exclamations: Ints
    questions: Ints

    def extended(self, new: ChunkTable) -> ChunkTable:
        """This table and then the new one."""
        return ChunkTable(
            np.concatenate([self.starts, new.starts[1:] + self.starts[-1]]),
            self.words.extended(new.words),
            np.concatenate([self.exclamations, new.exclamations]),
            np.concatenate([self.questions, new.questions]),
        )


class VaderWords:
    """Looks at each distinct chunk once, with the lexicon, boosters, negations and idioms of the installed package."""

    _vocabulary: Vocabulary | None
    _table: ChunkTable

    def __init__(self) -> None:
        from vaderSentiment import vaderSentiment

        analyzer = vaderSentiment.SentimentIntensityAnalyzer()
        self.capitals: float = vaderSentiment.C_INCR
        self.negated: float = vaderSentiment.N_SCALAR
        self.idioms = {tuple(k.split()): float(v) for k, v in vaderSentiment.SPECIAL_CASES.items() if " " in k}
        self.dampeners = {tuple(k.split()): float(vaderSentiment.BOOSTER_DICT[k]) for k in _BOOSTING_PHRASES}
        self.codes = dict(_CODES)
        for phrase in (*self.idioms, *self.dampeners):
            for word in phrase:
                self.codes.setdefault(word, len(self.codes) + 1)
        self.lexicon: dict[str, float] = analyzer.lexicon
        self._emojis: dict[str, str] = analyzer.emojis
        self._boosters: dict[str, float] = vaderSentiment.BOOSTER_DICT
        self._negations = frozenset(vaderSentiment.NEGATE)
        self._begin()

    def table(self, vocabulary: Vocabulary) -> ChunkTable:
        """The columns of all chunks of a vocabulary; only chunks that are new since the last call are looked at."""
        if vocabulary is not self._vocabulary:
            self._begin()
            self._vocabulary = vocabulary
        new = vocabulary.chunks[len(self._table.exclamations) :]
        if new:
            self._table = self._table.extended(self._looked_at(new))
        return self._table

    def _begin(self) -> None:
        self._vocabulary = None
        self._table = self._looked_at([])

    def _looked_at(self, chunks: Sequence[str]) -> ChunkTable:
        texts = [self._in_words(chunk) for chunk in chunks]
        split = [text.split() for text in texts]
        rows = [self._row(word) for words in split for word in words]
        valence, known, booster, boosts, negates, upper, code = zip(*rows, strict=True) if rows else [()] * 7
        words = VaderColumns(
            np.array(valence, np.float64), np.array(known, np.bool_), np.array(booster, np.float64),
            np.array(boosts, np.bool_), np.array(negates, np.bool_), np.array(upper, np.bool_),
            np.array(code, np.int16),
        )  # fmt: skip
        starts = np.zeros(len(chunks) + 1, np.int64)
        np.cumsum([len(words) for words in split], out=starts[1:])
        return ChunkTable(
            starts, words,
            np.array([text.count("!") for text in texts], np.int64),
            np.array([text.count("?") for text in texts], np.int64),
        )  # fmt: skip

    def _in_words(self, chunk: str) -> str:
        """The chunk with each emoji replaced by its description, spaced as the package spaces them."""
        if chunk.isascii():
            return chunk
        parts = [
            (" " if place else "") + self._emojis[character] if character in self._emojis else character
            for place, character in enumerate(chunk)
        ]
        return "".join(parts)

    def _row(self, word: str) -> tuple[float, bool, float, bool, bool, bool, int]:
        bare = word.strip(string.punctuation)
        word = bare if len(bare) > 2 else word
        low = word.lower()
        return (
            self.lexicon.get(low, 0.0), low in self.lexicon, self._boosters.get(low, 0.0), low in self._boosters,
            low in self._negations or "n't" in low, word.isupper(), self.codes.get(low, 0),
        )  # fmt: skip
