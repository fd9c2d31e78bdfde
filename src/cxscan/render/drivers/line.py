"""The drivers of a rating as one line for a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.drivers.words import explained_words, impact_words, strongest
from cxscan.render.file_names import file_name
from cxscan.render.log_line import log_line
from cxscan.render.number_format import NOTHING, percent, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.insight.drivers import Driver, Drivers
    from cxscan.render import Page


def drivers_line(found: Drivers, _page: Page) -> str:
    """The rating, how far tone and themes explain it, and what drags it down and lifts it most."""
    rating = found.rating
    drags, lifts = strongest(found.drivers)
    named = ",".join(map(file_name, found.inputs))
    figures = [("cxscan", named), ("rating", NOTHING if rating.mean is None else f"{rating.mean:.2f}")]
    if rating.nps is not None:
        figures.append(("nps", signed(rating.nps, 0)))
    figures += [
        ("rated", str(rating.n)),
        ("tone", explained_words(found.tone_r_squared)),
        ("explained", explained_words(found.r_squared)),
        ("contradictions", percent(rating.contradictions.share)),
        ("drags", _most(found, drags)),
        ("lifts", _most(found, lifts)),
    ]
    return log_line(figures)


def _most(found: Drivers, drivers: Sequence[Driver]) -> str:
    drivers_words = [f"{one.theme}-{one.polarity}:{impact_words(found, one)[0]}" for one in drivers]
    return ",".join(drivers_words) or NOTHING
