from __future__ import annotations

import pickle
from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from render.made import NPS, RECORDS, STARS, Cell, Record, batch_of, labels_of, said, summary_of

from cxscan.insight.rated import ALL, WITH_SCORED_COMMENT, CountRated, Feature, Rated
from cxscan.model import State


def rated(
    records: list, *, start: int = 1, source: str = "made.csv", scale=STARS, kept: int = 3, apart: bool = True
) -> Rated:
    comments = batch_of(records, start=start, source=source, scale=scale).comments
    return CountRated(kept, apart=apart)(comments, labels_of(records))


def as_plain(one: Rated) -> tuple:
    by_rating = {rating: counts.tolist() for rating, counts in one.by_rating.items()}
    tones = [getattr(one.tones, name.name).tobytes() for name in fields(one.tones)]
    return by_rating, tones, one.contradictions, {**one.segments}


def column(one: Rated, theme: str, polarity: str) -> dict[int, int]:
    at = 2 + one.features.index(Feature(theme, polarity))
    return {rating: int(counts[at]) for rating, counts in one.by_rating.items() if counts[at]}


def test_each_record_counts_once_for_what_one_of_its_cells_says() -> None:
    record = Record(
        (Cell(themes={"price": "negative"}), Cell(themes={"price": "negative", "service": "positive"})), 2_000
    )
    one = rated([record])
    assert column(one, "price", "negative") == {2_000: 1}
    assert column(one, "service", "positive") == {2_000: 1}
    features = [one.features.index(Feature(*names)) for names in (("price", "negative"), ("service", "positive"))]
    assert one.tones.together.sum(axis=0)[np.ix_(features, features)].tolist() == [[1, 1], [1, 1]]


def test_what_lies_outside_the_scale_or_has_no_rating_is_left_out() -> None:
    assert rated([said(rating=9_000), said(rating=None), said(rating=10**30)]).by_rating == {}


def test_a_silent_record_is_counted_and_not_heard() -> None:
    silent = Record((Cell("", State.EMPTY),), 4_000)
    counts = rated([silent, said(rating=4_000)]).by_rating[4_000]
    assert (counts[ALL], counts[WITH_SCORED_COMMENT]) == (2, 1)


def test_a_batch_without_a_scale_counts_nothing() -> None:
    assert rated([said(rating=3_000)], scale=None).by_rating == {}


@settings(max_examples=40)
@given(RECORDS, RECORDS)
def test_parts_add_up_to_the_whole(first: list, second: list) -> None:
    whole = rated(first + second)
    parts = rated(first) + rated(second, start=1 + len(first))
    assert as_plain(parts) == as_plain(whole)


@settings(max_examples=40)
@given(RECORDS)
def test_nothing_added_changes_nothing(records: list) -> None:
    one = rated(records)
    assert as_plain(Rated() + one) == as_plain(one) == as_plain(one + Rated())


@settings(max_examples=40)
@given(RECORDS, RECORDS)
def test_order_does_not_matter(first: list, second: list) -> None:
    one, other = rated(first, source="a.csv"), rated(second, source="b.csv")
    assert as_plain(one + other) == as_plain(other + one)


@settings(max_examples=40)
@given(RECORDS)
def test_contradictions_are_those_that_the_summary_counts(records: list) -> None:
    rating = summary_of(records).total.rating
    listed = rated(records, kept=100).contradictions
    assert len(listed) == (rating.contradictions.n if rating else 0)


@settings(max_examples=40)
@given(RECORDS)
def test_ratings_add_up_to_those_of_the_summary(records: list) -> None:
    rating, one = summary_of(records, scale=NPS).total.rating, rated(records, scale=NPS)
    assert sum(int(counts[ALL]) for counts in one.by_rating.values()) == (rating.n if rating else 0)
    assert sum(r * int(counts[ALL]) for r, counts in one.by_rating.items()) == (rating.counts.sum if rating else 0)


def test_the_most_glaring_contradiction_comes_first_and_is_told_by_its_strongest_cell() -> None:
    mild = said("Quite nice I suppose", 2_000, 1_000)
    glaring = Record((Cell("Fine", score=1_000), Cell("Wonderful people", score=9_000)), 1_000)
    first, second = rated([mild, glaring]).contradictions
    assert (first.text, first.sentiment, first.rating, first.field) == ("Wonderful people", "positive", 1_000, "y")
    assert second.text == "Quite nice I suppose"


def test_only_so_many_contradictions_are_kept() -> None:
    records = [said(f"Bad {number}", -number, 5_000) for number in range(1, 9)]
    assert [one.text for one in rated(records, kept=2).contradictions] == ["Bad 8", "Bad 7"]


@settings(max_examples=40)
@given(RECORDS)
def test_a_segment_counts_as_its_records_do_by_themselves(records: list) -> None:
    one = rated(records)
    parts = dict(one.by_value("channel", STARS))
    assert list(parts) == sorted(parts)
    for channel in {record.channel for record in records}:
        alone = rated([record for record in records if record.channel == channel], apart=False)
        assert (channel in parts) == bool(alone.by_rating)
        if channel in parts:
            assert as_plain(parts[channel])[:2] == as_plain(alone)[:2]
            assert parts[channel].contradictions == ()


@settings(max_examples=40)
@given(RECORDS)
def test_the_segments_add_up_to_the_whole(records: list) -> None:
    one, total = rated(records), Rated()
    for _, part in one.by_value("channel", STARS):
        total += part
    assert as_plain(total)[:2] == as_plain(one)[:2] or not one.by_rating


def test_a_record_of_several_cells_counts_once_in_its_segment() -> None:
    cells = (Cell(themes={"price": "negative"}), Cell(themes={"price": "negative", "service": "positive"}))
    ((channel, part),) = rated([Record(cells, 2_000, channel="post")]).by_value("channel", STARS)
    assert channel == "post"
    assert column(part, "price", "negative") == {2_000: 1}
    assert part.by_rating[2_000][[ALL, WITH_SCORED_COMMENT]].tolist() == [1, 1]


def test_segments_that_were_not_asked_for_are_not_counted() -> None:
    assert rated([said(rating=3_000)], apart=False).segments == {}


def test_a_value_for_each_record_takes_little_room() -> None:
    records = [Record(said(price="negative").cells, 2_000, channel=f"till {number}") for number in range(2_000)]
    counted = rated(records).segments["channel"]
    assert len(counted) == 2_000
    assert len(pickle.dumps(counted)) < 100 * len(counted)
