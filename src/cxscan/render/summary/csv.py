"""The summary as a tidy long table: one row for each metric of the total, of each segment and of each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import clean, csv_cell, csv_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.render import Page
    from cxscan.summary import Counts, Json, Summary

HEADER = ("scope", "column", "name", "metric", "n", "value", "low", "high")
"""`scope` is total, segment (of a column, by name) or period; `metric` is the path of the number in the JSON."""


_SHARE = {"n", "share", "low", "high"}


def summary_csv(summary: Summary, _page: Page) -> str:
    """Return the header and the rows."""
    return csv_row(HEADER) + "".join(summary_rows(summary))


def summary_rows(summary: Summary) -> Iterator[str]:
    """Yield shares with their n and interval; a share or mean of nothing has no row."""
    if summary.undated is not None:
        yield csv_row(("total", "", "", "undated", "", str(summary.undated), "", ""))
    for where, tally in _scopes(summary):
        for metric, figures in _metrics(tally.as_json(summary.themes), ""):
            yield csv_row((*where, csv_cell(clean(metric)), *map(_cell, figures)))


def _scopes(summary: Summary) -> Iterator[tuple[tuple[str, str, str], Counts]]:
    yield ("total", "", ""), summary.total
    for column, tallies in sorted(summary.segments.items()):
        for value, tally in sorted(tallies.items()):
            yield ("segment", csv_cell(clean(column)), csv_cell(clean(value))), tally
    for period, tally in sorted(summary.timeline.items()):
        yield ("period", "", period), tally


def _metrics(value: Json, path: str) -> Iterator[tuple[str, tuple[Json, Json, Json, Json]]]:
    """Path, n, value, low and high of each number; a share is one row, texts and quotes are none."""
    if not isinstance(value, dict):
        if isinstance(value, int | float):
            yield path, (None, value, None, None)
        return
    of_share = _SHARE if isinstance(value.get("share"), float) else set()
    if of_share:
        yield f"{path}.share", (value["n"], value["share"], value["low"], value["high"])
    for key in [key for key in value if key not in of_share]:
        yield from _metrics(value[key], f"{path}.{key}" if path else key)


def _cell(figure: Json) -> str:
    return "" if figure is None else str(figure)
