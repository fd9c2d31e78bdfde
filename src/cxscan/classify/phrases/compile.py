"""The sequences of words that phrases stand for, laid out as columns, and the pairs by which they are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Ids
    from cxscan.rules.phrase_syntax import Sequence

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


def compiled(phrases: Iterable[tuple[Sequence, ...]]) -> Sequences:
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
    """How often a step is likely to be satisfied: everyday words weigh most, then short stems and long lists."""
    stems = sum(word.endswith("*") and len(word) < SHORT_STEM for word in words)
    return 100 * len(_COMMON.intersection(words)) + 3 * stems + len(words)
