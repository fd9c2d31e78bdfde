"""Is it a change, or chance? Differences, tests and what they could have seen, as closed forms over counts.

A figure is a `Share`, a `Net`, a `Mean` or a `Total`; all are compared alike: `difference(before, after)`. No library
beyond the standard one is needed.
"""

from __future__ import annotations

from math import erfc, exp, inf, lgamma, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from cxscan.summary.estimates import (
    Figure,
    Interval,
    Mean,
    Net,
    Share,
    Total,
    Z,
    as_normal,
    interval,
    size,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.05
"""Share of false discoveries among all discoveries, and of false alarms where nothing changed."""

POWER = 0.8
"""The power: how often the smallest change that could have been seen would have been seen."""


class Difference(NamedTuple):
    """After less before, its 95 % interval, and the two-sided p-value of no change."""

    value: float
    low: float
    high: float
    p: float

    @property
    def excludes_no_change(self) -> bool:
        """Tell whether the interval lies on one side of 0."""
        return Interval(self.low, self.high).excludes(0.0)


def difference(before: Figure, after: Figure) -> Difference | None:
    """Return the difference of two figures of one kind, `after` less `before`; None where one of them has no interval.

    The interval adds the squared arms of the two intervals: of shares that is Newcombe's method 10 (1998, Statistics in
    Medicine 17: 873-890), of other figures Zou and Donner's general form of it (2008, ibid. 27: 1693-1702).
    """
    first, last = interval(before), interval(after)
    start, end = value(before), value(after)
    if first is None or last is None or start is None or end is None:
        return None
    change = end - start
    low = change - sqrt((end - last.low) ** 2 + (first.high - start) ** 2)
    high = change + sqrt((last.high - end) ** 2 + (start - first.low) ** 2)
    return Difference(change, low, high, p_value(before, after))


def p_value(before: Figure, after: Figure) -> float:
    """Two-sided p-value of no change; 1 where there is nothing to tell."""
    match before, after:
        case Share(), Share():
            return share_p(before, after)
        case Total(first), Total(last):
            return normal_p((last - first) / sqrt(first + last)) if first + last else 1.0
        case _:
            return _welch_p(before, after)


def share_p(before: Share, after: Share) -> float:
    """Two-sided p-value of equal shares: the N - 1 chi-squared test, Fisher's where less than one is expected.

    I. Campbell 2007, Statistics in Medicine 26: 3661-3675.
    """
    whole, n = before.of + after.of, before.n + after.n
    if not before.of or not after.of or n in {0, whole}:
        return 1.0
    if min(before.of, after.of) * min(n, whole - n) < whole:
        return fisher_p(before, after)
    pooled = n / whole
    gap = after.n / after.of - before.n / before.of
    error = sqrt(pooled * (1 - pooled) * (1 / before.of + 1 / after.of) * whole / (whole - 1))
    return normal_p(gap / error)


def fisher_p(before: Share, after: Share) -> float:
    """Fisher's exact test, two-sided by Irwin's rule: the weight of all tables that are as rare or rarer."""
    n = before.n + after.n
    fewest, most = max(0, n - after.of), min(n, before.of)
    ways = [_log_comb(before.of, k) + _log_comb(after.of, n - k) for k in range(fewest, most + 1)]
    seen, top = ways[before.n - fewest], max(ways)
    weights = [exp(way - top) for way in ways]
    rare = sum(weight for way, weight in zip(ways, weights, strict=True) if way <= seen + 1e-7)
    return min(1.0, rare / sum(weights))


def normal_p(z: float) -> float:
    """Two-sided p-value of a standard normal deviate."""
    return erfc(abs(z) / sqrt(2))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values, in the order given: those at or under `LEVEL` are discoveries.

    Benjamini and Hochberg 1995, JRSS B 57: 289-300.
    """
    tests, smallest = len(p_values), 1.0
    adjusted = [1.0] * tests
    for rank, place in sorted(enumerate(sorted(range(tests), key=p_values.__getitem__), start=1), reverse=True):
        smallest = min(smallest, p_values[place] * (tests / rank))
        adjusted[place] = smallest
    return adjusted


def smallest_seen(before: Figure, after: Figure, *, level: float = LEVEL) -> float | None:
    """The smallest change that had a chance of `POWER` to be seen at this level; None where none could be seen.

    A share or net cannot change by more than 1 or 2: where more would be needed, nothing could be seen.
    """
    errors = [_squared_error(before), _squared_error(after)]
    if inf in errors:
        return None
    normal = NormalDist()
    change = (normal.inv_cdf(1 - level / 2) + normal.inv_cdf(POWER)) * sqrt(sum(errors))
    most = {Share: 1.0, Net: 2.0}.get(type(before), inf)
    return change if change <= most else None


def _squared_error(figure: Figure) -> float:
    """Squared standard error, never 0 of a sample that all say the same; infinite of nothing."""
    match figure:
        case Share(n, of):
            share = (n + Z * Z / 2) / (of + Z * Z)  # Agresti and Coull 1998
            return share * (1 - share) / (of + Z * Z) if of else inf
        case Net(positive, negative, of):
            up, down = (positive + 1) / (of + 2), (negative + 1) / (of + 2)
            return (up + down - (up - down) ** 2) / (of + 2) if of else inf
        case Mean(_, n, variance):
            return variance / n if n > 1 else inf
        case Total(n):
            return float(max(n, 1))


def _welch_p(before: Figure, after: Figure) -> float:
    first, last = _squared_error(before), _squared_error(after)
    start, end = value(before), value(after)
    if start is None or end is None or inf in {first, last}:
        return 1.0
    whole = first + last
    if not whole:
        return 1.0 if start == end else 0.0
    parts = [(error / whole) ** 2 / max(size(figure) - 1, 1) for error, figure in ((first, before), (last, after))]
    return normal_p(as_normal((end - start) / sqrt(whole), 1 / sum(parts)))


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
