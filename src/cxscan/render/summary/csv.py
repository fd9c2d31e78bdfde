"""The summary as a tidy long table: one row for each metric of the total, of each segment and of each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import clean, csv_cell, csv_row
from cxscan.summary.metrics import metrics_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.render import Page
    from cxscan.summary import Json, Summary
    from cxscan.summary.metric import Number
    from cxscan.summary.paths import Path

HEADER = ("scope", "column", "name", "metric", "n", "value", "low", "high")
"""`scope` is total, segment (of a column, by name) or period; `metric` is the path of the number in the JSON."""


def summary_csv(summary: Summary, _page: Page) -> str:
    """Return the header and the rows."""
    return csv_row(HEADER) + "".join(summary_rows(summary))


def summary_rows(summary: Summary) -> Iterator[str]:
    """Yield shares with their n and interval; a share or mean of nothing has no row."""
    if summary.undated is not None:
        yield csv_row(("total", "", "", "undated", "", str(summary.undated), "", ""))
    for path, counts in summary.groups():
        where = _scope(path)
        for metric in metrics_for(summary.themes):
            for name, figures in _figures(metric.numbers(counts)):
                yield csv_row((*where, csv_cell(clean(".".join(name))), *map(_cell, figures)))


def _scope(path: Path) -> tuple[str, str, str]:
    match path:
        case (_, column, value):
            return "segment", csv_cell(clean(column)), csv_cell(clean(value))
        case (_, period):
            return "period", "", period
        case _:
            return "total", "", ""


def _figures(numbers: list[Number]) -> Iterator[tuple[Path, tuple[Json, Json, Json, Json]]]:
    """Path, n, value, low and high of each row of a metric: a share of something is one row."""
    if len(numbers) > 1 and numbers[1].value is not None:
        n, share, low, high = numbers
        yield share.path, (n.value, share.value, low.value, high.value)
    else:
        yield from ((number.path, (None, number.value, None, None)) for number in numbers if number.value is not None)


def _cell(figure: Json) -> str:
    return "" if figure is None else str(figure)
