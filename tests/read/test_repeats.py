from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxscan.cli.root import main
from cxscan.read import repeats
from cxscan.read.repeats import SeenRecords, record_key, row_keys

HEADER = "id,comment,stars\n"
LATE, KIND, BROKEN = (
    "1,Delivery was late and nobody answered,2\n",
    "2,Kind staff in the Marlow shop,5\n",
    "3,The lamp broke after a day,1\n",
)


@pytest.fixture
def two_files(tmp_path: Path) -> list[str]:
    """Three of the six records stood there before, two of them in the other file."""
    (tmp_path / "a.csv").write_text(HEADER + LATE + KIND + LATE, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEADER + KIND + BROKEN + LATE, encoding="utf-8")
    return [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]


def scanned(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[dict, str]:
    assert main(["scan", *words, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_repeated_records_are_counted_over_all_files(two_files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    summary, notes = scanned(capsys, *two_files)
    assert (summary["comments"]["n"], summary["comments"]["repeated"]) == (6, 3)
    assert [one["repeated"] for one in summary["inputs"]] == [1, 2]
    assert "3 records stand in the input more than once; each is counted (--repeats once leaves them out)" in notes


def test_repeated_records_are_left_out_where_that_is_asked(
    two_files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    summary, notes = scanned(capsys, *two_files, "--repeats", "once")
    assert (summary["comments"]["n"], summary["comments"]["repeated"]) == (3, 3)
    assert [(one["records"], one["repeated"]) for one in summary["inputs"]] == [(2, 1), (1, 2)]
    assert "3 records stand in the input more than once; left out" in notes


def test_one_repeated_record_is_said_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(HEADER + LATE + LATE, encoding="utf-8")
    _, notes = scanned(capsys, str(tmp_path / "a.csv"))
    assert "cxscan: 1 record stands in the input more than once; each is counted" in notes


def test_records_beyond_the_limit_are_not_remembered(two_files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    summary, _ = scanned(capsys, *reversed(two_files), "--repeats", "once", "--limit", "1")
    assert [one["records"] for one in summary["inputs"]] == [1, 1]
    assert summary["comments"]["repeated"] == 0


def test_inspect_counts_them_over_all_files(two_files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", *two_files, "--format", "json"]) == 0
    assert [one["counts"]["repeated"] for one in json.loads(capsys.readouterr().out)["files"]] == [1, 2]


def test_memory_ends_after_a_number_of_records_and_that_is_said(
    two_files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "REMEMBERED", 2)
    monkeypatch.setattr("cxscan.runs.totals.REMEMBERED", 2)
    summary, notes = scanned(capsys, *two_files)
    assert summary["comments"]["repeated"] == 3
    assert "repeated records are looked for among the first 2; --repeats once looks among all" in notes
    summary, notes = scanned(capsys, *two_files, "--repeats", "once")
    assert (summary["comments"]["n"], "looked for" in notes) == (3, False)


def test_memory_without_end_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "REMEMBERED", 2)
    bounded, unbounded = SeenRecords(), SeenRecords(all_of_them=True)
    for keys, in_bounded, in_all in (([1, 2], 0, 0), ([3, 1], 1, 1), ([3, 2, 3], 1, 3)):
        assert bounded.repeated(keys) == in_bounded
        assert unbounded.repeated(keys) == in_all


def test_the_hash_is_the_same_in_every_process() -> None:
    assert record_key("1\x1fLate again\x1f2") == 6741528891945583688


def test_the_hashes_of_rows_are_those_of_their_records() -> None:
    for rows in ([["1", "Late again", "2"], ["2", "café ☹"]], [["3", "\ud83d alone"], ["1", "Late again", "2"]]):
        assert row_keys(rows) == [record_key("\x1f".join(row)) for row in rows]


def test_cells_of_a_record_are_told_apart() -> None:
    assert len(set(row_keys([["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"], ["ab", "d"]]))) == 5
