from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from render.made import RECORDS, RULES, THEMES, Cell, Record, gold_summary, said, summary_of
from rich.cells import cell_len

from cxscan import __version__
from cxscan.errors import UsageError
from cxscan.model import Lens, State, Theme
from cxscan.render import Page
from cxscan.render.formats import SUMMARY
from cxscan.summary import Summary
from cxscan.summary.build import summarise

ROOT = Path(__file__).parents[2]
GOLD = Path(__file__).parent / "gold"
SCHEMA = json.loads((ROOT / "docs" / "schema" / "summary-1.json").read_text(encoding="utf-8"))
OUTPUTS = {
    "table-80.txt": ("table", 80, False),
    "table-40-ascii.txt": ("table", 40, True),
    "table-120.txt": ("table", 120, False),
    "summary.md": ("markdown", 80, False),
    "summary.csv": ("csv", 80, False),
    "summary.json": ("json", 80, False),
    "line.txt": ("line", 80, False),
}
HOSTILE = (
    "[/red] [bold]x[/bold] [link=file:///etc/passwd]y[/link]",
    "\x1b]52;c;cm0gLXJmIH4=\x07 \x9b31m \u202eturned \ud800 \U000e0041",
    "::error file=app.py::pwned",
    "text\n::warning::x ##vso[task.setvariable variable=x]y ##teamcity[x] section_start:1:x",
    "| a | b |\n| --- | --- | <script>alert(1)</script> ![x](http://e.example) @everyone",
    "=cmd|' /C calc'!A0",
    "averyveryverylongword" * 30 + "::error::",
)
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
COMMAND = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[|section_start:", re.MULTILINE)


def hostile_summary() -> Summary:
    records = [
        Record((Cell(text, score=-5_000, themes={"price": "negative", "service": "mixed"}),), 5_000, channel=text)
        for text in HOSTILE
    ]
    return summary_of(records, source="exports/\x1b[31m::[red]|=x.csv") + summary_of(records, source="::error::x.csv")


def rendered(name: str, summary: Summary, *, width: int = 80, ascii_only: bool = False, color: bool = False) -> str:
    return SUMMARY[name].text(summary, Page(width, color, ascii_only))


def test_every_format_has_a_whole_output_under_gold() -> None:
    assert {name for name, *_ in OUTPUTS.values()} == set(SUMMARY.by_name)
    assert {path.name for path in GOLD.iterdir()} == set(OUTPUTS)


@pytest.mark.parametrize("file", OUTPUTS)
def test_the_output_is_the_gold_one(file: str) -> None:
    name, width, ascii_only = OUTPUTS[file]
    text = rendered(name, gold_summary(), width=width, ascii_only=ascii_only).replace(__version__, "VERSION")
    assert text == (GOLD / file).read_text(encoding="utf-8"), "meant? then: python tests/render/write_gold.py"


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean table"):
        SUMMARY["tabel"]


@pytest.mark.parametrize("name", list(SUMMARY.by_name))
def test_hostile_comments_columns_and_paths_act_on_nothing(name: str) -> None:
    text = rendered(name, hostile_summary())
    assert UNSEEN.search(text) is None
    assert COMMAND.search(text) is None
    text.encode()


@pytest.mark.parametrize("width", [1, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("make", [gold_summary, hostile_summary, lambda: Summary.empty(THEMES, RULES)])
def test_no_line_of_the_table_is_wider_than_the_page(width: int, make) -> None:
    lines = rendered("table", make(), width=width).splitlines()
    broken_commands = 2  # each may add a space
    assert max(map(cell_len, lines)) <= max(width, 40) + broken_commands


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_number_of_the_table_is_cut(width: int) -> None:
    text = rendered("table", gold_summary(), width=width)
    rows = [line.split() for line in text.splitlines() if line.startswith("  ")]
    assert {row[0]: row[1] for row in rows if len(row) > 3 and row[0] in {"service", "price"}} == {
        "service": "3*", "price": "2*",
    }  # fmt: skip


def test_markup_in_a_comment_is_shown_as_it_is() -> None:
    assert "[/red] [bold]x[/bold]" in rendered("table", hostile_summary(), width=120)


def test_an_ascii_table_has_only_ascii_of_its_own() -> None:
    assert rendered("table", gold_summary(), ascii_only=True).isascii()


def test_a_plain_table_has_no_escape_codes_and_a_coloured_one_says_the_same() -> None:
    plain, coloured = (rendered("table", gold_summary(), color=color) for color in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_the_table_does_not_ask_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = rendered("table", gold_summary())
    monkeypatch.delenv("NO_COLOR")
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "30", "TERM": "xterm-256color", "LANG": "tr_TR"}.items():
        monkeypatch.setenv(name, value)
    assert rendered("table", gold_summary()) == plain


def test_themes_stand_by_mentions_within_their_lens() -> None:
    text = rendered("table", gold_summary())
    names = [line.split()[0] for line in text.splitlines() if line.startswith("  ") and "%" in line]
    assert names == ["price", "competition", "delivery", "quality", "service", "advocacy", "experience", "relationship"]


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_a_page_quotes_a_comment_once(name: str) -> None:
    assert rendered(name, gold_summary(), width=120).count("I tell all my friends") == 1


def test_a_rare_theme_has_a_bar_too() -> None:
    text = rendered("table", summary_of([said(price="negative")] * 999 + [said(quality="positive")]))
    assert re.search(r"quality .* █$", text, re.MULTILINE)


def test_small_numbers_are_marked() -> None:
    many = summary_of([said(price="negative")] * 30)
    assert re.search(r"price +30 ", rendered("table", many))
    assert re.search(r"price +29\* ", rendered("table", summary_of([said(price="negative")] * 29)))


def test_many_segment_values_are_cut_and_it_is_said() -> None:
    records = [Record((Cell(),), channel=f"value {n}") for n in range(25)]
    assert "and 5 more values: --format csv has all" in rendered("table", summary_of(records))


def test_many_periods_are_cut_and_it_is_said() -> None:
    records = [Record((Cell(),), date=f"20{year:02}-01-01") for year in range(10, 50)]
    assert "4 earlier periods: --format csv has all" in rendered("table", summary_of(records))


@given(RECORDS)
def test_every_summary_fits_the_schema(records: list[Record]) -> None:
    assert Draft202012Validator(SCHEMA).is_valid(json.loads(rendered("json", summary_of(records))))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(SCHEMA["properties"]) == list(gold_summary().as_json())


def test_every_metric_of_the_csv_is_a_path_of_the_json() -> None:
    summary = gold_summary()
    view = json.loads(rendered("json", summary))
    for row in csv.DictReader(io.StringIO(rendered("csv", summary), newline="")):
        at = view if row["scope"] == "total" else scoped(view, row)
        for key in row["metric"].split("."):
            at = at[key]
        assert at == float(row["value"])


def scoped(view: dict, row: dict[str, str]) -> dict:
    if row["scope"] == "segment":
        return view["segments"][row["column"]][row["name"]]
    return next(period for period in view["timeline"] if period["period"] == row["name"])


def test_a_share_in_csv_has_its_count_and_interval() -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", gold_summary()), newline="")))
    assert rows[0] == ["scope", "column", "name", "metric", "n", "value", "low", "high"]
    assert ["total", "", "", "themes.price.share", "2", "0.333333", "0.096771", "0.700007"] in rows


def test_a_theme_may_have_any_name() -> None:
    themes = (Theme("share", Lens.PRODUCT), Theme("n|[x]", Lens.CUSTOMER))
    from render.made import batch_of, labels_of

    records = [Record((Cell(themes={"share": "positive"}),))]
    summary = summarise(batch_of(records), labels_of(records, themes), rules=RULES)
    assert "themes.share.share,1,1.0," in rendered("csv", summary)
    for name in SUMMARY.by_name:
        assert rendered(name, summary)


@pytest.mark.parametrize("make", [gold_summary, hostile_summary])
def test_the_markdown_is_tables_and_plain_text(make) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(rendered("markdown", make()))
    children = {child.type for token in tokens for child in token.children or ()}
    assert children <= {"text", "text_special", "softbreak", "strong_open", "strong_close"}
    assert {token.type for token in tokens} & {"html_block", "fence", "code_block", "blockquote_open"} == set()


def test_the_markdown_tables_have_the_cells_of_their_header() -> None:
    lines = rendered("markdown", hostile_summary()).splitlines()
    rules = [number for number, line in enumerate(lines) if line.startswith("| ---")]
    for number in rules:
        for line in lines[number + 1 :]:
            if not line:
                break
            assert len(re.findall(r"(?<!\\)\|", line)) == lines[number].count("|")


@given(RECORDS)
def test_the_log_line_is_one_line(records: list[Record]) -> None:
    assert rendered("line", summary_of(records)).count("\n") == 1


def test_the_log_line_quotes_what_has_spaces() -> None:
    line = rendered("line", summary_of([said()], source="my files/a b=c.csv"))
    assert line.startswith('cxscan="a b=c.csv" comments=1 ')


@settings(max_examples=40)
@given(RECORDS, st.sampled_from(list(SUMMARY.by_name)))
def test_every_format_renders_every_summary(records: list[Record], name: str) -> None:
    assert rendered(name, summary_of(records)).endswith("\n")


def test_numbers_agree_across_formats() -> None:
    summary = summary_of([said(score=5_000)] * 37 + [said(score=-5_000)] * 11 + [Record((Cell("-", State.UNSCORED),))])
    for name, words in {"table": "77.1%", "markdown": "77.1%", "line": "positive=77.1%", "csv": "0.770833"}.items():
        assert words in rendered(name, summary)
    assert '"share": 0.770833' in rendered("json", summary)
