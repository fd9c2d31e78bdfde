"""Which column is the rating: by its name, its cells and its neighbours."""

from __future__ import annotations

import pytest
from reading import Read

from cxscan.model import Scale
from cxscan.read.values.rating_cells import parse_rating

TEXTS = (
    "The kettle leaks at the lid",
    "They answered within the hour",
    "Too dear for what it does",
    "The handle broke after a week",
    "I would buy it again at once",
    "The driver was rude to my neighbour",
)


def export(header: str, *rows: str) -> str:
    """A file with the columns of the header, and `comment` as its last."""
    lines = (f"{row},{text}" for row, text in zip(rows, TEXTS, strict=False))
    return "\n".join((f"{header},comment", *lines)) + "\n"


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("1.3333333333333333", 1333),
        ('="5"', 5000),
        ("4 star rating", 4000),
        ("Rated 5 out of 5 stars", 5000),
        ("Rating: 4.0 out of 5", 4000),
        ("User rated this 4 out of 5 stars", 4000),
        ("4.0 of 5 bubbles", 4000),
        ("4,0 von 5 Sternen", 4000),
        ("4,5 sur 5 étoiles", 4500),
        ("4,0 de 5 estrellas", 4000),
        ("4,0 su 5 stelle", 4000),
        ("5つ星のうち4.0", 4000),
        ("5점 만점에 4점", 4000),
        ("4.0 颗星，最多 5 颗星", 4000),
        ("ui_bubble_rating bubble_45", 4500),
        ("bubble_10", 1000),
        ("star-4.png", 4000),
        ("a-icon a-icon-star a-star-4-5 review-rating", 4500),
        ("https://cdn.example.com/brand-assets/4.1.0/stars/stars-3.5.svg", 3500),
        ("i-stars--regular-4__373c0", 4000),
        ("stars_4_half.png", 4500),
        ('<i class="a-icon a-star-4"></i>', 4000),
        ("width: 80%", 80_000),
        ("★★★½", 3500),
        ("● ● ● ● ○", 4000),
        ("⭐ 4.5", 4500),
        ("My 5 star hotel", None),
        ("I paid 4 of 5 bills", None),
        ("version-5", None),
        ("rate-product-5000", None),
        ("score12", None),
    ],
)
def test_stars_are_read_as_pages_write_them(cell: str, rating: int | None) -> None:
    assert parse_rating(cell) == rating


@pytest.mark.parametrize(
    ("header", "rows", "ratings"),
    [
        ("starRating", ("ONE", "FIVE", "TWO"), [1, 5, 2]),
        ("star", ("1 star rating", "5 star rating", "2 star rating"), [1, 5, 2]),
        ("rating", ("bubble_10", "bubble_50", "bubble_20"), [1, 5, 2]),
        ("x3k9", ("Rated 1 out of 5 stars", "Rated 5 out of 5 stars", "Rated 2 out of 5 stars"), [1, 5, 2]),
        ("recommendation", ("Not Recommended", "Recommended", "Not Recommended"), [0, 1, 0]),
        ("Would you recommend us?", ("No", "Yes", "No"), [0, 1, 0]),
        ("voted_up", ("False", "True", "False"), [0, 1, 0]),
        ("Was this page helpful?", ("no", "yes", "no"), [0, 1, 0]),
        ("Weiterempfehlung", ("Nein", "Ja", "Nein"), [0, 1, 0]),
        ("thumbs", ("down", "up", "down"), [0, 1, 0]),
        ("ratings", ("1", "5", "2"), [1, 5, 2]),
        ("Sterne", ("1", "5", "2"), [1, 5, 2]),
        ("Puntuación", ("1", "5", "2"), [1, 5, 2]),
        ("note", ("1", "5", "2"), [1, 5, 2]),
        ("評価", ("1", "5", "2"), [1, 5, 2]),
        ("Emotion (1-5)", ("1", "5", "2"), [1, 5, 2]),
        ("Lid fit [1 to 5]", ("1", "5", "2"), [1, 5, 2]),
        ("stars,rating", ("1,", "5,", "2,"), [1, 5, 2]),
        ("review.score,hotel.rating", ("1,4.3", "5,4.3", "2,4.1"), [1, 5, 2]),
        ("stars,totalScore", ("1,4.3", "5,4.3", "2,4.1"), [1, 5, 2]),
        ("NPS,CSAT", ("1,5", "10,2", "2,4"), [1, 10, 2]),
        (
            "How satisfied are you with the price?,How satisfied are you overall?",
            ("1,5", "5,2", "2,4"),
            [5, 2, 4],
        ),
        (
            "How satisfied are you with delivery?,How likely are you to recommend us? (0-10)",
            ("1,2", "5,9", "2,7"),
            [2, 9, 7],
        ),
    ],
)
def test_a_column_whose_name_and_cells_rate_is_the_rating(
    read: Read, header: str, rows: tuple[str, ...], ratings: list[int]
) -> None:
    found = read(export(header, *rows))
    assert found.ratings == [rating * 1000 for rating in ratings]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("_score", ("1", "1", "1")),
        ("relevanceScore", ("4.1", "3.2", "2.5")),
        ("score", ("7.1234", "6.4821", "5.0912")),
        ("confidence_score", ("0.91", "0.87", "0.99")),
        ("sentiment_score", ("1", "-1", "1")),
        ("score", ("0.91", "0.87", "0.99")),
        ("score", ("12", "140", "3")),
        ("score", ("12", "40", "3")),
        ("score", ("-2", "4", "1")),
        ("subreddit,score", ("lamps,3", "lamps,1", "lamps,7")),
        ("Board,Status,points", ("Ideas,open,3", "Ideas,open,1", "Ideas,open,7")),
        ("votes", ("1", "5", "2")),
        ("weighted_vote_score", ("0.52", "0.5", "1")),
        ("helpful_score", ("1", "5", "2")),
        ("averageRating", ("4", "5", "4")),
        ("business.stars", ("4", "4.5", "4")),
        ("rating", ("4.3", "4.3", "4.3", "4.3", "4.3")),
        ("hotel_rating", ("4.3", "4.1", "3.9")),
        ("price rating", ("4", "5", "4")),
        ("response rate", ("4", "5", "4")),
        ("verified", ("yes", "no", "yes")),
        ("note", ("call back", "done", "call back")),
        ("rating type", ("1", "2", "1")),
    ],
)
def test_votes_measures_averages_and_outputs_of_models_are_no_ratings(
    read: Read, header: str, rows: tuple[str, ...]
) -> None:
    found = read(export(header, *rows), text=("comment",))
    assert set(found.ratings) == {None}


def test_a_score_up_to_a_hundred_is_a_rating_where_it_is_no_vote(read: Read) -> None:
    assert read(export("score", "82", "40", "95")).layout.scale == Scale("score", 0, 100_000)


def test_a_rating_that_is_its_only_column_may_be_empty_at_first(read: Read) -> None:
    assert read(export("rating", "", "", "")).layout.of_role("rating") == ("rating",)


def test_columns_that_were_not_taken_are_named_with_their_reason(read: Read) -> None:
    found = read(export("NPS,CSAT,votes_score", "1,5,9", "10,2,8", "2,4,7"))
    passed = {one.column: one.reason for one in found.layout.candidates if one.role == "rating" and not one.chosen}
    assert "--rating" in passed["CSAT"]
    assert passed["votes_score"] == "its name says votes of others"


def test_the_themes_that_a_program_found_are_no_rating(read: Read) -> None:
    outcome = read(export("themes.experience", "positive", "negative", "", "positive", "negative", "negative"))
    assert outcome.layout.of_role("rating") == ()


def test_a_column_that_only_sounds_like_a_rating_and_is_nearly_empty_is_none(read: Read) -> None:
    cells = ["positive" if number in (30, 60) else "" for number in range(300)]
    lines = [f"{number},{cell},{TEXTS[number % 6]} {number}" for number, cell in enumerate(cells)]
    outcome = read("\n".join(("id,experience,comment", *lines)) + "\n")
    assert outcome.layout.of_role("rating") == ()


@pytest.mark.parametrize(
    ("header", "reverse"),
    [
        ("Mood (1 = bad; 5 = great)", False),
        ("The queue was short (1 = strongly disagree; 5 = strongly agree)", False),
        ("Ward (1 = very good; 5 = very poor)", True),
    ],
)
def test_a_header_that_says_what_the_ends_mean_tells_a_scale(read: Read, header: str, reverse: bool) -> None:  # noqa: FBT001  a parameter of the test
    outcome = read(export(header, "1", "4", "2", "3", "5", "2"))
    assert outcome.layout.scale == Scale(header, 1000, 5000)
    assert outcome.layout.scale_reversed == reverse


@pytest.mark.parametrize("header", ["Q1,Q1_NPS_GROUP", "answer,answerlabel"])
def test_the_numbers_go_before_the_groups_that_follow_from_them(read: Read, header: str) -> None:
    rows = ("0,Detractor", "6,Detractor", "7,Passive", "8,Passive", "9,Promoter", "10,Promoter")
    outcome = read(export(header, *rows))
    assert outcome.layout.of_role("rating") == (header.partition(",")[0],)
    assert outcome.layout.scale == Scale(header.partition(",")[0], 0, 10_000)


def test_numbers_from_which_no_group_follows_are_not_taken_for_the_rating(read: Read) -> None:
    rows = ("9,Detractor", "1,Detractor", "2,Passive", "8,Passive", "3,Promoter", "10,Promoter")
    assert read(export("visits,answerlabel", *rows)).layout.of_role("rating") == ("answerlabel",)
