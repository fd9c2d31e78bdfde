"""Sequences of words that phrases stand for, laid out as columns, and tables of the pairs by which they are looked for.

Every word has a *class*: the set of steps that it satisfies. Two words of given classes are looked up as one number,
their pair's key; a table of bits, indexed by a hash of the key, lets through few pairs that are not in the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cxscan.model import Bools, Ids, Ints
    from cxscan.rules.phrase_syntax import Sequence

_MOST_COMPILED = 4
"""Sets of phrases that are kept compiled, for who classifies again by the same taxonomy."""

SHORT_STEM = 5
"""A stem of fewer characters than this, star included, is satisfied by many words."""

_COMMON = frozenset(
    "i me my we our us you your he she his her it its it's they them their a an the this that these those there here"
    " and or but if so as of at by for from in into on onto out over to up with about after before off than then too"
    " very just only also all any some no not n't don't can't won't didn't doesn't wasn't isn't be is are was were been"
    " being am have has had do does did will would can could should may might must get got go went make made take took"
    " when where which who what why how one more most much many other same own such really even still again ever never"
    " good great nice time well like back way i'm i've".split()
)
"""Words that stand in about every second comment: a phrase is looked for from its other words."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """Columns with one entry per sequence; `steps` and `gaps` are sequences by places, filled up with -1 and 0."""

    phrases: Ids
    """Number of the phrase that the sequence belongs to."""
    steps: Ids
    """Number of the step at each place: equal steps have one number."""
    gaps: Ids
    """Most words between a place and the one before; `BEGINS` at the first place of what must begin a sentence."""
    lengths: Ids
    anchors: Ids
    """Place of the first step of the pair from which a sequence is looked for; 0 where it is a single step."""
    exact: dict[str, list[int]]
    """Steps that a word satisfies."""
    stems: dict[str, list[int]]
    """Steps that every word with this beginning satisfies."""


@lru_cache(maxsize=_MOST_COMPILED)
def compiled(phrases: tuple[tuple[Sequence, ...], ...]) -> Sequences:
    """Number the distinct steps and lay the sequences of all phrases out as columns."""
    numbers: dict[tuple[str, ...], int] = {}
    rows = [(number, sequence) for number, sequences in enumerate(phrases) for sequence in sequences]
    width = max((len(sequence) for _, sequence in rows), default=1)
    steps, gaps, anchors = [], [], []
    for _, sequence in rows:
        blank = width - len(sequence)
        steps.append([numbers.setdefault(step.words, len(numbers)) for step in sequence] + [-1] * blank)
        gaps.append([step.gap for step in sequence] + [0] * blank)
        anchors.append(_anchor(sequence))
    exact, stems = _by_word(numbers)
    return Sequences(
        phrases=np.array([number for number, _ in rows], np.int32),
        steps=np.array(steps, np.int32).reshape(len(rows), width),
        gaps=np.array(gaps, np.int32).reshape(len(rows), width),
        lengths=np.array([len(sequence) for _, sequence in rows], np.int32),
        anchors=np.array(anchors, np.int32),
        exact=exact,
        stems=stems,
    )


def _by_word(numbers: dict[tuple[str, ...], int]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Turn the steps around: which ones a word satisfies, and which a beginning."""
    exact: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for words, number in numbers.items():
        for word in words:
            wanted = stems if word.endswith("*") else exact
            wanted.setdefault(word.removesuffix("*"), []).append(number)
    return exact, stems


def _anchor(sequence: Sequence) -> int:
    """Choose the pair of neighbouring steps that is rarest; a gap between them makes it less so."""
    costs = [_commonness(step.words) for step in sequence]
    pairs = [costs[place] * costs[place + 1] * (1 + sequence[place + 1].gap) for place in range(len(sequence) - 1)]
    return pairs.index(min(pairs)) if pairs else 0


@cache
def _commonness(words: tuple[str, ...]) -> int:
    """Estimate how often a step is satisfied: everyday words weigh most, then short stems and long lists."""
    stems = sum(word.endswith("*") and len(word) < SHORT_STEM for word in words)
    return 100 * len(_COMMON.intersection(words)) + 3 * stems + len(words)


BITS = 18
"""The table of bits has 2 ** BITS entries: over ten times the pairs of the built-in phrases, and within a cache."""

_SPREAD = 40_503
"""Odd multiplier that spreads the classes of first words over the table (Knuth, TAOCP 3, 6.4: golden section)."""


class PairTables:
    """Tables over the classes known so far; `classes` gives the steps that each class satisfies."""

    def __init__(self, sequences: Sequences, classes: list[tuple[int, ...]]) -> None:
        self._class_count = len(classes)
        satisfied = np.fromiter(chain.from_iterable(classes), np.int64)
        owners = np.repeat(np.arange(len(classes)), [len(steps) for steps in classes])
        step_count = int(sequences.steps.max(initial=-1)) + 1
        self.satisfies: Bools = np.zeros((len(classes), max(step_count, 1)), np.bool_)
        self.satisfies[owners, satisfied] = True
        by_step = Lookup(satisfied, owners)
        self._single = Lookup(*_single_keys(sequences, by_step))
        self._is_single: Bools = np.zeros(len(classes), np.bool_)
        self._is_single[self._single.keys] = True
        keys, rows, gaps = _pair_keys(sequences, by_step, len(classes))
        self._pairs = Lookup(keys, rows)
        self.reach = int(gaps.max(initial=0)) + 1
        """Distance of the words of a pair, at most."""
        self._bits: Bools = np.zeros((self.reach, 1 << BITS), np.bool_)
        for distance in range(self.reach):
            self._bits[
                distance, _hash(keys[gaps >= distance] // len(classes), keys[gaps >= distance] % len(classes))
            ] = True

    def singles(self, classes: Ids) -> tuple[Ints, Ints]:
        """Positions of words that are a sequence by themselves, with the sequence."""
        places = np.flatnonzero(self._is_single[classes])
        return self._single.find(classes[places], places)

    def pairs(self, classes: Ids, distance: int) -> tuple[Ints, Ints]:
        """Positions of words that make a sequence's pair with the word at this distance, with the sequence."""
        first, second = classes[:-distance], classes[distance:]
        places = np.flatnonzero(self._bits[distance - 1][_hash(first, second)])
        keys = first[places].astype(np.int64) * self._class_count + second[places]
        return self._pairs.find(keys, places)


class Lookup:
    """Values by key; a key may have several."""

    def __init__(self, keys: Ints, values: Ints) -> None:
        order = np.argsort(keys, kind="stable")
        self._values = values[order]
        self.keys, self._starts, self._counts = np.unique(keys[order], return_index=True, return_counts=True)

    def find(self, keys: Ids | Ints, owners: Ints) -> tuple[Ints, Ints]:
        """Owners whose key is known, once for each of its values, with the value."""
        if not len(self.keys):
            return owners[:0], self._values[:0]
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        right = np.flatnonzero(self.keys[found] == keys)
        found, owners = found[right], owners[right]
        counts = self._counts[found]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(owners, counts), self._values[np.repeat(self._starts[found], counts) + within]


def _hash(first: Ids | Ints, second: Ids | Ints) -> Ids | Ints:
    """Place of a pair of classes in the table of bits."""
    hashed: Ids | Ints = (first * _SPREAD + second) & ((1 << BITS) - 1)
    return hashed


def _single_keys(sequences: Sequences, by_step: Lookup) -> tuple[Ints, Ints]:
    """Give the classes that satisfy each sequence of one step, with the sequence."""
    rows = np.flatnonzero(sequences.lengths == 1)
    rows, classes = by_step.find(sequences.steps[rows, 0], rows)
    return classes, rows


def _pair_keys(sequences: Sequences, by_step: Lookup, class_count: int) -> tuple[Ints, Ints, Ids]:
    """Give the keys of the pairs of classes that satisfy each longer sequence's pair, with the sequence and its gap."""
    rows = np.flatnonzero(sequences.lengths > 1)
    owners, first = by_step.find(sequences.steps[rows, sequences.anchors[rows]], rows)
    left, second = by_step.find(sequences.steps[owners, sequences.anchors[owners] + 1], np.arange(len(owners)))
    owners = owners[left]
    return first[left] * class_count + second, owners, sequences.gaps[owners, sequences.anchors[owners] + 1]
