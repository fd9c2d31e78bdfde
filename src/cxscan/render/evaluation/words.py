"""Numbers of an evaluation, the same in every format."""

from __future__ import annotations

from cxscan.render.number_format import NOTHING


def interval_ends(low: float, high: float, dash: str = "–") -> str:
    """Return the ends of an interval in per cent: 32.5–37.8."""
    return dash.join(f"{100 * end:.1f}" for end in (low, high))


def two(value: float | None) -> str:
    """Return a ratio with two decimals; - of nothing."""
    return NOTHING if value is None else f"{value:.2f}"


def three(value: float | None) -> str:
    """Return a ratio with three decimals; - of nothing."""
    return NOTHING if value is None else f"{value:.3f}"
