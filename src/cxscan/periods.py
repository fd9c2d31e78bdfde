"""Days, ISO weeks, months and quarters: the period in which a date lies, by its label."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

Period: TypeAlias = Literal["day", "week", "month", "quarter"]

_LABELS: dict[Period, str] = {
    "day": r"\d{4}-\d{2}-\d{2}",
    "week": r"\d{4}-W\d{2}",
    "month": r"\d{4}-\d{2}",
    "quarter": r"\d{4}-Q\d",
}

PERIODS = tuple(_LABELS)


@lru_cache(maxsize=4096)
def period_of(day: str | None, period: Period) -> str | None:
    """The period in which an ISO 8601 date lies: `2026-11-21`, ISO week `2026-W47`, `2026-11` or `2026-Q4`."""
    if day is None:
        return None
    if period == "week":
        year, week, _ = date.fromisoformat(day[:10]).isocalendar()
        return f"{year:04}-W{week:02}"
    if period == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:7] if period == "month" else day[:10]


def period_named(label: str) -> Period | None:
    """The kind of period that has a label of this form; None for what is no label."""
    return next((period for period, form in _LABELS.items() if re.fullmatch(form, label)), None)
