"""JSON values: objects in a set order, numbers rounded to six decimals, ratios that may be of nothing."""

from __future__ import annotations

from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def ratio(n: int, of: int) -> float | None:
    """None of nothing."""
    return n / of if of else None


def round6(value: float | None) -> float | None:
    """Round to six decimals."""
    return None if value is None else round(value, 6) + 0.0  # never -0.0


def json_object(**given: Json) -> dict[str, Json]:
    """A JSON object with its keys in this order."""
    return given
