"""Numbers and names of a comparison, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.file_names import file_name
from cxscan.render.number_format import NOTHING, SMALL, counted, percent, points, signed

if TYPE_CHECKING:
    from cxscan.insight.compare import Comparison, MetricChange, Side
    from cxscan.insight.mix import Mix
    from cxscan.summary.paths import Path


def segment_rows(mix: Mix) -> list[list[str]]:
    """Of each segment its name as it stands, its shares, its values, and what it adds to both parts."""
    return [
        [
            one.value,
            *(percent(side.share if side else 0.0) for side in (one.before, one.after)),
            *(shown(mix.path, side.value) if side else NOTHING for side in (one.before, one.after)),
            moved(mix.path, one.mix),
            moved(mix.path, one.within),
        ]
        for one in mix.segments
    ]


def read(side: Side) -> str:
    """The side's name as the user gave it, and how many comments it has."""
    return f"{side_name(side)} ({counted(side.summary.total.comments, 'comment')})"


def side_name(side: Side) -> str:
    """Return the name of its file, or the name as it was given."""
    return file_name(side.name)


def verdict(found: Comparison) -> str:
    """Say how many changes are more than chance."""
    changed = sum(one.significant for one in found.changes)
    rising = f", {counted(len(found.rising), 'rare theme')} rising" if found.rising else ""
    return f"{changed:,} of {len(found.changes):,} numbers changed by more than chance{rising}"


def figures(one: MetricChange) -> tuple[str, str, str, str]:
    """Before and after (marked where a side rests on few), change, and the change's interval."""
    path, mark = one.path, "*" if one.n < SMALL else ""
    values = [f"{shown(path, value)}{mark}" for value in (one.before, one.after)]
    return values[0], values[1], moved(path, one.difference), ends(path, one.low, one.high)


def shown(path: Path, value: float | None) -> str:
    """A share in per cent, a net in points, anything else as it is."""
    if path[-1] == "share":
        return percent(value)
    return points(value) if _in_points(path) else signed(value) if path[-1] == "balance" else _plain(path, value)


def moved(path: Path, value: float) -> str:
    """A change: of a share or net in percentage points."""
    return signed(100 * value, 1) if _in_points(path) else signed(value, _decimals(path))


def ends(path: Path, low: float, high: float) -> str:
    """The ends of a change's interval."""
    return f"{moved(path, low)} to {moved(path, high)}"


def _in_points(path: Path) -> bool:
    return path[-1] in {"share", "net", "product_net", "customer_net"}


def _decimals(path: Path) -> int:
    return 1 if path[-1] == "nps" else 2


def _plain(path: Path, value: float | None) -> str:
    return NOTHING if value is None else f"{value:.{_decimals(path)}f}"
