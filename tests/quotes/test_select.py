from __future__ import annotations

from dataclasses import replace

import pytest
from render.made import Cell, Record, batch_of, labels_of, said

from cxscan.model import Comments, Labels, State
from cxscan.quotes.filter import CommentFilter
from cxscan.quotes.select import Pick, passing, picked, take

RECORDS = [
    said("It broke after two days and nobody cares about it", -8_000, 1_000, quality="negative"),
    said("Delivered late, but the price was really good for us", 3_000, 4_000, delivery="negative", price="positive"),
    Record((Cell("Lovely people everywhere", score=9_000, themes={"service": "positive"}, intents=("praise",)),),
           5_000, "2026-11-21", "phone"),
    Record((Cell("n/a", State.UNSCORED, themes={"price": "negative"}),), 2_000, "2026-11-21", "phone"),
    Record((Cell("Good and bad, and all of it at once", score=0, mixed=True),), 3_000, "2026-12-02", "phone"),
]  # fmt: skip


def batch(records: list[Record] | None = None) -> tuple[Comments, Labels]:
    some = RECORDS if records is None else records
    return batch_of(some).comments, labels_of(some)


def told_apart(comments: Comments) -> Comments:
    """The comments with another text each: of those that say the same only one is shown."""
    return replace(comments, texts=[f"{text} {at}" for at, text in enumerate(comments.texts)])


@pytest.mark.parametrize(
    ("wanted", "records"),
    [
        (CommentFilter(), [1, 2, 3, 5]),
        (CommentFilter(theme="price"), [2]),
        (CommentFilter(theme="delivery", polarity="positive"), []),
        (CommentFilter(theme="delivery", polarity="negative"), [2]),
        (CommentFilter(theme="parking"), []),
        (CommentFilter(polarity="positive"), [2, 3]),
        (CommentFilter(polarity="neutral"), [5]),
        (CommentFilter(polarity="mixed"), [5]),
        (CommentFilter(lens="product"), [1, 2]),
        (CommentFilter(lens="customer"), [3]),
        (CommentFilter(lens="none"), [5]),
        (CommentFilter(intent="praise"), [3]),
        (CommentFilter(segments=(("channel", "phone"),)), [3, 5]),
        (CommentFilter(period="2026-11"), [3]),
        (CommentFilter(period="2026-Q4"), [3, 5]),
        (CommentFilter(period="2026-W47"), [3]),
        (CommentFilter(period="2026-12-02"), [5]),
        (CommentFilter(period="soon"), []),
        (CommentFilter(match="LATE"), [2]),
        (CommentFilter(match="a.l"), []),
        (CommentFilter(segments=(("channel", "phone"),), polarity="positive"), [3]),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted: CommentFilter, records: list[int]) -> None:
    comments, labels = batch()
    assert [comments.records[row] for row in passing(comments, labels, wanted).nonzero()[0]] == records


def first(records: list[Record], wanted: CommentFilter, pick: Pick = "telling", count: int = 9) -> list[int]:
    comments, labels = batch(records)
    return [comments.records[row] for _, row in picked(told_apart(comments), labels, wanted, pick, count)]


def test_a_long_comment_comes_after_one_that_is_as_strong_and_easy_to_read() -> None:
    records = [said("x" * 270, 8_000, price="positive"), said("y" * 100, 6_000, price="positive")]
    assert first(records, CommentFilter(theme="price")) == [2, 1]
    assert first(records, CommentFilter(theme="price"), "extreme") == [1, 2]


def test_a_terse_comment_comes_after_one_with_words_enough() -> None:
    records = [said("x" * 5, 8_000, price="positive"), said("y" * 30, 6_500, price="positive")]
    assert first(records, CommentFilter(theme="price")) == [2, 1]


def test_a_comment_on_one_theme_comes_before_one_on_three() -> None:
    records = [
        said("x" * 60, 9_000, price="positive", delivery="positive", service="positive"),
        said("y" * 60, 5_000, price="positive"),
        said("z" * 60, 6_000, price="positive", service="positive"),
    ]
    assert first(records, CommentFilter(theme="price")) == [2, 1, 3]


def test_the_strongest_comments_come_first_whatever_they_say() -> None:
    records = [said(score=5_000), said(score=-9_000), said(score=0)]
    assert first(records, CommentFilter(), "extreme") == [2, 1, 3]
    assert first(records, CommentFilter(polarity="negative"), "extreme") == [2]


def test_of_a_theme_the_comments_come_first_whose_words_go_with_it() -> None:
    records = [
        said(score=9_000, price="negative"),
        said(score=-4_000, price="negative"),
        said(score=5_000, price="positive"),
        said(score=8_000, price="mixed"),
    ]
    assert first(records, CommentFilter(theme="price"), "extreme") == [3, 2, 4, 1]


@pytest.mark.parametrize("polarity", ["neutral", "mixed"])
def test_the_most_even_of_neutral_and_mixed_comments_come_first(polarity: str) -> None:
    records = [said(score=score, price=polarity) for score in (2_000, -9_000, 1_000)]
    assert first(records, CommentFilter(theme="price", polarity=polarity), "extreme") == [3, 1, 2]


def test_further_themes_beyond_the_fourth_cost_no_more() -> None:
    others = ["quality", "delivery", "competition", "service", "experience"]
    records = [
        said("x" * 60, 5_001, price="positive", **dict.fromkeys(others, "positive")),
        said("x" * 60, 5_000, price="positive", **dict.fromkeys(others[:4], "positive")),
    ]
    assert first(records, CommentFilter(theme="price")) == [1, 2]


def test_equal_comments_come_by_source_record_and_field() -> None:
    records = [Record((Cell(), Cell())), Record((Cell(),))]
    comments, labels = batch(records)
    keys = [key for key, _ in picked(told_apart(comments), labels, CommentFilter(), "telling", 9)]
    assert [(source, record, field) for _, source, record, field in keys] == [
        ("made.csv", 1, "y"), ("made.csv", 1, "z"), ("made.csv", 2, "z"),
    ]  # fmt: skip


def test_recent_comments_come_by_their_moment_and_those_without_one_last() -> None:
    dates = ("2026-11-21", None, "2026-11-21T10:00:00", "2026-12-01")
    records = [Record((Cell("some words"),), date=date) for date in dates]
    assert first(records, CommentFilter(), "recent") == [4, 3, 1, 2]


def test_a_random_choice_is_the_same_each_time_and_another_for_other_records() -> None:
    records = [said(f"words {number}") for number in range(50)]
    once = first(records, CommentFilter(), "random", 5)
    assert once == first(records, CommentFilter(), "random", 5)
    assert once != sorted(once)


def test_comments_are_taken_in_the_order_given() -> None:
    comments, _ = batch()
    assert take(comments, [2, 0]).records == [3, 1]


def test_a_record_contradicts_its_rating_by_all_its_cells_and_is_shown_once() -> None:
    liked, disliked, loved = Cell("liked", score=4_000), Cell("disliked", score=-6_000), Cell("loved", score=9_000)
    records = [
        Record((liked, disliked), 1_000),  # praise and blame: no contradiction
        Record((liked, loved, disliked), 1_000),
        Record((loved,), 5_000),
        Record((disliked,), 5_000),
        Record((disliked,), 9_000),  # not on the scale
        Record((disliked,), 3_000),  # in the middle
    ]
    comments, labels = batch(records)
    rows = passing(comments, labels, CommentFilter(contradicting=True)).nonzero()[0]
    assert [(comments.records[row], comments.texts[row]) for row in rows] == [(2, "loved"), (4, "disliked")]
