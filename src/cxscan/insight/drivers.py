"""Drivers of the rating: each theme and polarity with its impact, its part of what is explained, and a Kano reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.errors import UsageError
from cxscan.insight.impact import rating_values, split
from cxscan.insight.importance import Moments, relative_weights
from cxscan.insight.kano import Effects, kano
from cxscan.insight.rated import ALL, WITH_SCORED_COMMENT, Feature
from cxscan.model import RATING_UNIT
from cxscan.summary import rating_number
from cxscan.summary.json_values import json_object, round6
from cxscan.summary.summary import rating_as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cxscan.insight.importance import Floats
    from cxscan.insight.kano import Kano
    from cxscan.insight.rated import Contradiction, Rated
    from cxscan.model import Ints, Scale
    from cxscan.summary import Counts, Json, Rating, Summary

FEWEST = 10
"""Fewer records with a feature are no evidence, and explain nothing."""


class Driver(NamedTuple):
    """The effect of a theme under a polarity on the rating."""

    theme: str
    polarity: str
    n: int
    """Rated records that say it."""
    mean_with: float
    mean_without: float | None
    """Of the other rated records with a scored comment; None where there is none."""
    impact: float | None
    """Change of the mean (the NPS on a 0 to 10 scale) without its records: above 0, it drags the rating down."""
    low: float | None
    high: float | None
    explained: float
    """Its part of the variance that all drivers explain; these parts add up to 1."""
    evidence: bool
    kano: Kano | None
    """Of the theme."""

    def as_json(self) -> Json:
        """In the contract's order."""
        rounded = {key: round6(value) if isinstance(value, float) else value for key, value in self._asdict().items()}
        return json_object(**rounded)


class Place(NamedTuple):
    """A theme's place between importance and performance."""

    theme: str
    importance: float
    """Its part of the explained variance."""
    performance: float
    """Net of its mentions in rated records, -1 to 1."""
    kano: Kano | None


class SegmentDrivers(NamedTuple):
    """The drivers of the records with one value of a column, counted by themselves."""

    rating: Rating
    r_squared: float
    drivers: tuple[Driver, ...]
    """Ordered as those of the whole."""

    def as_json(self) -> dict[str, Json]:
        """In the contract's order."""
        return json_object(
            rating=rating_as_json(self.rating),
            r_squared=round6(self.r_squared),
            drivers=[driver.as_json() for driver in self.drivers],
        )


class Segments(NamedTuple):
    """The values of one column, in order."""

    rated: Mapping[str, SegmentDrivers]
    unrated: Mapping[str, int]
    """Values without a rating → their comments."""

    @property
    def largest(self) -> list[str]:
        """The rated values, those with most rated records first."""
        return sorted(self.rated, key=lambda value: (-self.rated[value].rating.n, value))


@dataclass(frozen=True, slots=True)
class Drivers:
    """The drivers of a rating; first those with evidence, by how much they move it."""

    inputs: tuple[str, ...]
    """Paths as given."""
    rating: Rating
    heard: int
    """Rated records with a scored comment, from which means and parts are taken."""
    drivers: tuple[Driver, ...]
    r_squared: float
    """Share of the ratings' variance that all drivers explain together."""
    places: tuple[Place, ...]
    """The most important first."""
    contradictions: tuple[Contradiction, ...]
    segments: Mapping[str, Segments] = field(default_factory=dict)
    """By column, where they were asked for."""

    @property
    def in_nps(self) -> bool:
        """Tell whether impacts are NPS points."""
        return self.rating.nps is not None

    def as_json(self) -> dict[str, Json]:
        """The contract's drivers, version 1."""
        return json_object(
            format="cxscan-drivers",
            version=1,
            rating=rating_as_json(self.rating),
            drivers=[driver.as_json() for driver in self.drivers],
            r_squared=round6(self.r_squared),
            contradictions=[
                json_object(
                    text=one.text,
                    source=one.source,
                    record=one.record,
                    field=one.field,
                    sentiment=one.sentiment,
                    rating=rating_number(one.rating),
                )
                for one in self.contradictions
            ],
            segments={
                column: {value: segment.as_json() for value, segment in segments.rated.items()}
                for column, segments in self.segments.items()
            },
        )


def find_drivers(summary: Summary, rated: Rated) -> Drivers:
    """The drivers of the rating; features that no record says are left out. Raise UsageError without one rating.

    Segments that were counted apart must stand in the summary too.
    """
    rating = _one_rating(summary)
    moved = _moved(rated, rating.scale)
    return Drivers(
        inputs=tuple(sorted(summary.inputs)),
        rating=rating,
        heard=moved.heard,
        drivers=_in_order(moved.drivers),
        r_squared=moved.r_squared,
        places=_places(moved.drivers),
        contradictions=rated.contradictions,
        segments={
            column: _segments(summary.segments[column], rated.by_value(column)) for column in sorted(rated.segments)
        },
    )


def _segments(tallies: Mapping[str, Counts], parts: Iterable[tuple[str, Rated]]) -> Segments:
    found: dict[str, SegmentDrivers] = {}
    for value, rated in parts:
        if rating := tallies[value].rating:
            moved = _moved(rated, rating.scale)
            found[value] = SegmentDrivers(rating, moved.r_squared, _in_order(moved.drivers))
    return Segments(found, {value: tally.comments for value, tally in sorted(tallies.items()) if value not in found})


def _in_order(drivers: Iterable[Driver]) -> tuple[Driver, ...]:
    return tuple(sorted(drivers, key=lambda one: (not one.evidence, -abs(one.impact or 0.0), one)))


class _Moved(NamedTuple):
    """The records with a scored comment, the drivers, and how well the linear model fits."""

    heard: int
    drivers: list[Driver]
    """In the order of the features."""
    r_squared: float


def _moved(rated: Rated, scale: Scale) -> _Moved:
    ratings = np.array(sorted(rated.by_rating), np.int64)
    counts = np.array([rated.by_rating[one] for one in ratings.tolist()], np.int64).reshape(len(ratings), -1)
    explained = _explained(rated, ratings, counts)
    values = rating_values(ratings, scale)
    drivers = [
        _driver(feature, ratings, values, counts[:, [ALL, WITH_SCORED_COMMENT, column]], explained)
        for column, feature in enumerate(rated.features, start=2)
        if counts[:, column].any()
    ]
    return _Moved(int(counts[:, WITH_SCORED_COMMENT].sum()), drivers, explained.r_squared)


def _one_rating(summary: Summary) -> Rating:
    if summary.scales_differ:
        raise UsageError("ratings on different scales: ask for the drivers of one kind of export at a time")
    rating = summary.total.rating
    if rating is None or not rating.n:
        raise UsageError("no ratings: name their column with --rating, and their scale with --scale LOW-HIGH")
    return rating


class _Explained(NamedTuple):
    """The linear model of the features that enough records have."""

    parts: Mapping[Feature, float]
    kano: Mapping[str, Kano | None]
    r_squared: float


def _explained(rated: Rated, ratings: Ints, counts: Ints) -> _Explained:
    moments = Moments(
        n=int(counts[:, WITH_SCORED_COMMENT].sum()),
        together=rated.together,
        by_feature=ratings @ counts[:, 2:],
        total=int(ratings @ counts[:, WITH_SCORED_COMMENT]),
        squares=int(ratings**2 @ counts[:, WITH_SCORED_COMMENT]),
    )
    sizes = rated.together.diagonal()
    usable = np.flatnonzero((sizes >= FEWEST) & (sizes < moments.n)).tolist()
    moments = moments.only(usable)
    features = [rated.features[one] for one in usable]
    weights, effects = relative_weights(moments), Effects.of(moments)
    parts = [one / weights.r_squared if weights.r_squared else 0.0 for one in weights.each]
    numbers = {feature: number for number, feature in enumerate(features)}
    read: dict[str, Kano | None] = {}
    for theme in {feature.theme for feature in features}:
        positive, negative = (numbers.get(Feature(theme, polarity)) for polarity in ("positive", "negative"))
        if effects is not None and positive is not None and negative is not None:
            read[theme] = kano(effects, positive=positive, negative=negative)
    return _Explained(dict(zip(features, parts, strict=True)), read, weights.r_squared)


def _driver(feature: Feature, ratings: Ints, values: Floats, counts: Ints, explained: _Explained) -> Driver:
    every, heard, having = counts.T
    n, others = int(having.sum()), heard - having
    rest = int(others.sum())
    parted = split(values, every - having, having)
    ends = parted.interval
    return Driver(
        theme=feature.theme,
        polarity=feature.polarity,
        n=n,
        mean_with=int(ratings @ having) / (n * RATING_UNIT),
        mean_without=int(ratings @ others) / (rest * RATING_UNIT) if rest else None,
        impact=parted.impact,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        explained=explained.parts.get(feature, 0.0),
        evidence=n >= FEWEST and ends is not None and ends.excludes(0.0),
        kano=explained.kano.get(feature.theme),
    )


def _places(drivers: list[Driver]) -> tuple[Place, ...]:
    """Themes that explain something."""
    by_theme: dict[str, list[Driver]] = {}
    for driver in drivers:
        by_theme.setdefault(driver.theme, []).append(driver)
    places = []
    for theme, own in by_theme.items():
        mentions = sum(one.n for one in own)
        net = sum(one.n * {"positive": 1, "negative": -1}.get(one.polarity, 0) for one in own)
        if importance := sum(one.explained for one in own):
            places.append(Place(theme, importance, net / mentions, own[0].kano))
    return tuple(sorted(places, key=lambda place: (-place.importance, place.theme)))
