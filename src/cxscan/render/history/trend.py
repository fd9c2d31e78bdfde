"""One metric over the runs of a history: a line of bars, a table with intervals, and where the level changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.json import dumps
from cxscan.render.number_format import NOTHING, SMALL, percent, points
from cxscan.render.text_style import grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import RenderableType

    from cxscan.history.levels import LevelChange
    from cxscan.history.trend import Point, Trend
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Json

_WIDE = 72
_STRIP = 24
"""Columns in which an interval is drawn."""
_BARS, _ASCII_BARS = "▁▂▃▄▅▆▇█", "_.-~=+*#"


def trend_table(trend: Trend, page: Page) -> str:
    """Lay the trend out for the page."""
    style = style_for(page)
    return render_text(_parts(trend, style), style)


def _parts(trend: Trend, style: TextStyle) -> Iterator[RenderableType]:
    shown = _shown(trend)
    runs = f"{len(trend.points)} runs" if len(trend.points) != 1 else "1 run"
    yield heading(clean(trend.metric), f"over {runs}")
    yield Text(_sparkline([point.value for point in trend.points], style))
    yield Text()
    yield _table(trend, style, shown)
    yield Text()
    yield from _changes(trend, shown)
    if any(point.other_rules for point in trend.points):
        yield Text("rules: another taxonomy or model from here on; a change may come from that alone", "bright_black")
    yield Text(f"*: fewer than {SMALL} comments, a rough guess; interval: 95%", "bright_black")


def _table(trend: Trend, style: TextStyle, shown: Callable[[float | None], str]) -> RenderableType:
    wide = style.width >= _WIDE
    ends = _ends(trend.points)
    table = grid(">run", "at", ">n", ">value", "interval", *(["", "level~"] if wide else ["level~"]), header=True)
    starts = {change.start: change for change in trend.changes}
    for place, point in enumerate(trend.points):
        change = starts.get(place)
        up, down = ("^", "v") if style.ascii_only else ("▲", "▼")
        level = f"{up if change.after > change.before else down} {shown(change.after)}" if change else ""
        mark = " ".join([level, *(["rules"] if point.other_rules else [])]).strip()
        cells = [f"{point.number}", point.at, _n(point), shown(point.value), _interval(point, shown, style.dash)]
        table.add_row(*map(Text, cells), *([Text(_strip(point, ends, style))] if wide else []), Text(mark, "bold"))
    return table


def _changes(trend: Trend, shown: Callable[[float | None], str]) -> Iterator[Text]:
    if not trend.changes:
        yield Text("no change of level that chance would not bring about as well")
    for change in trend.changes:
        point, rare = trend.points[change.start], f"{change.p:.1g}" if change.p >= 0.0001 else "<0.0001"
        yield Text(
            f"level {shown(change.before)} -> {shown(change.after)} from run {point.number} of {point.at} on (p {rare})"
        )


def _shown(trend: Trend) -> Callable[[float | None], str]:
    """Return the writer of a value of this metric."""
    name = trend.metric.rpartition(".")[2]
    if trend.is_share:
        return percent
    if name in {"net", "product_net", "customer_net"}:
        return points
    whole = all(float(point.value).is_integer() for point in trend.points if point.value is not None)
    return lambda value: NOTHING if value is None else f"{value:,.0f}" if whole else f"{value:.2f}"


def _n(point: Point) -> str:
    n = point.measured.n if point.measured else 0
    return f"{n:,}*" if 0 < n < SMALL else f"{n:,}"


def _interval(point: Point, shown: Callable[[float | None], str], dash: str) -> str:
    ends = point.interval
    if ends is None:
        return NOTHING
    return (dash if shown is percent else " .. ").join(shown(end).rstrip("%") for end in ends)


def _sparkline(values: Sequence[float | None], style: TextStyle) -> str:
    """One bar for each run, from the lowest to the highest value; a blank where there is none."""
    bars = _ASCII_BARS if style.ascii_only else _BARS
    values = values[-style.width :]
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, span = min(known), max(known) - min(known)
    heights = [None if value is None else (value - low) / span if span else 0.5 for value in values]
    return "".join(" " if height is None else bars[min(int(height * len(bars)), len(bars) - 1)] for height in heights)


def _ends(trend_points: Sequence[Point]) -> tuple[float, float]:
    """Return the ends that the strips reach from and to."""
    ends = [end for point in trend_points for end in (point.interval or ())]
    ends += [point.value for point in trend_points if point.value is not None]
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _strip(point: Point, ends: tuple[float, float], style: TextStyle) -> str:
    """The interval as a line with the value as a dot."""
    if point.value is None:
        return ""
    line, dot = ("-", "o") if style.ascii_only else ("─", "●")
    low, high = point.interval or (point.value, point.value)
    first, at, last = (_column(value, ends) for value in (low, point.value, high))
    return " " * first + line * (at - first) + dot + line * (last - at)


def _column(value: float, ends: tuple[float, float]) -> int:
    low, high = ends
    return round((value - low) / (high - low) * (_STRIP - 1)) if high > low else 0


def trend_json(trend: Trend, _page: Page) -> str:
    """`docs/schema/trend-1.json`."""
    listed: list[Json] = [_point(point) for point in trend.points]
    changes: list[Json] = [_change(trend.points[change.start], change) for change in trend.changes]
    whole: Json = {"format": "cxscan-trend", "version": 1, "metric": trend.metric, "points": listed, "changes": changes}
    return dumps(whole, indent=2) + "\n"


def _change(point: Point, change: LevelChange) -> Json:
    before, after, p = (round(figure, 6) for figure in (change.before, change.after, change.p))
    return {"run": point.number, "at": point.at, "before": before, "after": after, "p": p}


def _point(point: Point) -> Json:
    low, high = point.interval or (None, None)
    return {
        "run": point.number,
        "at": point.at,
        "n": point.measured.n if point.measured else 0,
        "value": point.value,
        "low": None if low is None else round(low, 6),
        "high": None if high is None else round(high, 6),
        "other_rules": point.other_rules,
    }
