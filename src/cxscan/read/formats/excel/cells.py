"""Values of a sheet → cells, as Excel would write them into a CSV file; dates as ISO 8601."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from cxscan.read.values.numbers import number_cell

Value: TypeAlias = "int | float | str | bool | time | date | datetime | timedelta"


def _moment_cell(value: datetime) -> str:
    """A moment to the second: the serial numbers of Excel are a little off."""
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()


def _time_cell(value: time) -> str:
    return value.replace(microsecond=0).isoformat()


def _duration_cell(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"


def value_cell(value: Value) -> str:
    """The cell of a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_cell(value)
    if isinstance(value, datetime):
        return _moment_cell(value)
    if isinstance(value, date):
        return value.isoformat()
    return _time_cell(value) if isinstance(value, time) else _duration_cell(value)
