"""Values of our own in cells of CSV."""

from __future__ import annotations


def csv_value(value: object) -> str:
    """Return true or false, a number to six decimals, nothing for None, or the value as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(round(value, 6) + 0.0)
    return "" if value is None else str(value)
