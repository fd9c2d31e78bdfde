"""Footers, which stand below the last record and are none: totals, averages, the maker of the export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.evidence import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOOTER_ROWS = 20
_FOOTER = re.compile(
    r"(grand )?total|sum\b|average|avg\b|mean\b|median|count\b|generated|exported|created by|copyright|©|\(c\)"
    r"|confidential|report|filter|end of|page \d|\(?\d+ (rows?|records|responses|results)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:(?:grand |sub)?totals?|sum|(?:overall )?averages?|avg|mean|median|count|std|min|max|ø|summe|gesamt"
    r"|durchschnitt|mittelwert|moyenne|somme|media|promedio|suma|totaal|gemiddelde)\.?"
    r"[\s:=]*(?:$|[\d(]|of\b|ratings?\b|scores?\b|responses?\b|records\b|stars\b|nps\b|all\b)",
    re.IGNORECASE,
)
"""A row that sums up the records above."""
_COUNT = re.compile(r"\(\d[\d,]* rows?(?: affected)?\)")


def footer_start(rows: Sequence[Sequence[str]], width: int, kinds: Sequence[str | None], full: Sequence[int]) -> int:
    """Index of the first footer row; the number of rows if there is none.

    A footer is what follows the last blank line and is no full record, or rows that sum up those above: they stand
    right below them, and lack what names a record. `kinds` are those of the columns, `full` are columns
    that name the record.
    """
    start = len(rows)
    if width == 1:
        return start
    for index in range(len(rows) - 1, max(-1, len(rows) - _FOOTER_ROWS), -1):
        row = rows[index]
        if not any(map(str.strip, row)):
            start = index
        elif not _is_footer(row, width):
            break
    last = start
    while start and (
        _sums_up(rows[start - 1], width, kinds, full) or (start < last and _is_heading(rows[start - 1], width, kinds))
    ):
        start -= 1
    return start


def without_totals(rows: Sequence[list[str]]) -> Sequence[list[str]]:
    """The rows without the last ones as far as they may be footers: what they hold says nothing of the records."""
    end = len(rows)
    while end and (
        not rows[end - 1][0].strip()
        or any(_TOTAL.match(cell.strip()) for cell in rows[end - 1])
        or sum(map(bool, map(str.strip, rows[end - 1]))) == 1
    ):
        end -= 1
    return rows[:end] or rows


def _is_heading(row: Sequence[str], width: int, kinds: Sequence[str | None]) -> bool:
    """Tell whether a row is a title above totals: words where the records have a number, and nothing else."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    return filled == [0] and len(row) <= width and kinds[0] is not None and kind_of(row[0]) is None


def _is_footer(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in map(str.strip, row) if cell]
    return len(filled) == 1 < width - (len(row) - 1) or _FOOTER.match(filled[0]) is not None


def _sums_up(row: Sequence[str], width: int, kinds: Sequence[str | None], full: Sequence[int]) -> bool:
    if len(row) == width and any(not row[at].strip() for at in full):
        filled = [cell for cell in row if cell.strip()]
        if filled and all(kind_of(cell) == "number" for cell in filled):
            return True
        if any(_TOTAL.match(cell.strip()) for cell in row):
            return True
    if len(row) < width:
        return bool(row) and (_TOTAL.match(row[0].strip()) or _COUNT.fullmatch(row[0].strip())) is not None
    return len(row) == width and any(
        kind is not None and _TOTAL.match(cell.strip()) is not None and kind_of(cell) is None
        for cell, kind in zip(row, kinds, strict=False)
    )
