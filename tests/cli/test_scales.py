"""Ratings off their scale, on two scales, and on a scale whose best is the lowest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxscan.model import Scale
from cxscan.read.values.ratings import Ratings, infer_scale

TEXT = "The kettle leaks at the lid"


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Ninety-seven ratings up to five, and three above."""
    path = tmp_path / "survey.csv"
    ratings = ["1", "5", "4"] * 32 + ["5", "8", "9", "10"]
    path.write_text("stars,comment\n" + "".join(f"{rating},{TEXT}\n" for rating in ratings))
    return path


@pytest.fixture
def reversed_survey(tmp_path: Path) -> Path:
    """A survey in which 1 is the best, with one rating off the scale."""
    path = tmp_path / "reversed.csv"
    path.write_text(f"stars,comment\n1,{TEXT}\n5,{TEXT}\n9,{TEXT}\n")
    return path


def test_ratings_off_the_scale_are_null_in_the_rows_and_counted_in_a_note(cxscan, survey: Path, records) -> None:
    ran = cxscan("scan", survey, "--comments", "-")
    ratings = [row["rating"] for row in records(ran.out)]
    assert ratings[-4:] == [5, None, None, None]
    assert "ratings in stars off the scale 1-5, left out (--scale tells another): 3" in ran.err


def test_the_scale_that_is_asked_for_takes_them_all(cxscan, survey: Path, records) -> None:
    ran = cxscan("scan", survey, "--scale", "1-10", "--comments", "-")
    assert [row["rating"] for row in records(ran.out)][-4:] == [5, 8, 9, 10]
    assert "off the scale" not in ran.err


def test_nought_beside_one_to_five_is_no_rating_off_the_scale(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("stars,comment\n" + f"0,{TEXT}\n" + f"4,{TEXT}\n" * 60)
    assert "off the scale" not in cxscan("scan", path).err


def test_a_rating_off_a_reversed_scale_is_null(cxscan, reversed_survey: Path, records) -> None:
    ran = cxscan("scan", reversed_survey, "--scale", "1-5", "--reverse-scale", "--comments", "-")
    assert [row["rating"] for row in records(ran.out)] == [5, 1, None]


def test_a_reversed_scale_is_shown_as_it_was_exported_too(cxscan, reversed_survey: Path) -> None:
    options = (reversed_survey, "--scale", "1-5", "--reverse-scale")
    ran = cxscan("scan", *options)
    assert '"stars" (1–5, of which 1 is the best, turned round)' in ran.err
    assert "1 is the best in the file" in ran.out
    assert json.loads(cxscan("scan", *options, "--format", "json").out)["inputs"][0]["columns"]["rating_reversed"]
    assert "1 is the best in the file, 5 the worst" in cxscan("inspect", *options).out
    assert json.loads(cxscan("inspect", *options, "--format", "json").out)["files"][0]["scale_reversed"]


def test_a_scale_that_changes_within_the_file_is_named(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "lounges.csv"
    ratings = ["2", "5", "4"] * 30 + ["9", "3", "10"] * 30
    path.write_text("overall_rating,comment\n" + "".join(f"{rating},{TEXT}\n" for rating in ratings))
    note = "ratings in overall_rating are read on 1-10: two scales? its first 90 values go no higher than 5"
    assert note in cxscan("scan", path).err
    path.write_text("overall_rating,comment\n" + "".join(f"{rating},{TEXT}\n" for rating in sorted(ratings, key=int)))
    assert "two scales?" not in cxscan("scan", path).err


def test_cells_that_tell_their_own_ends_are_taken_to_one_scale() -> None:
    cells = ["8/10", "7/10", "4/5", "3 out of 5", "9/10"]
    form = infer_scale("rating", "rating", cells)
    assert form.scale == Scale("rating", 0, 10_000)
    assert Ratings(form).column(cells) == [8000, 7000, 8000, 6000, 9000]
    assert form.doubt == "its cells tell several ends (5, 10); each is taken to that of the scale"
