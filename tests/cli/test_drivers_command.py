from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.test_schemas import validator  # noqa: F401 - a fixture

from cxscan.engines import local


def test_the_drivers_of_a_survey_are_in_nps_points(cxscan, sample_data: Path) -> None:
    ran = cxscan("drivers", sample_data / "support_survey.json")
    assert ran.code == 0
    assert "impact: in NPS points" in ran.out
    assert "IMPORTANCE AGAINST PERFORMANCE" in ran.out


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv", "line"])
def test_every_format_goes_to_a_file(cxscan, sample_data: Path, tmp_path: Path, form: str) -> None:
    reviews = sample_data / "app_reviews.csv"
    shown = cxscan("drivers", reviews, "--format", form).out
    ran = cxscan("drivers", reviews, "--format", form, "-o", tmp_path / "result")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "result").read_text(encoding="utf-8") == shown


def test_rating_and_contradictions_are_those_of_the_summary(cxscan, sample_data: Path) -> None:
    reviews = sample_data / "app_reviews.csv"
    found = json.loads(cxscan("drivers", reviews, "--format", "json", "--quotes", 1_000).out)
    assert found["rating"] == json.loads(cxscan("scan", reviews, "--format", "json").out)["rating"]
    assert len(found["contradictions"]) == found["rating"]["contradictions"]["n"]


def test_workers_do_not_change_a_byte(cxscan, sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "ALONE", 0)
    reviews = sample_data / "app_reviews.csv"
    one, two = (cxscan("drivers", reviews, "--format", "json", "--workers", n) for n in (1, 2))
    assert one.code == 0
    assert one.out == two.out


def test_without_ratings_the_remedy_is_named(cxscan, export) -> None:
    ran = cxscan("drivers", export("Good staff", "Bad food"))
    assert (ran.code, ran.out) == (2, "")
    assert "--rating" in ran.err


def test_a_scale_can_be_settled(cxscan, export) -> None:
    path = export(*["Good staff", "Bad food"] * 20, ratings=[3, 1] * 20)
    found = json.loads(cxscan("drivers", path, "--scale", "1-5", "--format", "json").out)
    assert (found["rating"]["low"], found["rating"]["high"], found["rating"]["mean"]) == (1, 5, 2)


def test_a_reversed_scale_turns_the_impact_round(cxscan, export) -> None:
    path = export(*["Good staff", "Bad food"] * 20, ratings=[1, 4] * 20)
    ratings = [
        json.loads(cxscan("drivers", path, "--scale", "1-5", *options, "--format", "json").out)["rating"]["mean"]
        for options in ([], ["--reverse-scale"])
    ]
    assert ratings == [2.5, 3.5]


@pytest.mark.parametrize("file", ["support_survey.json", "app_reviews.csv"])
def test_the_result_holds_to_its_schema(cxscan, validator, sample_data: Path, file: str) -> None:  # noqa: F811
    validator("drivers-1.json", json.loads(cxscan("drivers", sample_data / file, "--format", "json").out))


def test_segments_that_are_not_told_apart_are_no_silence(cxscan, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    apart, whole = (cxscan("drivers", survey, "--format", "line", *by) for by in (["--by", "channel"], []))
    assert (apart.code, apart.out) == (0, whole.out)
    assert "counts all segments together" in apart.err
    assert "segments" not in whole.err
