"""A further header in the middle of a file: columns in another order, more of them, or another delimiter."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.candidates import DELIMITERS
from cxscan.read.formats.delimited.evidence import kind_of, usual_names
from cxscan.read.values import column_names, rating_names
from cxscan.read.values.column_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.formats.delimited.dialect import Dialect


def _spelled(name: str) -> set[str]:
    joined = {name, name.strip(), name.replace(" ", "_"), name.replace(" ", "")}
    return joined.union(*((one.lower(), one.upper(), one.title(), one.capitalize()) for one in joined))


_USUAL = frozenset(
    spelling
    for names in (column_names.TEXT, rating_names.RATING, column_names.DATE, column_names.ID)
    for name in names
    for spelling in _spelled(name)
)
"""Spellings of usual names."""


@dataclass(frozen=True, slots=True)
class Section:
    """The records under one header, of which the first one has the names."""

    dialect: Dialect
    width: int
    padded: int
    """Width with the empty cells that rows have beyond the header."""
    places: tuple[int | None, ...] | None = None
    """Where each column of the first header stands here; None for one that is missing. None: as there."""
    trouble: str | None = None
    """Why none of its records can be taken."""

    def arranged(self, rows: list[list[str]]) -> list[list[str]]:
        """The rows with their cells in the order of the first header."""
        places = self.places
        return rows if places is None else [["" if at is None else row[at] for at in places] for row in rows]


class Names:
    """The names of the first header, by which further ones are known."""

    def __init__(self, names: Sequence[str], kinds: Sequence[str | None]) -> None:
        self._names = [fold_name(name) for name in names]
        self._known = frozenset(self._names) - {""}
        self._kinds = [(at, kind) for at, kind in enumerate(kinds) if kind is not None]
        self.spellings = _USUAL | frozenset(spelling for name in names for spelling in _spelled(name))
        """Cells that may begin a header."""

    def section(
        self, row: Sequence[str], current: Section, texts: Sequence[int], line: int, *, apart: bool
    ) -> Section | None:
        """The section that a row begins as its header; None for a record. `apart`: it stands below a blank line."""
        if len(row) == 1 and current.width > 1:
            for mark in DELIMITERS:
                if mark != current.dialect.delimiter and mark in row[0]:
                    cells = _parted(row[0], mark)
                    if self.are_names(cells):
                        dialect = replace(current.dialect, delimiter=mark, quoting="quoted", wrapper=None)
                        return self._section(cells, dialect, texts, line)
            return None
        if self.are_names(row):
            return self._section(row, current.dialect, texts, line)
        if (
            (apart or usual_names(row) > 1)
            and len(row) == current.width
            and current.places is None
            and current.trouble is None
            and self._is_foreign(row)
        ):
            return replace(current, trouble=f"it belongs to another table, whose header is at line {line}")
        return None

    def are_names(self, row: Sequence[str]) -> bool:
        """Tell whether a row has two of the names, and few other cells or most of the names."""
        cells = [fold_name(cell) for cell in row]
        count = len(self._known.intersection(cells))
        return count > 1 and 2 * count >= min(len(cells), len(self._known)) and not any(map(_is_value, cells))

    def _is_foreign(self, row: Sequence[str]) -> bool:
        """Tell whether names stand where all records have numbers, dates and the like."""
        return len(self._kinds) > 1 and all(
            row[at].strip() and kind_of(row[at]) is None and not any(map(str.isdigit, row[at])) for at, _ in self._kinds
        )

    def _section(self, row: Sequence[str], dialect: Dialect, texts: Sequence[int], line: int) -> Section:
        cells = [fold_name(cell) for cell in row]
        places = tuple(cells.index(name) if name in cells else None for name in self._names)
        missing = [self._names[at] for at in texts if places[at] is None]
        trouble = f"the header at line {line} has no column {', '.join(missing)}" if missing else None
        same = places == tuple(range(len(row)))
        return Section(dialect, len(row), len(row), None if same else places, trouble)


def _is_value(cell: str) -> bool:
    return kind_of(cell) is not None


def _parted(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark, skipinitialspace=True))
    except csv.Error:
        return []
