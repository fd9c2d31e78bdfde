"""Did the level of a series change, and where? Splits of the series, each held against chance.

At every place the series is split in two, and every stretch in it is set against what lies around it. The split that
explains most is a change when it would be rare in a series without one: its t statistic, on the spread that is left
once both levels are taken out, times the number of splits looked at (Worsley 1979, JASA 74: 365-367, for one change;
Olshen and others 2004, Biostatistics 5: 557-572, for stretches). The parts are then looked at in the same way.

The spread left is never taken to be less than sampling alone would bring, where that is known, and may be more:
customers differ from week to week by more than a sample does (Laney 2002, Quality Engineering 14: 531-537). Nothing is
drawn at random, so the same series has the same changes.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from cxscan.insight.significance import LEVEL, normal_p
from cxscan.summary.estimates import as_normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST = 2
"""Runs that a level lasts at least: one run that stands out is no level."""

FEWEST = 5
"""Runs from which on a change can be told from chance."""


class SeriesValue(NamedTuple):
    """One value of a series."""

    value: float
    weight: float
    """One over its sampling variance; where that is not known, anything in proportion to it."""


class LevelChange(NamedTuple):
    """A new level: from the run number `start` (from 0) on, until the next change or the end."""

    start: int
    p: float
    """The p-value: a split like this is no more frequent than that in a series without a change."""
    before: float
    after: float


class _Split(NamedTuple):
    """A stretch of the series, from run `first` up to but without run `end`, against the rest of it."""

    first: int
    end: int
    p: float


def changes(series: Sequence[SeriesValue], *, sampling: bool, level: float = LEVEL) -> list[LevelChange]:
    """Every change of level, in order. `sampling` says that the weights are one over the sampling variance."""
    if len(series) < FEWEST:
        return []
    starts = sorted(_starts(series, 0, sampling=sampling, level=level))
    ends = [*(start for start, _ in starts), len(series)]
    levels = [_mean(series[first:end]) for first, end in zip([0, *ends], ends, strict=False)]
    return [LevelChange(*start, *steps) for start, steps in zip(starts, pairwise(levels), strict=True)]


def _starts(series: Sequence[SeriesValue], offset: int, *, sampling: bool, level: float) -> Iterator[tuple[int, float]]:
    """The first runs of new levels, with their p."""
    split = _best(series, sampling=sampling)
    if split is None or split.p > level:
        return
    cuts = [cut for cut in (split.first, split.end) if 0 < cut < len(series)]
    for cut in cuts:
        yield offset + cut, split.p
    for first, end in zip([0, *cuts], [*cuts, len(series)], strict=True):
        yield from _starts(series[first:end], offset + first, sampling=sampling, level=level)


def _best(series: Sequence[SeriesValue], *, sampling: bool) -> _Split | None:
    """The split that is rarest by chance; None when the series is too short for one."""
    count = len(series)
    if count < FEWEST:
        return None
    weights = list(accumulate((run.weight for run in series), initial=0.0))
    sums = list(accumulate((run.weight * run.value for run in series), initial=0.0))
    centre = sums[-1] / weights[-1]
    spread = sum(run.weight * (run.value - centre) ** 2 for run in series)
    found: list[_Split] = []
    for candidates in (list(_halves(count)), list(_stretches(count))):
        gains = [_gain(weights, sums, first, end) for first, end in candidates]
        if not gains:
            continue
        gain = max(gains)
        first, end = candidates[gains.index(gain)]
        found.append(_Split(first, end, 2 * len(candidates) * _rarity(gain, spread, count, sampling=sampling)))
    return min(found, key=lambda split: split.p)


def _halves(count: int) -> Iterator[tuple[int, int]]:
    """The series up to a run, against the rest."""
    return ((0, end) for end in range(SHORTEST, count - SHORTEST + 1))


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    """Stretches with at least `SHORTEST` runs before and behind them."""
    return (
        (first, end)
        for first in range(SHORTEST, count)
        for end in range(first + SHORTEST, count - SHORTEST + 1)
    )  # fmt: skip


def _gain(weights: Sequence[float], sums: Sequence[float], first: int, end: int) -> float:
    """Return the part of the weighted sum of squares that the split explains."""
    inside, whole = weights[end] - weights[first], weights[-1]
    outside = whole - inside
    within = sums[end] - sums[first]
    gap = within / inside - (sums[-1] - within) / outside
    return gap * gap * inside * outside / whole


def _rarity(gain: float, spread: float, count: int, *, sampling: bool) -> float:
    """Return the p-value of one split, chosen beforehand: how often it explains as much by chance, two-sided.

    By Student's t on the spread that is left; where the sampling variance is known, also by that: the rarer by chance
    of the two has no say.
    """
    if gain <= spread * 1e-9:
        return 1.0
    freedom = count - 2
    left = max(spread - gain, spread * 1e-12) / freedom
    if not left:  # values that differ by less than can be written
        return 1.0
    by_spread = normal_p(as_normal(sqrt(gain / left), freedom))
    return max(by_spread, normal_p(sqrt(gain))) if sampling else by_spread


def _mean(part: Sequence[SeriesValue]) -> float:
    return sum(run.weight * run.value for run in part) / sum(run.weight for run in part)
