from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def pair(export: Callable[..., Path]) -> tuple[Path, Path]:
    """Two exports of 200 comments; in the second one the delivery is late far more often."""
    draw = random.Random(1)

    def comments(late: float) -> list[str]:
        return [
            f"The delivery was late again, parcel {n}" if draw.random() < late else f"Good quality, I like it {n}"
            for n in range(200)
        ]

    return export(*comments(0.1), name="before.csv"), export(*comments(0.4), name="after.csv")


def saved(cxscan, source: Path, *options: object) -> Path:
    path = source.with_suffix(".json")
    assert cxscan("scan", source, "-o", path, "-q", *options).code == 0
    return path


def test_two_exports_are_compared(cxscan, pair) -> None:
    ran = cxscan("compare", *pair)
    assert ran.code == 0
    assert "before.csv (200 comments) → after.csv (200 comments)" in ran.out
    assert "themes.delivery.share" in ran.out.partition("NO EVIDENCE")[0]


def test_saved_summaries_compare_like_the_exports(cxscan, pair) -> None:
    files = [saved(cxscan, path) for path in pair]
    from_exports = cxscan("compare", *pair, "--format", "json").out
    assert cxscan("compare", *files, "--format", "json").out == from_exports
    assert cxscan("compare", files[0], pair[1], "--format", "json").out == from_exports


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv", "line"])
def test_every_format_goes_to_a_file(cxscan, pair, tmp_path: Path, form: str) -> None:
    shown = cxscan("compare", *pair, "--format", form).out
    ran = cxscan("compare", *pair, "--format", form, "-o", tmp_path / "result")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "result").read_text(encoding="utf-8") == shown


def test_a_summary_of_another_taxonomy_is_scored_anew_from_its_inputs(cxscan, pair, tmp_path: Path) -> None:
    themes = tmp_path / "own.toml"
    assert cxscan("themes", "init", themes).code == 0
    before = saved(cxscan, pair[0], "--themes", themes)
    ran = cxscan("compare", before, pair[1], "--format", "json")
    assert ran.code == 0
    assert "scored anew" in ran.err
    assert ran.out == cxscan("compare", *pair, "--format", "json").out


def test_without_its_inputs_the_remedy_is_named(cxscan, pair, tmp_path: Path) -> None:
    themes = tmp_path / "own.toml"
    cxscan("themes", "init", themes)
    before = saved(cxscan, pair[0], "--themes", themes)
    pair[0].unlink()
    ran = cxscan("compare", before, pair[1])
    assert (ran.code, ran.out) == (2, "")
    assert "another taxonomy" in ran.err
    assert "give the exports themselves" in ran.err


def test_inputs_that_are_not_what_they_were_are_not_scored_anew(cxscan, pair, export, tmp_path: Path) -> None:
    themes = tmp_path / "own.toml"
    cxscan("themes", "init", themes)
    before = saved(cxscan, pair[0], "--themes", themes)
    export("Only one comment is left", name="before.csv")
    assert cxscan("compare", before, pair[1]).code == 2


def test_by_splits_the_change(cxscan, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    ran = cxscan("compare", survey, survey, "--by", "channel", "--format", "json")
    mixes = json.loads(ran.out)["mix"]
    assert [mix["metric"] for mix in mixes] == ["sentiment.net", "rating.mean", "rating.nps"]
    assert {mix["difference"] for mix in mixes} == {0}


def test_by_of_a_saved_summary_without_segments_names_the_remedy(cxscan, pair) -> None:
    before = saved(cxscan, pair[0])
    ran = cxscan("compare", before, before, "--by", "channel")
    assert ran.code == 2
    assert "cxscan scan FILE --by channel" in ran.err


def test_standard_input_can_be_only_one_of_them(cxscan) -> None:
    assert cxscan("compare", "-", "-").code == 2


def test_a_missing_file_is_bad_input(cxscan, pair) -> None:
    assert cxscan("compare", pair[0], "no-such.csv").code == 3


def test_records_that_cannot_be_read_of_both_are_listed(cxscan, tmp_path: Path) -> None:
    lines = "".join('{"comment": "Good staff, good food"}\n' for _ in range(30))
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(lines + '{"comment": broken\n', encoding="utf-8")
    ran = cxscan("compare", *paths, "--rejects", tmp_path / "rejects.csv")
    assert ran.code == 0
    rejected = (tmp_path / "rejects.csv").read_text(encoding="utf-8").splitlines()
    assert len(rejected) == 3
    assert "a.jsonl" in rejected[1]
    assert "b.jsonl" in rejected[2]


def test_the_result_holds_to_its_schema(cxscan, validator, pair, sample_data: Path) -> None:
    survey = sample_data / "support_survey.json"
    for command in ([*pair], [survey, survey, "--by", "channel"]):
        whole = json.loads(cxscan("compare", *command, "--format", "json").out)
        assert validator("comparison-1.json", whole)["changes"]
