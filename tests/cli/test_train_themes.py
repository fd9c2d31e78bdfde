from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from learn.gifts import COMMENTS, LABELS, WITH, WITHOUT, taxonomy_file

from cxscan.cli.root import main
from cxscan.engines import local

Rows = list[tuple[str, ...]]
ROWS: Rows = [(text, "; ".join(label)) for text, label in zip(COMMENTS, LABELS, strict=True)]
DUMP = ["Such a pretty voucher for our sister.", "the stove went cold", "The ribbon made my neighbour smile."]


@pytest.fixture
def taxonomy(tmp_path: Path) -> Path:
    return taxonomy_file(tmp_path)


@pytest.fixture
def labelled(tmp_path: Path) -> Callable[..., Path]:
    """Write comments and their labels under these headers."""

    def write(rows: Rows, *headers: str, name: str = "labelled.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("comment", *(headers or ("themes",))), *rows])
        return path

    return write


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    labels, path = folder / "labels.csv", folder / "model.npz"
    with labels.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("comment", "themes"), *ROWS])
    assert main(["train", str(labels), "--themes", str(taxonomy_file(folder)), "-o", str(path), "-q"]) == 0
    return path


def test_a_trained_theme_is_found_by_scan(cxscan, export, taxonomy: Path, model: Path) -> None:
    found = [
        json.loads(cxscan("scan", export(*DUMP), "--themes", taxonomy, *options, "--format", "json").out)
        for options in ([], ["--model", model])
    ]
    assert [one["themes"]["presents"]["n"] for one in found] == [0, 2]
    assert found[0]["rules"]["themes"] != found[1]["rules"]["themes"]
    assert found[0]["rules"]["model"] == found[1]["rules"]["model"]


def test_a_trained_theme_has_evidence(cxscan, export, taxonomy: Path, model: Path, records) -> None:
    ran = cxscan("scan", export(*DUMP), "--themes", taxonomy, "--model", model, "--comments", "-")
    rows = records(ran.out)
    words = [[one["words"] for one in row["evidence"] if one["label"] == "presents"] for row in rows]
    assert words[1] == []
    assert words[2] == ["ribbon"]
    assert words[0][0] in DUMP[0]


def test_explain_shows_the_words_that_speak_for_it(cxscan, taxonomy: Path, model: Path) -> None:
    options = ["--themes", taxonomy, "--model", model]
    assert "ribbon +" in cxscan("explain", *options, "The ribbon made my neighbour smile.").out
    found = json.loads(cxscan("explain", *options, "The ribbon made my neighbour smile.", "--format", "json").out)
    assert found["themes"]["presents"]["found"]


@pytest.mark.parametrize(
    "command", [["quotes", "--theme", "presents"], ["check", "--fail-if", "themes.presents.n > 1"]]
)
def test_every_command_takes_the_model(cxscan, export, taxonomy: Path, model: Path, command: list[str]) -> None:
    ran = cxscan(command[0], export(*DUMP), *command[1:], "--themes", taxonomy, "--model", model)
    assert ran.code == (command[0] == "check")
    assert "voucher" in ran.out


def test_the_report_tells_what_was_done_with_each_theme(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    rows = [*ROWS, *[("the soap is dear", "price")] * 3]
    ran = cxscan("train", labelled(rows), "--themes", taxonomy, "-o", tmp_path / "model.npz")
    assert ran.code == 0
    assert "theme price: 3 labelled comments are too few; it is fitted from 30 on" in ran.err
    told = {line.split()[0]: line for line in ran.out.splitlines() if line[:1].isalpha()}
    assert "too few" in told["price"]
    assert "fitted" in told["presents"]
    assert f" {len(WITH)} " in told["presents"]


def test_the_report_holds_to_its_schema(cxscan, labelled, taxonomy: Path, tmp_path: Path, validator) -> None:
    rows = [*ROWS, *[("the soap is dear", "price")] * 3]
    ran = cxscan("train", labelled(rows), "--themes", taxonomy, "-o", tmp_path / "model.npz", "--format", "json")
    report = json.loads(ran.out)
    validator("training-1.json", report)
    assert report["labels"] is None
    assert report["themes"]["price"] == {"n": 3, "without": len(COMMENTS), "f1": None, "done": "too few"}
    assert report["themes"]["presents"]["done"] == "fitted"
    assert report["themes"]["presents"]["f1"]["after"] > report["themes"]["presents"]["f1"]["before"]


def test_sentiment_and_themes_are_fitted_together(cxscan, labelled, export, taxonomy, tmp_path, validator) -> None:
    rows = [
        (text, "; ".join(label), "positive" if label else "negative")
        for text, label in zip(COMMENTS, LABELS, strict=True)
    ]
    path = tmp_path / "both.npz"
    ran = cxscan("train", labelled(rows, "topics", "tone"), "--themes-label", "topics", "--label", "tone",
                 "--themes", taxonomy, "-o", path, "--format", "json")  # fmt: skip
    report = json.loads(ran.out)
    validator("training-1.json", report)
    assert report["labels"] == {"negative": len(WITHOUT), "neutral": 0, "positive": len(WITH)}
    scanned = [
        json.loads(cxscan("scan", export(*DUMP), "--themes", taxonomy, *options, "--format", "json").out)["rules"]
        for options in ([], ["--model", path])
    ]
    assert scanned[0]["model"] != scanned[1]["model"]
    assert scanned[0]["themes"] != scanned[1]["themes"]


def test_few_labels_of_sentiment_do_not_stop_the_themes(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    rows = [
        (*row, "positive" if at < 4 else "")
        for at, row in enumerate([(t, "; ".join(x) or "none") for t, x in zip(COMMENTS, LABELS, strict=True)])
    ]
    ran = cxscan("train", labelled(rows, "themes", "sentiment"), "--themes", taxonomy, "-o", tmp_path / "m.npz")
    assert ran.code == 0
    assert "the sentiment stays as it is: 4 labelled comments are too few" in ran.err


def test_an_empty_cell_says_that_there_are_no_themes(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    report = json.loads(
        cxscan("train", labelled(ROWS), "--themes", taxonomy, "-o", tmp_path / "m.npz", "--format", "json").out
    )
    assert report["themes"]["presents"]["without"] == len(WITHOUT)


def test_a_comment_without_any_label_is_not_learned_from(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    rows = [(*row, "neutral") for row in ROWS] + [("the ribbon came loose", "", "")] * 50
    report = json.loads(
        cxscan(
            "train",
            labelled(rows, "themes", "sentiment"),
            "--themes",
            taxonomy,
            "-o",
            tmp_path / "m.npz",
            "--format",
            "json",
        ).out
    )
    assert report["themes"]["presents"]["without"] == len(WITHOUT)


def test_json_lists_are_labels_too(cxscan, taxonomy: Path, tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    rows = [{"comment": text, "themes": sorted(label)} for text, label in zip(COMMENTS, LABELS, strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = cxscan("train", path, "--themes", taxonomy, "-o", tmp_path / "m.npz", "--format", "json")
    assert json.loads(ran.out)["themes"]["presents"]["n"] == len(WITH)


def test_a_label_that_is_no_theme_is_one_line(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    ran = cxscan(
        "train", labelled([*ROWS, ("a card", "price; presnts")]), "--themes", taxonomy, "-o", tmp_path / "m.npz"
    )
    assert (ran.code, ran.out) == (3, "")
    place = f"labelled.csv: record {len(ROWS) + 1}: label 'presnts' is no theme of the taxonomy; did you mean presents?"
    assert place in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "m.npz").exists()


def test_nothing_but_few_labels_writes_no_model(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    ran = cxscan("train", labelled(ROWS[20:60]), "--themes", taxonomy, "-o", tmp_path / "m.npz")
    assert (ran.code, ran.out) == (3, "")
    assert "presents 20" in ran.err
    assert not (tmp_path / "m.npz").exists()


def test_a_column_that_is_not_there_is_named(cxscan, labelled, taxonomy: Path, tmp_path: Path) -> None:
    ran = cxscan("train", labelled(ROWS), "--themes-label", "topics", "--themes", taxonomy, "-o", tmp_path / "m.npz")
    assert ran.code == 2
    assert "--themes-label topics: no such column" in ran.err


def test_a_model_without_its_taxonomy_is_one_clear_error(cxscan, export, model: Path) -> None:
    ran = cxscan("scan", export(*DUMP), "--model", model)
    assert (ran.code, ran.out) == (2, "")
    assert "theme presents" in ran.err
    assert "--themes" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_damaged_model_is_one_clear_error(cxscan, export, taxonomy: Path, model: Path) -> None:
    damaged = taxonomy.with_name("damaged.npz")
    damaged.write_bytes(model.read_bytes()[:-300])
    ran = cxscan("scan", export(*DUMP), "--themes", taxonomy, "--model", damaged)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_model_keeps_what_there_are_no_new_labels_for(
    cxscan, labelled, export, taxonomy: Path, model: Path, tmp_path: Path
) -> None:
    tone = [(text, "positive" if label else "negative") for text, label in zip(COMMENTS, LABELS, strict=True)]
    further = tmp_path / "further.npz"
    options = ["--themes", taxonomy, "--model", model, "-o", further]
    assert cxscan("train", labelled(tone, "sentiment", name="tone.csv"), *options).code == 0
    rules = [
        json.loads(cxscan("scan", export(*DUMP), "--themes", taxonomy, "--model", one, "--format", "json").out)["rules"]
        for one in (model, further)
    ]
    assert rules[0]["themes"] == rules[1]["themes"]
    assert rules[0]["model"] != rules[1]["model"]


def test_vader_can_be_asked_beside_trained_themes(cxscan, export, taxonomy: Path, model: Path) -> None:
    ran = cxscan(
        "scan", export(*DUMP), "--themes", taxonomy, "--model", model, "--sentiment", "vader", "--format", "json"
    )
    assert json.loads(ran.out)["themes"]["presents"]["n"] == 2


def test_bytes_are_the_same_for_any_hash_seed(labelled, export, taxonomy: Path, tmp_path: Path) -> None:
    path, dump, outputs = labelled(ROWS), export(*DUMP), []
    for seed in ("0", "1"):
        made = tmp_path / f"model{seed}.npz"
        told = [
            subprocess.run(
                [sys.executable, "-m", "cxscan", *map(str, words), "--themes", str(taxonomy), "--format", "json", "-q"],
                capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for words in (["train", path, "-o", made], ["scan", dump, "--model", made])
        ]  # fmt: skip
        outputs.append([made.read_bytes(), *told])
    assert outputs[0] == outputs[1]


def test_bytes_are_the_same_for_any_number_of_workers(cxscan, export, taxonomy, model, monkeypatch) -> None:
    monkeypatch.setattr(local, "MAX_SINGLE_PROCESS_COMMENTS", 10)
    dump = export(*DUMP * 2_000)
    options = ["--themes", taxonomy, "--model", model, "--comments", "-"]
    one, two = (cxscan("scan", dump, *options, "--workers", count).out for count in (1, 2))
    assert one == two
    assert one.count('"presents"') == 8_000


def test_scan_with_a_trained_theme_loads_no_training_library(taxonomy: Path, model: Path, sample_data: Path) -> None:
    code = (
        f"import sys; sys.argv = ['cxscan', 'scan', {str(sample_data)!r}, '--themes', {str(taxonomy)!r}, "
        f"'--model', {str(model)!r}, '-q']\n"
        "from cxscan.__main__ import run\nrun()\nprint(sorted({'scipy', 'sklearn', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
