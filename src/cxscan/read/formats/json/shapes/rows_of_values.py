"""A table as lists of values: the names stand in the first row, elsewhere in the document, or are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read.formats.json.shapes.shape import NoRecord
from cxscan.read.values.column_names import distinct_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted

_MOST_SHOWN = 60


class RowsOfValues:
    """Lists of texts and numbers, one a record; the rows of BigQuery and Google Charts too."""

    name = "rows-of-values"
    title = "rows of values with the names of their columns"

    def recognise(self, values: Sequence[object], wanted: Wanted) -> Expand | None:
        """By rows of one length; raises InputError where nothing names their columns."""
        rows = [row for row in map(row_of, values) if row is not None]
        if not rows or 2 * len(rows) <= len(values) or max(map(len, rows)) == 1:
            return None
        first = rows[0]
        names = wanted.header or (tuple(str(n) for n in range(1, len(first) + 1)) if wanted.numbered else ())
        if not names and _is_header(first, rows[1:]):
            names = tuple(map(str, first))
        if not names:
            shown = str(first)[:_MOST_SHOWN]
            raise InputError(f"rows without a header ({shown} …); say --header NAMES, or --no-header for numbers")
        names = distinct_names(names)

        def expand(value: object) -> Iterator[object]:
            row = row_of(value)
            if row is None:
                yield value
            elif len(row) > len(names):
                yield NoRecord(f"a row of {len(row)} values, not {len(names)}")
            elif tuple(map(str, row)) != names:
                yield dict(zip(names, row, strict=False))

        return expand


def row_of(value: object) -> list[object] | None:
    """The values of a row: a list of plain values, or the cells of BigQuery (`f`, `v`) and Google Charts (`c`, `v`)."""
    if isinstance(value, dict) and len(value) == 1:
        cells = value.get("f", value.get("c"))
        if not isinstance(cells, list):
            return None
        return [cell.get("v") if isinstance(cell, dict) else cell for cell in cells]
    if not isinstance(value, list) or any(isinstance(cell, dict) for cell in value):
        return None
    return value


def _is_header(first: Sequence[object], rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether a row names the columns: distinct strings, unlike the values under them."""
    if not rows or not all(isinstance(name, str) and name.strip() for name in first) or len({*first}) < len(first):
        return False
    for column, name in enumerate(first):
        cells = [row[column] for row in rows if len(row) > column and row[column] is not None]
        if any(not isinstance(cell, str) for cell in cells):
            return True  # a name over numbers
        words = sum(len(str(cell).split()) for cell in cells)
        if cells and words >= 2 * len(cells) * len(str(name).split()):
            return True  # a name over sentences
    return False


ROWS_OF_VALUES = RowsOfValues()
