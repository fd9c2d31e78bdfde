"""Rating cells → whole numbers, and the scale on which the column runs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cxscan.model import RATING_UNIT, Scale
from cxscan.read.values import rating_names
from cxscan.read.values.column_names import normalise_column_name
from cxscan.read.values.rating_cells import RatingCell, label_of, parse_rating, read_rating
from cxscan.read.values.rating_words import ANSWERS, YES_OR_NO, Wording, count_answers, find_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class RatingScale(NamedTuple):
    """The scale of a rating column, and the meaning of its answers."""

    scale: Scale | None
    """None if no value can be read."""
    reason: str
    wording: Mapping[str, int] | None = None
    """The rating of each answer in words; None for numbers and stars."""
    reverse: bool = False
    """Its lowest rating is the best one."""
    ends_differ: bool = False
    """Cells tell scales of several ends, "4/5" and "8/10": each is taken to the end of this one."""
    doubt: str = ""
    """The signs of two scales in this column."""


class Ratings:
    """Parsed rating cells; each distinct cell is looked at once."""

    def __init__(self, form: RatingScale) -> None:
        self._parsed: dict[str, int | None] = {}
        self._wording = form.wording
        self._turn = form.scale.low + form.scale.high if form.reverse and form.scale is not None else None
        self._top = form.scale.high if form.ends_differ and form.scale is not None else None

    def column(self, cells: Sequence[str]) -> list[int | None]:
        """One rating per cell."""
        parsed = self._parsed
        if len(parsed) > _MOST_PARSED:
            parsed.clear()
        try:
            return [parsed[cell] for cell in cells]
        except KeyError:
            for cell in set(cells).difference(parsed):
                parsed[cell] = self._rating(cell)
            return [parsed[cell] for cell in cells]

    def _rating(self, cell: str) -> int | None:
        if self._top is not None and (read := read_rating(cell)) is not None and read.top:
            return read.value * self._top // read.top
        rating = parse_rating(cell, self._wording)
        return self._turn - rating if rating is not None and self._turn is not None else rating


_MOST_PARSED = 100_000

_SCALES = ((1, 5), (0, 5), (1, 7), (1, 10), (0, 100))
_BUBBLES = range(10 * RATING_UNIT, 51 * RATING_UNIT, 10 * RATING_UNIT)
"""One to five, as a review site writes them; among many ratings up to 100 some would be higher."""
_FIT_SHARE = 0.97
_AGREED_SHARE = 0.9
_SEVEN = 7
"""Scales to seven are rare: only without an exception, or where the question is one of effort."""
_TOPS = frozenset({3, 4, 5, 6, 7, 9, 10, 100})
_MANY = 20
_MIXED = 50
"""From so many ratings on either side a change of scale may show."""
_MIXED_SHARE = 0.1
_FEW_SHARE = 0.1
"""Of ratings over 5 on a scale up to 10: so few of them may stand on another one."""


def infer_scale(
    column: str, question: str, cells: Iterable[str], *, fixed: tuple[Scale, str] | None = None, reverse: bool = False
) -> RatingScale:
    """Infer the scale of a column, and the reason: from its name and question, else from its first values.

    `fixed` is the scale where it is known, and the reason; answers in words then have to be on it. `reverse` says that
    of numbers the lowest is the best; of words it is known which are better.
    """
    given = [cell for cell in map(str.strip, cells) if cell]
    ends = (fixed[0].low, fixed[0].high) if fixed else None
    wording = worded(given, within=ends) or agreed(question, given, within=ends)
    if wording is not None:
        return RatingScale(Scale(column, wording.low, wording.high), f"its answers run from {wording}", wording.ratings)
    reverse = reverse or _runs_down([*given, *rating_names.END_IN_NAME.findall(question)])
    read = [rating for rating in map(read_rating, given) if rating is not None]
    tops = {rating.top for rating in read if rating.top is not None}
    if fixed is not None:
        return RatingScale(*fixed, reverse=reverse, ends_differ=bool(tops - {fixed[0].high}))
    if not read:
        scale = _in_header(column, question)
        return RatingScale(scale, "the header says so" if scale else "no value can be read")
    scale, reason = _infer_from_numbers(column, question, read)
    return RatingScale(
        scale, reason, reverse=reverse, ends_differ=bool(tops - {scale.high}), doubt=_doubt(read, scale, tops)
    )


def agreed(question: str, cells: Sequence[str], *, within: tuple[int, int] | None = None) -> Wording | None:
    """The wording of yes and no, where a question asks for it and hardly any cell says anything else."""
    if within not in (None, (YES_OR_NO.low, YES_OR_NO.high)) or not asks_yes_or_no(question):
        return None
    count = sum(count_answers(cells, YES_OR_NO.ratings).values())
    return YES_OR_NO if count and count >= _AGREED_SHARE * len(cells) else None


def asks_yes_or_no(question: str) -> bool:
    """Tell whether a name or question asks for a rating by yes or no."""
    return rating_names.YES_OR_NO.search(normalise_column_name(question)) is not None


def worded(cells: Sequence[str], *, within: tuple[int, int] | None = None) -> Wording | None:
    """The wording of a column that answers in words more often than in numbers."""
    counts = count_answers(cells)
    wording = find_wording(counts, within=within) if counts else None
    if wording is None:
        return None
    in_words = sum(count for answer, count in counts.items() if answer in wording.ratings)
    return wording if in_words > sum(parse_rating(cell) is not None for cell in cells) else None


def header_ends(question: str) -> tuple[int, int] | None:
    """The range in a name or question: "(1-5)", "Note /10", "1 = bad, 5 = great"."""
    match = rating_names.SCALE_IN_NAME.search(question)
    if match is None:
        return None
    low, high = (0 if match["top"] and int(match["top"]) > 5 else 1), match["top"] or match["high"]
    if match["best"]:
        low, high = int(match["worst"]), match["best"]
    elif not match["top"]:
        low = int(match["low"])
    return (low, int(high)) if low < int(high) in _TOPS else None


def _in_header(column: str, question: str) -> Scale | None:
    ends = header_ends(question)
    return None if ends is None else _scale(column, *ends)


def _infer_from_numbers(column: str, question: str, cells: Sequence[RatingCell]) -> tuple[Scale, str]:
    """The scale of numbers and stars."""
    values = [cell.value for cell in cells]
    asked = normalise_column_name(question)
    if (scale := _in_header(column, question)) is not None:
        return scale, "the header says so"
    of_two = set(values) == {0, RATING_UNIT}
    if rating_names.RECOMMEND.search(asked) and not of_two and _share_within(values, 0, 10) >= _FIT_SHARE:
        return _scale(column, 0, 10), "the header asks for a recommendation"
    if tops := [top for cell in cells if (top := _told_top(cell)) is not None]:
        top = max(sorted(set(tops), reverse=True), key=tops.count)
        low = 0 if min(values) < RATING_UNIT or top > 5 * RATING_UNIT else RATING_UNIT
        return Scale(column, low, top), "its values say so"
    is_effort = rating_names.EFFORT.search(asked) is not None
    if is_effort and max(values) > 5 * RATING_UNIT and _share_within(values, 1, _SEVEN) >= _FIT_SHARE:
        return _scale(column, 1, _SEVEN), "the header asks for effort"
    low, high = _fitting(values)
    if (low, high) == (RATING_UNIT, 10 * RATING_UNIT) and rating_names.SCORE.search(normalise_column_name(column)):
        return Scale(column, 0, high), "a score up to 10, where surveys begin at 0"
    return Scale(column, low, high), f"its first {len(values)} values lie there"


def _told_top(cell: RatingCell) -> int | None:
    """The end of the scale that a cell tells: "8/10", "4 stars"."""
    return cell.top or (5 * RATING_UNIT if cell.is_of_stars and cell.value <= 5 * RATING_UNIT else None)


def _doubt(cells: Sequence[RatingCell], scale: Scale, tops: set[int]) -> str:
    """The signs of two scales: several ends that are told, few high ratings, or a stretch of low ones beside others."""
    if len(tops) > 1:
        ends = ", ".join(f"{top // RATING_UNIT}" for top in sorted(tops))
        return f"its cells tell several ends ({ends}); each is taken to that of the scale"
    high = [cell.value > 5 * RATING_UNIT for cell in cells]
    if max(cell.value for cell in cells) > 10 * RATING_UNIT or not any(high):
        return ""
    if scale.high == 10 * RATING_UNIT and sum(high) <= _FEW_SHARE * len(high) and len(high) >= _MIXED:
        return f"two scales? {1 - sum(high) / len(high):.0%} of its values go no higher than 5"
    first, last = high.index(True), len(high) - high[::-1].index(True)
    for low, mixed, where in ((cells[:first], high[first:], "first"), (cells[last:], high[:last], "last")):
        share = sum(mixed) / len(mixed)
        tops_low = sum(cell.value == 5 * RATING_UNIT for cell in low)
        if min(len(low), len(mixed)) >= _MIXED and tops_low >= _MIXED_SHARE * len(low) and 0.3 <= share < 1:
            return f"two scales? its {where} {len(low)} values go no higher than 5, the others up to 10"
    return ""


def _runs_down(cells: Iterable[str]) -> bool:
    """Tell whether the words beside the numbers get worse as these rise: "1 - Very good", "5 - Very poor"."""
    read = (label_of(cell) for cell in set(cells))
    labels = {label[0]: label[1] for label in read if label is not None and label[0] in ANSWERS}
    wording = find_wording(dict.fromkeys(labels, 1)) if labels else None
    if wording is None:
        return False
    steps = sorted((value, wording.ratings[label]) for label, value in labels.items() if label in wording.ratings)
    return len(steps) > 1 and all(before[1] > after[1] for before, after in pairwise(steps))


def _fitting(values: Sequence[int]) -> tuple[int, int]:
    """The narrowest usual scale that holds nearly all values; their own range if none does."""
    if 0 in values and max(values) <= RATING_UNIT:
        return 0, RATING_UNIT
    if len(values) >= _MANY and set(values) == {0, RATING_UNIT, 2 * RATING_UNIT}:
        return 0, 2 * RATING_UNIT  # satisfaction in HubSpot; among many, no other answer was possible
    if len(values) >= _MANY and max(values) == _BUBBLES[-1] and set(values) <= set(_BUBBLES):
        return _BUBBLES[0], _BUBBLES[-1]
    for low, high in _SCALES:
        # A few zeros among one to five stars mean "not rated"; among 0 to 1, 7 or 10 they are answers.
        begin = 0 if high != 5 and 0 in values else low
        if _share_within(values, begin, high) >= (1 if high == _SEVEN else _FIT_SHARE):
            return begin * RATING_UNIT, high * RATING_UNIT
    return min(values), max(values)


def _scale(column: str, low: int, high: int) -> Scale:
    return Scale(column, low * RATING_UNIT, high * RATING_UNIT)


def _share_within(values: Sequence[int], low: int, high: int) -> float:
    inside = sum(low * RATING_UNIT <= value <= high * RATING_UNIT for value in values)
    return inside / len(values)
