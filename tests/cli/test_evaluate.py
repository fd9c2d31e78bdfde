from __future__ import annotations

import json
from pathlib import Path

import pytest

ROWS = [
    *[("great staff", "positive")] * 30,
    *[("terrible food", "negative")] * 20,
    *[("I bought it on a Tuesday", "neutral")] * 5,
    ("what a great way to lose my luggage", "negative"),
    ("n/a", "neutral"),
]


def test_figures_hold_to_their_schema(cxscan, labelled, validator) -> None:
    ran = cxscan("evaluate", labelled(ROWS), "--format", "json")
    assert ran.code == 0
    validator("evaluation-1.json", json.loads(ran.out))


def test_what_is_no_answer_is_not_measured(cxscan, labelled) -> None:
    found = json.loads(cxscan("evaluate", labelled(ROWS), "--format", "json").out)
    assert found["comments"] == {"n": 57, "labelled": 57, "measured": 56, "unscored": 1}
    assert sum(found["labels"].values()) == 56


def test_the_worst_mistakes_come_with_their_words(cxscan, labelled) -> None:
    found = json.loads(cxscan("evaluate", labelled(ROWS), "--format", "json").out)
    (worst,) = [one for one in found["mistakes"] if one["record"] == 56]
    assert (worst["label"], worst["said"]) == ("negative", "positive")
    assert "great" in [word["words"] for word in worst["words"]]


def test_the_table_has_every_section(cxscan, labelled) -> None:
    ran = cxscan("evaluate", labelled([*ROWS, ("rude staff", "")]))
    assert ran.code == 0
    for title in ("accuracy", "macro-F1", "WHO IS TAKEN FOR WHOM", "CALIBRATION", "CORRECTED SHARES", "WORST MISTAKES"):
        assert title in ran.out


def test_without_unlabelled_comments_no_share_is_corrected(cxscan, labelled) -> None:
    assert json.loads(cxscan("evaluate", labelled(ROWS), "--format", "json").out)["shares"] is None


def test_comments_without_a_label_are_the_dump(cxscan, labelled) -> None:
    dump = [*ROWS, *[("terrible food", "")] * 44]
    shares = json.loads(cxscan("evaluate", labelled(dump), "--format", "json").out)["shares"]
    assert (shares["n"], shares["sample"]) == (100, 56)


def test_another_file_can_be_the_dump(cxscan, labelled, export, validator) -> None:
    dump = export(*["great staff"] * 70, *["terrible food"] * 30)
    found = json.loads(cxscan("evaluate", labelled(ROWS), "--on", dump, "--format", "json").out)
    validator("evaluation-1.json", found)
    assert found["shares"]["n"] == 100
    assert found["shares"]["positive"]["raw"] == 0.7
    assert found["shares"]["negative"]["share"] > found["shares"]["negative"]["raw"]


def test_a_model_of_ones_own_is_measured(cxscan, labelled, tmp_path: Path) -> None:
    path, model = labelled(ROWS), tmp_path / "model.npz"
    assert cxscan("train", path, "-o", model).code == 0
    before, after = (
        json.loads(cxscan("evaluate", path, *options, "--format", "json").out) for options in ([], ["--model", model])
    )
    assert before["model"] != after["model"]
    assert after["accuracy"]["n"] >= before["accuracy"]["n"]


@pytest.mark.parametrize("rows", [[("n/a", "neutral")], [("great", "")]])
def test_nothing_to_measure_is_said(cxscan, labelled, rows: list[tuple[str, str]]) -> None:
    ran = cxscan("evaluate", labelled(rows))
    assert (ran.code, ran.out) == (3, "")
    assert "nothing to measure" in ran.err


def test_a_comment_cannot_command_the_terminal(cxscan, labelled) -> None:
    ran = cxscan("evaluate", labelled([*ROWS, ("great \x1b[2J [red]news[/b]", "negative")]))
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "[red]" in ran.out


def test_no_figure_is_cut_on_a_narrow_page(cxscan, labelled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = cxscan("evaluate", labelled(ROWS * 40)).out
    found = json.loads(cxscan("evaluate", labelled(ROWS * 40), "--format", "json").out)
    for row in found["confusion"].values():
        assert all(f"{count:,}" in out for count in row.values())
    assert all(f" {one['n']:,} " in out for one in found["calibration"]["bins"])
    assert max(map(len, out.splitlines())) <= 40
