"""Shares and what all figures have in common: ratios that may be of nothing, rounded for JSON."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Count: TypeAlias = tuple[str, ...]
"""Name of a count, such as `("theme", "price", "negative")`."""

_Z = 1.959963984540054  # standard normal quantile of 0.975


class Share(NamedTuple):
    """`n` of `of`, with its 95 % Wilson score interval (E. B. Wilson 1927, JASA 22: 209-212)."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Low and high end, 0 to 1; None of nothing."""
        if not self.of:
            return None
        centre, half = self.n + _Z * _Z / 2, _Z * sqrt(self.n * (self.of - self.n) / self.of + _Z * _Z / 4)
        low, high = (centre - half) / (self.of + _Z * _Z), (centre + half) / (self.of + _Z * _Z)
        return (low if self.n else 0.0), (high if self.n < self.of else 1.0)

    def as_json(self) -> dict[str, Json] | None:
        """`n`, `share`, `low`, `high`; None of nothing."""
        if not (ends := self.interval):
            return None
        return members(n=self.n, share=six(self.share), low=six(ends[0]), high=six(ends[1]))


def ratio(n: int, of: int) -> float | None:
    """None of nothing."""
    return n / of if of else None


def six(value: float | None) -> float | None:
    """Round to six decimals."""
    return None if value is None else round(value, 6) + 0.0  # never -0.0


def members(**given: Json) -> dict[str, Json]:
    """A JSON object with its keys in this order."""
    return given
