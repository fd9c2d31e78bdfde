from __future__ import annotations

import json
from pathlib import Path

import pytest

GOOD = ["a sick ride", "what a sick show", "sick tricks everywhere", "such sick music", "sick sick sick"]
BAD = ["awful food", "the staff were rude", "it broke at once", "far too slow", "never again"]


ROWS = [(text, "positive") for text in GOOD * 6] + [(text, "negative") for text in BAD * 6]


def test_a_trained_model_is_used_by_scan(cxscan, export, labelled, tmp_path: Path) -> None:
    model = tmp_path / "model.npz"
    assert cxscan("train", labelled(ROWS), "-o", model).code == 0
    dump = export(*["a sick ride"] * 10)
    shares = [
        json.loads(cxscan("scan", dump, *options, "--format", "json").out)["sentiment"]["positive"]["n"]
        for options in ([], ["--model", model])
    ]
    assert shares == [0, 10]


def test_only_the_customers_words_are_learned_from(cxscan, labelled, tmp_path: Path) -> None:
    learned = []
    for name, before in (("plain", ""), ("mails", "Hi team, "), ("badges", "Verified Purchase ")):
        model = tmp_path / f"{name}.npz"
        assert cxscan("train", labelled([(before + text, label) for text, label in ROWS]), "-o", model).code == 0
        learned.append(model.read_bytes())
    assert learned[0] == learned[1] == learned[2]


def test_what_was_learned_from_is_told(cxscan, labelled, tmp_path: Path) -> None:
    ran = cxscan("train", labelled([*ROWS, ("no label here", "")]), "-o", tmp_path / "model.npz")
    assert "Learned from 60 labelled comments: 30 negative, 0 neutral, 30 positive" in ran.out
    assert "use it with --model" in ran.err


def test_the_report_has_a_form_for_programs(cxscan, labelled, tmp_path: Path) -> None:
    ran = cxscan("train", labelled(ROWS), "-o", tmp_path / "model.npz", "--format", "json")
    report = json.loads(ran.out)
    assert report["labels"] == {"negative": 30, "neutral": 0, "positive": 30}
    assert report["accuracy"]["after"] >= report["accuracy"]["before"]


def test_the_column_of_labels_can_be_named(cxscan, labelled, tmp_path: Path) -> None:
    path = labelled(ROWS, header="tone")
    assert cxscan("train", path, "-o", tmp_path / "model.npz").code == 2
    assert cxscan("train", path, "-o", tmp_path / "model.npz", "--label", "tone").code == 0


def test_a_label_that_is_none_is_named_with_its_record(cxscan, labelled, tmp_path: Path) -> None:
    ran = cxscan("train", labelled([*ROWS, ("good", "5")]), "-o", tmp_path / "model.npz")
    assert ran.code == 3
    assert "labelled.csv: record 61: label '5'" in ran.err
    assert not (tmp_path / "model.npz").exists()


def test_too_few_labels_write_no_model(cxscan, labelled, tmp_path: Path) -> None:
    ran = cxscan("train", labelled(ROWS[:12]), "-o", tmp_path / "model.npz")
    assert (ran.code, ran.out) == (3, "")
    assert "too few" in ran.err
    assert not (tmp_path / "model.npz").exists()


@pytest.mark.parametrize("options", [[], ["-o", "-"], ["-o", "model.npz", "--sentiment", "vader"]])
def test_a_command_line_that_cannot_be_met_is_refused(cxscan, labelled, options: list[str]) -> None:
    ran = cxscan("train", labelled(ROWS), *options)
    assert (ran.code, ran.out) == (2, "")


def test_the_model_is_none_of_the_inputs(cxscan, labelled) -> None:
    path = labelled(ROWS)
    assert cxscan("train", path, "-o", path).code == 2
    assert path.read_text(encoding="utf-8").startswith("comment,")
