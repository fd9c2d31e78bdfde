"""The column that holds the day of the comment: by name and cells, else by cells alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.layout import Candidate
from cxscan.read.columns.choice import Choice, RankedColumn, choose_likeliest
from cxscan.read.columns.text_columns import is_company_reply
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name, normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Container

    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.values.profile import Profile

_MOST_CELLS = 0.9


def choose_date(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the likeliest column that is not `taken`, the first of those that are as likely as each other."""
    ranked: list[RankedColumn] = []
    passed: list[Candidate] = []
    for position, name in enumerate(sample.names):
        column = None if position in taken or is_company_reply(name) else _rank(sample, position)
        if column is None:
            continue
        trouble = _trouble(normalise_column_name(name), sample.profiles[position])
        if trouble is None:
            ranked.append(column)
        else:
            passed.append(Candidate("date", name, chosen=False, reason=trouble))
    choice = choose_likeliest("date", sample, ranked, passed)
    return choice if choice.candidates else _only_dated(sample, taken)


def _rank(sample: ColumnSample, position: int) -> RankedColumn | None:
    """Place of a name among the known ones; behind them if it only sounds like one; None if it does not."""
    name = sample.names[position]
    words, last = normalise_column_name(name), normalise_last_key(name)
    known = column_names.DATE
    for form, behind in ((words, 0), (last, 2)):  # a key of a nested object comes behind one of the record itself
        if form in known:
            return RankedColumn(4 * known.index(form) + behind, position, "its name is a usual one, its cells fit")
    if words.split()[-1:] in (["date"], ["time"], ["timestamp"]):
        return RankedColumn(4 * len(known), position, "its name and cells suggest it")
    return None


def _trouble(name: str, cells: Profile) -> str | None:
    """Return why a column is not the date of the comment, None if it may be."""
    if not column_names.NO_DATE_WORDS.isdisjoint(name.split()):
        return "its name says that it is not the date of the comment"
    if cells.filled and cells.dates < 0.6:
        return "its cells are no dates"
    return None


def _only_dated(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the only column whose cells are written dates, where no name says which is the date."""
    dated = [
        position
        for position, cells in enumerate(sample.profiles)
        if position not in taken and cells.written_dates >= _MOST_CELLS
    ]
    return Choice(dated[0], "the only column of dates") if len(dated) == 1 else Choice(None)
