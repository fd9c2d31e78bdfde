"""Delimited text → rows: strict about widths, tolerant of what is no record (blank lines, headers again, footers)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from cxscan.model import Reject
from cxscan.read.formats.delimited.dialect import split_records
from cxscan.read.rows import Rows
from cxscan.read.values.column_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.delimited.dialect import Records
    from cxscan.read.formats.delimited.sniff import Delimited
    from cxscan.read.rows import ReadStats

_FIRST = itemgetter(slice(0, 1))
"""First character of a cell, if it has one."""

_FOOTER_ROWS = 20
_FOOTER = re.compile(
    r"(grand )?total|sum\b|average|avg\b|mean\b|median|count\b|generated|exported|created by|copyright|©|\(c\)"
    r"|confidential|report|filter|end of|page \d|\d+ (rows|records|responses|results)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Place:
    """Progress of the reading."""

    line: int
    """Physical lines before the stretch."""
    record: int = 0
    """Data records before the stretch."""


def read_delimited(
    blocks: Iterable[list[str]], layout: Delimited, texts: Sequence[int], path: str, stats: ReadStats
) -> Iterator[Rows]:
    """The records under the header; `blocks` are the physical lines of the whole source, `texts` the text columns.

    Record numbers count every record, rejected ones too, but no blank line, no line of delimiters only, no header
    that is repeated (files joined with cat) and no footer (what follows the last blank line and is no full record).
    """
    place = _Place(layout.skip)
    keep = _Keeper(layout, texts, path, stats)
    rest: list[str] = []
    for block, final in _with_last(_after(blocks, layout.skip)):
        lines = rest + block
        records = split_records(lines, layout.dialect, final=final)
        rest = records.rest
        read = lines[: len(lines) - len(rest)] if rest else lines
        yield replace(keep.rows(records, place, final=final), characters=sum(map(len, read)))
        place.line += len(read)
        stats.unended = int(final and not lines[-1].endswith(("\n", "\r")))


def _after(blocks: Iterable[list[str]], skip: int) -> Iterator[list[str]]:
    """The blocks without the first `skip` lines."""
    for block in blocks:
        if skip >= len(block):
            skip -= len(block)
        else:
            yield block[skip:] if skip else block
            skip = 0


def _with_last(blocks: Iterator[list[str]]) -> Iterator[tuple[list[str], bool]]:
    """Each block, and whether it is the last one."""
    held = next(blocks, None)
    while held is not None:
        following = next(blocks, None)
        yield held, following is None
        held = following


class _Keeper:
    """Decides which rows are records."""

    def __init__(self, layout: Delimited, texts: Sequence[int], path: str, stats: ReadStats) -> None:
        self._width = len(layout.header.names)
        self._padded = self._width + layout.padding
        # Behind an unquoted cell; with spaces before quotes, every text begins with one.
        self._texts = [at for at in texts if at and not layout.dialect.spaced]
        self._path = path
        self._stats = stats
        self._headers = [tuple(map(fold_name, row)) for row in (layout.header.first, *layout.header.below)]
        self._first_cells = {"", *(row[0] for row in (layout.header.first, *layout.header.below))}

    def rows(self, records: Records, place: _Place, *, final: bool) -> Rows:
        """The records of one stretch, numbered on from `place`, which moves on."""
        cells = records.rows
        first = place.record + 1
        if not records.broken and self._is_plain(cells):
            place.record += len(cells)
            numbers = range(first, first + len(cells))
            return Rows(cells, numbers, _offset(records.starts, place.line + 1), (), _keys(cells), 0)
        return self._sorted_out(records, place, final=final)

    def _is_plain(self, cells: list[list[str]]) -> bool:
        """Every row has the header's width and a first cell, and is no header: nothing needs a closer look."""
        if set(map(len, cells)) != {self._width}:
            return False
        firsts = set(map(itemgetter(0), cells))
        if not firsts.isdisjoint(self._first_cells) or any(map(str.isspace, firsts)):
            return False
        return not any(" " in set(map(_FIRST, map(itemgetter(at), cells))) for at in self._texts)

    def _sorted_out(self, records: Records, place: _Place, *, final: bool) -> Rows:
        cells: list[list[str]] = []
        numbers: list[int] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        footer = _footer_start(records, self._width) if final else len(records.rows)
        self._stats.footers += sum(any(map(str.strip, row)) for row in records.rows[footer:])
        for line, row, reason in _in_order(records, footer):
            if row is not None and (not any(map(str.strip, row)) or self._is_header(row)):
                continue
            place.record += 1
            trouble = reason if row is None else self._trouble(row)
            if trouble is None and row is not None:
                cells.append(row if len(row) == self._width else row[: self._width])
                numbers.append(place.record)
                lines.append(place.line + line + 1)
            else:
                rejects.append(Reject(self._path, place.line + line + 1, place.record, trouble or ""))
        return Rows(cells, numbers, lines, tuple(rejects), _keys(cells), 0)

    def _is_header(self, row: Sequence[str]) -> bool:
        """Tell whether a header row comes again, as in files joined with cat."""
        if row[0] not in self._first_cells or tuple(map(fold_name, row)) not in self._headers:
            return False
        self._stats.repeated_headers += 1
        return True

    def _trouble(self, row: Sequence[str]) -> str | None:
        """Return why a row cannot be taken: a cell too few or too many says not which one."""
        if len(row) != self._width and (len(row) != self._padded or any(row[self._width :])):
            return f"{len(row)} fields where the header has {self._width}"
        if any(_is_torn(row[at - 1], row[at]) for at in self._texts):
            return "a quote stands inside a cell that is not quoted, and the text behind it is torn"
        return None


def _is_torn(before: str, text: str) -> bool:
    """Tell whether a delimiter was lost before a quoted text that holds one: `Boots"Warm, and dry"` is no two cells."""
    return text.startswith(" ") and text.endswith('"') and text.count('"') % 2 == 1 and before.count('"') % 2 == 1


def _offset(starts: Sequence[int], by: int) -> list[int]:
    return [start + by for start in starts]


def _keys(cells: list[list[str]]) -> list[int]:
    return list(map(hash, map(tuple, cells)))


def _in_order(records: Records, footer: int) -> Iterator[tuple[int, list[str] | None, str]]:
    """Rows (up to the footer) and broken lines by line."""
    broken = iter(records.broken)
    trouble = next(broken, None)
    for start, row in zip(records.starts[:footer], records.rows[:footer], strict=True):
        while trouble is not None and trouble[0] < start:
            yield trouble[0], None, trouble[1]
            trouble = next(broken, None)
        yield start, row, ""
    while trouble is not None:
        yield trouble[0], None, trouble[1]
        trouble = next(broken, None)


def _footer_start(records: Records, width: int) -> int:
    """Index of the blank line after which nothing but footer rows follow; the number of rows if there is none."""
    start = len(records.rows)
    if width == 1:
        return start
    for index in range(len(records.rows) - 1, max(-1, len(records.rows) - _FOOTER_ROWS), -1):
        row = records.rows[index]
        if not any(map(str.strip, row)):
            start = index
        elif not _is_footer(row, width):
            break
    return start


def _is_footer(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in map(str.strip, row) if cell]
    return len(filled) == 1 < width - (len(row) - 1) or _FOOTER.match(filled[0]) is not None
