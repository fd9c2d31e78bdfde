"""Cells as they are meant: empty where a database says NULL, without the marks that stop a spreadsheet computing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.evidence import column_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALWAYS_NULL = "\\N"
_NULLS = frozenset({"NULL", "null", "(null)", "<null>", "[NULL]", "NaN", "nan", "NaT", "<NA>", "NA"})
"""Mean that a cell is empty where they stand in a column of numbers, dates or links."""
_FORMULA = re.compile(r'=(?:T?\()?"((?:[^"]|"")*)"\)?')
_PREFIX = re.compile(r"'(?=[=+@-](?!.*'$))|'(?=\d[\d.,/: -]*$)|=(?=@)", re.DOTALL)
_SURE_PREFIX = re.compile(r"'[=+@-]\s*\w(?!.*'$)|=@\w", re.DOTALL)
_NUMBER_AS_TEXT = re.compile(r"'\d[\d.,/: -]*")
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class CellRules:
    """Rules for the cells of one file."""

    nulls: frozenset[str] = frozenset()
    """Cells that are empty."""
    formulas: bool = False
    """`="5"` is 5."""
    prefixed: bool = False
    """`'5` is 5, `'@mill` is @mill."""

    @property
    def is_needed(self) -> bool:
        """Tell whether any cell may change."""
        return bool(self.nulls) or self.formulas or self.prefixed

    def applied(self, rows: list[list[str]]) -> list[list[str]]:
        """The rows with their cells as they are meant."""
        return [[self._cell(cell) for cell in row] for row in rows] if self.is_needed else rows

    def _cell(self, cell: str) -> str:
        if cell in self.nulls:
            return ""
        if self.formulas and (match := _FORMULA.fullmatch(cell)):
            cell = match[1].replace('""', '"')
        if self.prefixed and (match := _PREFIX.match(cell)):
            cell = cell[match.end() :]
        return cell


def find_cell_rules(rows: Sequence[Sequence[str]], width: int) -> CellRules:
    """The rules that the first records of a file ask for."""
    columns = [[row[at] for row in rows if at < len(row)] for at in range(width)]
    kinds = column_kinds(rows, width)
    nulls: set[str] = set()
    for column, kind in zip(columns, kinds, strict=True):
        cells = set(column)
        nulls |= cells & (_NULLS | {_ALWAYS_NULL} if kind else {_ALWAYS_NULL})
    if any(kind is None and _is_category(column, "NA") for column, kind in zip(columns, kinds, strict=True)):
        nulls.discard("NA")
    return CellRules(
        nulls=frozenset(nulls),
        formulas=any(_FORMULA.fullmatch(cell) for column in columns for cell in column if cell[:1] == "="),
        prefixed=any(map(_is_prefixed, columns)),
    )


def _is_category(column: Sequence[str], cell: str) -> bool:
    """Tell whether a cell may be one of a few values: `NA` is North America, too."""
    return cell in column and 2 * len(set(column)) <= len(column)


def _is_prefixed(column: Sequence[str]) -> bool:
    marked = [cell for cell in column if cell[:1] in ("'", "=")]
    if any(map(_SURE_PREFIX.match, marked)):
        return True
    filled = sum(1 for cell in column if cell.strip())
    return bool(marked) and sum(_NUMBER_AS_TEXT.fullmatch(cell) is not None for cell in marked) >= _MOST * filled
