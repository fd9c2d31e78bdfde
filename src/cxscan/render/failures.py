"""The comments behind failed checks: a row for each comment of each check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import csv_cell, csv_row
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.summary import Json

COLUMNS = (
    "check", "source", "record", "field", "id", "date", "rating", "sentiment", "score", "themes", "intents", "text",
)  # fmt: skip


def failures_csv(rows: Iterable[tuple[str, dict[str, Json]]]) -> str:
    """The name of the check, and the comment as `quotes` writes it."""
    cells = ((name if column == "check" else _cell(record[column]) for column in COLUMNS) for name, record in rows)
    return "".join([csv_row(COLUMNS), *(csv_row(map(csv_cell, row)) for row in cells)])


def failures_jsonl(rows: Iterable[tuple[str, dict[str, Json]]]) -> str:
    """`check`, then the keys of a record but `evidence`."""
    return "".join(dumps({"check": name, **record}) + "\n" for name, record in rows)


def _cell(value: Json) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}:{polarity}" for name, polarity in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
