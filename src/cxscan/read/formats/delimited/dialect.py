"""The dialect of a delimited file, its delimiter and quoting, and its records, read strictly."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from cxscan.read.bytes.text import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINES_IN_RECORD = 500
"""A record that spans more lines is taken for an unclosed quote: its first line is rejected, the rest read again."""

Quoting = Literal["quoted", "backslash", "apostrophe", "none"]

NO_DELIMITER = "\x00"
"""For files of one column; the text holds no NUL."""


class _RowReader(Protocol):
    """An iterator such as csv.reader returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """Delimiter and quoting of one file."""

    delimiter: str
    quoting: Quoting = "quoted"
    spaced: bool = False
    """Quoted cells have a space before them."""
    wrapper: str | None = None
    """Each row was saved once more as the first cell of a row with this delimiter (Excel, in another locale)."""

    def reader(self, lines: Iterable[str]) -> _RowReader:
        """Python's own reader over physical lines, strict: it raises csv.Error rather than guess."""
        csv.field_size_limit(LINE_LIMIT)
        return self._plain_reader(lines) if self.wrapper is None else _Unwrapping(lines, self)

    def _plain_reader(self, lines: Iterable[str]) -> _RowReader:
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


class _Unwrapping:
    """Rows that stand in the first cell of other rows."""

    def __init__(self, lines: Iterable[str], dialect: Dialect) -> None:
        self._outer = csv.reader(lines, delimiter=dialect.wrapper or ",", strict=True)
        self._inner = replace(dialect, wrapper=None)
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._outer:
            self.line_num = self._outer.line_num
            if row and not any(row[1:]):
                yield next(iter(self._inner.reader([row[0]])), [])
            else:
                yield row


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
            if str(trouble) == _CUT and not final and len(lines) - start <= LINES_IN_RECORD:
                records.rest = lines[start:]
                if sum(map(len, records.rest)) <= LINE_LIMIT:
                    break
                records.rest = []
            records.broken.append((start, _REASONS.get(str(trouble), str(trouble))))
            begin = start + 1
    return records


_CUT = "unexpected end of data"
_UNCLOSED = "unclosed"
_REASONS = {
    _CUT: "a quote is opened and never closed",
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
