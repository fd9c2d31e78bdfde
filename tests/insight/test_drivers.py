from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from random import Random

import pytest
from hypothesis import given, settings
from render.made import NPS, RECORDS, STARS, Cell, Record, batch_of, labels_of, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.drivers import Driver, Drivers, find_drivers
from cxscan.insight.rated import CountRated, Rated
from cxscan.model import State


def drivers_of(records: list, scale=STARS, parts: int = 1, kept: int = 5, *, apart: bool = False) -> Drivers:
    """The drivers of the records, counted in so many batches."""
    rated, size = Rated(), -(-len(records) // parts)
    for start in range(0, len(records), size):
        some = records[start : start + size]
        rated += CountRated(kept, apart=apart)(batch_of(some, start=1 + start, scale=scale).comments, labels_of(some))
    return find_drivers(summary_of(records, scale=scale, quotes=0), rated)


def one(found: Drivers, theme: str, polarity: str) -> Driver:
    return next(driver for driver in found.drivers if (driver.theme, driver.polarity) == (theme, polarity))


def survey(n: int = 600, seed: int = 2) -> list[Record]:
    """Bad service ruins the rating, good service helps a little; the price has nothing to do with it."""
    random = Random(seed)
    records = []
    for _ in range(n):
        service = random.choice(["positive", "negative", None])
        price = random.choice(["positive", "negative", None, None])
        drawn = 3.6 + {"positive": 0.3, "negative": -1.5, None: 0.0}[service] + 2 * (random.random() - 0.5)
        names = {"service": service, "price": price}
        rating = 1_000 * min(5, max(1, round(drawn)))
        records.append(said(rating=rating, **{name: value for name, value in names.items() if value}))
    return records


def two_channels() -> list[Record]:
    """Of a made-up ferry line: at the pier bad service ruins the rating, in the app a late parcel does."""
    pier = [replace(record, channel="pier") for record in survey(300)]
    renamed = {"service": "delivery", "price": "price"}
    app = []
    for one in survey(200, seed=3):
        themes = {renamed[name]: way for name, way in one.cells[0].themes.items()}
        app.append(replace(said(rating=one.rating, **themes), channel="app"))
    return [record for pair in zip_longest(pier, app) for record in pair if record]


def test_means_and_impact_are_those_of_the_records() -> None:
    records = [said(rating=1_000, price="negative"), said(rating=5_000), said(rating=4_000)]
    driver = one(drivers_of(records), "price", "negative")
    assert (driver.n, driver.mean_with, driver.mean_without) == (1, 1.0, 4.5)
    assert driver.impact == pytest.approx(4.5 - 10 / 3)


def test_the_impact_of_a_theme_said_in_one_way_is_that_of_the_summary() -> None:
    records = [*survey(60), *(said(rating=2_000, delivery="negative") for _ in range(12))]
    rating = summary_of(records).total.rating
    assert rating is not None
    assert one(drivers_of(records), "delivery", "negative").impact == pytest.approx(rating.impact("delivery"))


def test_silent_records_count_for_the_impact_and_not_for_the_means() -> None:
    silent = Record((Cell("", State.EMPTY),), 5_000)
    driver = one(drivers_of([said(rating=1_000, price="negative"), said(rating=3_000), silent]), "price", "negative")
    assert driver.mean_without == 3.0
    assert driver.impact == pytest.approx(4 - 3)


def test_on_a_scale_to_ten_the_impact_is_in_nps_points() -> None:
    records = [said(rating=2_000, price="negative"), said(rating=10_000), said(rating=9_000), said(rating=7_000)]
    found = drivers_of(records, scale=NPS)
    driver = one(found, "price", "negative")
    assert found.in_nps
    assert driver.mean_with == 2.0
    assert driver.impact == pytest.approx(100 * 2 / 3 - 25)


def test_what_moves_the_rating_is_found_and_what_does_not_is_not() -> None:
    found = drivers_of(survey())
    evident = {(driver.theme, driver.polarity) for driver in found.drivers if driver.evidence}
    assert evident == {("service", "negative"), ("service", "positive")}
    assert one(found, "service", "negative").kano == "must-be"
    assert one(found, "price", "negative").kano == "indifferent"
    assert found.places[0].theme == "service"


def test_what_is_explained_is_shared_out_among_the_drivers() -> None:
    found = drivers_of(survey())
    assert sum(driver.explained for driver in found.drivers) == pytest.approx(1)
    assert 0.3 < found.r_squared < 0.8
    assert sum(place.importance for place in found.places) == pytest.approx(1)


def test_no_evidence_where_the_interval_holds_nothing_or_few_say_it() -> None:
    few = [said(rating=1_000, delivery="negative") for _ in range(9)]
    found = drivers_of([*survey(), *few])
    for driver in found.drivers:
        outside = driver.low is not None and driver.high is not None and not driver.low <= 0 <= driver.high
        assert driver.evidence == (outside and driver.n >= 10)
    assert not one(found, "delivery", "negative").evidence


def test_ratings_dealt_at_random_are_moved_by_chance_only() -> None:
    random, evident, tested = Random(9), 0, 0
    for _ in range(20):
        records = survey(300, seed=random.randrange(1_000))
        ratings = [record.rating for record in records]
        random.shuffle(ratings)
        dealt = [Record(record.cells, rating) for record, rating in zip(records, ratings, strict=True)]
        found = drivers_of(dealt)
        evident += sum(driver.evidence for driver in found.drivers)
        tested += len(found.drivers)
    assert evident / tested <= 0.10


@settings(max_examples=10)
@given(RECORDS)
def test_batches_do_not_matter(records: list) -> None:
    if (rating := summary_of(records).total.rating) and rating.n:
        assert drivers_of(records, apart=True).as_json() == drivers_of(records, parts=3, apart=True).as_json()


def test_the_driver_with_most_impact_comes_first() -> None:
    found = [driver for driver in drivers_of(survey()).drivers if driver.evidence]
    assert [abs(driver.impact or 0) for driver in found] == sorted(
        (abs(one.impact or 0) for one in found), reverse=True
    )


def test_without_ratings_the_remedy_is_named() -> None:
    with pytest.raises(UsageError, match="--rating"):
        drivers_of([said(price="negative")])


def test_ratings_on_different_scales_are_not_mixed() -> None:
    summary = summary_of([said(rating=3_000)]) + summary_of([said(rating=9_000)], scale=NPS)
    with pytest.raises(UsageError, match="different scales"):
        find_drivers(summary, Rated())


def test_two_segments_with_other_drivers_are_told_apart() -> None:
    segments = drivers_of(two_channels(), apart=True).segments["channel"]
    assert list(segments.rated) == ["app", "pier"]
    assert segments.largest == ["pier", "app"]
    first = {name: (segment.drivers[0].theme, segment.drivers[0].evidence) for name, segment in segments.rated.items()}
    assert first == {"pier": ("service", True), "app": ("delivery", True)}
    assert {one.theme for one in segments.rated["pier"].drivers} == {"service", "price"}
    assert {one.theme for one in segments.rated["app"].drivers} == {"delivery", "price"}


def test_a_segment_is_told_as_its_records_are_by_themselves() -> None:
    records = two_channels()
    for channel, segment in drivers_of(records, apart=True).segments["channel"].rated.items():
        alone = drivers_of([record for record in records if record.channel == channel])
        assert (segment.rating, segment.r_squared, segment.drivers) == (alone.rating, alone.r_squared, alone.drivers)


def test_the_whole_is_the_same_with_segments_and_without() -> None:
    whole, apart = drivers_of(two_channels()), drivers_of(two_channels(), apart=True)
    assert whole.segments == {}
    assert whole == replace(apart, segments={})


def test_a_segment_without_ratings_is_left_out_with_its_comments() -> None:
    silent = [Record(said().cells, None, channel="fax"), Record(said().cells, 9_000, channel="fax")]  # 9: off the scale
    found = drivers_of([*two_channels(), *silent], apart=True)
    assert found.segments["channel"].unrated == {"fax": 2}
    assert list(found.as_json()["segments"]["channel"]) == ["app", "pier"]
