"""Numbers of binary formats → cells."""

from __future__ import annotations

_WHOLE = 1e16
"""From here on a double knows no whole numbers."""


def number_cell(value: float) -> str:
    """A number as a spreadsheet shows it: 15 digits at most, whole ones without a point."""
    if abs(value) < _WHOLE and float(value).is_integer():
        return str(int(value))
    return f"{value:.15g}"
