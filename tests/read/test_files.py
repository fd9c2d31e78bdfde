from __future__ import annotations

from pathlib import Path

import pytest

from cxscan.errors import InputError, UsageError
from cxscan.read.files import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.csv",
        "a.jsonl.gz",
        "c.TSV",
        "notes.md",
        "old.xls",
        "~$c.xlsx",
        "d.xlsx",
        ".hidden.csv",
        "deep/d.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_a_folder_means_its_readable_files_sorted(folder: Path) -> None:
    assert find_files([str(folder)]) == [str(folder / name) for name in ("a.jsonl.gz", "b.csv", "c.TSV", "d.xlsx")]


def test_a_glob_means_its_matches_sorted(folder: Path) -> None:
    assert find_files([f"{folder}/*.[cC]*"]) == [str(folder / "b.csv")]
    assert find_files([f"{folder}/**/*.csv"]) == [str(folder / "b.csv"), str(folder / "deep" / "d.csv")]


def test_a_name_that_looks_like_a_glob_may_be_a_file(folder: Path) -> None:
    (folder / "[1].csv").write_text("x")
    assert find_files([str(folder / "[1].csv")]) == [str(folder / "[1].csv")]


def test_a_file_is_read_once_under_whatever_names(folder: Path) -> None:
    (folder / "link.csv").symlink_to(folder / "b.csv")
    paths = [str(folder / "b.csv"), str(folder / "." / "b.csv"), str(folder / "link.csv"), "-", "-"]
    assert find_files(paths) == [str(folder / "b.csv"), "-"]


def test_order_is_as_given(folder: Path) -> None:
    paths = [str(folder / "c.TSV"), str(folder / "b.csv")]
    assert find_files(paths) == paths


def test_nothing_to_read_is_said(folder: Path) -> None:
    with pytest.raises(UsageError, match="no file to read"):
        find_files([])
    with pytest.raises(InputError, match="nothing matches"):
        find_files([f"{folder}/*.parquet"])
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="has no file to read"):
        find_files([str(folder / "empty")])
