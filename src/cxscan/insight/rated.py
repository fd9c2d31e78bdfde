"""Comments and labels → rated records, counted by rating and by what they say: whole numbers that add."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from cxscan.insight.tone import ToneCounts, rating_worth, tone_groups
from cxscan.model import POLARITIES, Polarity, State, sentiment_name
from cxscan.rated_records import RatedRecords, rated_records
from cxscan.summary.counts import added

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cxscan.model import Bools, Comments, Ints, Labels, Scale

ALL, WITH_SCORED_COMMENT = 0, 1
"""The first two columns of the counts: all rated records, and those with a scored comment."""

Alike: TypeAlias = tuple[str, int, int, bytes]
"""Key of records that count alike: the value of their segment, their rating, their fold and tone, and bits that say
whether they have a scored comment and which features they have."""


class Feature(NamedTuple):
    """A theme with a polarity that a record may have, and that may drive its rating."""

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
    tones: ToneCounts = field(default_factory=lambda: ToneCounts.none(0))
    """Those with a scored comment, by tone."""
    contradictions: tuple[Contradiction, ...] = ()
    """The `kept` most glaring ones."""
    kept: int = 0
    segments: Mapping[str, Mapping[Alike, int]] = field(default_factory=dict)
    """Column, where segments were asked for → how many records count alike: small also where each record has a value
    of its own."""

    def __add__(self, other: Rated) -> Rated:
        if not self.features or not other.features:
            return self if self.features else other
        by_rating = dict(self.by_rating)
        for rating, counts in other.by_rating.items():
            by_rating[rating] = by_rating[rating] + counts if rating in by_rating else counts
        contradictions = nsmallest(self.kept, (*self.contradictions, *other.contradictions))
        segments = dict(self.segments)
        for column, alike in other.segments.items():
            segments[column] = added(segments.get(column, {}), alike)
        tones = self.tones + other.tones
        return Rated(self.features, by_rating, tones, tuple(contradictions), self.kept, segments)

    def by_value(self, column: str, scale: Scale) -> Iterator[tuple[str, Rated]]:
        """The values of a segment column that rated records have, in order, each with its records.

        Contradictions are kept of the whole only.
        """
        values: dict[str, dict[Alike, int]] = {}
        for alike, n in self.segments[column].items():
            values.setdefault(alike[0], {})[alike] = n
        for value, times in sorted(values.items()):
            packed = np.frombuffer(b"".join(bits for *_, bits in times), np.uint8).reshape(len(times), -1)
            marks = np.unpackbits(packed, axis=1, count=1 + len(self.features)).astype(np.bool_)
            ratings, groups = (np.array([alike[at] for alike in times], np.int64) for at in (1, 2))
            counts = _counts(ratings, groups, marks, np.array(list(times.values()), np.int64), scale)
            yield value, Rated(self.features, *counts)


@dataclass(frozen=True, slots=True)
class CountRated:
    """The work on a batch: picklable, so that it runs in any process."""

    kept: int
    apart: bool = False
    """Whether the segments of the comments are counted apart as well."""

    def __call__(self, comments: Comments, labels: Labels) -> Rated:
        """Count the records that are rated on the scale of the comments."""
        features = tuple(Feature(theme.name, polarity) for theme in labels.themes_known for polarity in POLARITIES)
        columns = comments.segments if self.apart else {}
        records = rated_records(comments, labels)
        if comments.scale is None or records is None or not len(records.ratings):
            nothing = ToneCounts.none(len(features))
            return Rated(features, {}, nothing, (), self.kept, {column: {} for column in columns})
        marks = np.column_stack([records.scored, _features(records, labels)])
        texts = [comments.texts[cell] for cell in records.first_cells.tolist()]
        groups = tone_groups(texts, records.sentiments, records.scores)
        segments = {column: _alike(records, groups, marks, values) for column, values in columns.items()}
        counts = _counts(records.ratings, groups, marks, np.ones_like(groups), comments.scale)
        return Rated(features, *counts, self._glaring(comments, labels, records), self.kept, segments)

    def _glaring(self, comments: Comments, labels: Labels, records: RatedRecords) -> tuple[Contradiction, ...]:
        return tuple(
            nsmallest(
                self.kept,
                (
                    _contradiction(comments, labels, records, record, cell)
                    for record, cell in records.contradicting_cells(labels)
                ),
            )
        )


def _features(records: RatedRecords, labels: Labels) -> Bools:
    """Rated records by features, theme after theme."""
    scored = labels.states == State.SCORED
    by_theme = [labels.themes[:, [theme]] == list(Polarity)[1:] for theme in range(labels.themes.shape[1])]
    return records.any_cell(np.hstack(by_theme) & scored[:, None])


def _counts(ratings: Ints, groups: Ints, marks: Bools, times: Ints, scale: Scale) -> tuple[dict[int, Ints], ToneCounts]:
    """`by_rating` and `tones` of records that stand for so many each; `marks`: heard, and each feature."""
    counted = np.column_stack([times, marks * times[:, None]])
    distinct, places = np.unique(ratings, return_inverse=True)
    counts = np.zeros((len(distinct), counted.shape[1]), np.int64)
    np.add.at(counts, places, counted)
    heard = marks[:, 0]
    tones = ToneCounts.count(groups[heard], rating_worth(ratings[heard], scale), marks[heard, 1:], times[heard])
    return dict(zip(distinct.tolist(), counts, strict=True)), tones


def _alike(records: RatedRecords, groups: Ints, marks: Bools, values: Sequence[str]) -> Counter[Alike]:
    """Count the records with the same value, rating, tone and marks; a record's value is that of its first cell."""
    bits = (row.tobytes() for row in np.packbits(marks, axis=1))
    named = map(values.__getitem__, records.first_cells.tolist())
    return Counter(zip(named, records.ratings.tolist(), groups.tolist(), bits, strict=True))


def _contradiction(comments: Comments, labels: Labels, records: RatedRecords, record: int, cell: int) -> Contradiction:
    """The record, quoted by the cell that points its way most strongly."""
    sentiment = int(records.sentiments[record])
    return Contradiction(
        points=-sentiment * int(labels.scores[cell]),
        source=comments.source,
        record=comments.records[cell],
        field=comments.fields[cell],
        text=comments.texts[cell],
        sentiment=sentiment_name(sentiment),
        rating=int(records.ratings[record]),
    )
