from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.render.escape import break_commands, clean, csv_cell, csv_row, json_text, markdown_cell
from cxscan.render.json import dumps

ANY_TEXT = st.text(st.characters(exclude_categories=()))
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
COMMAND = re.compile(r"^\s*(::|##)|##\[|##vso\[|##teamcity\[|section_start:|section_end:", re.MULTILINE)
NASTY = st.lists(
    st.sampled_from(["::", ":", "##", "#", "[", "vso[", "teamcity[", "section_start:", "section_end:", " ", "\n", "\r",
                     "\x1b[31m", "\x9b", "\u202e", "\ud800", "\U000e0041", "=", "'", '"', "|", "\\", "`", "@all", "x"])
).map("".join)  # fmt: skip


@given(st.one_of(ANY_TEXT, NASTY))
def test_a_cleaned_text_is_one_line_that_acts_on_nothing(text: str) -> None:
    cleaned = clean(text)
    assert UNSEEN.search(cleaned) is None
    assert COMMAND.search(cleaned) is None
    cleaned.encode()


@given(st.one_of(ANY_TEXT, NASTY))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Works as described, for €5 😀 — naïve café", "Works as described, for €5 😀 — naïve café"),
        ("\x1b[2Jcleared\x07", r"\x1b[2Jcleared\x07"),
        ("C1 \x9b31m", r"C1 \x9b31m"),
        ("turned \u202earound", r"turned \u202earound"),
        ("half \ud83d of a pair", r"half \ud83d of a pair"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("  ::error file=app.py::x", "  : :error file=app.py::x"),
        ("text\n::warning::x", "text ::warning::x"),
        ("##[error]x", "# #[error]x"),
        ("see ##vso[task.setvariable]x", "see # #vso[task.setvariable]x"),
        ("section_start:1:x", "section_ start:1:x"),
        ("std::vector", "std::vector"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_commands_are_broken_on_every_line() -> None:
    assert break_commands("a\n ::b\n##c\n") == "a\n : :b\n# #c\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "  =cmd|' /C calc'!A0", "+x", "-x", "@SUM(A1)", "\tx", "\rx", "＝1", "\0=1", "-1+2"]
)
def test_a_formula_is_made_inert(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+4.5", "-0,25", "a=b", "x@y.org", "", "'quoted'", "3-4"])
def test_a_number_or_a_plain_text_stays_as_it_is(text: str) -> None:
    assert csv_cell(text) == text


@given(st.lists(st.one_of(ANY_TEXT, NASTY), min_size=1))
def test_a_csv_row_reads_back_as_its_cells(texts: list[str]) -> None:
    cells = [csv_cell(text) for text in texts]
    row = csv_row(cells).encode().decode()
    assert list(csv.reader(io.StringIO(row, newline=""), strict=True)) == [cells]


@given(st.one_of(ANY_TEXT, NASTY))
def test_json_means_the_same_and_acts_on_nothing(text: str) -> None:
    dumped = dumps({"text": text, text: [text]})
    assert json.loads(dumped) == {"text": text, text: [text]}
    assert UNSEEN.search(dumped) is None
    assert COMMAND.search(dumped) is None


def test_json_keeps_readable_characters() -> None:
    assert json_text(json.dumps("naïve 😀", ensure_ascii=False)) == '"naïve 😀"'


@given(st.one_of(ANY_TEXT, NASTY))
def test_a_markdown_cell_is_one_cell_of_plain_text(text: str) -> None:
    cell = markdown_cell(text)
    tokens = tokens_of(f"| head | second |\n| --- | --- |\n| {cell} | x |\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 4
    assert {child.type for child in inline[2].children or ()} <= {"text", "text_special", "softbreak"}


def tokens_of(text: str) -> list:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [("a|b", r"a\|b"), ("[x](y)", r"\[x\](y)"), ("<b>&amp;", r"\<b\>\&amp;"), ("@all", "@\u200ball"), ("a\nb", "a b")],
)
def test_markdown_marks_are_escaped(text: str, cell: str) -> None:
    assert markdown_cell(text) == cell


def test_naughty_strings_come_through_json_and_csv_unchanged(shared) -> None:
    texts = json.loads((shared / "reliability" / "naughty-strings.json").read_text(encoding="utf-8"))
    assert json.loads(dumps(texts)) == texts
    rows = "".join(csv_row([csv_cell(text), "x"]) for text in texts)
    read = [row[0] for row in csv.reader(io.StringIO(rows, newline=""))]
    assert [cell.removeprefix("'") for cell in read] == [text.removeprefix("'") for text in texts]
