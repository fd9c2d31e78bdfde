"""A comparison as CSV: a row for each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.csv import csv_value
from cxscan.render.escape import clean, csv_cell, csv_row

if TYPE_CHECKING:
    from cxscan.insight.compare import Comparison
    from cxscan.render import Page

HEADER = ("metric", "before", "after", "difference", "low", "high", "p", "significant")


def comparison_csv(found: Comparison, _page: Page) -> str:
    """A row for each change, the most telling first; what is rising comes first, as shares of the scored comments."""
    rows = [
        (f"rising.{one.theme}.{one.polarity}", one.before.share, one.after.share, *one.difference, True)
        for one in found.rising
    ]
    rows += [
        (one.metric, one.before, one.after, one.difference, one.low, one.high, one.p, one.significant)
        for one in found.changes
    ]
    return csv_row(HEADER) + "".join(csv_row([csv_cell(clean(name)), *map(csv_value, rest)]) for name, *rest in rows)
