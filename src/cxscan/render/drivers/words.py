"""Numbers and names of drivers, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.insight.drivers import FEWEST
from cxscan.render.escape import clean
from cxscan.render.number_format import NOTHING, count, percent, shortened, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.insight.drivers import Driver, Drivers, SegmentDrivers, Segments

IN_A_LINE = 3
LONGEST = 60
"""Characters after which the name of a segment is cut, and marked."""
NAMED = 20
"""Segments without ratings that are named."""


def strongest(drivers: Sequence[Driver]) -> tuple[list[Driver], list[Driver]]:
    """The few with evidence that drag the rating down most, and that lift it most."""
    sure = [driver for driver in drivers if driver.evidence]
    drags = [driver for driver in sure if (driver.impact or 0) > 0]
    lifts = [driver for driver in sure if (driver.impact or 0) < 0]
    return drags[:IN_A_LINE], lifts[:IN_A_LINE]


def impact_words(found: Drivers, driver: Driver) -> tuple[str, str]:
    """The impact and its range: +0.070, +0.020 to +0.130; one decimal for NPS points."""
    decimals = 1 if found.in_nps else 3
    if driver.low is None or driver.high is None:
        return signed(driver.impact, decimals), NOTHING
    ends = [signed(end, decimals) for end in (driver.low, driver.high)]
    return signed(driver.impact, decimals), " to ".join(ends)


def effect_words(found: Drivers, driver: Driver) -> str:
    """The effect: -0.42; one decimal for NPS points."""
    return NOTHING if driver.effect is None else signed(driver.effect, 1 if found.in_nps else 2)


def explained_words(share: float | None) -> str:
    """A cross-validated share of the variance; one below 0, which is worse than a guess, is nothing."""
    return NOTHING if share is None else percent(max(share, 0.0))


def segment_name(value: str, mark: str = "…") -> str:
    """On one line, harmless in a terminal, and cut where it is long."""
    return shortened(clean(value), LONGEST, mark) or "(blank)"


def segment_figures(segment: SegmentDrivers) -> tuple[str, str, str]:
    """Rated records, marked where they are few; the mean or NPS; what themes add to the tone, if enough say one."""
    rating = segment.rating
    mean = NOTHING if rating.mean is None else f"{rating.mean:.2f}"
    figure = mean if rating.nps is None else signed(rating.nps, 0)
    enough = any(driver.n >= FEWEST for driver in segment.drivers)
    return count(rating.n), figure, explained_words(segment.r_squared if enough else None)


def unrated_words(segments: Segments, mark: str = "…") -> str:
    """The values without ratings and their comments; nothing where there are none."""
    named = [f"{segment_name(value, mark)} ({count(n)})" for value, n in segments.unrated.items()]
    if len(named) > NAMED:
        named[NAMED:] = [f"and {len(named) - NAMED:,} more"]
    return f"no ratings: {', '.join(named)}" if named else ""
