"""Physical lines → rows: Python's own csv reader, with a step before or behind it where a file is written otherwise."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

UNIT = "\x1f"
"""Stands for a delimiter of several characters, for which csv has no word."""
CUT = "unexpected end of data"
"""What csv says where a quote is still open at the end."""

_RULER = re.compile(r"(?=(?:[^-─━═=]*[-─━═=]){2})[-+|:=\s─-╿]+")
_COUNT = re.compile(r"\(?\d[\d,]* rows?\b[^|│]*|time: [\d.]+ ms.*", re.IGNORECASE)
"""What is said below a table."""
_ESCAPED = re.compile(r"\\\|")


class RowReader(Protocol):
    """An iterator such as csv.reader returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class Unwrapping:
    """Rows that stand in the first cell of other rows, parted by `wrapper`."""

    def __init__(self, lines: Iterable[str], wrapper: str, inner: Callable[[list[str]], RowReader]) -> None:
        self._outer = csv.reader(lines, delimiter=wrapper, strict=True)
        self._inner = inner
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._outer:
            self.line_num = self._outer.line_num
            if row and not any(row[1:]):
                yield next(iter(self._inner([row[0]])), [])
            else:
                yield row


class Restoring:
    """Rows in whose cells a delimiter of several characters stood between quotes."""

    def __init__(self, rows: RowReader, delimiter: str) -> None:
        self._rows = rows
        self._delimiter = delimiter
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._rows:
            self.line_num = self._rows.line_num
            yield [cell.replace(UNIT, self._delimiter) if UNIT in cell else cell for cell in row]


class BoxRows:
    """Rows of a table drawn with characters, as psql, mysql and Markdown show one; rulers are blank rows.

    In an open box nothing stands before the first cell and behind the last one; there a `+` at the right edge of a cell
    says that it goes on in the next line (psql).
    """

    def __init__(self, lines: Iterable[str], bar: str, *, is_open: bool) -> None:
        self._lines = lines
        self._bar = bar
        self._is_open = is_open
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        held: list[str] | None = None
        for number, line in enumerate(self._lines, 1):
            if is_ruler(line) or not line.strip() or _COUNT.fullmatch(line.strip()):
                row: list[str] = []
                goes_on = False
            else:
                pieces = self._pieces(line)
                goes_on = self._is_open and any(piece.endswith("+") and piece[:-1].strip() for piece in pieces)
                row = [(piece[:-1] if self._is_open and piece.endswith("+") else piece).strip() for piece in pieces]
            if held is not None and row:
                row = ["\n".join(filter(None, pair)) for pair in zip(held, row, strict=False)]
            held = row if goes_on else None
            self.line_num = number
            if held is None:
                yield row
        if held is not None:
            raise csv.Error(CUT)

    def _pieces(self, line: str) -> list[str]:
        line = line.rstrip("\r\n")
        if not self._is_open:
            line = line.strip().removeprefix(self._bar).removesuffix(self._bar)
        pieces = _ESCAPED.sub(UNIT, line).split(self._bar)
        return [piece.replace(UNIT, self._bar) for piece in pieces]


def is_ruler(line: str) -> bool:
    """Tell whether a line is drawn: `----+----`, `|---|:--|`, `├────┤`."""
    return _RULER.fullmatch(line.strip()) is not None


@cache
def _shapes(delimiter: str) -> tuple[re.Pattern[str], ...]:
    mark = re.escape(delimiter)
    end = rf"(?=[ \t]*(?:{mark}|[\r\n]|$))"
    start = rf"(^|{mark})"
    return (
        re.compile(rf'((?<!")"|(?:^|{mark})[ \t]*"")[ \t]+(?={mark}|[\r\n]|$)'),
        re.compile(rf"{start}[ \t]*[“„”‘‚«`]([^\r\n]*?)[”“’‘»`´]{end}"),
        re.compile(rf'{start}[ \t]*="((?:[^"]|"")*)"{end}'),
    )


def without_gaps(line: str, delimiter: str) -> str:
    """A line without the blanks between a closing quote and the delimiter."""
    return _shapes(delimiter)[0].sub(r"\1", line)


def with_straight_quotes(line: str, delimiter: str) -> str:
    """A line whose cells between curly quotes stand between straight ones."""
    return _shapes(delimiter)[1].sub(_straightened, line)


def _straightened(match: re.Match[str]) -> str:
    text = match[2].replace('"', '""')
    return f'{match[1]}"{text}"'


def without_formulas(line: str, delimiter: str) -> str:
    """A line whose cells are not written as formulas (`="5"`)."""
    return _shapes(delimiter)[2].sub(r'\1"\2"', line)
