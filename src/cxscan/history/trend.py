"""One metric over all runs, and where its level changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.history.levels import LevelChange, SeriesValue, changes
from cxscan.insight.metric_paths import is_known, number_at
from cxscan.summary import Share
from cxscan.summary.estimates import Figure, Interval, Mean, Net, Total, interval, size, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.history.store import StoredRun
    from cxscan.summary.metric import Number


class Point(NamedTuple):
    """The metric in one run."""

    number: int
    at: str
    measured: Number | None
    """None where the run has no such number."""
    other_rules: bool
    """Whether another taxonomy or model made this run than the one before: the level may have changed by that alone."""

    @property
    def value(self) -> float | None:
        """None of nothing."""
        return self.measured.value if self.measured else None

    @property
    def interval(self) -> Interval | None:
        """Of 95 %; None where chance has no say, or too much."""
        return interval(self.measured.figure) if self.measured and self.measured.figure else None


class Trend(NamedTuple):
    """A metric over the runs, the newest last."""

    metric: str
    points: list[Point]
    changes: list[LevelChange]
    """`start` is the place of a point, from 0."""

    @property
    def is_share(self) -> bool:
        """Tell whether the values are parts of a whole."""
        return any(point.measured.is_share for point in self.points if point.measured)


def trend(runs: Sequence[StoredRun], path: str) -> Trend:
    """The metric in each run, and the changes of its level. Raise UsageError when no run has it."""
    if not runs:
        raise UsageError("the history has no run yet; add one with: cxscan history add FILE")
    found = [number_at(run.summary, path) if is_known(run.summary, path) else None for run in runs]
    if not any(found):
        number_at(runs[-1].summary, path)
    rules = [run.summary.rules for run in runs]
    points = [
        Point(run.number, run.at, number, place > 0 and rules[place - 1] != rules[place])
        for place, (run, number) in enumerate(zip(runs, found, strict=True))
    ]
    return Trend(path, points, _changes(points))


def _changes(points: Sequence[Point]) -> list[LevelChange]:
    placed = [
        (place, point.measured.figure)
        for place, point in enumerate(points)
        if point.measured and point.measured.figure and size(point.measured.figure)
    ]
    figures = [figure for _, figure in placed]
    if not figures:
        return []
    noise = _noise(figures)
    steps = [
        SeriesValue(shown, 1 / noise if isinstance(figure, Total) else size(figure) / noise)
        for figure in figures
        if (shown := value(figure)) is not None
    ]
    found = changes(steps, sampling=not isinstance(figures[0], Mean))
    return [change._replace(start=placed[change.start][0]) for change in found]


def _noise(figures: Sequence[Figure]) -> float:
    """The variance that one comment brings by chance, at the level of all runs together; of totals, that of one run.

    The variance of single ratings is not in a summary: of means, the spread between the runs has to do.
    """
    whole = sum(map(size, figures))
    match figures[0]:
        case Share():
            share = (sum(figure.n for figure in figures if isinstance(figure, Share)) + 1) / (whole + 2)
            return share * (1 - share)
        case Net():
            nets = [figure for figure in figures if isinstance(figure, Net)]
            up = (sum(net.positive for net in nets) + 1) / (whole + 2)
            down = (sum(net.negative for net in nets) + 1) / (whole + 2)
            return up + down - (up - down) * (up - down)
        case Total():
            return max(whole / len(figures), 1.0)
        case Mean():
            return 1.0
