"""Columns of Arrow → columns of cells: dates as ISO 8601, what is missing as "", nested ones by dotted names."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from cxscan.read.values.numbers import number_cell

if TYPE_CHECKING:
    import pyarrow as pa

_DEPTH = 6


def flat_columns(batch: pa.RecordBatch) -> dict[str, pa.ChunkedArray]:
    """The columns of a batch by name; the fields of a structure are columns of their own, `author.name`."""
    import pyarrow as pa

    table = pa.Table.from_batches([batch])
    for _ in range(_DEPTH):
        if not any(pa.types.is_struct(field.type) for field in table.schema):
            break
        table = table.flatten()
    return dict(zip(_distinct(table.column_names), table.columns, strict=True))


def _distinct(names: list[str]) -> list[str]:
    return [name if name not in names[:at] else f"{name} ({at + 1})" for at, name in enumerate(names)]


def column_cells(column: pa.ChunkedArray) -> list[str]:
    """The cells of a column."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        return column_cells(column.cast(kind.value_type))
    if pa.types.is_integer(kind):
        column = column.cast(pa.string())
    elif pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    values: list[object] = column.to_pylist()
    return ["" if value is None else value if isinstance(value, str) else _cell(value) for value in values]


def _cell(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return number_cell(value) if value == value else ""
        case datetime() | time():
            return value.isoformat() if value.microsecond else value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case list() if all(isinstance(piece, str) for piece in value):
            return "\n".join(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
        case _:
            return str(value)
