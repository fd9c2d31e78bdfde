from __future__ import annotations

import csv
import io
import json
import re

import pytest
from markdown_it import MarkdownIt
from render.made import Record, said, summary_of
from rich.cells import cell_len

from cxscan.insight.compare import Comparison, Side, compare
from cxscan.render import Page
from cxscan.render.comparison.csv import HEADER
from cxscan.render.formats import COMPARISON

FORMATS = list(COMPARISON.by_name)
HOSTILE = (
    "[/red] [bold]x[/bold] [link=file:///etc/passwd]y[/link]",
    "\x1b]52;c;cm0gLXJmIH4=\x07 \u202eturned \ud800 and more words to be long enough",
    "::error file=app.py::pwned ##vso[task.setvariable variable=x]y ##teamcity[x]",
    "| a | b | <script>alert(1)</script> ![x](http://e.example) @everyone",
    "=cmd|' /C calc'!A0 and more words so that it is quoted",
)
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[", re.MULTILINE)


def hostile() -> Comparison:
    """Every text of an input is hostile: comments, segments and paths."""
    calm = [Record(said(score=5_000).cells, 5_000, channel=text) for text in HOSTILE for _ in range(60)]
    loud = [
        Record(said(f"{text} {n}", -5_000, price="negative").cells, 1_000, channel=text)
        for text in HOSTILE
        for n in range(40)
    ]
    path = "exports/\x1b[31m::[red]|=x.csv"
    dumps = [Side(path, summary_of(records, source=path)) for records in (calm, calm[:100] + loud)]
    return compare(dumps[0], dumps[1], by=["channel"])


def plain() -> Comparison:
    before = [said("Came on time", 5_000, 5_000, delivery="positive") for _ in range(200)]
    after = [said("Came late", -5_000, 2_000, delivery="negative") for _ in range(200)]
    dumps = [Side(name, summary_of(records)) for name, records in (("a.csv", before), ("b.csv", after))]
    return compare(dumps[0], dumps[1], by=["channel"])


def rendered(name: str, found: Comparison, *, width: int = 80, ascii_only: bool = False, color: bool = False) -> str:
    return COMPARISON[name].text(found, Page(width, color, ascii_only))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_text_act(name: str) -> None:
    text = rendered(name, hostile())
    assert not UNSEEN.search(text)
    assert not COMMAND.search(text)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_keeps_to_its_width(width: int) -> None:
    for found in (hostile(), plain()):
        assert max(map(cell_len, rendered("table", found, width=width).splitlines())) <= width


def test_the_table_can_be_ascii() -> None:
    assert rendered("table", plain(), ascii_only=True).isascii()


def test_the_table_shows_what_changed_and_where_it_comes_from() -> None:
    text = rendered("table", plain())
    assert re.search(r"^themes\.delivery\.net +\+100 +-100 +-200\.0", text, re.MULTILINE)
    assert re.search(r"^sentiment\.negative\.share +0\.0% +100\.0% +\+100\.0", text, re.MULTILINE)
    assert "what they say  -200.0" in text
    assert "RARE BUT RISING" in text


def test_json_keys_are_those_of_the_contract_in_their_order() -> None:
    whole = json.loads(rendered("json", plain()))
    assert list(whole)[:7] == ["format", "version", "before", "after", "changes", "rising", "mix"]
    assert (whole["format"], whole["version"]) == ("cxscan-comparison", 1)
    assert {tuple(change) for change in whole["changes"]} == {HEADER}
    assert list(whole["before"]) == ["inputs", "comments"]


def test_csv_has_a_row_for_each_change_and_each_rising_theme() -> None:
    found = hostile()
    rows = list(csv.reader(io.StringIO(rendered("csv", found))))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == 1 + len(found.changes) + len(found.rising)
    assert {len(row) for row in rows} == {len(HEADER)}


def test_markdown_is_what_it_looks_like() -> None:
    html = MarkdownIt("commonmark").enable("table").render(rendered("markdown", hostile()))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<table>") == 5  # changes, and for each of net and mean two of the mix


def test_the_line_is_one_line_with_the_nets_and_the_largest_change() -> None:
    line = rendered("line", plain())
    assert line.count("\n") == 1
    assert line.startswith("cxscan=a.csv..b.csv comments=200..200 findings=")
    assert " net=+100..-100 mean=5.00..2.00 " in line


def test_nothing_that_changed_is_said_in_every_format() -> None:
    same = Side("same.csv", summary_of([said(score=5_000)] * 50))
    found = compare(same, same)
    assert "0 of" in rendered("table", found)
    assert "findings=0" in rendered("line", found)
    assert "0 of" in rendered("markdown", found)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_comparison_gives_the_same_bytes(name: str) -> None:
    assert rendered(name, hostile()) == rendered(name, hostile())
