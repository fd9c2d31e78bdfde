"""Evidence that a row is a header or a record: its cells, held against those below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values import column_names, rating_names
from cxscan.read.values.column_names import fold_name
from cxscan.read.values.dates import parse_date
from cxscan.read.values.profile import profile

if TYPE_CHECKING:
    from collections.abc import Sequence

_BELOW = 60
_MOST = 0.8
_NUMBER = re.compile(r"[-+]?\s*[$€£¥]?\s*\d[\d.,\s]*\s*[%$€£]?")
_LINK = re.compile(r"(?:https?:|www\.)\S*|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
_YES_NO = frozenset({"true", "false", "yes", "no", "y", "n", "t", "f"})
_NOTHING = frozenset("n/a|na|<na>|nan|nat|null|(null)|<null>|[null]|none|-|--|\\n|#n/a|nil|unknown|?".split("|"))
_LONGEST_DATE = 40
_LONGEST_CODE = 40
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASKS = re.compile(
    r"what|how|why|which|when|where|who|would|could|did|do|does|is|are|was|were|have|has|can|please|tell|describe|rate"
    r"|any|if|on|overall|additional|further|other|your|the (?:reason|thing)|name|list|share|reason|comments?\b",
    re.IGNORECASE,
)
"""Questions to the customer begin so."""
_PROSE = 5


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """Facts about the columns of the first records, by which a row is told that is none."""

    kinds: tuple[str | None, ...]
    """The kind that nearly all cells are of, None for words."""
    naming: tuple[int, ...]
    """Columns that are always filled, each time otherwise, and so may name the record."""
    whole: tuple[int, ...]
    """Columns of whole numbers."""


def column_facts(rows: Sequence[Sequence[str]], names: Sequence[str]) -> ColumnFacts:
    """The facts that rows (as long as there are names) show."""
    columns = [[row[at].strip() for row in rows] for at in range(len(names))]
    kinds = column_kinds(rows, len(names))
    return ColumnFacts(
        kinds=tuple(kinds),
        naming=tuple(
            at
            for at, (name, cells) in enumerate(zip(names, columns, strict=True))
            if (at == 0 or column_names.normalise_column_name(name) in column_names.ID)
            and len(cells) > 1
            and all(cells)
            and len(set(cells)) == len(cells)
        ),
        whole=tuple(
            at
            for at, kind in enumerate(kinds)
            if kind == "number" and all(cell.isdigit() for cell in columns[at] if cell)
        ),
    )


@dataclass(frozen=True, slots=True)
class Votes:
    """Columns that speak for a record, and those that speak for a header."""

    record: int
    header: int


def kind_of(cell: str) -> str | None:
    """The kind of a cell that no name is of: number, date, link, yes or no; None for words."""
    cell = cell.strip()
    if _NUMBER.fullmatch(cell):
        return "number"
    if cell.casefold() in _YES_NO:
        return "yes or no"
    if _LINK.fullmatch(cell):
        return "link"
    return "date" if len(cell) <= _LONGEST_DATE and any(map(str.isdigit, cell)) and _is_date(cell) else None


def _is_date(cell: str) -> bool:
    for day_first in (True, False):
        try:
            if parse_date(cell, day_first=day_first) is not None:
                return True
        except (ValueError, OverflowError):
            continue
    return False


def column_kinds(rows: Sequence[Sequence[str]], width: int) -> list[str | None]:
    """The kind that nearly all filled cells of each column are of; None for words and empty columns."""
    kinds = []
    for at in range(width):
        cells = [row[at] for row in rows[:_BELOW] if len(row) > at and says_something(row[at])]
        counts = Counter(map(kind_of, cells))
        kind, count = counts.most_common(1)[0] if counts else (None, 0)
        kinds.append(kind if count >= _MOST * len(cells) else None)
    return kinds


def says_something(cell: str) -> bool:
    """Tell whether a cell is neither blank nor says in so many words that it is."""
    return cell.strip().casefold() not in _NOTHING and not cell.isspace() and cell != ""


def compare(row: Sequence[str], below: Sequence[Sequence[str]]) -> Votes:
    """Hold a row against those below it."""
    folded = [fold_name(cell) for cell in row]
    below = [other for other in below[:_BELOW] if len(other) == len(row) and [*map(fold_name, other)] != folded]
    kinds = column_kinds(below, len(row))
    record = header = 0
    for at, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        if not says_something(cell):
            continue
        if kind is not None and kind_of(cell) == kind:
            record += 1
        elif kind is not None:
            header += kind_of(cell) is None
        else:
            column = [other[at] for other in below]
            record += _has_shape(cell, column) or _comes_again(cell, column, row)
    return Votes(record, header)


def _has_shape(cell: str, below: Sequence[str]) -> bool:
    """Tell whether a cell is a code as all below it are: `u17` over `u18`, `u19`."""
    shape = _shape(cell)
    return "9" in shape and len(below) > 1 and all(_shape(other) == shape for other in below)


def _shape(cell: str) -> str:
    return _LETTERS.sub("a", _DIGITS.sub("9", cell.strip())) if len(cell) <= _LONGEST_CODE and " " not in cell else ""


def _comes_again(cell: str, below: Sequence[str], row: Sequence[str]) -> bool:
    """Tell whether a cell is a value of its column; the name of a choice may be, where nothing else is chosen."""
    if cell not in below:
        return False
    others = set(below) - {cell}
    if not others:
        return len(below) > 1 and any(len(cell.split()) >= _PROSE and not cell.rstrip().endswith("?") for cell in row)
    return any(map(says_something, others))


def usual_names(row: Sequence[str]) -> int:
    """Number of cells that are usual names of columns."""
    lists = (column_names.TEXT, rating_names.RATING, column_names.DATE, column_names.ID)
    return sum(any(column_names.normalise_column_name(cell) in names for names in lists) for cell in row)


def is_full_record(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row is one of the records below it: most cells are filled, more of them alike than not."""
    votes = compare(row, below)
    return 4 * sum(map(says_something, row)) > 3 * len(row) and votes.record > votes.header


def is_record(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row cannot be a header: its cells are numbers, dates, links, or values of their columns."""
    cells = profile(row)
    if cells.filled > 1 and max(cells.numbers + cells.links, cells.dates + cells.links) >= 0.5:
        return True
    if usual_names(row):
        return False
    votes = compare(row, below)
    return votes.record > votes.header or (votes == Votes(0, 0) and len(row) > 1 and any(map(_is_statement, row)))


def _is_statement(cell: str) -> bool:
    """Tell whether a cell is a sentence that asks nothing, as a comment is and a name hardly."""
    cell = cell.strip()
    return len(cell.split()) > _PROSE and not cell.endswith(("?", ":", "*")) and _ASKS.match(cell) is None
