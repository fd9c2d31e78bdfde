"""Terms that learned weights count: words, negated words, neighbouring pairs, sentence marks; and each one's emphasis.

Training and scoring share this page, so both see the same terms.

Emphasis is in hundredths. A first or last sentence says more than those between; what follows "but" more than what
precedes it; what is wished or supposed ("it would be great if …") less than what is told. The numbers were found on
domains left out of the fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import owners
from cxscan.model import Break

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints, Tokens

NEGATORS = frozenset(
    "not no never none nobody nothing neither nor nowhere without cannot hardly barely lack lacks lacking".split()
)
REACH = 4
"""Words after a negator, within its clause, that it negates."""
FAR_REACH = 12
"""Words after a negator, within its sentence, that it negates from afar."""

MARKS = {Break.EXCLAMATION: "<!>", Break.QUESTION: "<?>"}
"""Sentence ends that count as words."""

PARTS = ("word", "negated", "far", "pair")
"""Kinds of terms, in the order of their weights: words, negated words, words negated from afar, neighbouring pairs."""

_NEGATES, _CONTRASTS, _SUPPOSES = 1, 2, 4


def negates(word: str) -> bool:
    """Say whether a word negates what follows it."""
    return word in NEGATORS or word.endswith("n't")


def role(word: str) -> int:
    """Return a word's effect on the words around it, as bits: it negates, contrasts, supposes."""
    return _NEGATES * negates(word) + _CONTRASTS * (word in CONTRASTS) + _SUPPOSES * (word in SUPPOSES)


@dataclass(frozen=True, slots=True)
class SentimentTerms:
    """Columns over the words of a batch."""

    rows: Ints
    """Text of each word."""
    negated: Bools
    """Whether a negator stands before the word, in reach, in its clause."""
    far: Bools
    """Whether one stands further off, in its sentence."""
    paired: Bools
    """Whether the word before it stands in the same sentence."""
    emphasis: Ints
    """The factor by which it counts, in hundredths."""


def terms(tokens: Tokens, roles: NDArray[np.int8]) -> SentimentTerms:
    """Find negation, neighbours and emphasis; `roles` holds the `role` of each word of the batch."""
    rows = np.repeat(np.arange(len(tokens)), np.diff(tokens.word_offsets))
    sentence = sentences(tokens)
    at = np.flatnonzero(roles & _NEGATES)
    negated = _reached(at, _clause_ends(tokens, at), REACH, len(roles))
    far = _reached(at, np.searchsorted(sentence, sentence[at], side="right"), FAR_REACH, len(roles)) & ~negated
    paired = np.ones(len(roles), np.bool_)
    paired[:1] = False
    paired[1:] = sentence[1:] == sentence[:-1]
    weights = emphasis(tokens, sentence, (roles & _CONTRASTS) > 0, (roles & _SUPPOSES) > 0)
    return SentimentTerms(rows, negated, far, paired, weights)


def _clause_ends(tokens: Tokens, at: Ints) -> Ints:
    ends: Ints = tokens.clause_offsets[owners(tokens.clause_offsets, at) + 1]
    return ends


def _reached(at: Ints, ends: Ints, reach: int, count: int) -> Bools:
    """Few words negate: each one marks the words in its reach, up to an end."""
    reached = np.zeros(count, np.bool_)
    for step in range(1, reach + 1):
        reached[at[at + step < ends] + step] = True
    return reached


CONTRASTS = frozenset("but however unfortunately although though".split())
SUPPOSES = frozenset("if would could should wish wouldn't couldn't might may".split())

HUNDRED = 100
ONLY, EDGE = 150, 130
"""Of a sentence that stands alone, and of the first and last of several."""
BEFORE, AFTER = 70, 130
"""Of words before and after the sentence's first contrast."""
SUPPOSED = 60
"""Of words after the sentence's first supposition."""

_PLACES = (HUNDRED, EDGE, ONLY)
_CONTRASTED = (HUNDRED, BEFORE, AFTER)
_TABLE = np.array(
    [
        round(place * side * supposed / HUNDRED**2)
        for supposed in (HUNDRED, SUPPOSED)
        for side in _CONTRASTED
        for place in _PLACES
    ],
    np.int64,
)


def sentences(tokens: Tokens) -> Ints:
    """Number of the sentence of each word; a text begins a new one."""
    numbers = np.zeros(len(tokens.words), np.int64)
    np.cumsum(tokens.breaks[:-1] >= Break.SENTENCE, out=numbers[1:])
    return numbers


def emphasis(tokens: Tokens, sentence: Ints, contrasts: Bools, supposes: Bools) -> Ints:
    """Hundredths for each word of a batch, given its `sentences` and which words contrast or suppose."""
    if not len(sentence):
        return np.zeros(0, np.int64)
    return _TABLE[_places(tokens, sentence) + 3 * _sides(sentence, contrasts) + 9 * (_sides(sentence, supposes) > 1)]


def _places(tokens: Tokens, sentence: Ints) -> Ints:
    """0 in a sentence between others, 1 in the first or last of several, 2 in one alone."""
    offsets = tokens.word_offsets
    filled = np.diff(offsets) > 0
    kinds = np.zeros(int(sentence[-1]) + 1, np.int64)
    first, last = sentence[offsets[:-1][filled]], sentence[offsets[1:][filled] - 1]
    kinds[first] += 1
    kinds[last] += 1
    return kinds[sentence]


def _sides(sentence: Ints, marked: Bools) -> NDArray[np.int8]:
    """1 before the sentence's first marked word, 2 after it, 0 for that word and where there is none."""
    at = np.flatnonzero(marked)[::-1]
    firsts = np.full(int(sentence[-1]) + 1, -1)
    firsts[sentence[at]] = at
    first, sides = firsts[sentence], np.zeros(len(sentence), np.int8)
    places = np.arange(len(sentence))
    sides[(first >= 0) & (places < first)] = 1
    sides[(first >= 0) & (places > first)] = 2
    return sides
