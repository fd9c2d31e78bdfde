"""Footers, which stand below the last record and are none: totals, averages, the maker of the export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.evidence import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.formats.delimited.evidence import ColumnFacts

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


def footer_start(rows: Sequence[Sequence[str]], width: int, facts: ColumnFacts) -> int:
    """Index of the first footer row; the number of rows if there is none.

    A footer is what follows the last blank line and is no full record, or rows that sum up those above: they stand
    right below them, lack what names a record, or have a fraction where the records have whole numbers.
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
        _sums_up(rows[start - 1], width, facts) or (start < last and _is_heading(rows[start - 1], width, facts))
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


def _is_heading(row: Sequence[str], width: int, facts: ColumnFacts) -> bool:
    """Tell whether a row is a title above totals: words where the records have a number, and nothing else."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    return filled == [0] and len(row) <= width and facts.kinds[0] is not None and kind_of(row[0]) is None


def _is_footer(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in map(str.strip, row) if cell]
    if len(filled) == 1 < width - (len(row) - 1):
        return True
    return _FOOTER.match(filled[0]) is not None and (len(filled) < width or width == 2 or _is_total(filled[0]))


def _is_total(cell: str) -> bool:
    return _TOTAL.match(cell.strip()) is not None


def _sums_up(row: Sequence[str], width: int, facts: ColumnFacts) -> bool:
    """Tell whether a row is no record by the words for a total, or by numbers alone where a number names the record."""
    if len(row) < width:
        return bool(row) and (_is_total(row[0]) or _COUNT.fullmatch(row[0].strip()) is not None)
    if len(row) > width:
        return False
    unnamed = [at for at in facts.naming if not row[at].strip()]
    if any(map(_is_total, row)):
        worded = any(kind and _is_total(cell) for cell, kind in zip(row, facts.kinds, strict=True))
        return bool(unnamed) or worded or any(_is_fraction(row[at]) for at in facts.whole)
    filled = [cell for cell in row if cell.strip()]
    numbered = any(facts.kinds[at] == "number" for at in unnamed)
    return numbered and bool(filled) and all(kind_of(cell) == "number" for cell in filled)


def _is_fraction(cell: str) -> bool:
    return kind_of(cell) == "number" and not cell.strip().isdigit()
