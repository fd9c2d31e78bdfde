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
from cxscan.insight.significance import benjamini_hochberg
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
    for number in range(n):
        service = random.choice(["positive", "negative", None])
        price = random.choice(["positive", "negative", None, None])
        drawn = 3.6 + {"positive": 0.3, "negative": -1.5, None: 0.0}[service] + 2 * (random.random() - 0.5)
        names = {"service": service, "price": price}
        rating = 1_000 * min(5, max(1, round(drawn)))
        themes = {name: value for name, value in names.items() if value}
        records.append(said(f"answer {number}", rating=rating, **themes))
    return records


def two_channels() -> list[Record]:
    """Of a made-up ferry line: at the pier bad service ruins the rating, in the app a late parcel does."""
    pier = [replace(record, channel="pier") for record in survey(300)]
    renamed = {"service": "delivery", "price": "price"}
    app = []
    for one in survey(200, seed=3):
        themes = {renamed[name]: way for name, way in one.cells[0].themes.items()}
        app.append(replace(said(one.cells[0].text, rating=one.rating, **themes), channel="app"))
    return [record for pair in zip_longest(pier, app) for record in pair if record]


def of_two_tones(complaint: int, others: int, scale=STARS) -> list[Record]:
    """Twenty complaints of the price, twenty others as angry, and forty happy records rated at the top."""
    angry = [said("Too dear", -8_000, complaint + 1_000 * (n % 2), price="negative") for n in range(20)]
    angry += [said("Awful", -8_000, others + 1_000 * (n % 2)) for n in range(20)]
    return [*angry, *(said("Lovely", 8_000, scale.high) for _ in range(40))]


def test_a_driver_is_held_against_others_of_the_same_tone() -> None:
    driver = one(drivers_of(of_two_tones(1_000, 3_000)), "price", "negative")
    assert (driver.n, driver.mean_with) == (20, 1.5)
    assert driver.mean_without == pytest.approx((20 * 3.5 + 40 * 5) / 60)
    assert driver.effect == pytest.approx(1.5 - 3.5)
    assert driver.evidence


def test_the_impact_is_the_change_of_the_mean_were_they_rated_as_the_others() -> None:
    silent = [Record((Cell("", State.EMPTY),), 5_000)] * 20
    driver = one(drivers_of([*of_two_tones(1_000, 3_000), *silent]), "price", "negative")
    assert driver.impact == pytest.approx(20 / 100 * 2)


def test_a_theme_that_is_rated_as_its_tone_is_no_driver() -> None:
    driver = one(drivers_of(of_two_tones(1_000, 1_000)), "price", "negative")
    assert driver.effect == pytest.approx(0)
    assert not driver.evidence


def test_on_a_scale_to_ten_the_impact_is_in_nps_points() -> None:
    found = drivers_of(of_two_tones(2_000, 7_000, NPS), scale=NPS)
    driver = one(found, "price", "negative")
    assert found.in_nps
    assert driver.mean_with == 2.5
    assert (driver.effect, driver.impact) == (pytest.approx(-100), pytest.approx(25))


def test_what_moves_the_rating_is_found_and_what_does_not_is_not() -> None:
    found = drivers_of(survey())
    evident = {(driver.theme, driver.polarity) for driver in found.drivers if driver.evidence}
    assert evident == {("service", "negative"), ("service", "positive")}
    assert one(found, "service", "negative").kano == "must-be"
    assert one(found, "price", "negative").kano == "indifferent"
    assert found.tone_r_squared is not None
    assert found.tone_r_squared < 0.02  # all are of one tone
    assert found.places[0].theme == "service"


def test_what_is_explained_is_shared_out_among_the_drivers() -> None:
    found = drivers_of(survey())
    assert sum(driver.explained for driver in found.drivers) == pytest.approx(1)
    assert found.r_squared is not None
    assert 0.3 < found.r_squared < 0.8
    assert sum(place.importance for place in found.places) == pytest.approx(1)


def test_evidence_is_controlled_over_all_that_are_tested() -> None:
    few = [said(f"late {n}", rating=1_000, delivery="negative") for n in range(9)]
    found = drivers_of([*survey(), *few])
    tested = [driver for driver in found.drivers if driver.p is not None]
    for driver, q in zip(tested, benjamini_hochberg([driver.p for driver in tested]), strict=True):
        assert (driver.q, driver.evidence) == (q, q <= 0.05)
    assert {(driver.theme, driver.n) for driver in found.drivers if driver.p is None} == {("delivery", 9)}


def test_ratings_dealt_at_random_are_moved_by_chance_only() -> None:
    random, evident = Random(9), 0
    for _ in range(40):
        records = survey(300, seed=random.randrange(1_000))
        ratings = [record.rating for record in records]
        random.shuffle(ratings)
        dealt = [Record(record.cells, rating) for record, rating in zip(records, ratings, strict=True)]
        found = drivers_of(dealt)
        evident += any(driver.evidence for driver in found.drivers)
    assert evident <= 4


def test_a_mark_at_random_that_carries_the_tone_is_no_driver() -> None:
    random, evident = Random(4), 0
    for _ in range(60):
        records = []
        for number in range(400):
            mood = random.choice([-1, 0, 1])
            rating = 1_000 * min(5, max(1, round(3 + 1.5 * mood + 2 * (random.random() - 0.5))))
            polarity = {-1: "negative", 0: "neutral", 1: "positive"}[mood]
            themes = {"advocacy": polarity} if random.random() < 0.2 else {}
            records.append(said(f"answer {number}", 7_000 * mood, rating, **themes))
        evident += any(driver.evidence for driver in drivers_of(records).drivers)
    assert evident <= 5


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


def without_q(driver: Driver) -> Driver:
    """Without what all segments decide together."""
    return driver._replace(q=None, evidence=False)


def test_a_segment_is_told_as_its_records_are_by_themselves() -> None:
    records = two_channels()
    for channel, segment in drivers_of(records, apart=True).segments["channel"].rated.items():
        alone = drivers_of([record for record in records if record.channel == channel])
        explained = (segment.tone_r_squared, segment.r_squared)
        assert (segment.rating, *explained) == (alone.rating, alone.tone_r_squared, alone.r_squared)
        assert [without_q(driver) for driver in segment.drivers] == [without_q(driver) for driver in alone.drivers]


def test_the_whole_is_the_same_with_segments_and_without() -> None:
    whole, apart = drivers_of(two_channels()), drivers_of(two_channels(), apart=True)
    assert whole.segments == {}
    assert whole == replace(apart, segments={})


def test_a_segment_without_ratings_is_left_out_with_its_comments() -> None:
    silent = [Record(said().cells, None, channel="fax"), Record(said().cells, 9_000, channel="fax")]  # 9: off the scale
    found = drivers_of([*two_channels(), *silent], apart=True)
    assert found.segments["channel"].unrated == {"fax": 2}
    assert list(found.as_json()["segments"]["channel"]) == ["app", "pier"]
