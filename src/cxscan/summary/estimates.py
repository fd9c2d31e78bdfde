"""Estimates from counts and their intervals in closed form: a `Share`, a `Net`, a `Mean` or a `Total`."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import NamedTuple, TypeAlias

from cxscan.summary.json_values import Json, json_object, round6

Z = 1.959963984540054
"""Standard normal quantile of 0.975: intervals are of 95 %."""


class Interval(NamedTuple):
    """The ends of a 95 % interval."""

    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Tell whether the value lies outside, the ends not included."""
        return not self.low <= value <= self.high


class Share(NamedTuple):
    """`n` of `of`, with its 95 % Wilson score interval."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Low and high end, 0 to 1; None of nothing."""
        return wilson(self.n, self.of) if self.of else None

    def as_json(self) -> dict[str, Json] | None:
        """`n`, `share`, `low`, `high`; None of nothing."""
        if not (ends := self.interval):
            return None
        return json_object(n=self.n, share=round6(self.share), low=round6(ends.low), high=round6(ends.high))


class Net(NamedTuple):
    """Positive less negative ones of `of`, as a share of them: -1 to 1; parts of one where several count as one."""

    positive: float
    negative: float
    of: int


class Mean(NamedTuple):
    """The mean of `n` observations, and the variance of one; `widest_variance` where that is not known."""

    mean: float
    n: int
    variance: float


class Total(NamedTuple):
    """A count of what came in, which by chance alone goes up and down like a Poisson number."""

    n: int


Figure: TypeAlias = Share | Net | Mean | Total


def value(figure: Figure) -> float | None:
    """Return the value of a figure; None of nothing."""
    match figure:
        case Share():
            return figure.share
        case Net(positive, negative, of):
            return (positive - negative) / of if of else None
        case Mean(mean, n, _):
            return mean if n else None
        case Total(n):
            return float(n)


def size(figure: Figure) -> int:
    """Return the number of observations of a figure; a total rests on itself."""
    match figure:
        case Share(_, of) | Net(_, _, of):
            return of
        case Mean(_, n, _):
            return n
        case Total(n):
            return n


def interval(figure: Figure, z: float = Z) -> Interval | None:
    """The interval of one figure; None where there is too little for one."""
    if not size(figure) and not isinstance(figure, Total):
        return None
    match figure:
        case Share(n, of):
            return wilson(n, of, z)
        case Net():
            return net_interval(figure, z)
        case Mean():
            return mean_interval(figure, z)
        case Total(n):
            return poisson_interval(n, z)


def wilson(n: int, of: int, z: float = Z) -> Interval:
    """Score interval of a share of at least one (E. B. Wilson 1927, JASA 22: 209-212)."""
    centre, half = n + z * z / 2, z * sqrt(n * (of - n) / of + z * z / 4)
    low, high = (centre - half) / (of + z * z), (centre + half) / (of + z * z)
    return Interval(low if n else 0.0, high if n < of else 1.0)


def net_interval(net: Net, z: float = Z) -> Interval:
    """Interval of a net: two counts and two comments are added (Bonett and Price 2012, JEBS 37: 479-488)."""
    of = net.of + 2
    up, down = (net.positive + 1) / of, (net.negative + 1) / of
    half = z * sqrt((up + down - (up - down) ** 2) / of)
    return Interval(max(-1.0, up - down - half), min(1.0, up - down + half))


def mean_interval(mean: Mean, z: float = Z) -> Interval | None:
    """Student's interval of a mean; None of fewer than two observations."""
    if mean.n < 2:
        return None
    half = student(z, mean.n - 1) * sqrt(mean.variance / mean.n)
    return Interval(mean.mean - half, mean.mean + half)


def poisson_interval(count: int, z: float = Z) -> Interval:
    """Byar's interval of a Poisson number (Breslow and Day 1987, Statistical Methods in Cancer Research II, p. 69)."""
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return Interval(max(low, 0.0), more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3)


def widest_variance(mean: float, low: float, high: float) -> float:
    """The largest variance that values from `low` to `high` with this mean can have (Bhatia and Davis 2000)."""
    return max((high - mean) * (mean - low), 0.0)


def student(z: float, freedom: int) -> float:
    """Student's t that corresponds to the normal deviate z, within 0.3 % from 5 degrees of freedom (Wallace 1959)."""
    wide = z * (8 * freedom + 3) / (8 * freedom + 1)
    return sqrt(freedom * (exp(min(wide * wide / freedom, 700.0)) - 1))


def as_normal(t: float, freedom: float) -> float:
    """The normal deviate that corresponds to Student's t: the inverse of `student`."""
    return sqrt(freedom * log(1 + t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
