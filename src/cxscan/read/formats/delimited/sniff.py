"""Find delimiter, quoting and header of a delimited file by reading its beginning with every candidate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError
from cxscan.read.formats.delimited.candidates import (
    DELIMITERS,
    candidates,
    named_delimiter,
    seems_aligned,
    seems_parted,
)
from cxscan.read.formats.delimited.cells import CellRules, find_cell_rules
from cxscan.read.formats.delimited.dialect import NO_DELIMITER, Dialect, Records, split_records
from cxscan.read.formats.delimited.evidence import ColumnFacts, column_facts, is_full_record, is_record, usual_names
from cxscan.read.formats.delimited.footers import without_totals
from cxscan.read.formats.delimited.header import Header, read_header
from cxscan.read.formats.delimited.header_place import (
    likely_header,
    otherwise_parted,
    padding,
    row_with,
    trim_header,
    usual_width,
)
from cxscan.read.values import column_names, rating_names
from cxscan.read.values.column_names import fold_name
from cxscan.read.values.profile import profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.request import ReadRequest

_TRIAL_LINES = 2000
_TRIAL_RECORDS = 400
_FEW = 2
_SOUND = 9
"""Good rows for each bad one."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """Dialect, header and first line of a delimited file."""

    dialect: Dialect
    header: Header
    header_line: int
    """1-based; 0 where there is none."""
    skip: int
    """Physical lines before the first data record."""
    padding: int
    """Empty cells that (nearly) every row has beyond the header."""
    preamble: int
    """Filled lines above the header."""
    facts: ColumnFacts
    cells: CellRules


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
    header_mark: str | None = None
    """The delimiter of the header, where it is another than that of the rows."""

    @property
    def width(self) -> int:
        return len(self.records.rows[self.at])

    @property
    def usual_names(self) -> int:
        """Number of usual names in the header."""
        return usual_names(self.records.rows[self.at])

    @property
    def parts(self) -> bool:
        """Tell whether nearly every row has the header's several cells."""
        return self.width > 1 and self.good > _SOUND * self.bad

    @property
    def is_even(self) -> bool:
        """Tell whether nearly every row has as many cells as the others, be it as many as the header or not."""
        widths = Counter(len(row) for row in self.records.rows[self.at + 1 :] if any(row))
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return width > 1 and count > _SOUND * (widths.total() - count)

    @property
    def is_likely(self) -> bool:
        """Tell whether its delimiter parts cells at all."""
        fits = self.parts or self.good >= max(1, self.bad) or self.is_even
        return (self.width > 1 and fits) or self.usual_names > 1

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int]:
        unwraps = self.parts if self.dialect.wrapper is not None else self.dialect.is_drawn and self.good > self.bad
        return self.named, unwraps, self.parts, self.good - self.bad, self.width


def sniff_delimited(lines: list[str], request: ReadRequest, *, complete: bool, path: str) -> Delimited:
    """Infer how the file that begins with `lines` is written; `complete` says it ends there.

    Raises UsageError for a delimiter that cannot be one or has to be named, InputError if there is no header.
    """
    declared = _declared_delimiter(lines)
    head = lines[1 if declared else 0 : _TRIAL_LINES]
    complete = complete and len(lines) <= _TRIAL_LINES
    asked = named_delimiter(request.delimiter)
    wanted = {fold_name(column) for column in request.text or request.columns}
    without = request.no_header or bool(request.header)
    trials = [
        trial
        for dialect in candidates(asked or declared, head)
        if (
            trial := _try_without_header(dialect, head, request.header, complete=complete)
            if without
            else _try(dialect, head, wanted, complete=complete)
        )
    ]
    if not trials:
        raise InputError(f"{path}: the file is empty: no header and no records; export it again")
    best = max(
        _eligible(trials, asked or declared), key=lambda trial: trial.rank
    )  # of equals the first, which is the likeliest
    best = _with_records_above(best, trials)
    if without:
        _check_width(best, request.header, path)
    else:
        _check(best, trials, head, asked, path)
    return _described(best, len(head), before=1 if declared else 0)


def _check(best: _Trial, trials: Sequence[_Trial], head: Sequence[str], asked: str | None, path: str) -> None:
    """Raise what the user has to settle: no header, or no delimiter."""
    rows, at = best.records.rows, best.at
    line = best.records.starts[at] + 1
    other = next((trial for trial in trials if trial.header_mark is not None and not trial.good), None)
    if other is not None and not best.good:
        raise InputError(
            f"{path}: line {line} has {other.header_mark!r} as delimiter, the rows below have "
            f"{other.dialect.delimiter!r}, and not as many cells; mend the line of names"
        )
    if best.dialect.delimiter == NO_DELIMITER and asked is None and not best.named:
        _check_delimiter(trials, head, path)
    if asked is not None and not best.named and (parted := otherwise_parted(rows[at], asked)) is not None:
        raise UsageError(
            f"{path}: --delimiter {asked!r} parts nothing in the header; {parted[0]!r} makes {len(parted[1])} columns "
            "of it: name that, or leave the option out"
        )
    for start, row in zip(best.records.starts[:at], rows[:at], strict=True):
        if len(row) == best.width > 1 and is_full_record(row, rows[at + 1 :]):
            raise InputError(
                f"{path}: line {start + 1}: a record stands above the header, which is at line {line}; put that first"
            )
    if not best.named and is_record(rows[at], rows[at + 1 :]):
        raise InputError(
            f"{path}: line {line} looks like a record, not a header; if there is none, say --no-header "
            "(the columns are column 1, column 2 …) or name the columns with --header NAMES; if it is one, name a "
            "column of it with --text"
        )


def _check_delimiter(trials: Sequence[_Trial], head: Sequence[str], path: str) -> None:
    """Raise InputError where signs or runs of blanks part all lines, the first one too, into as many pieces."""
    if seems_aligned(head):
        raise InputError(
            f'{path}: the columns seem to be parted by runs of blanks; if they are, say --delimiter "  " (two blanks), '
            "else name a column with --text"
        )
    unusual = [trial for trial in trials if trial.dialect.delimiter not in (*DELIMITERS, NO_DELIMITER)]
    if seems_parted(head) or any(trial.parts and trial.at == 0 for trial in unusual):
        raise InputError(
            f"{path}: the columns seem to be parted by a delimiter that is not known; name it with --delimiter, "
            "or a column with --text"
        )


def _check_width(best: _Trial, names: Sequence[str], path: str) -> None:
    if names and not best.good and best.bad:
        row = best.records.rows[best.at + 1] if len(best.records.rows) > 1 else []
        raise UsageError(f"{path}: --header names {len(names)} columns where the first record has {len(row)} fields")


def _eligible(trials: list[_Trial], known: str | None) -> list[_Trial]:
    """The trials with the columns asked for (all, if none has them); the last resorts only where the rest fails.

    `known` is the delimiter that is asked for or declared; an unusual one has to prove itself.
    """
    trials = [trial for trial in trials if trial.named] or trials
    trials = [
        trial
        for trial in trials
        if trial.dialect.delimiter in (*DELIMITERS, NO_DELIMITER, known)
        or trial.dialect.is_drawn
        or (trial.parts and (trial.named or trial.usual_names))
    ]
    if any(trial.is_likely for trial in trials):
        trials = [trial for trial in trials if trial.dialect.delimiter != NO_DELIMITER]
    whole = [trial.dialect.delimiter for trial in trials if trial.parts and len(trial.dialect.delimiter) > 1]
    trials = [
        trial
        for trial in trials
        if not any(trial.dialect.delimiter in longer != trial.dialect.delimiter for longer in whole)
    ] or trials
    sound = {trial.dialect.delimiter for trial in trials if trial.dialect.quoting == "quoted" and not trial.bad}
    # Without quoting each line of a quoted cell would be a record: never where quoting explains every row.
    return [trial for trial in trials if trial.dialect.quoting != "none" or trial.dialect.delimiter not in sound]


def _declared_delimiter(lines: Sequence[str]) -> str | None:
    """Excel's first line `sep=;`."""
    first = lines[0].strip("\r\n\ufeff\"' ") if lines else ""
    return first[4] if first.lower().startswith("sep=") and len(first) == len("sep=;") else None


def _is_shifted(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column plainly holds something else than its name says: a name is missing, not a cell too many."""
    for at, name in enumerate(map(column_names.normalise_column_name, names)):
        cells = profile(row[at] for row in rows if len(row) > at)
        kind = cells.links if name in ("url", "link") else cells.numbers if name in rating_names.RATING else 1.0
        if cells.filled and (cells.dates if name in column_names.DATE else kind) < 0.5:
            return True
    return False


def _try(dialect: Dialect, head: list[str], wanted: set[str], *, complete: bool) -> _Trial | None:
    records = _trial_records(dialect, head, complete=complete)
    rows = records.rows
    _take_up_broken_header(records, head, dialect)
    filled = [index for index, row in enumerate(rows) if any(map(str.strip, row))]
    if not filled:
        return None
    mark = _mend_header(dialect, rows, filled)
    trim_header(rows, filled)
    named = row_with(wanted, rows, filled) if wanted else None
    at = named if named is not None else filled[0] if mark else likely_header(rows, filled)
    widths = Counter(len(rows[index]) for index in filled if index > at)
    pad = padding(rows, at, filled)
    if pad and _is_shifted(rows[at], [rows[index] for index in filled if index > at]):
        pad = 0
    good = widths[len(rows[at])] + (widths[len(rows[at]) + pad] if pad else 0)
    bad = widths.total() - good + len(records.broken)
    return _Trial(dialect, records, at, named is not None, good, bad, pad, mark)


def _trial_records(dialect: Dialect, head: list[str], *, complete: bool) -> Records:
    records = split_records(head, dialect, final=complete)
    records.rows = records.rows[:_TRIAL_RECORDS]
    if len(records.rows) == _TRIAL_RECORDS:
        last = records.starts[_TRIAL_RECORDS - 1]
        records.broken = [broken for broken in records.broken if broken[0] <= last]
    return records


def _take_up_broken_header(records: Records, head: Sequence[str], dialect: Dialect) -> None:
    """Give a quoted header that has another delimiter than the rows, and so cannot be read, the place of a row."""
    if records.broken and records.broken[0][0] == 0 and records.starts:
        line = head[0].rstrip("\r\n")
        if otherwise_parted([line], dialect.delimiter) is not None:
            records.broken.pop(0)
            records.rows.insert(0, [line])
            records.starts.insert(0, 0)


def _mend_header(dialect: Dialect, rows: list[list[str]], filled: Sequence[int]) -> str | None:
    """Part a header that has another delimiter than the rows; return that, None where there is no such header."""
    other = otherwise_parted(rows[filled[0]], dialect.delimiter)
    width, share = usual_width(rows, filled)
    if other is None or width == 1 or len(filled) < 2 or share < (len(filled) - 1) / len(filled):
        return None
    mark, names = other
    if is_record(rows[filled[1]], [rows[index] for index in filled[2:]]) or not usual_names(rows[filled[1]]):
        if len(names) == width:
            rows[filled[0]] = names
        return mark
    return None


def _try_without_header(dialect: Dialect, head: list[str], names: Sequence[str], *, complete: bool) -> _Trial | None:
    """Read the beginning of a file without a header, under the names that are given or under numbers."""
    records = _trial_records(dialect, head, complete=complete)
    filled = [index for index, row in enumerate(records.rows) if any(map(str.strip, row))]
    if not filled:
        return None
    widths = Counter(len(records.rows[index]) for index in filled)
    header = [*names] or [f"column {number}" for number in range(1, widths.most_common(1)[0][0] + 1)]
    records.rows.insert(0, header)
    records.starts.insert(0, -1)
    pad = padding(records.rows, 0, [0, *(index + 1 for index in filled)])
    good = widths[len(header)] + (widths[len(header) + pad] if pad else 0)
    bad = widths.total() - good + len(records.broken)
    return _Trial(dialect, records, at=0, named=False, good=good, bad=bad, padding=pad)


def _with_records_above(best: _Trial, trials: Sequence[_Trial]) -> _Trial:
    """The trial whose header stands above that of the best one, if records stand between them under the same names."""
    line = best.records.starts[best.at]
    names = {fold_name(cell) for cell in best.records.rows[best.at]}
    for trial in trials:
        header = {fold_name(cell) for cell in trial.records.rows[trial.at]}
        starts = trial.records.starts
        between = [
            row
            for start, row in zip(starts, trial.records.rows, strict=False)
            if starts[trial.at] < start < line and len(row) == trial.width
        ]
        if between and trial.width > 1 and len(names & header) >= max(2, len(header) / 2):
            return trial
    return best


def _described(trial: _Trial, lines: int, *, before: int) -> Delimited:
    records = trial.records
    widths = (trial.width, trial.width + trial.padding)
    rows = records.rows[trial.at :]
    rows = [row[: trial.width] for row in _first_table(rows) if len(row) in widths]
    groups = _groups_above(records, trial.at)
    header = read_header(rows, groups)
    last = _last_header_line(records, trial.at, header)
    following = [start for start in records.starts if start > last] + [
        line for line, _ in records.broken if line > last
    ]
    skip = min(following, default=lines - len(records.rest))
    records_below = [row for row in rows[1:] if tuple(row) not in header.below]
    sure = without_totals(records_below)
    return Delimited(
        trial.dialect,
        header,
        before + records.starts[trial.at] + 1,
        before + skip,
        trial.padding,
        preamble=sum(any(map(str.strip, row)) for row in records.rows[: trial.at]) - bool(groups),
        facts=column_facts(sure, header.names),
        cells=find_cell_rules(records_below, trial.width),
    )


def _first_table(rows: Sequence[list[str]]) -> list[list[str]]:
    """The filled rows up to a blank one that has records above it."""
    table: list[list[str]] = []
    for row in rows:
        if any(map(str.strip, row)):
            table.append(row)
        elif len(table) > 1 + _FEW:
            break
    return table


def _groups_above(records: Records, at: int) -> Sequence[str]:
    """The row above the header, if it may hold groups of columns."""
    above = records.rows[at - 1] if at else []
    return above if len(above) == len(records.rows[at]) and sum(map(bool, map(str.strip, above))) > 1 else ()


def _last_header_line(records: Records, at: int, header: Header) -> int:
    """The line at which the last header row begins; blank lines may stand between them."""
    last = records.starts[at]
    for start, row in zip(records.starts[at + 1 :], records.rows[at + 1 :], strict=False):
        if tuple(row[: len(header.names)]) in header.below:
            last = start
        elif any(row):
            break
    return last
