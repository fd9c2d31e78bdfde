from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cxscan.engines import local


def test_the_drivers_of_a_survey_are_in_nps_points(cxscan, sample_data: Path) -> None:
    ran = cxscan("drivers", sample_data / "support_survey.json")
    assert ran.code == 0
    assert "effect: in NPS points" in ran.out


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
    monkeypatch.setattr(local, "MAX_SINGLE_PROCESS_COMMENTS", 0)
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
def test_the_result_holds_to_its_schema(cxscan, validator, sample_data: Path, file: str) -> None:
    found = json.loads(cxscan("drivers", sample_data / file, "--format", "json").out)
    assert validator("drivers-1.json", found)["drivers"]


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """Ratings of a made-up ferry line: at the pier the staff matter, in the app the price; by fax nobody rates."""
    path = tmp_path / "ferry.csv"
    staff = [("Friendly staff at the gate", 5), ("The crew were kind and helpful", 5), ("Rude staff at the gate", 1)]
    price = [("Much too expensive", 1), ("The price is a rip-off", 1), ("Great value, cheap tickets", 5)]
    rows = [
        (text, said if channel == matters else rating, channel)
        for channel in ("pier", "app")
        for texts, matters in ((staff, "pier"), (price, "app"))
        for text, said in texts
        for rating in (1, 5) * 8
    ]
    rows += [("Too expensive", "", "fax"), ("Friendly staff", "", "fax")] * 12
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["comment", "rating", "Channel"])
        writer.writerows(rows)
    return path


def test_each_segment_has_its_own_drivers(cxscan, validator, ferry: Path) -> None:
    ran = cxscan("drivers", ferry, "--by", "channel", "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    validator("drivers-1.json", found)
    assert list(found)[-1] == "segments"
    ((column, segments),) = found["segments"].items()
    assert column.casefold() == "channel"
    evident = {
        name: {
            driver["theme"]
            for driver in segment["drivers"]
            if driver["evidence"] and driver["polarity"] == "negative" and driver["impact"] > 0
        }
        for name, segment in segments.items()
    }
    assert evident == {"app": {"price"}, "pier": {"service"}}


def test_a_segment_is_that_of_a_file_with_its_records_alone(cxscan, ferry: Path) -> None:
    segments = json.loads(cxscan("drivers", ferry, "--by", "Channel", "--format", "json").out)["segments"]["Channel"]
    summary = json.loads(cxscan("scan", ferry, "--by", "Channel", "--format", "json").out)["segments"]["Channel"]
    lines = ferry.read_text(encoding="utf-8").splitlines()
    for channel in ("app", "pier"):
        alone = ferry.with_name(f"{channel}.csv")
        own = [line for line in lines[1:] if line.endswith(f",{channel}")]
        alone.write_text("\n".join([lines[0], *own]), encoding="utf-8")
        found = json.loads(cxscan("drivers", alone, "--scale", "1-5", "--format", "json").out)
        for driver in (*segments[channel]["drivers"], *found["drivers"]):
            del driver["q"], driver["evidence"]  # what all segments decide together
        assert segments[channel] == {key: found[key] for key in ("rating", "tone_r_squared", "r_squared", "drivers")}
        assert segments[channel]["rating"] == summary[channel]["rating"]


def test_segments_without_ratings_are_named(cxscan, ferry: Path) -> None:
    ran = cxscan("drivers", ferry, "--by", "Channel")
    assert "BY Channel" in ran.out
    assert "no ratings: fax (24*)" in ran.out
    assert "segments" not in ran.err.replace(str(ferry), "")


def test_two_columns_are_two_sections_and_one_named_twice_is_one(cxscan, ferry: Path) -> None:
    asked = ["--by", "Channel", "--by", "rating", "--by", "Channel"]
    found = json.loads(cxscan("drivers", ferry, *asked, "--rating", "rating", "--format", "json").out)
    assert list(found["segments"]) == ["Channel", "rating"]


def test_without_by_there_are_no_segments(cxscan, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    assert json.loads(cxscan("drivers", survey, "--format", "json").out)["segments"] == {}
    assert cxscan("drivers", survey, "--format", "csv").out.startswith("theme,")


def test_the_line_tells_of_the_whole(cxscan, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    apart, whole = (cxscan("drivers", survey, "--format", "line", *by) for by in (["--by", "channel"], []))
    assert apart == whole


def test_an_unknown_segment_column_is_named(cxscan, sample_data: Path) -> None:
    ran = cxscan("drivers", sample_data / "support_survey.json", "--by", "chanel")
    assert ran.code == 2
    assert "channel" in ran.err


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_workers_do_not_change_a_byte_of_the_segments(
    cxscan, sample_data: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(local, "MAX_SINGLE_PROCESS_COMMENTS", 0)
    asked = ["drivers", sample_data / "support_survey.json", "--by", "channel", "--format", form]
    one, two = (cxscan(*asked, "--workers", n) for n in (1, 2))
    assert one.code == 0
    assert one == two


def test_the_hash_seed_does_not_change_a_byte_of_the_segments(ferry: Path) -> None:
    command = [sys.executable, "-m", "cxscan", "drivers", str(ferry), "--by", "Channel", "--format", "json"]
    outputs = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_names_of_segments_do_nothing(cxscan, tmp_path: Path) -> None:
    names = ["=1+1", "a|b <b>", "\x1b[31mred", "::error::x", "[bold]b[/bold]", "@everyone"]
    path = tmp_path / "huts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["comment", "stars", "=hut|\x1b[1m"])
        writer.writerows(
            (text, stars, name) for name in names for text, stars in [("Rude staff", 1), ("Kind staff", 5)] * 12
        )
    shown = {
        form: cxscan("drivers", path, "--by", "=hut|\x1b[1m", "--format", form)
        for form in ("table", "markdown", "csv", "json")
    }
    assert {ran.code for ran in shown.values()} == {0}
    assert not any("\x1b" in ran.out for ran in shown.values())
    assert all(name in shown["table"].out for name in ("[bold]b[/bold]", "a|b <b>", "\\x1b[31mred", ": :error::x"))
    assert "a\\|b \\<b\\>" in shown["markdown"].out
    rows = list(csv.reader(io.StringIO(shown["csv"].out)))
    assert {row[1] for row in rows} >= {"'=1+1", "'@everyone"}
    assert {row[0] for row in rows} == {"segment_column", "", "'=hut|\\x1b[1m"}
    assert sorted(json.loads(shown["json"].out)["segments"]["=hut|\x1b[1m"]) == sorted(names)
