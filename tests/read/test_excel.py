from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from reading import Outcome, outcome
from workbooks import Cell, Raw, sheet_xml, workbook

from cxscan.cli.root import main
from cxscan.errors import InputError, UsageError

HEADER: list[Cell] = ["id", "comment", "stars", "written"]
ROWS: list[list[Cell]] = [
    ["m1", "Delivery was late and nobody answered", 2, date(2026, 3, 1)],
    ["m2", "Lovely staff in the Marlow shop", 5, date(2026, 3, 2)],
    ["m3", "The lamp broke after a day", 1, date(2026, 3, 4)],
]
COMMENTS = [row[1] for row in ROWS]


def read(tmp_path: Path, content: bytes, **request: object) -> Outcome:
    path = tmp_path / "marlow.xlsx"
    path.write_bytes(content)
    return outcome(path, **request)


def test_a_sheet_is_read_as_excel_shows_it(tmp_path: Path) -> None:
    found = read(tmp_path, workbook({"Reviews": [HEADER, *ROWS]}))
    assert (found.texts, found.ids) == (COMMENTS, ["m1", "m2", "m3"])
    assert found.ratings == [2000, 5000, 1000]
    assert found.dates == ["2026-03-01", "2026-03-02", "2026-03-04"]
    assert (found.layout.format, found.layout.sheet, found.layout.header_line) == ("xlsx", "Reviews", 1)


def test_cells_that_are_no_text_are_written_out(tmp_path: Path) -> None:
    row: list[Cell] = ["m1", "Good", True, 4.3, 12345678, datetime(2026, 3, 1, 12, 30, tzinfo=UTC), 0.1 + 0.2]
    content = workbook({"S": [["id", "comment", "buyer", "score", "phone", "at", "share"], row]})
    cells = read(tmp_path, content, text=("comment",), keep_cells=True).comments.cells
    assert [cells[name] for name in ("buyer", "score", "phone", "at", "share")] == [
        ["TRUE"], ["4.3"], ["12345678"], ["2026-03-01T12:30:00"], ["0.3"]
    ]  # fmt: skip


def test_title_rows_and_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    blank: list[Cell] = [None]
    rows: list[list[Cell]] = [
        ["Marlow Lamps: feedback"], blank, ["Period", "March"], blank,
        HEADER, ROWS[0], blank, ROWS[1],
    ]  # fmt: skip
    found = read(tmp_path, workbook({"S": rows}))
    assert found.texts == COMMENTS[:2]
    assert found.layout.header_line == 5
    assert found.source.lines([1, 2]) == {1: 6, 2: 8}


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[], [], *([None, None, *row] for row in (HEADER, *ROWS))]
    found = read(tmp_path, workbook({"S": rows}))
    assert (found.texts, found.layout.header_line) == (COMMENTS, 3)


def test_rows_and_columns_that_are_hidden_are_read(tmp_path: Path) -> None:
    xml = sheet_xml([HEADER, *ROWS]).replace('<row r="3">', '<row r="3" hidden="1">')
    xml = xml.replace("<sheetData>", '<cols><col min="2" max="3" hidden="1"/></cols><sheetData>')
    assert read(tmp_path, workbook({"S": xml})).texts == COMMENTS


def test_errors_stand_as_excel_shows_them_and_formulas_as_their_values(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        HEADER,
        ["m1", Raw('t="e"><f>VLOOKUP(A2,X,2)</f><v>#N/A</v>'), Raw('t="e"><v>#VALUE!</v>'), None],
        ["m2", Raw('t="str"><f>B9&amp;"!"</f><v>Great lamp</v>'), Raw("><f>2+2</f><v>4</v>"), None],
        *ROWS,
    ]
    found = read(tmp_path, workbook({"S": rows}), keep_cells=True)
    cells = found.comments.cells
    assert cells["comment"][:2] == ["#N/A", "Great lamp"]
    assert cells["stars"][:2] == ["#VALUE!", "4"]


def test_formulas_that_nobody_has_computed_are_told_of(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEADER, *ROWS, ["m4", Raw('t="str"><f>B2</f>'), Raw("><f>1+1</f><v></v>"), None]]
    found = read(tmp_path, workbook({"S": rows}))
    assert any(note.startswith("formulas without a value, read as empty") for note in found.source.notes)
    assert found.texts[3] == ""


def test_line_ends_and_quotes_in_cells_stay(tmp_path: Path) -> None:
    texts = ['She said "late", twice', "One line\nanother line", "semi; comma, tab\t.", " '=SUM(A1) is no formula"]
    rows: list[list[Cell]] = [HEADER, *([f"m{at}", text, 3, None] for at, text in enumerate(texts))]
    assert read(tmp_path, workbook({"S": rows})).texts == [text.strip() for text in texts]


def test_the_one_sheet_with_comments_is_taken(tmp_path: Path) -> None:
    sheets = {
        "Summary": [["Month", "Answers"], ["March", 3], ["April", 5]],
        "Answers": [HEADER, *ROWS],
        "Empty": [],
        "Old": [HEADER, ["x", "Hidden remarks about lamps", 3, None]],
    }
    found = read(tmp_path, workbook(sheets, hidden=["Old"]))
    assert (found.layout.sheet, found.texts) == ("Answers", COMMENTS)


def test_sheets_of_the_same_columns_are_one_data_set(tmp_path: Path) -> None:
    more: list[Cell] = ["m9", "Parcel came in two days", 5, date(2026, 4, 1)]
    found = read(tmp_path, workbook({"March": [HEADER, *ROWS], "April": [HEADER, more]}), by=("sheet",))
    assert found.texts == [*COMMENTS, more[1]]
    assert found.records == [1, 2, 3, 4]
    assert found.comments.segments["sheet"] == ["March", "March", "March", "April"]
    assert found.layout.sheet == "March, April"


def test_sheets_of_other_columns_are_asked_for(tmp_path: Path) -> None:
    other: list[list[Cell]] = [["ticket", "review", "agent"], ["t1", "Nobody calls back for days", "Ann"]]
    content = workbook({"Reviews": [HEADER, *ROWS], "Tickets": other})
    with pytest.raises(UsageError, match="several sheets hold comments: Reviews, Tickets; name one with --sheet NAME"):
        read(tmp_path, content)
    assert read(tmp_path, content, sheet="tickets").texts == ["Nobody calls back for days"]
    with pytest.raises(UsageError, match=r"--sheet Ticket: no such sheet; did you mean Tickets\?"):
        read(tmp_path, content, sheet="Ticket")


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    sheets = {"Reviews": [HEADER, *ROWS], "Old": [HEADER, ["x", "Remarks about an older lamp", 3, None]]}
    assert read(tmp_path, workbook(sheets, hidden=["Old"]), sheet="Old").texts == ["Remarks about an older lamp"]


def test_further_header_rows_are_those_of_a_delimited_file(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["ResponseId", "Q1", "Q2"],
        ["Response ID", "What could we do better?", "How likely are you to recommend us?"],
        ['{"ImportId":"_recordId"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}'],
        ["R_1", "Answer the phone sooner", 3],
        ["R_2", "Nothing, all lamps arrived whole", 9],
    ]
    found = read(tmp_path, workbook({"S": rows}))
    assert found.texts == ["Answer the phone sooner", "Nothing, all lamps arrived whole"]


@pytest.mark.parametrize("name", ["marlow.xlsx", "marlow.csv", "export"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(workbook({"S": [HEADER, *ROWS]}))
    assert outcome(tmp_path / name).texts == COMMENTS


def test_a_workbook_in_a_folder_and_on_standard_input_is_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = workbook({"S": [HEADER, *ROWS]})
    (tmp_path / "marlow.xlsx").write_bytes(content)
    assert main(["scan", str(tmp_path), "--format", "line", "-q"]) == 0
    assert "comments=3" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["scan", "-", "--format", "line", "-q"]) == 0
    assert "comments=3" in capsys.readouterr().out


def test_a_damaged_workbook_is_one_line(tmp_path: Path) -> None:
    sound = workbook({"S": [HEADER, *ROWS]})
    cut = sheet_xml([HEADER, *ROWS])[:-300]
    for content in (sound[: len(sound) // 2], workbook({"S": cut}), sound.replace(b"PK\x01\x02", b"PK\x01\x03")):
        with pytest.raises(InputError, match=r"marlow\.xlsx: the workbook is damaged.*; copy or export it again"):
            read(tmp_path, content)


def test_what_is_no_workbook_of_this_kind_is_named(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(InputError, match=r"a binary Excel workbook \(\.xlsb\); save it as \.xlsx"):
        read(tmp_path, file.getvalue())


def test_a_workbook_that_unpacks_out_of_proportion_is_not_unpacked(tmp_path: Path) -> None:
    padding = {"xl/media/padding.xml": " " * (80 << 20)}
    with pytest.raises(InputError, match="too large for an export"):
        read(tmp_path, workbook({"S": [HEADER, *ROWS]}, members=padding))


def test_a_sheet_of_two_cells_in_far_corners_is_not_built(tmp_path: Path) -> None:
    far = sheet_xml([HEADER, *ROWS]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(InputError, match=r"sheet S reaches to row 1,048,576 and column 16,384, nearly all empty"):
        read(tmp_path, workbook({"S": far}))


def test_a_workbook_without_records_says_so(tmp_path: Path) -> None:
    for rows in ([], [HEADER]):
        with pytest.raises(InputError, match="no records"):
            read(tmp_path, workbook({"S": rows}))


def test_a_sheet_without_a_header_is_asked_for_one_and_read_with_it(tmp_path: Path) -> None:
    content = workbook({"S": ROWS})
    with pytest.raises(InputError, match=r"line 1 looks like a record, not a header.* --no-header .* --header NAMES"):
        read(tmp_path, content)
    found = read(tmp_path, content, header=("ref", "remark", "stars", "on"))
    assert (found.texts, found.ratings[0], found.dates[0]) == (COMMENTS, 2000, "2026-03-01")
    assert read(tmp_path, content, no_header=True, text=("column 2",)).texts == COMMENTS


def test_cells_that_say_null_are_empty(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEADER, *ROWS, ["m4", "\\N", "NaN", "\\N"], ["m5", "Cheap lamps", "NaN", None]]
    found = read(tmp_path, workbook({"S": rows}))
    assert (found.texts, found.ratings[3:]) == ([*COMMENTS, "", "Cheap lamps"], [None, None])


def test_header_rows_with_merged_cells_are_those_of_a_delimited_file(tmp_path: Path) -> None:
    xml = sheet_xml(
        [
            ["Respondent ID", "How likely are you to recommend us?", None, "What could we do better?"],
            [None, "Score", "Reason", "Open-Ended Response"],
            [101, 7, "The price", "Answer the phone sooner"],
            [102, 9, "The lamps", "Nothing, all arrived whole"],
        ],
        '<mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>',
    )
    found = read(tmp_path, workbook({"S": xml}), text=("What could we do better?",))
    assert found.texts == ["Answer the phone sooner", "Nothing, all arrived whole"]
    assert found.layout.of_role("rating") == ("How likely are you to recommend us?: Score",)


def test_rows_below_the_table_are_no_records(tmp_path: Path) -> None:
    blank: list[Cell] = []
    rows: list[list[Cell]] = [HEADER, *ROWS, blank, ["Total", None, 8], ["Exported by Marlow on 4 March"]]
    found = read(tmp_path, workbook({"S": rows}))
    assert (found.texts, found.rejects) == (COMMENTS, [])


def test_sheets_beside_the_one_of_comments_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marlow.xlsx"
    survey: list[list[Cell]] = [["Guest", "What could be better?"], [1, "Nobody calls back for days"]]
    cover: list[list[Cell]] = [[7, "The lamp was broken in the box", "2026-03-01"], [8, "It came late", "2026-03-02"]]
    path.write_bytes(workbook({"Reviews": [HEADER, *ROWS], "Survey": survey, "Cover": cover}))
    assert main(["scan", str(path), "--format", "line"]) == 0
    noted = capsys.readouterr().err
    assert "sheets not read: Survey (--sheet)" in noted
    assert "sheets that could not be read as a table: Cover (--sheet)" in noted


def test_a_title_above_a_single_column_is_no_header(tmp_path: Path) -> None:
    found = read(
        tmp_path, workbook({"Lamps": [["Guest feedback 2026"], [], ["Comments"], *[[row[1]] for row in ROWS]]})
    )
    assert (found.texts, found.layout.header_line) == (COMMENTS, 3)
