"""How much each word counts in what its text says, in hundredths: where it stands, and before or after which words.

A first or last sentence says more than those between; what follows "but" more than what precedes it; what is wished
or supposed ("it would be great if …") less than what is told. The numbers were found on domains left out of the fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.model import Break

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints, Tokens

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
