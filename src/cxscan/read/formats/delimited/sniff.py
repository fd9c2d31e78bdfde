"""Find delimiter, quoting and header of a delimited file by reading its beginning with every candidate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError
from cxscan.read.formats.delimited.dialect import NO_DELIMITER, Dialect, Records, split_records
from cxscan.read.formats.delimited.header import Header, read_header
from cxscan.read.values import column_names
from cxscan.read.values.column_names import fold_name
from cxscan.read.values.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = (",", ";", "\t", "|")
_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_TRIAL_LINES = 2000
_TRIAL_RECORDS = 400
_HEADER_LINES = 60
_PADDED_SHARE = 0.9
_USUAL_SHARE = 0.7
_SOUND = 9
"""Good rows for each bad one."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """Dialect, header and first line of a delimited file."""

    dialect: Dialect
    header: Header
    header_line: int
    """1-based."""
    skip: int
    """Physical lines before the first data record."""
    padding: int = 0
    """Empty cells that (nearly) every row has beyond the header."""


@dataclass(frozen=True, slots=True)
class _Trial:
    """The beginning of the file as one dialect reads it."""

    dialect: Dialect
    records: Records
    at: int
    """Index of the header row."""
    named: bool
    """The header has the columns that were asked for."""
    good: int
    bad: int
    padding: int

    @property
    def width(self) -> int:
        return len(self.records.rows[self.at])

    @property
    def usual_names(self) -> int:
        """Number of usual names in the header."""
        return _usual_names(self.records.rows[self.at])

    @property
    def parts(self) -> bool:
        """Tell whether nearly every row has the header's several cells."""
        return self.width > 1 and self.good > _SOUND * self.bad

    @property
    def is_likely(self) -> bool:
        """Tell whether its delimiter parts cells at all."""
        return self.parts or (self.width > 1 and self.good >= max(1, self.bad)) or self.usual_names > 1

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int]:
        unwraps = self.dialect.wrapper is not None and self.parts
        return self.named, unwraps, self.parts, self.good - self.bad, self.width


def sniff_delimited(
    lines: list[str], *, delimiter: str | None, columns: Sequence[str], complete: bool, path: str
) -> Delimited:
    """Infer how the file that begins with `lines` is written; `columns` are asked for, `complete` says it ends there.

    Raises UsageError for a delimiter that cannot be one, InputError if there is no header.
    """
    declared = _declared_delimiter(lines)
    head = lines[1 if declared else 0 : _TRIAL_LINES]
    complete = complete and len(lines) <= _TRIAL_LINES
    wanted = {fold_name(column) for column in columns}
    dialects = _candidates(_named_delimiter(delimiter) or declared, head)
    trials = [trial for dialect in dialects if (trial := _try(dialect, head, wanted, complete=complete)) is not None]
    if not trials:
        raise InputError(f"{path}: the file is empty: no header and no records; export it again")
    best = max(_eligible(trials), key=lambda trial: trial.rank)  # of equals the first, which is the likeliest
    if not best.named and _is_record(best.records.rows[best.at]):
        line = best.records.starts[best.at] + 1
        raise InputError(f"{path}: line {line} looks like a record, not a header; put a line of column names first")
    return _described(best, len(head), before=1 if declared else 0)


def _eligible(trials: list[_Trial]) -> list[_Trial]:
    """The trials with the columns asked for (all, if none has them); the last resorts only where the rest fails."""
    trials = [trial for trial in trials if trial.named] or trials
    if any(trial.is_likely for trial in trials):
        trials = [trial for trial in trials if trial.dialect.delimiter != NO_DELIMITER]
    sound = {trial.dialect.delimiter for trial in trials if trial.dialect.quoting == "quoted" and not trial.bad}
    # Without quoting each line of a quoted cell would be a record: never where quoting explains every row.
    return [trial for trial in trials if trial.dialect.quoting != "none" or trial.dialect.delimiter not in sound]


def _declared_delimiter(lines: Sequence[str]) -> str | None:
    """Excel's first line `sep=;`."""
    first = lines[0].strip("\r\n\ufeff\"' ") if lines else ""
    return first[4] if first.lower().startswith("sep=") and len(first) == len("sep=;") else None


def _named_delimiter(asked: str | None) -> str | None:
    if asked is None:
        return None
    delimiter = _NAMED_DELIMITERS.get(asked.lower(), asked)
    if len(delimiter) != 1 or delimiter in '\r\n"\x00':
        raise UsageError(f"--delimiter {asked!r}: must be one character, or tab, comma, semicolon, pipe")
    return delimiter


def _candidates(delimiter: str | None, head: Sequence[str]) -> Iterator[Dialect]:
    sample = "".join(head)
    for wrapper in _wrappers(head):
        yield from (
            Dialect(mark, wrapper=wrapper) for mark in _DELIMITERS if mark in head[0] and delimiter in (None, mark)
        )
    for mark in (delimiter,) if delimiter else _DELIMITERS:
        if mark not in sample:
            continue
        yield Dialect(mark)
        if f'{mark} "' in sample:
            yield Dialect(mark, spaced=True)
        if '\\"' in sample:
            yield Dialect(mark, "backslash")
        if f"{mark}'" in sample:
            yield Dialect(mark, "apostrophe")
        if mark == "\t" and '"' in sample:
            yield Dialect(mark, "none")
    yield Dialect(NO_DELIMITER)
    if '"' in sample:
        yield Dialect(NO_DELIMITER, "none")


def _wrappers(head: Sequence[str]) -> Iterator[str]:
    """Delimiters of rows whose first cell holds a whole row, while the others are empty."""
    lines = [line.rstrip("\r\n") for line in head[:_HEADER_LINES] if line.strip()]
    for mark in _DELIMITERS:
        bare = [line.rstrip(mark) for line in lines]
        # `"id,""a, b"",5"` holds a row; `"id,b"` alone may be a text with a comma.
        if not all(len(line) > 1 and line[0] == line[-1] == '"' for line in bare) or '""' not in "".join(bare):
            continue
        rows = split_records(list(head[:_HEADER_LINES]), Dialect(mark), final=False).rows
        if rows and all(row and row[0] and not any(row[1:]) for row in rows):
            yield mark


def _try(dialect: Dialect, head: list[str], wanted: set[str], *, complete: bool) -> _Trial | None:
    records = split_records(head, dialect, final=complete)
    rows = records.rows = records.rows[:_TRIAL_RECORDS]
    if len(rows) == _TRIAL_RECORDS:
        last = records.starts[_TRIAL_RECORDS - 1]
        records.broken = [broken for broken in records.broken if broken[0] <= last]
    filled = [index for index, row in enumerate(rows) if any(map(str.strip, row))]
    if not filled:
        return None
    named = _row_with(wanted, rows, filled) if wanted else None
    at = named if named is not None else _likely_header(rows, filled)
    widths = Counter(len(rows[index]) for index in filled if index > at)
    padding = _padding(rows, at, filled)
    if padding and _is_shifted(rows[at], [rows[index] for index in filled if index > at]):
        padding = 0
    good = widths[len(rows[at])] + (widths[len(rows[at]) + padding] if padding else 0)
    bad = widths.total() - good + len(records.broken)
    return _Trial(dialect, records, at, named is not None, good, bad, padding)


def _row_with(wanted: set[str], rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int | None:
    """The first row that holds every column asked for, else the first that holds any."""
    early = [(index, {fold_name(cell) for cell in rows[index]}) for index in filled if index < _HEADER_LINES]
    for index, cells in early:
        if wanted <= cells:
            return index
    return next((index for index, cells in early if wanted & cells), None)


def _likely_header(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    """The first row, or after a preamble the first row of the usual width that has names we know."""
    widths = Counter(len(rows[index]) for index in filled if len(rows[index]) > 1)
    usual = widths.most_common(1)[0][0] if widths else 1
    first = filled[0]
    if len(rows[first]) == usual or (len(rows[first]) > 1 and _padding(rows, first, filled)):
        return first
    if len(rows[first]) == 1 and column_names.normalise_column_name(rows[first][0]) in column_names.TEXT:
        return first
    for index in filled:
        if index < _HEADER_LINES and len(rows[index]) == usual and _is_header(rows[index], widths[usual] / len(filled)):
            return index
    return first


def _is_header(row: Sequence[str], share: float) -> bool:
    """Every column has a name; one of them is known, or most rows (their share) are as wide."""
    names = [column_names.normalise_column_name(cell) for cell in row]
    if not all(names) or any(name.replace(" ", "").isdigit() for name in names):
        return False
    return _usual_names(row) > 0 or share >= _USUAL_SHARE


def _usual_names(row: Sequence[str]) -> int:
    lists = (column_names.TEXT, column_names.RATING, column_names.DATE, column_names.ID)
    return sum(any(column_names.normalise_column_name(cell) in names for names in lists) for cell in row)


def _padding(rows: Sequence[Sequence[str]], at: int, filled: Sequence[int]) -> int:
    """Count the empty cells that nearly all rows have beyond the header (0 to any number)."""
    below = [rows[index] for index in filled if index > at]
    longer = Counter(len(row) for row in below if len(row) > len(rows[at]))
    if not longer:
        return 0
    width, count = longer.most_common(1)[0]
    empty = sum(len(row) == width and not any(row[len(rows[at]) :]) for row in below)
    return width - len(rows[at]) if empty == count and count > _PADDED_SHARE * len(below) else 0


def _is_record(row: Sequence[str]) -> bool:
    """Tell whether a row cannot be a header: half of its cells are numbers, dates or links."""
    cells = profile(row)
    return cells.filled > 1 and max(cells.numbers + cells.links, cells.dates + cells.links) >= 0.5


def _is_shifted(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column plainly holds something else than its name says: a name is missing, not a cell too many."""
    for at, name in enumerate(map(column_names.normalise_column_name, names)):
        cells = profile(row[at] for row in rows if len(row) > at)
        kind = cells.links if name in ("url", "link") else cells.numbers if name in column_names.RATING else 1.0
        if cells.filled and (cells.dates if name in column_names.DATE else kind) < 0.5:
            return True
    return False


def _described(trial: _Trial, lines: int, *, before: int) -> Delimited:
    records = trial.records
    widths = (trial.width, trial.width + trial.padding)
    rows = records.rows[trial.at : trial.at + 5]
    same = next((index for index, row in enumerate(rows) if len(row) not in widths), len(rows))
    header = read_header([row[: trial.width] for row in rows[:same]])
    last = records.starts[trial.at + len(header.below)]
    following = [start for start in records.starts if start > last] + [
        line for line, _ in records.broken if line > last
    ]
    skip = min(following, default=lines - len(records.rest))
    return Delimited(trial.dialect, header, before + records.starts[trial.at] + 1, before + skip, trial.padding)
