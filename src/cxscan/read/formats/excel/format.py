"""The format of Excel workbooks: a sheet is read as the delimited text that it would be saved as, a row a line."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError, nearest
from cxscan.layout import Layout
from cxscan.read.formats.delimited.records import read_delimited
from cxscan.read.formats.delimited.sniff import sniff_delimited
from cxscan.read.formats.excel.workbook import Workbook
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.rows import ReadStats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows

_DELIMITER = "\x1f"
"""No cell of XML holds it."""
_ROWS_AT_ONCE = 2048
_FIRST_ROWS = FIRST_RECORDS + 100
_PART = re.compile(rb"xl/(?:workbook|worksheets/|_rels/|sharedStrings|styles|theme/|drawings/|media/)")


class ExcelFormat:
    """Excel workbooks (.xlsx)."""

    name = "excel"
    title = "Excel workbook"
    suffixes = (".xlsx", ".xlsm")
    is_text = False

    def recognises(self, head: Head) -> bool:
        """By the parts of a workbook in a zip archive."""
        return head.content.startswith(b"PK\x03\x04") and _PART.search(head.content) is not None

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        """Raise InputError where it is damaged, too large or without records, UsageError where the sheet is missing."""
        del head
        workbook = Workbook(raw)
        tables, troubles = list[SourceTable](), dict[str, InputError]()
        for sheet in _wanted(workbook, request.sheet, raw.path):
            try:
                table = _table(workbook, sheet, raw.path, request)
            except InputError as trouble:
                troubles[sheet] = trouble
            else:
                tables += [table] if table is not None else []
        if troubles and not tables:
            raise next(iter(troubles.values()))
        if not tables:
            where = f"sheet {request.sheet} is" if request.sheet else "its sheets are"
            raise InputError(f"{raw.path}: no records: {where} empty, or empty but for a header; export it again")
        if troubles:
            note = f"sheets that could not be read as a table: {', '.join(troubles)} (--sheet)"
            tables = [replace(table, notes=(note,)) for table in tables]
        return replace(tables[0], parts=tuple(tables) if len(tables) > 1 else ())


def _wanted(workbook: Workbook, asked: str | None, path: str) -> list[str]:
    """The sheet that is asked for; else those that can be seen, or all where none can."""
    names = [sheet.name for sheet in workbook.sheets]
    if asked is not None:
        alike = [name for name in names if name == asked] or [name for name in names if _folded(name) == _folded(asked)]
        if not alike:
            raise UsageError(f"{path}: --sheet {asked}: no such sheet; {nearest(asked, names)}")
        return alike[:1]
    return [sheet.name for sheet in workbook.sheets if not sheet.is_hidden] or names


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _table(workbook: Workbook, sheet: str, path: str, request: ReadRequest) -> SourceTable | None:
    """The table that a sheet holds; None of an empty one."""
    grid = workbook.grid(sheet)
    first = list(islice(grid.rows, _FIRST_ROWS))
    if not any(any(map(str.strip, row)) for row in first):
        return None
    is_whole = len(first) < _FIRST_ROWS
    first_lines = _lines(first)
    form = sniff_delimited(
        first_lines,
        replace(request, delimiter=_DELIMITER if len(first[0]) > 1 else None),
        complete=is_whole,
        path=path,
    )
    stretches = list(read_delimited(iter((first_lines,)), form, (), path, ReadStats()))
    records = [row for stretch in stretches for row in stretch.cells][:FIRST_RECORDS]
    if not records:
        return None

    def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
        del wanted
        again = workbook.grid(sheet)
        stats.formulas += again.formulas
        yield from read_delimited(_blocks(again.rows), form, texts, path, stats)

    return SourceTable(
        layout=Layout(format="xlsx", encoding=None, columns=(), sheet=sheet, header_line=form.header_line or None),
        names=form.header.names,
        written=form.header.written,
        labels=form.header.labels,
        vendor=form.header.vendor,
        first=records,
        rows=rows,
    )


def _blocks(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    first = list(islice(rows, _FIRST_ROWS))
    lines = _lines(first)
    if lines:
        yield lines
    while stretch := list(islice(rows, _ROWS_AT_ONCE)):
        yield _written(stretch)


def _lines(first: list[list[str]]) -> list[str]:
    """The first rows as lines: those above the header, with next to nothing in them, no longer than need be."""
    width = len(first[0]) if first else 0
    above = 0
    for row in first:
        filled = [at for at, cell in enumerate(row) if cell.strip()]
        if len(filled) > 2 or 2 * len(filled) >= width:
            break
        above += 1
    return _written(chain((_trimmed(row) for row in first[:above]), first[above:]))


def _trimmed(row: list[str]) -> list[str]:
    last = max((at for at, cell in enumerate(row) if cell.strip()), default=0)
    return row[: last + 1]


class _Lines(list[str]):
    """The lines that csv writes: a row an entry, whatever line ends are in its cells."""

    write = list.append


def _written(rows: Iterator[list[str]] | list[list[str]]) -> list[str]:
    lines = _Lines()
    csv.writer(lines, delimiter=_DELIMITER, lineterminator="\n").writerows(rows)
    return lines


EXCEL = ExcelFormat()
