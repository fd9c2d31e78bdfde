from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import UsageError
from cxscan.model import Scale
from cxscan.read.values.rating_cells import parse_rating
from cxscan.read.values.ratings import infer_scale


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("5", 5000),
        ("1.0", 1000),
        (" 9.0 ", 9000),
        ("\xa010\n", 10_000),
        ("4,5", 4500),
        ("-1", -1000),
        ("4 stars", 4000),
        ("1 star", 1000),
        ("4/5", 4000),
        ("8 / 10", 8000),
        ("3 out of 5", 3000),
        ("9 - Very likely", 9000),
        ("10 - Extremely likely", 10_000),
        ("0 = not at all", 0),
        ("5 (excellent)", 5000),
        ("80%", 80_000),
        ("★★★★☆", 4000),
        ("⭐⭐⭐", 3000),
        ("⭐️⭐️", 2000),
        ("☆☆☆☆☆", 0),
        ("Not at all likely - 0", 0),
        ("Extremely likely (10)", 10_000),
        ("good", None),
        ("Room for - 2", None),
        ("", None),
        ("five", None),
        ("Like", None),
        ("NaN", None),
        ("1e999", None),
        ("2024-03-01", None),
        ("1.2.3", None),
        ("5 - 10 minutes", None),
        ("MG-8769", None),
    ],
)
def test_a_rating_is_read_or_left(cell: str, rating: int | None) -> None:
    assert parse_rating(cell) == rating


@pytest.mark.parametrize(
    ("question", "cells", "low", "high"),
    [
        ("rating", ["1", "5", "3"], 1, 5),
        ("rating", ["5"], 1, 5),
        ("rating", ["0"] + ["4"] * 60, 1, 5),
        ("rating", ["0", "4", "5"], 0, 5),
        ("rating", ["10"] * 3 + ["4"] * 97, 1, 5),
        ("rating", ["10"] * 4 + ["4"] * 96, 1, 10),
        ("How likely are you to recommend us?", ["100"] * 3 + ["9"] * 97, 0, 10),
        ("How likely are you to recommend us?", ["100"] * 4 + ["9"] * 96, 0, 100),
        ("rating", ["1", "10", "7"], 1, 10),
        ("rating", ["0"] + ["9"] * 99, 0, 10),
        ("ces", ["1", "7", "4"], 1, 7),
        ("NPS", ["9", "8"], 0, 10),
        ("How likely are you to recommend us?", ["3", "4"], 0, 10),
        ("How was it? (1-7)", ["3", "4"], 1, 7),
        ("score", ["8/10", "9/10"], 0, 10),
        ("score", ["6", "9"], 0, 10),
        ("stars", ["4 stars", "5 stars"], 1, 5),
        ("recommended", ["0", "1", "1"], 0, 1),
        ("satisfaction", ["82", "40"], 0, 100),
        ("points", ["120", "400"], 120, 400),
    ],
)
def test_a_scale_is_settled(question: str, cells: list[str], low: int, high: int) -> None:
    form = infer_scale(question, question, cells)
    assert form.scale == Scale(question, low * 1000, high * 1000)
    assert form.reason


def test_no_rating_has_no_scale() -> None:
    assert infer_scale("rating", "rating", ["", "Like"]).scale is None


def test_a_scale_can_be_told(read: Read) -> None:
    found = read("rating,comment\n1,Good\n7,Bad\n", scale=(1, 7))
    assert found.comments.scale == Scale("rating", 1000, 7000)
    assert found.layout.scale_reason == "asked for with --scale"


def test_a_scale_whose_best_is_the_lowest_is_turned_round(read: Read) -> None:
    found = read("rating,comment\n1,Good\n5,Bad\n9,Odd\n", scale=(1, 5), reverse_scale=True)
    assert found.ratings == [5000, 1000, -3000]


def test_a_scale_begins_below_its_end(read: Read) -> None:
    with pytest.raises(UsageError, match="--scale 5-1"):
        read("rating,comment\n1,Good\n", scale=(5, 1))


def test_ratings_that_cannot_be_read_are_noted(read: Read) -> None:
    found = read("rating,comment\n1,Good\nLike,Bad\n,Fine\n4,Ok\n5,Nice\n")
    assert found.ratings == [1000, None, None, 4000, 5000]
    assert found.source.notes == ("ratings in rating that could not be read: 1",)


def test_few_ratings_above_five_among_many_are_two_scales_perhaps() -> None:
    few = ["1", "2", "4", "5"] * 24 + ["9", "10", "8", "9"]
    assert "two scales? 96% of its values go no higher than 5" in infer_scale("rating", "rating", few).doubt
    assert infer_scale("rating", "rating", ["2", "5", "8", "10"] * 25).doubt == ""


def test_tens_up_to_fifty_are_one_to_five_and_others_are_of_a_hundred() -> None:
    assert infer_scale("rating", "rating", ["50", "40", "10", "20"] * 10).scale == Scale("rating", 10_000, 50_000)
    assert infer_scale("rating", "rating", ["50", "40", "10", "90"] * 10).scale == Scale("rating", 0, 100_000)
