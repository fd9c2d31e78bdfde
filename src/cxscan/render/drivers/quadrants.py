"""A picture of importance against performance, drawn in ASCII (Martilla and James 1977, Journal of Marketing 41)."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from cxscan.render.number_format import percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.insight.drivers import Place

ROWS = 9
AXIS = 6
"""Columns that the scale of importance takes."""

LETTERS = ascii_lowercase
"""One for each theme; those after the last letter are not drawn."""

CORNERS = (("fix first", "keep up"), ("less urgent", "leave as it is"))
"""Advice on the themes of each quarter."""


class _Frame(NamedTuple):
    """The ranges of the values that are drawn."""

    columns: int
    left: float
    right: float
    top: float
    usual_importance: float
    usual_performance: float

    def column(self, performance: float) -> int:
        return round((performance - self.left) / (self.right - self.left) * (self.columns - 1))

    def row(self, importance: float) -> int:
        return round((1 - importance / self.top) * (ROWS - 1))


def quadrants(places: Sequence[Place], width: int) -> list[str]:
    """Lines of the picture: a letter for each theme, more important ones higher, better performing ones further right.

    The lines through it stand at the mean importance and the mean net, each theme counting once.
    """
    drawn = places[: len(LETTERS)]
    if not drawn or not any(place.importance for place in drawn):
        return []
    frame = _frame(drawn, width - AXIS)
    cells = _cross(frame)
    for letter, place in zip(LETTERS, drawn, strict=False):
        row = cells[frame.row(place.importance)]
        row[_free(row, frame.column(place.performance))] = letter
    scale = {0: percent(frame.top), frame.row(frame.usual_importance): percent(frame.usual_importance), ROWS - 1: "0%"}
    lines = [f"{scale.get(number, ''):>{AXIS - 1}} {''.join(row)}".rstrip() for number, row in enumerate(cells)]
    left, middle, right = (points(net) for net in (frame.left, frame.usual_performance, frame.right))
    under = left.ljust(frame.columns - len(right)) + right
    at = frame.column(frame.usual_performance) - len(middle) // 2
    if not under[max(at - 1, 0) : at + len(middle) + 1].strip():
        under = under[:at] + middle + under[at + len(middle) :]
    corners = [" " * AXIS + west.ljust(frame.columns - len(east)) + east for west, east in CORNERS]
    return [corners[0], *lines, corners[1], " " * AXIS + under]


def _frame(places: Sequence[Place], columns: int) -> _Frame:
    nets = [place.performance for place in places]
    # Whole tens of points around all nets, so that the picture does not tremble from one export to the next.
    left, right = (-(-max(-net for net in nets) * 10 // 1)) / -10, -(-max(nets) * 10 // 1) / 10
    return _Frame(
        columns=columns,
        left=left,
        right=right if right > left else left + 0.1,
        top=max(place.importance for place in places),
        usual_importance=sum(place.importance for place in places) / len(places),
        usual_performance=sum(nets) / len(nets),
    )


def _cross(frame: _Frame) -> list[list[str]]:
    """The empty picture with its two lines."""
    across, down = frame.row(frame.usual_importance), frame.column(frame.usual_performance)
    cells = [[" "] * frame.columns for _ in range(ROWS)]
    for row in cells:
        row[down] = "|"
    cells[across] = ["-"] * frame.columns
    cells[across][down] = "+"
    return cells


def _free(row: Sequence[str], wanted: int) -> int:
    """The cell nearest to the wanted one in which no letter stands."""
    order = sorted(range(len(row)), key=lambda column: (abs(column - wanted), column))
    return next((column for column in order if row[column] in " -|+"), wanted)
