"""Cells → the records that are rated on the scale, each once: its rating, what its words say, whether they agree.

A record's sentiment is that of its cells together, so that praise in one cell and blame in another point no way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Comments, Ints, Labels, Scale


class RatedRecords(NamedTuple):
    """One entry for every record of a batch, or (from `ratings` on) for every one that is rated on the scale."""

    first: Ints
    """First cell of every record."""
    size: int
    """Cells of the batch."""
    is_rated: Bools
    is_outside: Bools
    """Rated, but not on the scale."""
    ratings: Ints
    """In rating units."""
    sides: Ints
    """The end of the scale that each rating is near, see `rating_side`."""
    scored: Bools
    """With a scored comment."""
    sentiments: Ints
    """1, 0 or -1."""
    scores: Ints
    """Mean score of the scored cells, in score units; 0 without one."""

    @property
    def first_cells(self) -> Ints:
        """The first cell of each rated record."""
        return self.first[self.is_rated]

    @property
    def contradicts(self) -> Bools:
        """Words that point the opposite way from the rating."""
        opposite: Bools = self.sentiments * self.sides < 0
        return opposite

    def any_cell(self, flags: Bools) -> Bools:
        """Rated records of which one cell has the flag; flags may have several columns."""
        return _any_cell(flags, self.first)[self.is_rated]

    def contradicting_cells(self, labels: Labels) -> list[tuple[int, int]]:
        """Each record that contradicts, as its number among the rated ones and the cell that shows it.

        It is the cell that points the record's way most strongly.
        """
        ends = np.append(self.first[1:], self.size)[self.is_rated]
        return [
            (record, _strongest(labels, int(self.first_cells[record]), int(ends[record]), int(self.sentiments[record])))
            for record in np.flatnonzero(self.contradicts).tolist()
        ]


def rated_records(comments: Comments, labels: Labels) -> RatedRecords | None:
    """The rated records of a batch; None where its ratings have no scale, or it has no cell."""
    if comments.scale is None or not len(comments):
        return None
    numbers = np.array(comments.records, np.int64)
    first = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    inside, outside, units = _on_scale([comments.ratings[cell] for cell in first.tolist()], comments.scale)
    heard = labels.states == State.SCORED
    scores = np.add.reduceat(labels.scores.astype(np.int64), first) // np.maximum(
        np.add.reduceat(heard.astype(np.int64), first), 1
    )
    return RatedRecords(
        first=first,
        size=len(comments),
        is_rated=inside,
        is_outside=outside,
        ratings=units[inside],
        sides=rating_side(units[inside], comments.scale),
        scored=_any_cell(heard, first)[inside],
        sentiments=np.sign(np.add.reduceat(labels.sentiments.astype(np.int64), first))[inside],
        scores=scores[inside],
    )


def rating_side(ratings: Ints, scale: Scale) -> Ints:
    """1 in the highest quarter of the scale's span, -1 in the lowest, 0 between."""
    above, span = 4 * (ratings - scale.low), scale.high - scale.low
    sides: Ints = (above >= 3 * span).astype("int64") - (above <= span)
    return sides


def _on_scale(ratings: Sequence[int | None], scale: Scale) -> tuple[Bools, Bools, Ints]:
    """Ratings inside the scale, ratings outside it, and the units (0 where not inside)."""
    numbers = {units: number for number, units in enumerate(dict.fromkeys(ratings))}
    codes = np.fromiter(map(numbers.__getitem__, ratings), np.int64, len(ratings))
    inside = np.array([units is not None and scale.low <= units <= scale.high for units in numbers], np.bool_)
    outside = np.array([units is not None for units in numbers], np.bool_) & ~inside
    units = [units or 0 if within else 0 for units, within in zip(numbers, inside.tolist(), strict=True)]
    return inside[codes], outside[codes], np.array(units, np.int64)[codes]


def _any_cell(flags: Bools, first: Ints) -> Bools:
    return flags if len(first) == len(flags) else np.logical_or.reduceat(flags, first, axis=0)


def _strongest(labels: Labels, first: int, end: int, sentiment: int) -> int:
    return max(range(first, end), key=lambda cell: (sentiment * int(labels.scores[cell]), -cell))
