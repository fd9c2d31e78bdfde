"""The place of the header of a delimited file: first, below a preamble, or below a row of groups."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.candidates import DELIMITERS
from cxscan.read.formats.delimited.evidence import compare, is_record, usual_names
from cxscan.read.values import column_names
from cxscan.read.values.column_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER_LINES = 60
_PADDED_SHARE = 0.9
_USUAL_SHARE = 0.7
_GROUP_ROWS = 10
_TITLE_ROWS = 5


def row_with(wanted: set[str], rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int | None:
    """The first row that holds every column asked for, else the first that holds any."""
    early = [(index, {fold_name(cell) for cell in rows[index]}) for index in filled if index < HEADER_LINES]
    for index, cells in early:
        if wanted <= cells:
            return index
    return next((index for index, cells in early if wanted & cells), None)


def usual_width(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> tuple[int, float]:
    """The width that most rows of several cells have, and their share of all; (1, 0) where no row has several."""
    widths = Counter(len(rows[index]) for index in filled if len(rows[index]) > 1)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return width, count / len(filled)


def likely_header(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    """The first row, or after a preamble the first row of the usual width that has names."""
    width, share = usual_width(rows, filled)
    first = filled[0]
    if width == 1 and (named := _below_title(rows, filled)) is not None:
        return named
    if len(rows[first]) == width or (len(rows[first]) > 1 and padding(rows, first, filled)):
        return _below_groups(rows, filled)
    if len(rows[first]) == 1 and column_names.normalise_column_name(rows[first][0]) in column_names.TEXT:
        return first
    for place, index in enumerate(filled):
        if index < HEADER_LINES and len(rows[index]) == width and _has_names(rows[index]):
            above = [rows[other] for other in filled[:place]]
            below = [rows[other] for other in filled[place + 1 :]]
            if usual_names(rows[index]):
                return first if _is_further_header(rows[index], above) else index
            apart = index - filled[place - 1] > 1 or all(_filled(row) == 1 for row in above)
            if share >= _USUAL_SHARE and apart and not is_record(rows[index], below):
                return index
    return first


def _below_title(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int | None:
    """The usual name of a column of comments that stands alone, with a blank row between a title and itself."""
    for above, index in pairwise(filled[:_TITLE_ROWS]):
        if column_names.normalise_column_name(rows[above][0]) in column_names.TEXT:
            return None
        if index - above > 1 and column_names.normalise_column_name(rows[index][0]) in column_names.TEXT:
            return index
    return None


def _is_further_header(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell whether records stand above a header, under one of their own."""
    names = {fold_name(cell) for cell in row}
    for place, earlier in enumerate(above[:-1]):
        known = {fold_name(cell) for cell in earlier}
        if len(earlier) == len(above[place + 1]) and len(names & known) >= max(2, len(known) / 2):
            return True
    return False


def _has_names(row: Sequence[str]) -> bool:
    names = [column_names.normalise_column_name(cell) for cell in row]
    return all(names) and not any(name.replace(" ", "").isdigit() for name in names)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _below_groups(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    """The first row, or the row of names below rows of titles and groups, which are blank or say the same in places."""
    first = filled[0]
    if len(set(map(fold_name, rows[first])) - {""}) == len(rows[first]):
        return _second_if_likelier(rows, filled)
    for place, index in enumerate(filled[1:_GROUP_ROWS], 1):
        row = rows[index]
        fuller = _filled(row) > _filled(rows[first]) or len(set(row)) > len(set(rows[first]) - {""})
        if len(row) != len(rows[first]) or not fuller:
            continue
        if _filled(row) < len(row) - (1 if _filled(rows[first]) == 1 else 0):
            continue
        votes = compare(row, [rows[other] for other in filled[place + 1 :]])
        named = usual_names(row) > usual_names(rows[first])
        return index if votes.record == 0 and (named or votes.header > 0) else first
    return first


def _second_if_likelier(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    """The second row where it has usual names and the first has none: `Column1,Column2` above them."""
    first, second = filled[0], filled[min(1, len(filled) - 1)]
    row = rows[second]
    if usual_names(rows[first]) or len(row) != len(rows[first]) or usual_names(row) < 2 or not _has_names(row):
        return first
    return second if compare(row, [rows[index] for index in filled[2:]]).record == 0 else first


def padding(rows: Sequence[Sequence[str]], at: int, filled: Sequence[int]) -> int:
    """Count the empty cells that nearly all rows have beyond the header (0 to any number)."""
    below = [rows[index] for index in filled if index > at]
    longer = Counter(len(row) for row in below if len(row) > len(rows[at]))
    if not longer:
        return 0
    width, count = longer.most_common(1)[0]
    empty = sum(len(row) == width and not any(row[len(rows[at]) :]) for row in below)
    return width - len(rows[at]) if empty == count and count > _PADDED_SHARE * len(below) else 0


def trim_header(rows: Sequence[list[str]], filled: Sequence[int]) -> None:
    """Take the blank cells off the end of the first row that no row below has: a delimiter too many behind names."""
    first = rows[filled[0]]
    widths = Counter(len(rows[index]) for index in filled[1:])
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    fits = 1 < width < len(first) and all(first[:width]) and not any(first[width:])
    if fits and len(first) not in widths and count > _PADDED_SHARE * widths.total():
        del first[width:]


def otherwise_parted(row: Sequence[str], delimiter: str) -> tuple[str, list[str]] | None:
    """The delimiter and the names of a header that is written with another delimiter than the rows."""
    if len(row) != 1:
        return None
    for mark in DELIMITERS:
        if mark != delimiter and mark in row[0]:
            names = next(csv.reader([row[0]], delimiter=mark, skipinitialspace=True))
            if len(names) > 1 and usual_names(names) and _has_names(names):
                return mark, names
    return None
