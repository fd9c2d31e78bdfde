"""Rating cells → whole numbers, and the scale on which the column runs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cxscan.model import RATING_UNIT, Scale
from cxscan.read.values import column_names
from cxscan.read.values.rating_words import ANSWERS, NO_RATING, Wording, count_answers, find_wording, normalise_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NUMBER = re.compile(
    r"(?P<value>[-+]?\d{1,6}(?:[.,]\d{1,6})?)"
    r"(?:\s*(?:/|out of|von|of|sur|de)\s*(?P<top>\d{1,3}(?:[.,]0+)?))?"
    r"(?:\s*(?:stars?|points?|%|★|⭐️?|/))?"
    r"(?:\s*[-–—:=(]\s*(?P<label>[^\d\s].*))?",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(r"(?P<label>[^\d\n]{1,60}?)\s*[-–—:=(]\s*(?P<value>\d{1,3})\)?")
"""A number behind its words: "Not at all likely - 0"."""
_STARS = re.compile(r"([★⭐🌟])(?:\ufe0f?\1)*\ufe0f?\s*[☆✩⚝]*|[☆✩⚝]+")
_LONGEST = 200
_FULL = frozenset("★⭐🌟")


def parse_rating(cell: str, wording: Mapping[str, int] | None = None) -> int | None:
    """A rating in rating units, None where there is none; `wording` says what answers in words are worth.

    Knows "4 stars", " 9.0 ", "4,5", "8/10", "9 - Very likely", "Not at all likely - 0" and "★★★☆".
    """
    cell = cell.strip()
    if not cell or len(cell) > _LONGEST:
        return None
    if (value := _number(cell)) is not None:
        return value
    if _STARS.fullmatch(cell):
        return sum(cell.count(star) for star in _FULL) * RATING_UNIT
    return None if wording is None else wording.get(normalise_answer(cell))


def _number(cell: str) -> int | None:
    number = _NUMBER.fullmatch(cell)
    if number is not None:
        return _units(number["value"])
    labelled = _LABELLED.fullmatch(cell)
    if labelled is not None and normalise_answer(labelled["label"]) in ANSWERS:
        return _units(labelled["value"])
    return None


def _units(value: str) -> int:
    """Thousandths, without a float in between."""
    sign = -1 if value.startswith("-") else 1
    whole, _, part = value.lstrip("+-").replace(",", ".").partition(".")
    return sign * (int(whole) * RATING_UNIT + int(part[:3].ljust(3, "0")))


def is_no_answer(cell: str) -> bool:
    """Tell whether a cell is blank, or says in so many words that there is no rating: "Don't know"."""
    return not cell.strip() or normalise_answer(cell) in NO_RATING


class RatingScale(NamedTuple):
    """The scale of a rating column, and the meaning of its answers."""

    scale: Scale | None
    """None if no value can be read."""
    reason: str
    wording: Mapping[str, int] | None = None
    """The rating of each answer in words; None for numbers and stars."""
    reverse: bool = False
    """Its lowest rating is the best one."""


class Ratings:
    """Parsed rating cells; each distinct cell is looked at once."""

    def __init__(self, form: RatingScale) -> None:
        self._parsed: dict[str, int | None] = {}
        self._wording = form.wording
        self._turn = form.scale.low + form.scale.high if form.reverse and form.scale is not None else None

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
        rating = parse_rating(cell, self._wording)
        return self._turn - rating if rating is not None and self._turn is not None else rating


_MOST_PARSED = 100_000

_SCALES = ((1, 5), (0, 5), (1, 7), (1, 10), (0, 100))
_FIT_SHARE = 0.97
_SEVEN = 7
"""Scales to seven are rare: only without an exception, or where the question is one of effort."""
_IN_HEADER = re.compile(r"\b(\d)\s*(?:-|–|to|bis|through)\s*(\d{1,3})\b")
_TOPS = frozenset({3, 4, 5, 6, 7, 9, 10, 100})
_MANY = 20


def infer_scale(
    column: str, question: str, cells: Iterable[str], *, fixed: tuple[Scale, str] | None = None, reverse: bool = False
) -> RatingScale:
    """Infer the scale of a column, and the reason: from its name and question, else from its first values.

    `fixed` is the scale where it is known, and the reason; answers in words then have to be on it. `reverse` says that
    of numbers the lowest is the best; of words it is known which are better.
    """
    given = [cell for cell in map(str.strip, cells) if cell]
    wording = worded(given, within=(fixed[0].low, fixed[0].high) if fixed else None)
    if wording is not None:
        return RatingScale(Scale(column, wording.low, wording.high), f"its answers run from {wording}", wording.ratings)
    reverse = reverse or _runs_down(given)
    if fixed is not None:
        return RatingScale(*fixed, reverse=reverse)
    values = [value for value in map(parse_rating, given) if value is not None]
    if not values:
        scale = _in_header(column, question)
        return RatingScale(scale, "the header says so" if scale else "no value can be read")
    return RatingScale(*_infer_from_numbers(column, question, given, values), reverse=reverse)


def worded(cells: Sequence[str], *, within: tuple[int, int] | None = None) -> Wording | None:
    """The wording of a column that answers in words more often than in numbers."""
    counts = count_answers(cells)
    wording = find_wording(counts, within=within) if counts else None
    if wording is None:
        return None
    in_words = sum(count for answer, count in counts.items() if answer in wording.ratings)
    return wording if in_words > sum(parse_rating(cell) is not None for cell in cells) else None


def _in_header(column: str, question: str) -> Scale | None:
    ends = _IN_HEADER.search(question)
    if ends is not None and int(ends[1]) < int(ends[2]) in _TOPS:
        return _scale(column, int(ends[1]), int(ends[2]))
    return None


def _infer_from_numbers(column: str, question: str, cells: Sequence[str], values: Sequence[int]) -> tuple[Scale, str]:
    """The scale of numbers and stars."""
    asked = column_names.normalise_column_name(question)
    if (scale := _in_header(column, question)) is not None:
        return scale, "the header says so"
    of_two = set(values) == {0, RATING_UNIT}
    if column_names.RECOMMEND.search(asked) and not of_two and _share_within(values, 0, 10) >= _FIT_SHARE:
        return _scale(column, 0, 10), "the header asks for a recommendation"
    if tops := [top for cell in cells if (top := _top(cell)) is not None]:
        top = max(set(tops), key=tops.count)
        low = 0 if min(values) < RATING_UNIT or top > 5 * RATING_UNIT else RATING_UNIT
        return Scale(column, low, top), "its values say so"
    is_effort = column_names.EFFORT.search(asked) is not None
    if is_effort and max(values) > 5 * RATING_UNIT and _share_within(values, 1, _SEVEN) >= _FIT_SHARE:
        return _scale(column, 1, _SEVEN), "the header asks for effort"
    low, high = _fitting(values)
    if (low, high) == (RATING_UNIT, 10 * RATING_UNIT) and column_names.SCORE.search(
        column_names.normalise_column_name(column)
    ):
        return Scale(column, 0, high), "a score up to 10, where surveys begin at 0"
    return Scale(column, low, high), f"its first {len(values)} values lie there"


def _top(cell: str) -> int | None:
    """The end of the scale that a cell tells: "8/10", "4 stars"."""
    number = _NUMBER.fullmatch(cell)
    if number is None:
        return None
    if number["top"]:
        return _units(number["top"])
    return 5 * RATING_UNIT if column_names.STARS.search(cell) else None


def _runs_down(cells: Iterable[str]) -> bool:
    """Tell whether the words beside the numbers get worse as these rise: "1 - Very good", "5 - Very poor"."""
    labels: dict[str, int] = {}
    for cell in set(cells):
        match = _NUMBER.fullmatch(cell) or _LABELLED.fullmatch(cell)
        if match is not None and match["label"] and (label := normalise_answer(match["label"].rstrip(")"))) in ANSWERS:
            labels[label] = _units(match["value"])
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
