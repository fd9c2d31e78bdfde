"""What ratings say, on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Scale
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import Count, Json, json_object, ratio, round6

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
class Rating:
    """The ratings on one scale, each record counted once; sums in rating units."""

    scale: Scale
    counts: Mapping[Count, int]

    def count(self, *name: str) -> int:
        """How often; 0 when never."""
        return self.counts.get(name, 0)

    @property
    def mean(self) -> float | None:
        """On the scale's own units."""
        return ratio(self.count("sum"), self.count("n") * RATING_UNIT)

    @property
    def of_groups(self) -> bool:
        """Whether promoters, passives and detractors were rated, not numbers: the mean is the NPS."""
        return (self.scale.low, self.scale.high) == NPS_GROUPS

    @property
    def nps(self) -> float | None:
        """Net Promoter Score, -100 to 100: promoters less detractors; None where `nps_cutoffs` is."""
        if nps_cutoffs(self.scale) is None:
            return None
        return ratio(100 * (self.count("promoters") - self.count("detractors")), self.count("n"))

    @property
    def top_box(self) -> Share:
        """Ratings at the scale's highest value."""
        return Share(self.count("top"), self.count("n"))

    @property
    def contradictions(self) -> Share:
        """Of the rated records with a scored comment, those whose words point the opposite way."""
        return Share(self.count("contradictions"), self.count("heard"))

    def impact(self, theme: str) -> float | None:
        """Mean without the theme's records less the mean of all: above 0, the theme drags the rating down."""
        rest = self.count("n") - self.count("theme", theme)
        without = ratio(self.count("sum") - self.count("theme sum", theme), rest * RATING_UNIT)
        return None if without is None or self.mean is None else without - self.mean

    def as_json(self) -> dict[str, Json]:
        """In the contract's order."""
        return json_object(
            column=self.scale.column,
            low=rating_number(self.scale.low),
            high=rating_number(self.scale.high),
            n=self.count("n"),
            outside=self.count("outside"),
            mean=round6(self.mean),
            nps=round6(self.nps),
            top_box=self.top_box.as_json(),
            contradictions=self.contradictions.as_json(),
        )


def rating_number(units: int) -> float:
    """Rating units as a number: 4000 is 4, 4500 is 4.5."""
    return units / RATING_UNIT if units % RATING_UNIT else units // RATING_UNIT
