"""What ratings say, on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Scale
from cxscan.summary.share import Count, Json, Share, members, ratio, six

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    def nps(self) -> float | None:
        """Net Promoter Score, -100 to 100: 9 and 10 less 0 to 6 (Reichheld 2003); None off a 0 to 10 scale."""
        if (self.scale.low, self.scale.high) != (0, 10 * RATING_UNIT):
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
        return members(
            column=self.scale.column,
            low=rating_number(self.scale.low),
            high=rating_number(self.scale.high),
            n=self.count("n"),
            outside=self.count("outside"),
            mean=six(self.mean),
            nps=six(self.nps),
            top_box=self.top_box.as_json(),
            contradictions=self.contradictions.as_json(),
        )


def rating_number(units: int) -> float:
    """Rating units as a number: 4000 is 4, 4500 is 4.5."""
    return units / RATING_UNIT if units % RATING_UNIT else units // RATING_UNIT
