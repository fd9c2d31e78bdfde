"""The column that holds the customer's rating: by name, cells and neighbours, else by cells alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cxscan.layout import Candidate
from cxscan.model import RATING_UNIT
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
from cxscan.read.values import rating_names
from cxscan.read.values.column_names import key_path, normalise_column_name, normalise_last_key
from cxscan.read.values.rating_cells import parse_rating
from cxscan.read.values.rating_words import normalise_answer
from cxscan.read.values.ratings import asks_yes_or_no, header_ends

if TYPE_CHECKING:
    from collections.abc import Container

    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.values.profile import Profile

_MOST_CELLS = 0.9
_NEARLY_ALL = 0.97
_NEARLY_EMPTY = 0.02
_FEW = 5
_FEWEST_HUNDREDTHS = 30
"""Median of ratings up to 100; votes have a lower one."""


def choose_rating(sample: ColumnSample, taken: Container[int]) -> Choice:
    """Return the likeliest column that is not `taken`; none if two are as likely as each other or none is."""

    def trouble(position: int) -> str | None:
        return _name_trouble(sample, position, taken) or _cell_trouble(sample, position)

    ranked, passed = rank_columns("rating", sample, taken, partial(_rank, sample), trouble)
    choice = choose_likeliest("rating", sample, ranked, passed, tie=False)
    found: Choice | None = choice
    if not ranked:
        found = _choose_told(sample, taken) or (None if passed else _choose_worded(sample, taken))
    if found is None or found.position is None:
        return choice
    score = _choose_score_of(sample, found.position, taken)
    if score is None:
        return found._replace(candidates=choice.candidates)
    reason = "another column holds the numbers; --rating takes it"
    groups = Candidate("rating", sample.names[found.position], chosen=False, reason=reason, close=True)
    return score._replace(candidates=(*(one for one in choice.candidates if not one.chosen), groups))


def _rank(sample: ColumnSample, position: int) -> RankedColumn | None:
    """Place of a name among the known ones; behind them if it only sounds like one; None if it does not.

    Of ratings that are as likely, those in numbers come before those in words.
    """
    name, question, cells = sample.names[position], sample.questions[position], sample.profiles[position]
    worded = int(cells.is_worded or cells.agreed >= _MOST_CELLS)
    if (usual := _usual_name(name)) is not None:
        place, behind = usual
        return RankedColumn((4 * place + behind + worded, 0), position, USUAL)
    asked = f"{normalise_column_name(name)} {normalise_column_name(question)}"
    last = 4 * len(rating_names.RATING)
    overall = int(rating_names.OVERALL.search(asked) is None)
    if rating_names.RECOMMEND.search(asked):
        place = last if worded else 4 * rating_names.RATING.index("nps") + 1
        return RankedColumn((place, overall), position, LIKELY)
    if rating_names.RATING_WORDS & set(asked.split()):
        return RankedColumn((last + worded, overall), position, LIKELY)
    if rating_names.EFFORT.search(asked) or (worded and rating_names.ASKED.search(asked)):
        return RankedColumn((last + 2 + worded, overall), position, LIKELY)
    if _is_of_range(question, cells):
        return RankedColumn((last + 4, overall), position, "its header tells a scale, its cells lie there")
    if cells.agreed >= _MOST_CELLS and asks_yes_or_no(asked):
        return RankedColumn((last + 5, overall), position, "it asks for yes or no")
    return None


def _usual_name(name: str) -> tuple[int, int] | None:
    """Place of a name among the usual ones, and how far it stands behind one that is written just so."""
    words, last = normalise_column_name(name), normalise_last_key(name)
    known = rating_names.RATING
    for form, behind in ((words, 0), (last, 2)):  # a key of a nested object comes behind one of the record itself
        for spelling in (form, form.removesuffix(" x"), form.removesuffix("s"), form.removesuffix(" y")):
            if spelling in known:
                return known.index(spelling), behind + int(spelling != form) + int(form.endswith(" y"))
    return None


def _is_of_range(question: str, cells: Profile) -> bool:
    """Tell whether a header names a range on which the cells lie: "Emotion (1-5)"."""
    ends = header_ends(question)
    if ends is None or ends[1] > 10 or cells.numbers < _MOST_CELLS:
        return False
    inside = sum(ends[0] * RATING_UNIT <= value <= ends[1] * RATING_UNIT for value in cells.values)
    return inside >= _NEARLY_ALL * len(cells.values)


def _name_trouble(sample: ColumnSample, position: int, taken: Container[int]) -> str | None:
    """Return what the name of a column says that is no rating, None if it may be one."""
    name, question = sample.names[position], sample.questions[position]
    words = normalise_column_name(name).split()
    if words and words[-1] in rating_names.NO_RATING_ENDS and _usual_name(name) is None:
        return f"its name ends in {words[-1]}"
    if not _is_question(question):
        other = next((rating_names.NO_RATING[word] for word in words if word in rating_names.NO_RATING), None)
        if other is not None and normalise_column_name(name) not in rating_names.RATING:
            return f"its name says {other}"
        if len(words) > 1 and words[-1] == "rate":
            return "its name says a share"
    if key_path(name)[-1].startswith("_") and words[-1:] == ["score"]:
        return "its name says a search engine's measure"
    return "its path says an average of others" if _is_of_entity(sample, position, taken) else None


def _is_question(question: str) -> bool:
    return "?" in question or len(question.split()) > 4 or header_ends(question) is not None


def _is_of_entity(sample: ColumnSample, position: int, taken: Container[int]) -> bool:
    """Tell whether the path of a column leads to a thing beside the comment: `business.stars`."""
    *above, _ = key_path(sample.names[position])
    if not above or rating_names.ENTITIES.isdisjoint(normalise_column_name(above[-1]).split()):
        return False
    return not any(place in taken and [*key_path(other)[:-1]] == above for place, other in enumerate(sample.names))


def _cell_trouble(sample: ColumnSample, position: int) -> str | None:
    """Return why the cells of a column are no ratings, None if they may be."""
    name, cells = sample.names[position], sample.profiles[position]
    if not cells.filled:
        return None
    if cells.filled < _NEARLY_EMPTY * len(sample.rows) and _usual_name(name) is None:
        return "nearly empty"
    asked = f"{name} {sample.questions[position]}"
    if cells.ratings < ENOUGH_CELLS and not (cells.agreed >= _MOST_CELLS and asks_yes_or_no(asked)):
        return "its cells are no ratings"
    if cells.is_worded or not cells.values:
        return None
    values, usual = cells.values, _usual_name(name)
    if len(values) >= _FEW and len(set(values)) == 1 and values[0] % (RATING_UNIT // 2):
        return "its cells are one and the same average"
    is_plain = usual is not None and rating_names.RATING[usual[0]] in rating_names.PLAIN
    if _is_flat_entity(name) and sum(value % (RATING_UNIT // 2) != 0 for value in values) > len(values) / 4:
        return "its cells are averages of others"
    if max(values) > 100 * RATING_UNIT and _share_up_to(values, 100) < _NEARLY_ALL:
        return "its cells go beyond any scale"
    if not is_plain and max(values) <= RATING_UNIT and any(value % RATING_UNIT for value in values):
        return "its cells are shares of one"
    if usual is None or rating_names.RATING[usual[0]] not in rating_names.WEAK:
        return None
    return _weak_trouble(sample, values)


def _is_flat_entity(name: str) -> bool:
    words = normalise_column_name(name).split()
    return len(key_path(name)) == 1 and len(words) > 1 and not rating_names.ENTITIES.isdisjoint({words[0], words[-1]})


def _weak_trouble(sample: ColumnSample, values: tuple[int, ...]) -> str | None:
    """Return why a column of which the name promises little is no rating."""
    names = {form for name in sample.names for form in (normalise_column_name(name), normalise_last_key(name))}
    if names & rating_names.FORUM:
        return "the columns beside it are those of a forum, where others vote"
    if min(values) < 0:
        return "its cells go below nought"
    if sum(value % 10 != 0 for value in values) > len(values) / 2:
        return "its cells are measured to thousandths"
    if _share_up_to(values, 10) >= _NEARLY_ALL:
        return None
    median = sorted(values)[len(values) // 2]
    if _share_up_to(values, 100) < _NEARLY_ALL or median < _FEWEST_HUNDREDTHS * RATING_UNIT:
        return "its cells lie on no usual scale"
    return None


def _share_up_to(values: tuple[int, ...], high: int) -> float:
    return sum(value <= high * RATING_UNIT for value in values) / len(values)


def _choose_told(sample: ColumnSample, taken: Container[int]) -> Choice | None:
    """Return the only column whose cells say that they rate, and on which scale: stars, "4 out of 5"."""
    scaled = [
        position
        for position, name in enumerate(sample.names)
        if position not in taken
        and sample.profiles[position].scaled >= _MOST_CELLS
        and not is_company_reply(name)
        and not sample.profiles[position].dates
        and _name_trouble(sample, position, taken) is None
    ]
    return Choice(scaled[0], "its cells tell a rating and its scale") if len(scaled) == 1 else None


def _choose_worded(sample: ColumnSample, taken: Container[int]) -> Choice | None:
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
        if last_words[position] in rating_names.ANSWER or _asks(sample.questions[position])
    ]
    groups = [position for position in free if sample.profiles[position].groups >= _MOST_CELLS]
    if named and {*named, *groups} == {*free}:
        known = {name: rank for rank, name in enumerate(rating_names.ANSWER)}
        first = min(named, key=lambda position: known.get(last_words[position], -1))
        return Choice(first, "its cells rate in words, and its name says no other thing")
    if len(groups) == 1:
        return Choice(groups[0], "its cells tell promoters from detractors")
    return None


def _choose_score_of(sample: ColumnSample, groups: int, taken: Container[int]) -> Choice | None:
    """Return the column of numbers from which a column of promoters, passives and detractors follows."""
    if sample.profiles[groups].groups < _MOST_CELLS:
        return None
    for position, cells in enumerate(sample.profiles):
        if position == groups or position in taken or cells.numbers < _MOST_CELLS:
            continue
        pairs = [(row[position].strip(), normalise_answer(row[groups])) for row in sample.rows]
        if all(_group_of(score) == group.removesuffix("s") for score, group in pairs if score and group):
            return Choice(position, f"{sample.names[groups]} follows from its cells")
    return None


def _group_of(score: str) -> str:
    value = parse_rating(score)
    if value is None or not 0 <= value <= 10 * RATING_UNIT:
        return ""
    return "promoter" if value >= 9 * RATING_UNIT else "passive" if value >= 7 * RATING_UNIT else "detractor"


def _asks(question: str) -> bool:
    """Tell whether a name is a question to the customer."""
    return question.rstrip().endswith("?") or normalise_column_name(question).startswith(
        ("how ", "did ", "were ", "would ")
    )
