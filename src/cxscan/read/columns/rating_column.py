"""The column that holds the customer's rating: by name and cells, else by cells alone."""

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
_NO_RATING_WORDS = frozenset("count date id text comment at url user name".split())


def choose_rating(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the likeliest column that is not `taken`; none if two are as likely as each other or none is."""
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
            passed.append(Candidate("rating", name, chosen=False, reason=trouble))
    choice = choose_likeliest("rating", sample, ranked, passed, tie=False)
    return choice if choice.candidates else _choose_worded(sample, taken)


def _rank(sample: ColumnSample, position: int) -> RankedColumn | None:
    """Place of a name among the known ones; behind them if it only sounds like one; None if it does not.

    Of ratings that are as likely, those in numbers come before those in words.
    """
    name, question, cells = sample.names[position], sample.questions[position], sample.profiles[position]
    words, last = normalise_column_name(name), normalise_last_key(name)
    known = column_names.RATING
    worded = int(cells.is_worded)
    for form, behind in ((words, 0), (last, 2)):  # a key of a nested object comes behind one of the record itself
        if form in known:
            rank = 4 * known.index(form) + behind + worded
            return RankedColumn((rank,), position, "its name is a usual one, its cells fit")
    asked = f"{words} {normalise_column_name(question)}"
    if column_names.RATING_WORDS & set(asked.split()) or column_names.RECOMMEND.search(asked):
        return RankedColumn((4 * len(known) + worded,), position, "its name and cells suggest it")
    if column_names.EFFORT.search(asked) or (worded and column_names.ASKED.search(asked)):
        return RankedColumn((4 * len(known) + 2 + worded,), position, "its name and cells suggest it")
    return None


def _trouble(name: str, cells: Profile) -> str | None:
    """Return why a column is no rating, None if it may be one."""
    last = name.split()[-1:]
    if last and last[0] in _NO_RATING_WORDS:
        return f"its name ends in {last[0]}"
    if cells.filled and cells.ratings < 0.6:
        return "its cells are no ratings"
    return None


def _choose_worded(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the column that rates in words or faces where no name says so; none where several may be meant.

    It is the one under a name that says no more than "answer" or that asks something, or the one of promoters, passives
    and detractors.
    """
    free = [position for position, name in enumerate(sample.names) if position not in taken
            and sample.profiles[position].only_rates_in_words and not is_company_reply(name)]  # fmt: skip
    last_words = {position: normalise_last_key(sample.names[position]) for position in free}
    named = [
        position
        for position in free
        if last_words[position] in column_names.ANSWER or _asks(sample.questions[position])
    ]
    groups = [position for position in free if sample.profiles[position].groups >= _MOST_CELLS]
    if named and {*named, *groups} == {*free}:
        known = {name: rank for rank, name in enumerate(column_names.ANSWER)}
        first = min(named, key=lambda position: known.get(last_words[position], -1))
        return Choice(first, "its cells rate in words, and its name says no other thing")
    if len(groups) == 1:
        return Choice(groups[0], "its cells tell promoters from detractors")
    return Choice(None)


def _asks(question: str) -> bool:
    """Tell whether a name is a question to the customer."""
    return question.rstrip().endswith("?") or normalise_column_name(question).startswith(
        ("how ", "did ", "were ", "would ")
    )
