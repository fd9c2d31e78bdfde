"""What a rating cell says, as a whole number, and on which scale the column runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Scale
from cxscan.read import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = re.compile(
    r"(?P<value>[-+]?\d{1,6}(?:[.,]\d{1,6})?)"
    r"(?:\s*(?:/|out of|von|of|sur|de)\s*(?P<top>\d{1,3}(?:[.,]0+)?))?"
    r"(?:\s*(?:stars?|points?|%|★|⭐️?|/))?"
    r"(?:\s*[-–—:=(]\s*[^\d\s].*)?",
    re.IGNORECASE | re.DOTALL,
)
_STARS = re.compile(r"([★⭐🌟])(?:\ufe0f?\1)*\ufe0f?\s*[☆✩⚝]*|[☆✩⚝]+")
_LONGEST = 200
_FULL = frozenset("★⭐🌟")

CSAT_WORDS = {
    "good": RATING_UNIT,
    "bad": 0,
    "good with comment": RATING_UNIT,
    "bad with comment": 0,
    "good without comment": RATING_UNIT,
    "bad without comment": 0,
    "good, i'm satisfied": RATING_UNIT,
    "bad, i'm unsatisfied": 0,
}
"""Answers of a two-way satisfaction question (Zendesk), on a scale from 0 to 1."""


def parse_rating(cell: str) -> int | None:
    """A rating in rating units, None where there is none.

    Knows "4 stars", " 9.0 ", "4,5", "8/10", "9 - Very likely", "★★★☆" and Zendesk's "good" and "bad".
    """
    cell = cell.strip()
    if len(cell) > _LONGEST:
        return None
    number = _NUMBER.fullmatch(cell)
    if number is not None:
        return _units(number["value"])
    if cell and _STARS.fullmatch(cell):
        return sum(cell.count(star) for star in _FULL) * RATING_UNIT
    return CSAT_WORDS.get(cell.casefold())


def _units(value: str) -> int:
    """Thousandths, without a float in between."""
    sign = -1 if value.startswith("-") else 1
    whole, _, part = value.lstrip("+-").replace(",", ".").partition(".")
    return sign * (int(whole) * RATING_UNIT + int(part[:3].ljust(3, "0")))


class Ratings:
    """Parsed rating cells; each distinct cell is looked at once."""

    def __init__(self, scale: Scale | None, *, reverse: bool) -> None:
        self._known: dict[str, int | None] = {}
        self._turn = scale.low + scale.high if reverse and scale is not None else None

    def column(self, cells: Sequence[str]) -> list[int | None]:
        """One rating per cell."""
        known = self._known
        if len(known) > _MOST_KNOWN:
            known.clear()
        try:
            return [known[cell] for cell in cells]
        except KeyError:
            for cell in set(cells).difference(known):
                known[cell] = self._rating(cell)
            return [known[cell] for cell in cells]

    def _rating(self, cell: str) -> int | None:
        rating = parse_rating(cell)
        return self._turn - rating if rating is not None and self._turn is not None else rating


_MOST_KNOWN = 100_000

_SCALES = ((1, 5), (0, 5), (1, 7), (1, 10), (0, 100))
_FIT_SHARE = 0.97
_SEVEN = 7
"""Scales to seven are rare: only without an exception."""
_IN_HEADER = re.compile(r"\b(\d)\s*(?:-|–|to|bis|through)\s*(\d{1,3})\b")
_TOPS = frozenset({3, 4, 5, 6, 7, 9, 10, 100})


def settle_scale(column: str, question: str, cells: Iterable[str]) -> tuple[Scale | None, str]:
    """The scale of a rating column and the reason, from its name and question, else from its first values.

    None if no value can be read.
    """
    values, tops = [], []
    for cell in cells:
        rating = parse_rating(cell)
        if rating is not None:
            values.append(rating)
        number = _NUMBER.fullmatch(cell.strip())
        if number is not None and number["top"]:
            tops.append(_units(number["top"]))
        elif number is not None and words.STARS.search(cell):
            tops.append(5 * RATING_UNIT)
    said = _IN_HEADER.search(question)
    if said is not None and int(said[1]) < int(said[2]) in _TOPS:
        return _scale(column, int(said[1]), int(said[2])), "the header says so"
    if not values:
        return None, "no value can be read"
    asks = words.RECOMMEND.search(words.spoken(question)) is not None
    if asks and _share_within(values, 0, 10) >= _FIT_SHARE:
        return _scale(column, 0, 10), "the header asks for a recommendation"
    if tops:
        top = max(set(tops), key=tops.count)
        low = 0 if min(values) < RATING_UNIT or top > 5 * RATING_UNIT else RATING_UNIT
        return Scale(column, low, top), "its values say so"
    low, high = _fitting(values)
    if (low, high) == (RATING_UNIT, 10 * RATING_UNIT) and words.SCORE.search(words.spoken(column)):
        return Scale(column, 0, high), "a score up to 10, where surveys begin at 0"
    return Scale(column, low, high), f"its first {len(values)} values lie there"


def _fitting(values: Sequence[int]) -> tuple[int, int]:
    """The narrowest usual scale that holds nearly all values; their own range if none does."""
    if 0 in values and max(values) <= RATING_UNIT:
        return 0, RATING_UNIT
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
