"""The sheets of a workbook → the table to read: the one that holds comments, or all that do, if their columns agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError
from cxscan.read.columns.infer_plan import infer_plan
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.values.column_names import TEXT, distinct_names, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import ReadStats, Rows

SHEET = "sheet"
"""The column that is put behind the others where several sheets are read: the name of each record's sheet."""


def choose_part(parts: Sequence[SourceTable], path: str, request: ReadRequest) -> SourceTable:
    """The table to read, which holds comments.

    Raises UsageError where several do whose columns differ, InputError where none does.
    """
    found: list[tuple[SourceTable, tuple[str, ...]]] = []
    doubts: list[UsageError] = []
    for part in parts:
        try:
            layout, _, _ = infer_plan(part, path, replace(request, by=()))
        except InputError:
            continue
        except UsageError as doubt:
            doubts.append(doubt)
            continue
        found.append((part, layout.of_role("text")))
    usual = [one for one in found if any(normalise_column_name(name) in TEXT for name in one[1])]
    tables = [part for part, _ in usual or found]
    if not tables:
        raise doubts[0] if doubts else InputError(f"{path}: no sheet has a column of comments: {_named(parts)}")
    unread = [part for part in parts if part not in tables]
    notes = (f"sheets not read: {_named(unread)} (--sheet)",) if unread else ()
    if len(tables) == 1:
        return replace(tables[0], parts=(), notes=(*tables[0].notes, *notes))
    if len({table.names for table in tables}) == 1:
        return replace(_stacked(tables), notes=(*tables[0].notes, *notes))
    raise UsageError(f"{path}: several sheets hold comments: {_named(tables)}; name one with --sheet NAME")


def _named(tables: Sequence[SourceTable]) -> str:
    return ", ".join(table.layout.sheet or "" for table in tables)


def _stacked(tables: Sequence[SourceTable]) -> SourceTable:
    """Tables of the same columns one under the other, and a column that says from which sheet a record is."""
    sheets = [table.layout.sheet or "" for table in tables]
    names = distinct_names([*tables[0].names, SHEET])
    first = [[*row, sheet] for table, sheet in zip(tables, sheets, strict=True) for row in table.first]

    def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
        before = 0
        for table, sheet in zip(tables, sheets, strict=True):
            last = before
            for stretch in table.rows(texts, wanted, stats):
                moved = _moved(stretch, before, sheet)
                last = max([last, *moved.numbers[-1:], *(reject.record for reject in moved.rejects)])
                yield moved
            before = last

    return replace(
        tables[0],
        layout=replace(tables[0].layout, sheet=_named(tables)),
        names=names,
        written=(*(tables[0].written or tables[0].names), names[-1]),
        labels=(*tables[0].labels, "") if tables[0].labels else (),
        first=first[:FIRST_RECORDS],
        rows=rows,
        parts=(),
    )


def _moved(rows: Rows, before: int, sheet: str) -> Rows:
    """Rows numbered on from `before`, with the name of their sheet behind each."""
    return replace(
        rows,
        cells=[[*row, sheet] for row in rows.cells],
        numbers=[before + number for number in rows.numbers],
        rejects=tuple(
            reject._replace(record=before + reject.record, reason=f"sheet {sheet}: {reject.reason}")
            for reject in rows.rejects
        ),
    )
