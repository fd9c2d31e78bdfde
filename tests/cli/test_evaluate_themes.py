from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

ROWS = [
    *[("The courier was two days late with my parcel.", "delivery", "negative")] * 31,
    *[("Far too expensive for what it is.", "price", "negative")] * 2,
    ("Far too expensive for what it is.", "delivery; price", "negative"),
    *[("I bought it on a Tuesday", "", "neutral")] * 6,
    ("Delivered late, and dear.", "listening", ""),
    ("what a great way to lose my luggage", "", "negative"),
    ("n/a", "price", ""),
]


def written(folder: Path, columns: tuple[int, ...], headers: tuple[str, ...]) -> Path:
    path = folder / "labelled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("comment", *headers), *([row[0], *(row[at] for at in columns)] for row in ROWS)])
    return path


@pytest.fixture
def themes_only(tmp_path: Path) -> Path:
    return written(tmp_path, (1,), ("themes",))


@pytest.fixture
def both(tmp_path: Path) -> Path:
    return written(tmp_path, (1, 2), ("Topics", "sentiment"))


def test_figures_of_each_theme(cxscan, themes_only: Path, validator) -> None:
    found = json.loads(cxscan("evaluate", themes_only, "--format", "json").out)
    validator("evaluation-1.json", found)
    themes = found["themes"]
    assert themes["n"] == 42
    delivery, price = themes["by_theme"]["delivery"], themes["by_theme"]["price"]
    assert (delivery["n"], delivery["said"], delivery["right"], delivery["few"]) == (32, 32, 31, False)
    assert delivery["precision"] == delivery["recall"] == delivery["f1"] == round(31 / 32, 6)
    assert (price["n"], price["few"], price["recall"]) == (3, True, 1)
    assert themes["by_theme"]["listening"]["recall"] == 0
    assert themes["by_theme"]["value"]["recall"] is None


def test_micro_and_macro_f1_follow_from_the_counts(cxscan, themes_only: Path) -> None:
    themes = json.loads(cxscan("evaluate", themes_only, "--format", "json").out)["themes"]
    rows = [row for row in themes["by_theme"].values() if row["n"]]
    assert len(rows) == 3
    right, labelled, said = (sum(row[key] for row in rows) for key in ("right", "n", "said"))
    assert themes["micro_f1"] == pytest.approx(2 * right / (labelled + said), abs=1e-6)
    assert themes["macro_f1"] == pytest.approx(sum(row["f1"] for row in rows) / 3, abs=1e-6)


def test_without_sentiments_only_themes_are_measured(cxscan, themes_only: Path) -> None:
    found = json.loads(cxscan("evaluate", themes_only, "--format", "json").out)
    assert found["accuracy"] is None
    assert found["shares"] is None
    out = cxscan("evaluate", themes_only).out
    assert out.startswith("THEMES")
    assert "CALIBRATION" not in out


def test_both_are_measured(cxscan, both: Path, validator) -> None:
    found = json.loads(cxscan("evaluate", both, "--themes-label", "topics", "--format", "json").out)
    validator("evaluation-1.json", found)
    assert found["comments"]["measured"] == 41
    assert found["themes"]["n"] == 42
    out = cxscan("evaluate", both, "--themes-label", "topics").out
    assert out.index("CALIBRATION") < out.index("THEMES") < out.index("WORST MISTAKES")


def test_without_themes_none_are_measured(cxscan, both: Path) -> None:
    assert json.loads(cxscan("evaluate", both, "--format", "json").out)["themes"] is None
    assert "THEMES" not in cxscan("evaluate", both).out


def test_few_labels_are_marked(cxscan, themes_only: Path) -> None:
    lines = {line.split()[0]: line.split() for line in cxscan("evaluate", themes_only).out.splitlines() if line}
    assert lines["delivery"][1:] == ["32", "32", "31", "0.97", "0.97", "0.97"]
    assert lines["price"][1] == "3*"
    assert lines["*:"][1:4] == ["fewer", "than", "30"]
    assert set(lines) == {"THEMES", "labelled", "price", "delivery", "listening", "micro-F1", "*:"}


def test_the_markdown_has_the_same_figures(cxscan, both: Path) -> None:
    out = cxscan("evaluate", both, "--themes-label", "topics", "--format", "markdown").out
    assert "| delivery | 32 | 32 | 31 | 0.97 | 0.97 | 0.97 |" in out
    assert "| price | 3\\* |" in out
    for title in ("# Measured on labels", "## Sentiment", "## Themes", "## Worst mistakes"):
        assert f"\n{title}\n" in f"\n{out}"


def test_no_figure_is_cut_on_a_narrow_page(cxscan, themes_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = cxscan("evaluate", themes_only).out
    assert max(map(len, out.splitlines())) <= 50
    assert "0.97" in out


def test_a_label_that_is_no_theme_is_one_line(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text("comment,themes\nlate again,delivrey\n", encoding="utf-8")
    ran = cxscan("evaluate", path)
    assert (ran.code, ran.out) == (3, "")
    assert "record 1: label 'delivrey' is no theme of the taxonomy; did you mean delivery?" in ran.err
