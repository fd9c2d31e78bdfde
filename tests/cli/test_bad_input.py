"""Every way in which an input is bad has its exit code, and one line that names the file and the next step."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = ["Great coffee and friendly staff", "The parcel came two weeks late", "Support never answered my mail"]


def only_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


def test_a_missing_file_is_named(cxscan) -> None:
    ran = cxscan("scan", "nowhere.csv")
    assert (ran.code, ran.out) == (3, "")
    assert "nowhere.csv" in only_line(ran.err)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_bad_input(cxscan, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    ran = cxscan("scan", path)
    assert (ran.code, ran.out) == (3, "")
    assert "empty.csv" in only_line(ran.err)


def test_a_header_without_rows_is_bad_input(cxscan, export) -> None:
    ran = cxscan("scan", export())
    assert (ran.code, ran.out) == (3, "")
    assert "export.csv" in only_line(ran.err)


def test_blank_comments_only_are_bad_input(cxscan, export) -> None:
    ran = cxscan("scan", export("", " ", ""), "--text", "comment")
    assert (ran.code, ran.out) == (3, "")
    assert "no comments" in only_line(ran.err)


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n" + bytes(200), b"PK\x03\x04" + bytes(200), b"%PDF-1.7\n" + bytes(200), bytes(range(256))],
)
def test_a_binary_file_is_refused(cxscan, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(content)
    ran = cxscan("scan", path)
    assert (ran.code, ran.out) == (3, "")
    assert "picture.csv" in only_line(ran.err)


def test_an_unknown_column_is_a_usage_error_with_the_nearest_names(cxscan, export) -> None:
    ran = cxscan("scan", export(*GOOD), "--text", "coment")
    assert (ran.code, ran.out) == (2, "")
    assert "coment" in only_line(ran.err)
    assert "did you mean comment" in ran.err


def test_a_broken_json_line_costs_itself(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    lines = [json.dumps({"comment": text}) for text in GOOD * 10]
    lines.insert(3, '{"comment": "half a li')
    path.write_text("\n".join(lines), encoding="utf-8")
    ran = cxscan("scan", path, "--format", "json")
    summary = json.loads(ran.out)
    assert (ran.code, summary["comments"]["n"], summary["comments"]["rejected"]) == (0, 30, 1)
    assert "lines.jsonl:4: record 4 rejected" in ran.err


def test_too_many_rejects_stop_the_run_before_anything_is_written(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join([json.dumps({"comment": GOOD[0]})] * 9 + ["{oops"]), encoding="utf-8")
    target = tmp_path / "rows.jsonl"
    ran = cxscan("scan", path, "--comments", target)
    assert (ran.code, ran.out, target.exists()) == (3, "", False)
    assert "--max-rejected" in ran.err
    assert cxscan("scan", path, "--max-rejected", "10%").code == 0


@pytest.mark.parametrize("given", ["5", "-1%", "120%", "many"])
def test_a_bare_number_is_no_share(cxscan, export, given: str) -> None:
    ran = cxscan("scan", export(*GOOD), "--max-rejected", given)
    assert (ran.code, ran.out) == (2, "")
    assert "5%" in only_line(ran.err)


def test_windows_characters_among_utf8_are_read_as_meant(cxscan, tmp_path: Path, records) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes(b"comment\n" + "Café was lovely\n".encode() + "Crème brûlée arrived melted\n".encode("cp1252"))
    ran = cxscan("scan", path, "--comments", "-")
    assert [row["text"] for row in records(ran.out)] == ["Café was lovely", "Crème brûlée arrived melted"]


def test_an_unknown_encoding_is_a_usage_error(cxscan, export) -> None:
    ran = cxscan("scan", export(*GOOD), "--encoding", "utf-9")
    assert (ran.code, ran.out) == (2, "")
    assert "utf-9" in only_line(ran.err)


def test_a_truncated_gz_file_is_refused(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(("comment\n" + "\n".join(GOOD * 2_000)).encode())[:-20])
    ran = cxscan("scan", path)
    assert (ran.code, ran.out) == (3, "")
    assert "cut.csv.gz" in only_line(ran.err)


def test_a_cell_of_ten_megabytes_is_read_whole(cxscan, export, records) -> None:
    long = "from Marlow" + " to the farthest-berth-of-the-outermost-quay-of-Marlow" * 200_000
    ran = cxscan("scan", export(long, *GOOD), "--text", "comment", "--comments", "-")
    assert ran.code == 0
    assert [len(row["text"]) for row in records(ran.out)] == [len(long), *map(len, GOOD)]


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json", "line"])
def test_markup_and_escape_codes_in_comments_are_only_text(cxscan, export, form: str) -> None:
    nasty = [
        "[red]terrible[/red] service [/b] {x}",
        "great \x1b[31mfood\x1b[0m \x1b]0;owned\x07 staff",
        "::error::bad food",
    ]
    ran = cxscan("scan", export(*nasty, *GOOD[:2]), "--format", form)
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err
    assert not any(line.lstrip().startswith("::") for line in ran.out.splitlines())
    if form == "table":
        assert "[red]terrible[/red]" in ran.out


def test_a_reader_that_goes_away_is_no_error(sample_data: Path) -> None:
    command = [sys.executable, "-m", "cxscan", "scan", str(sample_data), "--comments", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Broken pipe" not in said


def test_a_reader_that_never_reads_is_no_error(sample_data: Path) -> None:
    command = [sys.executable, "-m", "cxscan", "scan", str(sample_data), "-q"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_an_output_error(sample_data: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cxscan", "scan", str(sample_data)]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 4
    assert b"no space left" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_a_folder_that_is_missing_is_seen_before_the_work(cxscan, export, tmp_path: Path) -> None:
    ran = cxscan("scan", export(*GOOD), "-o", tmp_path / "none" / "report.json")
    assert (ran.code, ran.out) == (4, "")
    assert "report.json" in only_line(ran.err)


def test_an_output_that_is_an_input_is_refused(cxscan, export) -> None:
    path = export(*GOOD)
    before = path.read_bytes()
    ran = cxscan("scan", path, "--comments", path)
    assert (ran.code, path.read_bytes()) == (2, before)
    assert "is also an input" in only_line(ran.err)


def test_an_output_that_is_a_folder_is_refused(cxscan, export, tmp_path: Path) -> None:
    ran = cxscan("scan", export(*GOOD), "-o", tmp_path)
    assert ran.code == 2
    assert "is a folder" in only_line(ran.err)


def test_a_taxonomy_that_is_missing_is_a_usage_error(cxscan, export) -> None:
    ran = cxscan("scan", export(*GOOD), "--themes", "nowhere.toml")
    assert (ran.code, ran.out) == (2, "")
    assert "nowhere.toml" in only_line(ran.err)


def test_a_blank_column_beside_one_with_words_is_a_usage_error(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("comment,review\n,The kettle leaks at the lid\n,It boils in a minute\n", encoding="utf-8")
    ran = cxscan("scan", path, "--text", "comment")
    assert (ran.code, ran.out) == (2, "")
    assert "--text comment: none of its first 2 cells holds anything" in only_line(ran.err)


def test_a_file_without_words_is_bad_input_whatever_its_other_columns_hold(cxscan, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("id,comment,stars\n1,,5\n2, ,4\n", encoding="utf-8")
    ran = cxscan("scan", path, "--text", "comment")
    assert (ran.code, ran.out) == (3, "")
    assert "no comments" in only_line(ran.err)
