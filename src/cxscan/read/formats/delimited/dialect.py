"""The dialect of a delimited file, its delimiter and quoting, and its records, read strictly."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from cxscan.read.bytes.text import LINE_LIMIT
from cxscan.read.formats.delimited.row_readers import (
    CUT,
    UNIT,
    BoxRows,
    Restoring,
    Unwrapping,
    with_straight_quotes,
    without_formulas,
    without_gaps,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.read.formats.delimited.row_readers import RowReader

LINES_IN_RECORD = 500
"""A record that spans more lines is taken for an unclosed quote: its first line is rejected, the rest read again."""

Quoting = Literal["quoted", "backslash", "apostrophe", "curly", "none", "box", "open box"]
_BLANKS = re.compile(r"[ \t]{2,}")

NO_DELIMITER = "\x00"
"""For files of one column; the text holds no NUL."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Delimiter and quoting of one file."""

    delimiter: str
    """One character, or several that stand for one; two or more blanks: any run of so many."""
    quoting: Quoting = "quoted"
    spaced: bool = False
    """Quoted cells have a space before them."""
    gaps: bool = False
    """There are blanks between a closing quote and the delimiter."""
    formulas: bool = False
    """Cells are written as formulas: `="5"`."""
    wrapper: str | None = None
    """Each row was saved once more as the first cell of a row with this delimiter (Excel, in another locale)."""

    @property
    def is_drawn(self) -> bool:
        """Tell whether it is a table drawn with characters."""
        return self.quoting in ("box", "open box")

    def reader(self, lines: Iterable[str]) -> RowReader:
        """Python's own reader over physical lines, strict: it raises csv.Error rather than guess."""
        csv.field_size_limit(LINE_LIMIT)
        if self.wrapper is not None:
            return Unwrapping(lines, self.wrapper, replace(self, wrapper=None).reader)
        if self.is_drawn:
            return BoxRows(lines, self.delimiter, is_open=self.quoting == "open box")
        if len(self.delimiter) > 1:
            inner = replace(self, delimiter=UNIT)
            return Restoring(inner.reader(map(self._with_units, lines)), self.delimiter)
        return self._plain_reader(self._mended(lines))

    def _plain_reader(self, lines: Iterable[str]) -> RowReader:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar="'" if self.quoting == "apostrophe" else '"',
            quoting=csv.QUOTE_NONE if self.quoting == "none" else csv.QUOTE_MINIMAL,
            doublequote=True,
            escapechar="\\" if self.quoting == "backslash" else None,
            skipinitialspace=self.spaced,
            strict=True,
        )

    def _mended(self, lines: Iterable[str]) -> Iterable[str]:
        """The lines as csv wants them."""
        if self.formulas:
            lines = (without_formulas(line, self.delimiter) if '="' in line else line for line in lines)
        if self.quoting == "curly":
            lines = (with_straight_quotes(line, self.delimiter) for line in lines)
        if self.gaps:
            lines = (without_gaps(line, self.delimiter) for line in lines)
        return lines

    def _with_units(self, line: str) -> str:
        if self.delimiter.isspace():
            return _BLANKS.sub(UNIT, line.rstrip())
        return line.replace(self.delimiter, UNIT)


@dataclass(slots=True)
class Records:
    """The records of a stretch of physical lines."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """0-based line, within the stretch, at which each row starts."""
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Lines that belong to no record, and why."""
    rest: list[str] = field(default_factory=list)
    """Lines at the end that may be the beginning of a record."""


class _UnclosedError(csv.Error):
    """A record is well-formed, but only because a quote that was never closed met another one."""


def split_records(lines: list[str], dialect: Dialect, *, final: bool) -> Records:
    """The records in `lines`, each physical line being in a record, broken, or in the rest (empty when `final`).

    What cannot be read costs its first line; reading takes up again at the next one.
    """
    if (rows := _one_line_each(lines, dialect)) is not None:
        return Records(rows, list(range(len(rows))))
    records = Records()
    begin = 0
    while begin < len(lines):
        try:
            _read_from(begin, lines, dialect, records)
            break
        except csv.Error as trouble:
            start = records.starts.pop()
            if str(trouble) == CUT and not final and len(lines) - start <= LINES_IN_RECORD:
                records.rest = lines[start:]
                if sum(map(len, records.rest)) <= LINE_LIMIT:
                    break
                records.rest = []
            records.broken.append((start, _REASONS.get(str(trouble), str(trouble))))
            begin = start + 1
    return records


_UNCLOSED = "unclosed"
_REASONS = {
    CUT: "a quote is opened and never closed",
    _UNCLOSED: "a quote is opened and closed only in a later record",
}


def _one_line_each(lines: list[str], dialect: Dialect) -> list[list[str]] | None:
    """The rows, when every line is a whole record, as mostly; without looking at each one."""
    reader = dialect.reader(lines)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) == reader.line_num else None


def _read_from(begin: int, lines: list[str], dialect: Dialect, records: Records) -> None:
    """Append rows and their starts; on csv.Error the last start is the one of the record that failed."""
    reader = dialect.reader(map(lines.__getitem__, range(begin, len(lines))) if begin else lines)
    rows, starts = records.rows, records.starts
    start = begin
    starts.append(start)
    for row in reader:
        end = begin + reader.line_num
        if end - start > 1 and (end - start > LINES_IN_RECORD or _swallows(row, lines[start + 1 : end], dialect)):
            raise _UnclosedError(_UNCLOSED)
        rows.append(row)
        start = end
        starts.append(start)
    starts.pop()


def _swallows(row: list[str], further: list[str], dialect: Dialect) -> bool:
    """Tell whether each further line of a record is a record itself: as many cells, the first of the same shape."""
    if len(row) < 2 or further[0].count(dialect.delimiter) < len(row) - 1:
        return False
    shape = row[0].translate(_SHAPE)
    if "9" not in shape:
        return False
    for line in further:
        cells = line.split(dialect.delimiter)
        if len(cells) < len(row) or cells[0].translate(_SHAPE) != shape:
            return False
    return True


_SHAPE = str.maketrans("012345678", "999999999")
