"""Drivers of the rating: what each theme and polarity does to it beside the tone that it is said in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.errors import UsageError
from cxscan.insight.importance import relative_weights
from cxscan.insight.kano import kano
from cxscan.insight.rated import WITH_SCORED_COMMENT, Feature
from cxscan.insight.same_tone import Explained, SameTone
from cxscan.insight.significance import LEVEL, benjamini_hochberg
from cxscan.insight.tone import rating_worth
from cxscan.model import RATING_UNIT
from cxscan.summary import rating_number
from cxscan.summary.estimates import Z
from cxscan.summary.json_values import json_object, round6
from cxscan.summary.summary import rating_as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cxscan.insight.kano import Kano
    from cxscan.insight.rated import Contradiction, Rated
    from cxscan.insight.same_tone import Effect
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
    effect: float | None
    """Mean of its records less that of others of the same tone, in points of the rating, on a 0 to 10 scale of the NPS;
    None where there are no others."""
    impact: float | None
    """Change of the mean, were its records rated as others of their tone: above 0, it drags the rating down."""
    low: float | None
    high: float | None
    """Ends of the 95 % interval of the impact."""
    p: float | None
    """Of no effect; None of fewer than `FEWEST`, which are not tested."""
    q: float | None
    """Share of false discoveries among the drivers up to this one, over all that are tested."""
    explained: float
    """Its part of what all drivers explain beside the tone; these parts add up to 1."""
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
    tone_r_squared: float | None
    r_squared: float | None
    drivers: tuple[Driver, ...]
    """Ordered as those of the whole."""

    def as_json(self) -> dict[str, Json]:
        """In the contract's order."""
        return json_object(
            rating=rating_as_json(self.rating),
            tone_r_squared=round6(self.tone_r_squared),
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
    tone_r_squared: float | None
    """Share of the ratings' variance that the tone of the comments explains, cross-validated; None of too few."""
    r_squared: float | None
    """Share of it that the drivers explain beside the tone."""
    places: tuple[Place, ...]
    """The most important first; none where the themes explain nothing beside the tone."""
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
            tone_r_squared=round6(self.tone_r_squared),
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
    moved = _moved(rated, rating.scale, rating.n)
    drivers = _judged([moved])[0]
    return Drivers(
        inputs=tuple(sorted(summary.inputs)),
        rating=rating,
        heard=moved.heard,
        drivers=_in_order(drivers),
        tone_r_squared=moved.explained.tone,
        r_squared=moved.explained.beside,
        places=_places(drivers) if (moved.explained.beside or 0.0) > 0 else (),
        contradictions=rated.contradictions,
        segments={
            column: _segments(summary.segments[column], rated.by_value(column, rating.scale))
            for column in sorted(rated.segments)
        },
    )


def _segments(tallies: Mapping[str, Counts], parts: Iterable[tuple[str, Rated]]) -> Segments:
    """The drivers of each value; what has evidence is controlled over all values together."""
    ratings = {value: rating for value, tally in tallies.items() if (rating := tally.rating)}
    moved = {value: _moved(rated, ratings[value].scale, ratings[value].n) for value, rated in parts if value in ratings}
    judged = zip(moved.items(), _judged(list(moved.values())), strict=True)
    found = {
        value: SegmentDrivers(ratings[value], one.explained.tone, one.explained.beside, _in_order(drivers))
        for (value, one), drivers in judged
    }
    return Segments(found, {value: tally.comments for value, tally in sorted(tallies.items()) if value not in found})


def _judged(parts: Sequence[_Moved]) -> list[list[Driver]]:
    """The drivers of each part with their q and whether that is evidence: one family of tests (`LEVEL`)."""
    tested = [driver.p for part in parts for driver in part.drivers if driver.p is not None]
    adjusted = iter(benjamini_hochberg(tested))
    return [
        [driver if driver.p is None else _with_q(driver, next(adjusted)) for driver in part.drivers] for part in parts
    ]


def _with_q(driver: Driver, q: float) -> Driver:
    return driver._replace(q=q, evidence=q <= LEVEL)


def _in_order(drivers: Iterable[Driver]) -> tuple[Driver, ...]:
    return tuple(sorted(drivers, key=lambda one: (not one.evidence, -abs(one.impact or 0.0), one)))


class _Moved(NamedTuple):
    """The records with a scored comment, the drivers without a verdict, and how far both tone and drivers explain."""

    heard: int
    drivers: list[Driver]
    """In the order of the features."""
    explained: Explained


def _moved(rated: Rated, scale: Scale, records: int) -> _Moved:
    """`records` are all that are rated."""
    ratings = np.array(sorted(rated.by_rating), np.int64)
    counts = np.array([rated.by_rating[one] for one in ratings.tolist()], np.int64).reshape(len(ratings), -1)
    heard = int(counts[:, WITH_SCORED_COMMENT].sum())
    sizes = counts[:, 2:].sum(axis=0)
    usable = np.flatnonzero((sizes >= FEWEST) & (sizes < heard)).tolist()
    same_tone = SameTone.of_counts(rated.tones, usable)
    effects = {rated.features[place]: effect for place, effect in zip(usable, same_tone.effects(), strict=True)}
    parts = dict(zip(effects, _parts(same_tone), strict=True))
    worth = rating_worth(np.array([scale.low, scale.high], np.int64), scale)
    read = _kano(effects, float(worth[1] - worth[0]))
    drivers = [
        _driver(feature, ratings, counts[:, [WITH_SCORED_COMMENT, column]])._replace(
            kano=read.get(feature.theme), explained=parts.get(feature, 0.0)
        )
        for column, feature in enumerate(rated.features, start=2)
        if sizes[column - 2]
    ]
    moved = [_with_effect(driver, effects.get(Feature(driver.theme, driver.polarity)), records) for driver in drivers]
    return _Moved(heard, moved, same_tone.explained())


def _parts(same_tone: SameTone) -> list[float]:
    """Each feature's part of what all explain beside the tone."""
    weights = relative_weights(same_tone.covariances())
    return [part / weights.r_squared if weights.r_squared else 0.0 for part in weights.each]


def _kano(effects: Mapping[Feature, Effect], span: float) -> dict[str, Kano | None]:
    """The reading of each theme that is praised and complained of."""
    pairs = {
        theme: [effects.get(Feature(theme, polarity)) for polarity in ("positive", "negative")]
        for theme in {feature.theme for feature in effects}
    }
    return {theme: kano(one, other, span) for theme, (one, other) in pairs.items() if one and other}


def _one_rating(summary: Summary) -> Rating:
    if summary.scales_differ:
        raise UsageError("ratings on different scales: ask for the drivers of one kind of export at a time")
    rating = summary.total.rating
    if rating is None or not rating.n:
        raise UsageError("no ratings: name their column with --rating, and their scale with --scale LOW-HIGH")
    return rating


def _driver(feature: Feature, ratings: Ints, counts: Ints) -> Driver:
    """The records and means of a driver; nothing of its effect."""
    heard, having = counts.T
    n, others = int(having.sum()), heard - having
    rest = int(others.sum())
    return Driver(
        theme=feature.theme,
        polarity=feature.polarity,
        n=n,
        mean_with=int(ratings @ having) / (n * RATING_UNIT),
        mean_without=int(ratings @ others) / (rest * RATING_UNIT) if rest else None,
        effect=None, impact=None, low=None, high=None, p=None, q=None, explained=0.0, evidence=False, kano=None,
    )  # fmt: skip


def _with_effect(driver: Driver, effect: Effect | None, records: int) -> Driver:
    """The driver with its effect on the mean of all rated records, where it was tested and there were others alike."""
    if effect is None or not effect.error:
        return driver
    share, value, arm = driver.n / records, effect.value / RATING_UNIT, Z * effect.error / RATING_UNIT
    return driver._replace(
        effect=value, impact=-share * value, low=-share * (value + arm), high=-share * (value - arm), p=effect.p
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
