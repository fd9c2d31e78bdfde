"""Rated records counted by their tone: whole numbers that add, for what a theme does beside the tone it is said in.

The tone of a record is its sentiment and its score, in twentieths of the way from -1 to 1. What records of one tone
say and how they rate is compared with each other only, so that a theme is not credited with the mood of its comments.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from cxscan.model import RATING_UNIT, SCORE_UNIT
from cxscan.summary import nps_cutoffs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from cxscan.model import Bools, Ints, Scale

STEPS = 20
"""Scores are told apart in so many steps."""

TONES = 3 * STEPS
"""Sentiments by steps."""

FOLDS = 5
"""Parts of the records, each of which is predicted from the others."""


@dataclass(frozen=True, slots=True)
class ToneCounts:
    """Rated records with a scored comment: folds by tones, by features where they are counted by those.

    Worth is what a record adds to the mean, as a whole number: see `rating_worth`.
    """

    n: Ints
    worth: Ints
    """Sum of their worth."""
    squares: Ints
    """Sum of its square."""
    having: Ints
    """Records with each feature."""
    worth_having: Ints
    """Sum of the worth of the records with each feature."""
    together: Ints
    """Folds by features by features: records with both."""

    @classmethod
    def none(cls, features: int) -> ToneCounts:
        """The counts of no record."""
        flat = np.zeros((FOLDS, TONES), np.int64)
        deep = np.zeros((FOLDS, TONES, features), np.int64)
        return cls(flat, flat, flat, deep, deep, np.zeros((FOLDS, features, features), np.int64))

    @classmethod
    def count(cls, groups: Ints, worth: Ints, marks: Bools, times: Ints) -> ToneCounts:
        """Count records that stand for so many each; `groups` as `tone_groups` gives them, `marks` their features."""
        weighed, folds = marks * times[:, None], groups // TONES
        n, total, squares = (_sums(groups, values) for values in (times, times * worth, times * worth**2))
        having, worth_having = (_sums(groups, values) for values in (weighed, weighed * worth[:, None]))
        together = np.stack([_products(marks[folds == fold], times[folds == fold]) for fold in range(FOLDS)])
        return cls(n, total, squares, having, worth_having, together)

    def __add__(self, other: Self) -> ToneCounts:
        return ToneCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def rating_worth(ratings: Ints, scale: Scale) -> Ints:
    """Return what each rating adds to the mean, or on a 0 to 10 scale to the NPS in points; in rating units both."""
    if ends := nps_cutoffs(scale):
        promoters, detractors = ratings >= ends[1], ratings <= ends[0]
        worth: Ints = 100 * RATING_UNIT * (promoters.astype(np.int64) - detractors)
        return worth
    return ratings


def tone_groups(texts: Iterable[str], sentiments: Ints, scores: Ints) -> Ints:
    """The fold and the tone of each record as one number.

    The fold is the text's, in which repeats fall together, so that none is predicted from itself.
    """
    folds = np.array([crc32(text.encode(errors="replace")) % FOLDS for text in texts], np.int64)
    steps = np.minimum((scores + SCORE_UNIT) * STEPS // (2 * SCORE_UNIT), STEPS - 1)
    groups: Ints = folds * TONES + (sentiments + 1) * STEPS + steps
    return groups


def _sums(groups: Ints, values: Ints) -> Ints:
    """Sums of whole numbers by fold and tone."""
    sums = np.zeros((FOLDS * TONES, *values.shape[1:]), np.int64)
    np.add.at(sums, groups, values)
    return sums.reshape(FOLDS, TONES, *values.shape[1:])


def _products(marks: Bools, times: Ints) -> Ints:
    """Features by features; whole numbers far below 2^53 are exact in floating point, and quick to multiply."""
    having = marks.astype(np.float64)
    products: Ints = ((having.T * times) @ having).astype(np.int64)
    return products
