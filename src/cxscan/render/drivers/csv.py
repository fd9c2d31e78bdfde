"""The drivers of a rating as CSV: a row for each driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.csv import csv_value
from cxscan.render.escape import clean, csv_cell, csv_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.insight.drivers import Driver, Drivers
    from cxscan.render import Page

HEADER = tuple("theme polarity n mean_with mean_without effect impact low high p q explained evidence kano".split())
SEGMENT_HEADER = ("segment_column", "segment")
"""Columns that name the segment; both are empty for the whole."""


def drivers_csv(found: Drivers, _page: Page) -> str:
    """A row for each driver, numbers to six decimals; of the whole, then of each segment where there are some."""
    if not found.segments:
        return csv_row(HEADER) + _rows((), found.drivers)
    segments = (
        _rows((csv_cell(clean(column)), csv_cell(clean(value))), segment.drivers)
        for column, segments in found.segments.items()
        for value, segment in segments.rated.items()
    )
    return csv_row((*SEGMENT_HEADER, *HEADER)) + _rows(("", ""), found.drivers) + "".join(segments)


def _rows(where: tuple[str, ...], drivers: Iterable[Driver]) -> str:
    return "".join(csv_row((*where, *(csv_cell(csv_value(value)) for value in driver))) for driver in drivers)
