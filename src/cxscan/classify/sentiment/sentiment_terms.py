"""What learned weights look at: words, negated words, neighbouring pairs, sentence marks, and how much each counts.

Training and scoring share this page, so both see the same terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.sentiment.emphasis import CONTRASTS, SUPPOSES, emphasis, sentences
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
    """Whether a word negates what follows it."""
    return word in NEGATORS or word.endswith("n't")


def role(word: str) -> int:
    """What a word does to the words around it, as bits: it negates, contrasts, supposes."""
    return _NEGATES * negates(word) + _CONTRASTS * (word in CONTRASTS) + _SUPPOSES * (word in SUPPOSES)


@dataclass(frozen=True, slots=True)
class Terms:
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
    """How much it counts, in hundredths."""


def terms(tokens: Tokens, roles: NDArray[np.int8]) -> Terms:
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
    return Terms(rows, negated, far, paired, weights)


def _clause_ends(tokens: Tokens, at: Ints) -> Ints:
    ends: Ints = tokens.clause_offsets[np.searchsorted(tokens.clause_offsets, at, side="right")]
    return ends


def _reached(at: Ints, ends: Ints, reach: int, count: int) -> Bools:
    """Few words negate: each one marks the words in its reach, up to an end."""
    reached = np.zeros(count, np.bool_)
    for step in range(1, reach + 1):
        reached[at[at + step < ends] + step] = True
    return reached


class PairTable:
    """Finds pairs of word codes among known ones: a hash table whose keys are looked up all at once."""

    def __init__(self, keys: Ints) -> None:
        """`keys` are distinct, first code * number of codes + second code."""
        self._bits = max(8, int(4 * max(len(keys), 1)).bit_length())
        self._keys = np.full(1 << self._bits, -1, np.int64)
        self._places = np.zeros(1 << self._bits, np.int32)
        pending, slots = np.arange(len(keys), dtype=np.int32), self._slots(keys)
        while len(pending):
            free = self._keys[slots] < 0
            _, first = np.unique(slots, return_index=True)
            taken = np.zeros(len(slots), np.bool_)
            taken[first] = True
            taken &= free
            self._keys[slots[taken]] = keys[pending[taken]]
            self._places[slots[taken]] = pending[taken]
            pending, slots = pending[~taken], (slots[~taken] + 1) & (len(self._keys) - 1)

    def find(self, keys: Ints) -> tuple[Ints, NDArray[np.int32]]:
        """Positions of the keys that are known, and the place of each in the table's own keys."""
        slots = self._slots(keys)
        found: list[Ints] = []
        places: list[NDArray[np.int32]] = []
        at = np.arange(len(keys))
        while len(at):
            held = self._keys[slots]
            hit = held == keys[at]
            found.append(at[hit])
            places.append(self._places[slots[hit]])
            further = ~hit & (held >= 0)
            at, slots = at[further], (slots[further] + 1) & (len(self._keys) - 1)
        return np.concatenate([*found, np.zeros(0, np.int64)]), np.concatenate([*places, np.zeros(0, np.int32)])

    def _slots(self, keys: Ints) -> Ints:
        mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64)
