"""Labels beside what was said: how often they agree, and how far a score can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SIGNS = (-1, 0, 1)
BINS = 10


class Bin(NamedTuple):
    """Comments with scores near each other: the score promised, and the labels."""

    low: float
    high: float
    n: int
    score: float
    """Mean score."""
    label: float
    """Mean label, negative as -1 and positive as 1: what the score would be, were it right."""


def accuracy(signs: Ints, said: Ints) -> float:
    """Share of labels that were said."""
    return float(np.mean(signs == said))


def macro_f1(signs: Ints, said: Ints) -> float:
    """Mean F1 of the sentiments that stand among the labels."""
    values = [
        2 * int(((signs == one) & (said == one)).sum()) / (int((signs == one).sum()) + int((said == one).sum()))
        for one in np.unique(signs)
    ]
    return float(np.mean(values))


def confusion(signs: Ints, said: Ints) -> list[list[int]]:
    """Counts by label (rows: negative, neutral, positive) and by what was said (columns)."""
    return [[int(((signs == label) & (said == one)).sum()) for one in SIGNS] for label in SIGNS]


def polar_share(signs: Ints, scores: Ints) -> float | None:
    """Share of the comments labelled positive or negative whose score is on their side of zero."""
    polar = signs != 0
    return float(np.mean(np.sign(scores[polar]) == signs[polar])) if polar.any() else None


def calibration(signs: Ints, scores: Ints) -> list[Bin]:
    """Mean score and mean label in bins of equal width; a bin without comments is left out.

    A score is the chance of positive less that of negative, so where it is calibrated, it is the mean label.
    """
    edges = np.linspace(-SCORE_UNIT, SCORE_UNIT, BINS + 1)
    place = np.clip(np.digitize(scores, edges) - 1, 0, BINS - 1)
    found = []
    for number in np.unique(place).tolist():
        here = place == number
        low, high = edges[number] / SCORE_UNIT, edges[number + 1] / SCORE_UNIT
        means = float(scores[here].mean()) / SCORE_UNIT, float(signs[here].mean())
        found.append(Bin(float(low), float(high), int(here.sum()), *means))
    return found


def calibration_error(bins: list[Bin]) -> float:
    """Expected calibration error: the mean distance of score and label over the bins, by their comments."""
    return sum(one.n * abs(one.score - one.label) for one in bins) / sum(one.n for one in bins)
