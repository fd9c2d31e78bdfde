from __future__ import annotations

import json
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import NPS, RECORDS, RULES, STARS, THEMES, Cell, Record, said, summary_of

from cxscan.model import Scale, State
from cxscan.periods import period_of
from cxscan.render.formats import SUMMARY
from cxscan.summary import Counts, Share, Summary


def merged(parts: list[Summary]) -> Summary:
    return reduce(add, parts, Summary.empty(THEMES, RULES))


@given(RECORDS, st.lists(st.integers(0, 12)))
def test_any_split_into_batches_gives_the_same_bytes(records: list[Record], cuts: list[int]) -> None:
    ends = sorted({0, len(records), *(cut for cut in cuts if cut < len(records))})
    pairs = list(pairwise(ends)) or [(0, 0)]
    parts = [summary_of(records[start:end], start=start + 1) for start, end in pairs]
    assert SUMMARY["json"].text(merged(parts)) == SUMMARY["json"].text(merged([summary_of(records)]))


@given(RECORDS, st.randoms())
def test_the_order_of_the_records_does_not_matter_for_the_numbers(records: list[Record], random) -> None:
    mixed = random.sample(records, len(records))
    assert without_quotes(summary_of(mixed)) == without_quotes(summary_of(records))


def without_quotes(summary: Summary) -> object:
    return json.loads(
        SUMMARY["json"].text(summary), object_hook=lambda made: {k: v for k, v in made.items() if k != "quotes"}
    )


@given(RECORDS)
def test_segments_add_up_to_the_total(records: list[Record]) -> None:
    summary = summary_of(records)
    assert sum(summary.segments["channel"].values(), start=Counts()) == summary.total


@given(RECORDS)
def test_the_timeline_and_the_undated_add_up_to_the_total(records: list[Record]) -> None:
    undated = summary_of([record for record in records if record.date is None])
    whole = sum(summary_of(records).timeline.values(), start=undated.total)
    assert replace(whole, quotes={}) == replace(summary_of(records).total, quotes={})


@given(RECORDS)
def test_comments_in_no_period_are_counted(records: list[Record]) -> None:
    summary = summary_of(records)
    assert summary.undated == summary.total.comments - sum(tally.comments for tally in summary.timeline.values())
    assert summary_of(records, period=None).undated is None
    assert (summary + summary).undated == 2 * (summary.undated or 0)


@given(RECORDS)
def test_the_counts_are_those_of_a_plain_loop(records: list[Record]) -> None:
    tally = summary_of(records).total
    cells = [cell for record in records for cell in record.cells]
    scored = [cell for cell in cells if cell.state is State.SCORED]
    assert tally.comments + tally.empty == len(cells)
    assert tally.scored == len(scored)
    unscored = [cell for cell in cells if cell.state is State.UNSCORED]
    assert tally.reasons.no_answer == sum(cell.language == "en" for cell in unscored)
    assert tally.reasons.languages.get("es", 0) == sum(cell.language == "es" for cell in unscored)
    assert tally.score == sum(cell.score for cell in scored)
    assert tally.sentiment.negative == sum(cell.score < 0 for cell in scored)
    assert tally.theme("price").n == sum("price" in cell.themes for cell in scored)
    assert tally.theme("price").mixed == sum(cell.themes.get("price") == "mixed" for cell in scored)
    assert tally.intents.question == sum("question" in cell.intents for cell in scored)
    commodity = {"price", "delivery", "competition"}
    assert tally.commodity == sum(bool(cell.themes) and cell.themes.keys() <= commodity for cell in scored)
    delighted = [cell for cell in scored if cell.score >= 6_000 and any(
        cell.themes.get(name) == "positive" for name in ("experience", "relationship", "advocacy"))]  # fmt: skip
    assert tally.delight == len(delighted)


@given(RECORDS)
def test_the_rating_is_that_of_a_plain_loop(records: list[Record]) -> None:
    rating = summary_of(records).total.rating
    given = [record.rating for record in records if record.rating is not None]
    inside = [units for units in given if 1_000 <= units <= 5_000]
    if rating is None:
        assert not given
        return
    assert rating.n == len(inside)
    assert rating.counts.outside == len(given) - len(inside)
    assert rating.mean == (pytest.approx(sum(inside) / len(inside) / 1_000) if inside else None)
    rest = [record.rating for record in records if record.rating in inside and not about_price(record)]
    if rest and inside:
        change = sum(rest) / len(rest) / 1_000 - sum(inside) / len(inside) / 1_000
        assert rating.impact("price") == pytest.approx(change)


def about_price(record: Record) -> bool:
    return any("price" in cell.themes for cell in record.cells)


def test_a_rating_counts_once_for_a_record_with_two_comments() -> None:
    liked, disliked = Cell("The room was lovely", score=8_000), Cell("The noise was bad", score=-3_000)
    rating = summary_of([Record((liked, disliked), 5_000)]).total.rating
    assert rating is not None
    assert (rating.n, rating.mean) == (1, 5.0)


def test_a_rating_without_a_comment_counts() -> None:
    summary = summary_of([Record((Cell("", State.EMPTY),), 2_000), said(rating=4_000)])
    assert summary.total.rating is not None
    assert summary.total.rating.mean == 3.0


def test_ratings_outside_the_scale_are_counted_and_not_used() -> None:
    rating = summary_of([said(rating=6_000), said(rating=10**30), said(rating=5_000)]).total.rating
    assert rating is not None
    assert (rating.counts.outside, rating.n, rating.mean) == (2, 1, 5.0)


def test_nps_is_promoters_less_detractors_in_points() -> None:
    ratings = [10_000, 9_000, 9_000, 8_000, 7_000, 6_000, 0]
    rating = summary_of([said(rating=units) for units in ratings], scale=NPS).total.rating
    assert rating is not None
    assert rating.nps == pytest.approx(100 / 7)
    assert rating.top_box == Share(1, 7)


def test_groups_of_answers_have_the_nps_as_their_mean() -> None:
    groups = Scale("nps", -100_000, 100_000)
    ratings = [100_000, 100_000, 100_000, 0, 0, -100_000, -100_000]
    rating = summary_of([said(rating=units) for units in ratings], scale=groups).total.rating
    assert rating is not None
    assert (rating.counts.promoters, rating.counts.detractors) == (3, 2)
    assert rating.nps == pytest.approx(100 / 7) == rating.mean


def test_stars_have_no_nps() -> None:
    rating = summary_of([said(rating=5_000)]).total.rating
    assert rating is not None
    assert rating.nps is None


def test_a_top_rating_with_negative_words_contradicts_them() -> None:
    records = [
        said(score=-5_000, rating=5_000),
        said(score=-5_000, rating=4_000),
        said(score=5_000, rating=1_000),
        said(score=-5_000, rating=3_000),
        said(score=0, rating=5_000),
        said(score=5_000, rating=5_000),
    ]
    rating = summary_of(records).total.rating
    assert rating is not None
    assert rating.contradictions == Share(3, 6)


def test_praise_and_blame_of_one_record_contradict_no_rating() -> None:
    liked, disliked = Cell("lovely", score=8_000), Cell("bad", score=-3_000)
    rating = summary_of([Record((liked, disliked), 5_000)]).total.rating
    assert rating is not None
    assert rating.contradictions == Share(0, 1)


def test_a_rating_without_words_is_not_among_those_that_could_contradict() -> None:
    rating = summary_of([Record((Cell("n/a", State.UNSCORED),), 5_000)]).total.rating
    assert rating is not None
    assert rating.contradictions == Share(0, 0)


def test_a_theme_that_drags_the_rating_down_has_a_positive_impact() -> None:
    rating = summary_of([said(rating=1_000, price="negative"), said(rating=5_000), said(rating=3_000)]).total.rating
    assert rating is not None
    assert rating.impact("price") == 1.0  # 4 without it, 3 with it


def test_a_theme_of_every_record_has_no_impact() -> None:
    rating = summary_of([said(rating=1_000, price="negative")]).total.rating
    assert rating is not None
    assert rating.impact("price") is None


def test_files_with_different_scales_add_but_show_no_rating() -> None:
    whole = summary_of([said(rating=5_000)]) + summary_of([said(rating=9_000)], source="b.csv", scale=NPS)
    assert whole.scales_differ
    assert whole.as_json()["rating"] is None


def test_columns_of_the_same_scale_add_under_both_names() -> None:
    other = Scale("score", 1_000, 5_000)
    whole = summary_of([said(rating=5_000)], scale=STARS) + summary_of([said(rating=2_000)], scale=other)
    rating = whole.total.rating
    assert not whole.scales_differ
    assert rating is not None
    assert (rating.scale.column, rating.mean) == (", ".join(sorted([STARS.column, "score"])), 3.5)


def test_rejected_records_are_in_no_segment() -> None:
    summary = summary_of([said()], rejects=2)
    assert summary.total.rejected == 2
    assert summary.segments["channel"]["web"].rejected == 0
    assert summary.inputs["made.csv"].records == 3


@pytest.mark.parametrize(
    ("period", "label"), [("day", "2026-11-21"), ("week", "2026-W47"), ("month", "2026-11"), ("quarter", "2026-Q4")]
)
def test_a_date_lies_in_its_period(period, label: str) -> None:
    assert period_of("2026-11-21T08:00:00Z", period) == label


def test_the_first_days_of_january_may_lie_in_the_last_iso_week_of_the_year_before() -> None:
    assert period_of("2027-01-02", "week") == "2026-W53"


def test_comments_without_a_date_are_in_no_period() -> None:
    assert dict(summary_of([said()]).timeline) == {}


def test_a_batch_without_comments_counts_its_rejects() -> None:
    summary = summary_of([], rejects=1)
    assert (summary.total.comments, summary.total.rejected) == (0, 1)


def test_short_strong_words_about_one_theme_are_quoted_first() -> None:
    records = [
        said("bad", -9_000, price="negative"),
        said("Far too expensive for what you get here", -7_000, price="negative"),
        said("word " * 300, -9_900, price="negative"),
        said("It is a little too expensive for us", -1_000, price="negative"),
        said("Expensive and late and rude, all at once", -7_500, price="negative", delivery="mixed", service="mixed"),
    ]  # fmt: skip
    assert [quote.record for quote in summary_of(records).total.theme_quotes("price")] == [2, 1, 5]


def test_a_very_long_comment_is_not_quoted() -> None:
    assert summary_of([said("word " * 1_001, -9_000, price="negative")]).total.theme_quotes("price") == []


def test_no_quotes_are_kept_where_none_are_asked_for() -> None:
    assert summary_of([said("Far too expensive for us", price="negative")], quotes=0).total.theme_quotes("price") == []


def test_a_theme_of_an_unscored_comment_does_not_count() -> None:
    summary = summary_of([Record((Cell("?", State.UNSCORED, themes={"price": "negative"}),))])
    assert summary.total.theme("price").n == 0


@pytest.mark.parametrize(("score", "delighted"), [(5_999, 0), (6_000, 1)])
@pytest.mark.parametrize("theme", ["experience", "relationship", "advocacy"])
def test_delight_begins_at_a_score_of_six_tenths(theme: str, score: int, delighted: int) -> None:
    assert summary_of([said(score=score, **{theme: "positive"})]).total.delight == delighted


def test_no_other_theme_delights() -> None:
    assert summary_of([said(score=9_000, price="positive", experience="negative")]).total.delight == 0
