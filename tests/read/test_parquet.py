from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from reading import Outcome, outcome

from cxscan.cli.root import main
from cxscan.errors import InputError

COMMENTS = ["Delivery was late and nobody answered", "Lovely staff in the Marlow shop", "The lamp broke after a day"]


def test_without_its_library_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "marlow.parquet").write_bytes(b"PAR1\x15\x04")
    with pytest.raises(InputError, match=r"marlow\.parquet: Parquet needs pyarrow.*: pip install 'cxscan\[parquet\]'"):
        outcome(tmp_path / "marlow.parquet")


@pytest.fixture
def written(tmp_path: Path):
    """Write columns (lists, or arrays of pyarrow) into a Parquet file."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    def write(columns: dict[str, object], **options: object) -> Path:
        path = tmp_path / "marlow.parquet"
        parquet.write_table(pa.table(columns), path, **options)
        return path

    return write


def cells_of(found: Outcome) -> dict[str, list[str]]:
    return found.comments.cells


def test_its_columns_are_found_and_its_rows_read(written) -> None:
    path = written({
        "id": [1, 2, 3],
        "comment": COMMENTS,
        "stars": [2.0, 5.0, None],
        "written": [datetime(2026, 3, day, 9, 30, tzinfo=UTC) for day in (1, 2, 3)],
    })  # fmt: skip
    found = outcome(path)
    assert (found.texts, found.ids) == (COMMENTS, ["1", "2", "3"])
    assert found.ratings == [2000, 5000, None]
    assert found.dates == [f"2026-03-0{day}T09:30:00+00:00" for day in (1, 2, 3)]
    assert found.layout.format == "parquet"


def test_values_of_every_kind_are_written_out(written) -> None:
    import pyarrow as pa

    path = written({
        "comment": ["Good lamp", None, "\\N"],
        "score": [float("nan"), 4.5, 3.0],
        "shop": pa.array(["Mill", None, "Mill"]).dictionary_encode(),
        "buyer": [True, False, None],
        "on": [date(2026, 3, 1), None, None],
        "at": pa.array([1_772_323_200_000_000_000, None, None], pa.timestamp("ns")),
        "tags": [["late", "box"], [], None],
        "raw": [b"caf\xc3\xa9", None, b""],
        "code": pa.array([2**60 + 1, None, 7], pa.int64()),
        "author": [{"name": "Ann", "place": {"city": "Marlow"}}, {"name": None, "place": None}, None],
    })  # fmt: skip
    cells = cells_of(outcome(path, text=("comment",), keep_cells=True))
    assert cells["comment"] == ["Good lamp", "", ""]
    assert cells["score"] == ["", "4.5", "3"]
    assert cells["shop"] == ["Mill", "", "Mill"]
    assert cells["buyer"] == ["true", "false", ""]
    assert (cells["on"][0], cells["at"][0]) == ("2026-03-01", "2026-03-01T00:00:00")
    assert cells["tags"] == ["late\nbox", "", ""]
    assert cells["raw"] == ["café", "", ""]
    assert cells["code"] == [str(2**60 + 1), "", "7"]
    assert (cells["author.name"], cells["author.place.city"]) == (["Ann", "", ""], ["Marlow", "", ""])


def test_row_groups_and_repeated_records_are_told(written) -> None:
    many = [f"The lamp of order {number} broke" for number in range(5000)]
    found = outcome(written({"comment": [*many, many[0]]}, row_group_size=700))
    assert (len(found.texts), found.texts[-1], found.repeated) == (5001, many[0], 1)
    assert found.records == list(range(1, 5002))
    assert found.source.lines([1, 4000]) == {1: 1, 4000: 4000}


def test_header_rows_of_a_survey_tool_are_no_records(written) -> None:
    found = outcome(written({
        "ResponseId": ["Response ID", '{"ImportId":"_recordId"}', "R_1", "R_2"],
        "Q1": ["What could we do better?", '{"ImportId":"QID1"}', "Answer the phone sooner", "Nothing, all are whole"],
    }))  # fmt: skip
    assert found.texts == ["Answer the phone sooner", "Nothing, all are whole"]
    assert found.records == [1, 2]
    assert found.source.lines([1]) == {1: 3}


def test_it_is_read_from_a_folder_and_from_standard_input(
    written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written({"comment": COMMENTS})
    assert main(["scan", str(path.parent), "--format", "line", "-q"]) == 0
    assert "comments=3" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert main(["scan", "-", "--format", "line", "-q"]) == 0
    assert "comments=3" in capsys.readouterr().out


def test_the_name_of_an_only_column_is_no_comment(written) -> None:
    assert outcome(written({"utterance": COMMENTS})).texts == COMMENTS


def test_a_damaged_or_empty_one_is_one_line(written) -> None:
    path = written({"comment": COMMENTS})
    content = path.read_bytes()
    for damaged in (content[:-20], content[:40], content[:30] + b"\xff" * 40 + content[70:]):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match=r"marlow\.parquet: the Parquet file is damaged or cut short \(.*\); copy"):
            outcome(path)
    with pytest.raises(InputError, match="no records"):
        outcome(written({"comment": []}))
