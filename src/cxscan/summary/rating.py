"""Ratings on one scale: counts, mean, NPS, top box and contradictions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cxscan.model import RATING_UNIT, Scale
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

NPS_GROUPS = (-100 * RATING_UNIT, 100 * RATING_UNIT)
"""Ends of the scale of detractor, passive and promoter: its mean is the Net Promoter Score."""


def nps_cutoffs(scale: Scale) -> tuple[int, int] | None:
    """The highest rating of a detractor and the lowest of a promoter (Reichheld 2003); None where there are none."""
    if (scale.low, scale.high) == (0, 10 * RATING_UNIT):
        return 6 * RATING_UNIT, 9 * RATING_UNIT
    return NPS_GROUPS if (scale.low, scale.high) == NPS_GROUPS else None


@dataclass(frozen=True, slots=True)
class ThemeRatings:
    """Rated records with a theme, and the sum of their ratings in rating units."""

    n: int = 0
    sum: int = 0

    def __add__(self, other: ThemeRatings) -> ThemeRatings:
        return ThemeRatings(self.n + other.n, self.sum + other.sum)


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """The ratings on one scale, each record counted once; sums in rating units."""

    n: int = 0
    outside: int = 0
    """Ratings that are not on the scale, and not among the `n`."""
    sum: int = 0
    top: int = 0
    """Ratings at the scale's highest value."""
    promoters: int = 0
    detractors: int = 0
    scored: int = 0
    """Rated records with a scored comment."""
    contradictions: int = 0
    """Those whose words point the opposite way."""
    themes: Mapping[str, ThemeRatings] = field(default_factory=dict)
    """Those that a rated record has."""

    def __add__(self, other: RatingCounts) -> RatingCounts:
        themes = dict(self.themes)
        for name, rated in other.themes.items():
            themes[name] = themes.get(name, ThemeRatings()) + rated
        return RatingCounts(
            n=self.n + other.n,
            outside=self.outside + other.outside,
            sum=self.sum + other.sum,
            top=self.top + other.top,
            promoters=self.promoters + other.promoters,
            detractors=self.detractors + other.detractors,
            scored=self.scored + other.scored,
            contradictions=self.contradictions + other.contradictions,
            themes=themes,
        )


class Rating(NamedTuple):
    """The ratings of a set of comments, on the one scale that they have."""

    scale: Scale
    counts: RatingCounts

    @property
    def n(self) -> int:
        """Rated records."""
        return self.counts.n

    @property
    def mean(self) -> float | None:
        """On the scale's own units."""
        return ratio(self.counts.sum, self.counts.n * RATING_UNIT)

    @property
    def is_of_groups(self) -> bool:
        """Tell whether promoters, passives and detractors were rated, not numbers: the mean is the NPS."""
        return (self.scale.low, self.scale.high) == NPS_GROUPS

    @property
    def nps(self) -> float | None:
        """Net Promoter Score, -100 to 100: promoters less detractors; None where `nps_cutoffs` is."""
        if nps_cutoffs(self.scale) is None:
            return None
        return ratio(100 * (self.counts.promoters - self.counts.detractors), self.counts.n)

    @property
    def top_box(self) -> Share:
        """Ratings at the scale's highest value."""
        return Share(self.counts.top, self.counts.n)

    @property
    def contradictions(self) -> Share:
        """Of the rated records with a scored comment, those whose words point the opposite way."""
        return Share(self.counts.contradictions, self.counts.scored)

    def impact(self, theme: str) -> float | None:
        """Mean without the theme's records less the mean of all: above 0, the theme drags the rating down."""
        with_theme = self.counts.themes.get(theme, ThemeRatings())
        rest = self.counts.n - with_theme.n
        without = ratio(self.counts.sum - with_theme.sum, rest * RATING_UNIT)
        return None if without is None or self.mean is None else without - self.mean


def rating_number(units: int) -> float:
    """Rating units as a number: 4000 is 4, 4500 is 4.5."""
    return units / RATING_UNIT if units % RATING_UNIT else units // RATING_UNIT
