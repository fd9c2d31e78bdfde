"""Tokens → sentiment by learned weights: what each word, negated word and pair of words says, added up.

A text has a polarity and a neutrality: sums of whole-number weights, divided by a power of its length so that long
texts do not saturate. Its classes' chances are the softmax of (-polarity, neutrality, polarity), and its score is the
chance of positive less that of negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.columns import WordColumn
from cxscan.classify.arrays.pair_table import PairTable
from cxscan.classify.sentiment.result import Sentiment
from cxscan.classify.sentiment.sentiment_terms import HUNDRED, MARKS, PARTS, role, terms
from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.sentiment.sentiment_terms import SentimentTerms
    from cxscan.model import Ids, Ints, Tokens
    from cxscan.rules.weights import Weights

LONGEST = 4_096
"""Words from which on a text is divided as if it had this many."""


class RunningTotals(NamedTuple):
    """Running totals of the words of a batch: a stretch of words is the difference of two."""

    totals: Ints
    """Words and one more by two: polarity, neutrality."""
    divisors: NDArray[np.float64]
    """Of a stretch, by its number of words up to `LONGEST`."""
    base: NDArray[np.float64]

    @classmethod
    def from_words(
        cls, words: NDArray[np.int32], divisors: NDArray[np.float64], base: NDArray[np.float64]
    ) -> RunningTotals:
        """Totals of what each word says, words by two."""
        totals = np.zeros((len(words) + 1, 2), np.int64)
        np.cumsum(words, axis=0, out=totals[1:])
        return cls(totals, divisors, base)

    def levels(self, offsets: Ints) -> NDArray[np.float64]:
        """Polarity and neutrality of the words from each offset to the next, stretches by two."""
        sums, lengths = np.diff(self.totals[offsets], axis=0), np.diff(offsets)
        levels: NDArray[np.float64] = sums / self.divisors[np.minimum(lengths, LONGEST)][:, None] + self.base
        return levels


@dataclass(frozen=True, slots=True)
class LearnedSentiment(Sentiment):
    """Sentiment by learned weights, of any stretch of words too."""

    totals: RunningTotals


class ModelSentiment:
    """Scores tokens by learned weights."""

    def __init__(self, weights: Weights) -> None:
        self.sha256 = weights.sha256
        words = weights.arrays["words"].tobytes().decode().split("\n")
        self._codes = codes = {word: code for code, word in enumerate(words) if word}
        self._code_of = WordColumn(lambda word: codes.get(word, 0), np.int32)
        self._role = WordColumn(role, np.int8)
        self._pairs = PairTable(weights.arrays["pairs"].astype(np.int64))
        self._word, self._negated, self._far, self._pair = (_both(weights, name) for name in PARTS)
        self._marks = {end: self._word[codes[name]] for end, name in MARKS.items() if name in codes}
        self._unit = weights.number("unit")
        self._base = np.array([weights.number("base_polarity"), weights.number("base_neutrality")])
        self.base = float(self._base[0])
        """Polarity of a text in which no word speaks."""
        power = weights.number("length_power")
        self._divisors = np.arange(LONGEST + 1, dtype=np.float64).clip(1) ** power * self._unit * HUNDRED

    def classify(self, tokens: Tokens, *, evidence: bool = True) -> LearnedSentiment:
        """Scores of the texts and of their clauses, and with `evidence` what each word added."""
        found = terms(tokens, np.asarray(self._role.values(tokens.vocabulary), np.int8)[tokens.words])
        words = self._of_words(tokens, found)
        totals = RunningTotals.from_words(words, self._divisors, self._base)
        texts, clauses = totals.levels(tokens.word_offsets), totals.levels(tokens.clause_offsets)
        moved = np.flatnonzero(words[:, 0] if evidence else ())
        rows = found.rows[moved]
        weights = words[moved, 0] / self._divisors[np.minimum(np.diff(tokens.word_offsets)[rows], LONGEST)]
        return LearnedSentiment(
            texts=_scores(texts),
            clauses=np.where(_signs(clauses) == 0, 0, _scores(clauses)),
            signs=_signs(texts),
            polarities=texts[:, 0],
            evidence_texts=rows,
            evidence_words=moved,
            evidence_weights=np.rint(weights * SCORE_UNIT).astype(np.int64),
            totals=totals,
        )

    def _of_words(self, tokens: Tokens, found: SentimentTerms) -> NDArray[np.int32]:
        """Polarity and neutrality of each word, with its negation, the pair and the sentence that it ends."""
        codes = np.asarray(self._code_of.values(tokens.vocabulary), np.int32)[tokens.words]
        packed_sums = self._word[codes]
        for reached, weights in ((found.negated, self._negated), (found.far, self._far)):
            at = np.flatnonzero(reached)
            packed_sums[at] += weights[codes[at]]
        ends = np.flatnonzero(found.paired[1:] & (codes[1:] > 0) & (codes[:-1] > 0)) + 1
        known, places = self._pairs.find(codes[ends - 1].astype(np.int64) * len(self._word) + codes[ends])
        packed_sums[ends[known]] += self._pair[places]
        packed_sums *= found.emphasis
        for end, weight in self._marks.items():
            packed_sums[tokens.breaks == end] += weight * HUNDRED
        return unpacked(packed_sums)


def chances(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that stretches of words are negative, neutral, positive: three by stretches."""
    polarity, neutrality = levels.T
    logits = np.stack([-polarity, neutrality, polarity])
    exponents = np.exp(logits - logits.max(axis=0))
    shares: NDArray[np.float64] = exponents / exponents.sum(axis=0)
    return shares


def _scores(levels: NDArray[np.float64]) -> Ids:
    """Chance of positive less chance of negative, in score units."""
    polarity, neutrality = levels[:, 0], levels[:, 1]
    highest = np.maximum(np.abs(polarity), neutrality)
    up, down, none = (np.exp(level - highest) for level in (polarity, -polarity, neutrality))
    scores: Ids = np.rint((up - down) / (up + down + none) * SCORE_UNIT).astype(np.int32)
    return scores


def _signs(levels: NDArray[np.float64]) -> NDArray[np.int8]:
    """The likeliest class, as -1, 0 or 1."""
    polarity, neutrality = levels[:, 0], levels[:, 1]
    signs: NDArray[np.int8] = np.where(np.abs(polarity) > neutrality, np.sign(polarity), 0).astype(np.int8)
    return signs


def _both(weights: Weights, name: str) -> Ints:
    """Polarity and neutrality of each term, packed: what a word says in all stays far below 32 bits."""
    columns = [weights.arrays[f"{name}_{kind}"].astype(np.int32) for kind in ("polarity", "neutrality")]
    return packed(np.stack(columns, axis=1))


def packed(pairs: Ids) -> Ints:
    """Return rows of two numbers as one of 64 bits: the first in the lower half, the second in the upper.

    Adding such numbers adds both, at half the price, as long as the sums stay within 32 bits.
    """
    both: Ints = pairs[:, 0].astype(np.int64) + (pairs[:, 1].astype(np.int64) << 32)
    return both


def unpacked(both: Ints) -> Ids:
    """Return the rows of two that were packed, or sums of them."""
    lower = both.astype(np.int32)
    return np.stack([lower, ((both - lower) >> 32).astype(np.int32)], axis=1)
