"""The column that holds the day of the comment: by name and cells, else by cells alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cxscan.read.columns.choice import (
    ENOUGH_CELLS,
    LIKELY,
    USUAL,
    Choice,
    RankedColumn,
    choose_likeliest,
    rank_columns,
)
from cxscan.read.columns.text_columns import is_company_reply
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name, normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Container

    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.values.profile import Profile

_MOST_CELLS = 0.9
_SOME_CELLS = 0.3
_CROWD_NAMES = 2
_MOST_WORDS = 8
"""Of a cell that may be meant as a date."""
_FIGURES = 3
"""Digits of a cell that may be meant as a date."""
_NOT_OF_COMMENT = "its name says that it is not the date of the comment"
_LOST = "its dates count back from the day of the export, and no column tells that day"
_SAYS_DATE = frozenset("date datetime timestamp created datum fecha дата tarih 日付 日期 날짜".split())
_LATE_WORDS = frozenset("millis ms epoch unix nanoseconds nanos".split())
"""Of the same day in several notations the one that people read goes first."""


def choose_date(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the likeliest column that is not `taken`, the first of those that are as likely as each other."""
    ranked, passed = rank_columns("date", sample, taken, partial(_rank, sample), partial(_trouble, sample))
    choice = choose_likeliest("date", sample, ranked, passed)
    return choice if ranked else _only_dated(sample, taken, choice)


def find_export_day(sample: ColumnSample) -> int | None:
    """The column that tells on which day each record was exported, where there is one."""
    for position, name in enumerate(sample.names):
        words = normalise_column_name(name).split()
        if not column_names.EXPORT_DAY_WORDS.isdisjoint(words) and sample.profiles[position].dates >= _MOST_CELLS:
            return position
    return None


def unread_dates(sample: ColumnSample, chosen: int | None, others: Container[int]) -> tuple[str, ...]:
    """A line for the user about each column that may be meant as the date and cannot be read as one."""
    lines = []
    for position, name in enumerate(sample.names):
        if position in others or (chosen is not None and position != chosen):
            continue
        cells = sample.profiles[position]
        if is_company_reply(name) or not cells.filled or _is_other_day(sample, position):
            continue
        if cells.relative >= _SOME_CELLS and find_export_day(sample) is None and _rank(sample, position) is not None:
            lines.append(
                f"dates in {name} count back from the day of the export, which no column tells: they are lost"
                " (--date names another column)"
            )
        elif chosen is None and _may_date(sample, position) and cells.dates < ENOUGH_CELLS:
            lines.append(f"no dates that can be read in {name} (--date-format tells their form)")
    return tuple(lines)


def _may_date(sample: ColumnSample, position: int) -> bool:
    """Tell whether a column is called as dates are: by a name that says no other thing, or over cells of figures."""
    words, cells = normalise_column_name(sample.names[position]), sample.profiles[position]
    if words not in column_names.DATE or cells.words >= _MOST_WORDS:
        return False
    filled = [row[position] for row in sample.rows if row[position].strip()]
    figures = sum(sum(map(str.isdigit, cell)) >= _FIGURES for cell in filled)
    return not _SAYS_DATE.isdisjoint(words.split()) or figures >= _MOST_CELLS * len(filled)


def _rank(sample: ColumnSample, position: int) -> RankedColumn | None:
    """Place of a name among the known ones; behind them if it only sounds like one; None if it does not."""
    words, last = normalise_column_name(sample.names[position]), normalise_last_key(sample.names[position])
    month_only = int(sample.profiles[position].months >= ENOUGH_CELLS)
    known = column_names.DATE
    for form, behind in ((words, 0), (last, 2)):  # a key of a nested object comes behind one of the record itself
        if form in known:
            return RankedColumn((month_only, 4 * known.index(form) + behind), position, USUAL)
    rank = _rank_of_words(words.split())
    return None if rank is None else RankedColumn((month_only, 4 * len(known) + rank), position, LIKELY)


def _rank_of_words(words: list[str]) -> int | None:
    late = 8 * (not _LATE_WORDS.isdisjoint(words))
    for place, verbs in enumerate(column_names.DATE_VERBS):
        if not set(verbs.split()).isdisjoint(words):
            return 2 * place + late + 1
    return late if words[-1:] in (["date"], ["time"], ["times"], ["timestamp"], ["dates"]) else None


def _trouble(sample: ColumnSample, position: int) -> str | None:
    """Return why a column is not the date of the comment, None if it may be."""
    cells = sample.profiles[position]
    if _is_other_day(sample, position):
        return _NOT_OF_COMMENT
    if not cells.filled or cells.dates >= ENOUGH_CELLS:
        return None
    if cells.dates + cells.relative < ENOUGH_CELLS:
        return "its cells are no dates"
    return _LOST if find_export_day(sample) is None else None


def _is_other_day(sample: ColumnSample, position: int) -> bool:
    """Tell whether a name says that something other than the comment was made on that day."""
    name = sample.names[position]
    if not column_names.NO_DATE_WORDS.isdisjoint(normalise_column_name(name).split()):
        return True
    return name.startswith("_") and _is_crowd_work(sample)


def _is_crowd_work(sample: ColumnSample) -> bool:
    """Tell whether the records come from a crowd-work platform, which dates the work of its workers."""
    own = {normalise_column_name(name) for name in sample.names if name.startswith("_")}
    return len(own & column_names.CROWD_WORK) >= _CROWD_NAMES


def _only_dated(sample: ColumnSample, taken: Container[int], choice: Choice) -> Choice:
    """Return the only column whose cells are written dates, where no name says which is the date."""
    dated = [
        position
        for position, cells in enumerate(sample.profiles)
        if position not in taken and _is_dated(cells) and not _is_other_day(sample, position)
    ]
    if len(dated) != 1 or any(candidate.reason != _NOT_OF_COMMENT for candidate in choice.candidates):
        return choice
    return choice._replace(position=dated[0], reason="the only column of dates")


def _is_dated(cells: Profile) -> bool:
    return cells.written_dates >= _MOST_CELLS and not cells.is_prose
