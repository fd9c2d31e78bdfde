"""A comparison as one line for a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.comparison.words import moved, shown, side_name
from cxscan.render.log_line import log_line
from cxscan.render.number_format import NOTHING, percent

if TYPE_CHECKING:
    from cxscan.insight.compare import Comparison
    from cxscan.render import Page

IN_A_LINE = 5
MAIN = ("sentiment.net", "rating.mean", "rating.nps")
"""Metrics that a line for a log always has."""


def comparison_line(found: Comparison, _page: Page) -> str:
    """Write the number of findings, the nets, and what changed most."""
    changed = [one for one in found.changes if one.significant][:IN_A_LINE]
    by_metric = {one.metric: one for one in found.changes}
    figures = [
        ("cxscan", f"{side_name(found.before)}..{side_name(found.after)}"),
        ("comments", "..".join(str(side.summary.total.comments) for side in (found.before, found.after))),
        ("findings", str(found.findings)),
    ]
    figures += [
        (one.path[-1], f"{shown(one.path, one.before)}..{shown(one.path, one.after)}")
        for one in filter(None, map(by_metric.get, MAIN))
    ]
    steps = [f"{one.metric}:{moved(one.path, one.difference)}" for one in changed]
    figures.append(("changed", ",".join(steps) or NOTHING))
    rising = [f"{one.theme}-{one.polarity}:{percent(one.after.share)}" for one in found.rising[:IN_A_LINE]]
    return log_line([*figures, ("rising", ",".join(rising) or NOTHING)])
