"""Comments and labels → rated records, counted by rating and by what they say: whole numbers that add."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import Polarity, State
from cxscan.summary import POLARITIES, leaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.model import Bools, Comments, Ints, Labels, Scale

ALL, HEARD = 0, 1
"""The first two columns of the counts: all rated records, and those with a scored comment."""


class Feature(NamedTuple):
    """What a record may say, and so may drive its rating."""

    theme: str
    polarity: str


class Contradiction(NamedTuple):
    """A record whose words point the opposite way from its rating; the smallest come first."""

    points: int
    """The score of the words in score units, negative and largest first."""
    source: str
    record: int
    field: str
    text: str
    sentiment: str
    rating: int
    """In rating units."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Rated records, each counted once. The sum of two is that of both sets of records."""

    features: tuple[Feature, ...] = ()
    by_rating: Mapping[int, Ints] = field(default_factory=dict)
    """Rating in rating units → how many records: all, those heard, those with each feature."""
    together: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    """Features by features: heard records with both; on the diagonal those with the one."""
    contradictions: tuple[Contradiction, ...] = ()
    """The `kept` most glaring ones."""
    kept: int = 0

    def __add__(self, other: Rated) -> Rated:
        if not self.features or not other.features:
            return self if self.features else other
        by_rating = dict(self.by_rating)
        for rating, counts in other.by_rating.items():
            by_rating[rating] = by_rating[rating] + counts if rating in by_rating else counts
        contradictions = nsmallest(self.kept, (*self.contradictions, *other.contradictions))
        return Rated(self.features, by_rating, self.together + other.together, tuple(contradictions), self.kept)


@dataclass(frozen=True, slots=True)
class CountRated:
    """The work on a batch: picklable, so that it runs in any process."""

    kept: int

    def __call__(self, comments: Comments, labels: Labels) -> Rated:
        """Count the records that are rated on the scale of the comments."""
        features = tuple(Feature(theme.name, polarity) for theme in labels.themes_known for polarity in POLARITIES)
        records = _records(comments, labels) if comments.scale is not None and len(comments) else None
        if records is None or not len(records.ratings):
            return Rated(features, {}, np.zeros((len(features), len(features)), np.int64), (), self.kept)
        counted = np.column_stack([np.ones_like(records.heard), records.heard, records.said]).astype(np.int64)
        ratings, places = np.unique(records.ratings, return_inverse=True)
        counts = np.zeros((len(ratings), counted.shape[1]), np.int64)
        np.add.at(counts, places, counted)
        said = records.said.astype(np.float64)  # whole numbers far below 2**53: exact, and quick to multiply
        together = (said.T @ said).astype(np.int64)
        by_rating = dict(zip(ratings.tolist(), counts, strict=True))
        return Rated(features, by_rating, together, self._glaring(comments, labels, records), self.kept)

    def _glaring(self, comments: Comments, labels: Labels, records: _Records) -> tuple[Contradiction, ...]:
        against = np.flatnonzero(records.sentiments * records.leanings < 0).tolist()
        found = [_contradiction(comments, labels, records, record) for record in against]
        return tuple(nsmallest(self.kept, found))


class _Records(NamedTuple):
    """Of the records that are rated on the scale, one entry each."""

    first: Ints
    """Their first cells."""
    after: Ints
    """The cells behind their last ones."""
    ratings: Ints
    heard: Bools
    sentiments: Ints
    leanings: Ints
    """Which end of the scale each rating is near, as `leaning` has it."""
    said: Bools
    """Records by features."""


def _records(comments: Comments, labels: Labels) -> _Records | None:
    if (scale := comments.scale) is None:
        return None
    numbers = np.array(comments.records, np.int64)
    first = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    after = np.append(first[1:], len(numbers))
    inside = np.array([_is_on(scale, comments.ratings[cell]) for cell in first.tolist()], np.bool_)
    ratings = np.array([comments.ratings[cell] for cell in first[inside].tolist()], np.int64)
    scored = labels.states == State.SCORED
    said = np.hstack([labels.themes[:, [theme]] == list(Polarity)[1:] for theme in range(labels.themes.shape[1])])
    return _Records(
        first=first[inside],
        after=after[inside],
        ratings=ratings,
        heard=np.logical_or.reduceat(scored, first)[inside],
        sentiments=np.sign(np.add.reduceat(labels.sentiments.astype(np.int64), first))[inside],
        leanings=leaning(ratings, scale),
        said=np.logical_or.reduceat(said & scored[:, None], first, axis=0)[inside],
    )


def _is_on(scale: Scale, rating: int | None) -> bool:
    return rating is not None and scale.low <= rating <= scale.high


def _contradiction(comments: Comments, labels: Labels, records: _Records, record: int) -> Contradiction:
    """The record, told by the cell that points its way most strongly."""
    way = int(records.sentiments[record])
    cells = range(int(records.first[record]), int(records.after[record]))
    cell = max(cells, key=lambda one: (way * int(labels.scores[one]), -one))
    return Contradiction(
        points=-way * int(labels.scores[cell]),
        source=comments.source,
        record=comments.records[cell],
        field=comments.fields[cell],
        text=comments.texts[cell],
        sentiment="positive" if way > 0 else "negative",
        rating=int(records.ratings[record]),
    )
