from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = ["source", "record", "field", "id", "date", "rating", "text", "language", "unscored", "sentiment", "score",
        "mixed", "lens", "themes", "intents", "evidence"]  # fmt: skip


def test_the_sample_data_is_scanned_as_it_comes(cxscan, sample_data: Path) -> None:
    ran = cxscan("scan", sample_data, "--format", "json")
    summary = json.loads(ran.out)
    assert ran.code == 0
    assert summary["comments"]["n"] >= 600
    assert summary["comments"]["n"] == summary["comments"]["scored"] + summary["comments"]["unscored"]
    assert [Path(one["path"]).name for one in summary["inputs"]] == [
        "app_reviews.csv", "shop_reviews.jsonl", "support_survey.json"
    ]  # fmt: skip


def test_a_record_has_the_keys_of_the_contract_in_their_order(cxscan, sample_data: Path, records) -> None:
    ran = cxscan("scan", sample_data / "shop_reviews.jsonl", "--comments", "-")
    rows = records(ran.out)
    assert ran.code == 0
    assert all(list(row) == KEYS for row in rows)
    assert {row["sentiment"] for row in rows} == {"positive", "neutral", "negative", "unscored"}
    assert all((row["score"] is None) == (row["sentiment"] == "unscored") for row in rows)


def test_evidence_is_found_in_the_text_where_it_says(cxscan, sample_data: Path, records) -> None:
    rows = records(cxscan("scan", sample_data, "--comments", "-").out)
    pieces = [(row, piece) for row in rows for piece in row["evidence"]]
    assert len(pieces) > len(rows)
    assert all(row["text"][piece["start"] : piece["end"]] == piece["words"] for row, piece in pieces)
    for row in rows:
        assert set(row["themes"]) <= {piece["label"] for piece in row["evidence"]}


def test_the_owners_replies_are_not_read(cxscan, sample_data: Path, records) -> None:
    rows = records(cxscan("scan", sample_data / "app_reviews.csv", "--comments", "-").out)
    assert {row["field"] for row in rows} == {"review"}


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv", "line"])
def test_every_number_of_workers_gives_the_same_bytes(tmp_path: Path, sample_data: Path, form: str, cxscan) -> None:
    header, *rows = (sample_data / "shop_reviews.jsonl").read_text(encoding="utf-8").splitlines()
    big = tmp_path / "big.jsonl"
    big.write_text("\n".join([header, *rows] * 180), encoding="utf-8")
    one = cxscan("scan", big, "--format", form, "--workers", 1, "--period", "month", "--by", "product_category")
    two = cxscan("scan", big, "--format", form, "--workers", 2, "--period", "month", "--by", "product_category")
    assert one.code == two.code == 0
    assert one.out == two.out


def test_every_hash_seed_gives_the_same_bytes(sample_data: Path) -> None:
    command = [sys.executable, "-m", "cxscan", "scan", str(sample_data), "--comments", "-"]
    outs = {
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outs) == 1


def test_rows_in_csv_keep_the_exports_own_columns(cxscan, export, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    assert cxscan("scan", export("=1+1 great app", "n/a", "", ratings=[5, 3, 1]), "--comments", target).code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["id"] for row in rows] == ["0", "1"]
    assert rows[0]["comment"] == "'=1+1 great app"
    assert [row["cx_sentiment"] for row in rows] == ["positive", "unscored"]
    assert "cx_evidence" not in rows[0]


def test_standard_input_is_read(sample_data: Path) -> None:
    command = [sys.executable, "-m", "cxscan", "scan", "-", "--format", "line"]
    content = (sample_data / "app_reviews.csv").read_bytes()
    ran = subprocess.run(command, input=content, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == 1


def test_vader_gives_the_packages_scores(cxscan, export, records) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts = ["It isn’t great, but the staff were kind!!", "n/a", "Muy buena comida", "The app crashes", "😀😀"]
    rows = records(cxscan("scan", export(*texts), "--sentiment", "vader", "--text", "comment", "--comments", "-").out)
    package = SentimentIntensityAnalyzer()
    assert [row["score"] for row in rows] == [package.polarity_scores(text)["compound"] for text in texts]


def test_the_output_takes_its_form_from_its_name(cxscan, export, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    assert cxscan("scan", export("Great app, love the staff", "Slow delivery"), "-o", target).out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "cxscan-summary"


def test_an_output_file_is_never_half_written(cxscan, export, tmp_path: Path) -> None:
    cxscan("scan", export("Great app, love it", "Slow delivery"), "-o", tmp_path / "report.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "report.md"]


def test_unscored_comments_leave_the_shares(cxscan, export) -> None:
    out = cxscan("scan", export("Great app", "n/a", "-", "Terrible app"), "--text", "comment", "--format", "json").out
    summary = json.loads(out)
    counts = summary["comments"]
    assert (counts["n"], counts["scored"], counts["unscored"]) == (4, 2, 2)
    assert counts["unscored_reasons"] == {"no words": 0, "no answer": 2, "languages": {}}
    assert summary["sentiment"]["positive"]["share"] == 0.5


def test_notes_stay_off_standard_output_and_can_be_silenced(cxscan, export) -> None:
    path = export("Great app", "n/a", "Terrible app")
    loud, quiet = cxscan("scan", path, "--text", "comment"), cxscan("scan", path, "--text", "comment", "-q")
    assert "unscored" in loud.err
    assert quiet.err == ""
    assert loud.out == quiet.out


DATED = """date,comment
2024-03-01,The delivery was late
2024-03-02,The delivery was quick
soon,The price is fine
,The price is far too high
"""


def test_comments_in_no_period_are_told_in_every_form(cxscan, tmp_path: Path) -> None:
    export = tmp_path / "dated.csv"
    export.write_text(DATED, encoding="utf-8")
    for form in ("table", "markdown"):
        out = " ".join(cxscan("scan", export, "--period", "month", "--format", form).out.casefold().split())
        assert "in no period: 2 comments (50.0% of 4) without a date that could be read" in out
    assert json.loads(cxscan("scan", export, "--period", "month", "--format", "json").out)["undated"] == 2
    assert "total,,,undated,,2,," in cxscan("scan", export, "--period", "month", "--format", "csv").out
    assert "undated" not in json.loads(cxscan("scan", export, "--format", "json").out)


def test_undated_comments_are_told_where_no_date_could_be_read(cxscan, tmp_path: Path) -> None:
    export = tmp_path / "undated.csv"
    export.write_text(DATED.replace("2024-03", "then"), encoding="utf-8")
    out = cxscan("scan", export, "--period", "month").out
    assert "OVER TIME" in out
    assert "4 comments (100.0% of 4)" in out


def test_undated_comments_can_be_checked(cxscan, tmp_path: Path) -> None:
    export = tmp_path / "dated.csv"
    export.write_text(DATED, encoding="utf-8")
    assert cxscan("check", export, "--period", "month", "--fail-if", "undated > 1", "-q").code == 1
    assert cxscan("check", export, "--period", "month", "--fail-if", "undated > 2", "-q").code == 0


@pytest.mark.parametrize("name", ["summary.html", "summary.XLSX", "summary.jsonl"])
def test_summary_that_nothing_writes_is_refused_before_the_work(cxscan, tmp_path: Path, name: str) -> None:
    export = tmp_path / "export.csv"
    export.write_text("comment\nGood\n")
    refused = cxscan("scan", export, "-o", tmp_path / name)
    assert (refused.code, ".json, .md or .csv" in refused.err) == (2, True)
    assert cxscan("scan", export, "-o", tmp_path / name, "--format", "line").code == 0


def test_verbose_tells_how_files_are_read_and_how_records_ended(
    cxscan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cxscan.toml").write_text("workers = 1\n", encoding="utf-8")
    Path("a.csv").write_text("id;comment;stars\n1;The lamp broke;1\n2;;5\n3;It broke;x;y\n", encoding="cp1252")
    plain = cxscan("scan", "a.csv", "--max-rejected", "90%")
    verbose = cxscan("scan", "a.csv", "--max-rejected", "90%", "-v")
    assert (verbose.code, verbose.out) == (plain.code, plain.out) == (0, plain.out)
    assert [line for line in verbose.err.splitlines() if line not in plain.err.splitlines()] == [
        "cxscan: options are taken from cxscan.toml",
        "cxscan: a.csv: read as csv, utf-8, delimiter ';'; text comment; rating stars; id id",
        "cxscan: classified by at most 1 worker",
        "cxscan: a.csv: 3 records: 1 comment, 1 empty, 1 rejected, 0 repeated",
    ]
    assert cxscan("scan", "a.csv", "--max-rejected", "90%", "-v", "-q").err == ""


@pytest.mark.parametrize("command", ["check", "compare", "drivers", "discover", "quotes", "evaluate", "history add"])
def test_verbose_is_heard_by_every_command_that_reads(cxscan, export, tmp_path: Path, command: str) -> None:
    path = export("Great lamp", "It broke", ratings=[5, 1])
    line = {
        "check": ["--fail-if", "comments.n > 99"],
        "compare": [path],
        "evaluate": ["--label", "comment"],
        "history add": ["--store", tmp_path / "h.sqlite"],
    }
    ran = cxscan(*command.split(), path, *line.get(command, []), "-v")
    assert f"{path}: read as csv, utf-8" in ran.err


def test_a_fault_of_cxscan_shows_where_it_happened_when_verbose(cxscan, export, monkeypatch) -> None:
    monkeypatch.setattr("cxscan.read.open_sources", lambda *_: 1 / 0)
    path = export("Great lamp")
    for given, lines in (([], 1), (["-v"], 9)):
        ran = cxscan("scan", path, *given)
        assert ran.code == 70
        assert (ran.err.count("\n") >= lines, "Traceback" in ran.err) == (True, bool(given))


def test_the_note_says_why_comments_are_unscored(cxscan, export) -> None:
    spanish, german = "Muy buena comida y servicio excelente", "Sehr schlechter Service und viel zu teuer"
    ran = cxscan("scan", export("Great app", spanish, german, spanish, "n/a", "none"), "--text", "comment")
    assert "5 comments unscored: 2 Spanish, 1 German, 2 no answer" in ran.err


def test_an_unscored_record_has_its_reason(cxscan, export, records) -> None:
    path = export("Great app", "Muy buena comida y servicio excelente", "n/a", "@cafe")
    rows = records(cxscan("scan", path, "--text", "comment", "--comments", "-").out)
    assert [row["unscored"] for row in rows] == [None, "language", "no answer", "no words"]
