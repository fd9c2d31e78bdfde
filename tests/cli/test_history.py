from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest


@pytest.fixture
def shop(sample_data: Path) -> Path:
    return sample_data / "shop_reviews.jsonl"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


@pytest.fixture
def filled(cxscan, shop: Path, store: Path) -> Path:
    for month in ("07", "08", "09", "10"):
        span = ("--since", f"2026-{month}-01", "--until", f"2026-{month}-30")
        assert cxscan("history", "add", shop, "--store", store, "--by", "product_category", *span, "-q").code == 0
    return store


def test_a_run_is_added_once_and_is_of_its_newest_comment(cxscan, shop: Path, store: Path) -> None:
    first, second = (cxscan("history", "add", shop, "--store", store, "-q") for _ in range(2))
    assert first.code == second.code == 0
    assert first.out.startswith("run 1 of 2026-10-31: 306 comments, net ")
    assert second.out == "run 1 of 2026-10-31: was there already, nothing added\n"


def test_other_rules_make_another_run(cxscan, shop: Path, store: Path) -> None:
    cxscan("history", "add", shop, "--store", store)
    assert cxscan("history", "add", shop, "--store", store, "--sentiment", "vader").out.startswith("run 2 ")


def test_the_same_comments_under_another_name_are_the_same_run(cxscan, export, store: Path) -> None:
    one, two = export("Great app", "Bad app", name="a.csv"), export("Great app", "Bad app", name="b.csv")
    assert cxscan("history", "add", one, "--store", store).out.startswith("run 1 ")
    assert "run 1 of" in (again := cxscan("history", "add", two, "--store", store)).out
    assert "there already" in again.out
    both = two.with_name("both")
    both.mkdir()
    for name in ("c.csv", "d.csv"):
        (both / name).write_bytes(one.read_bytes())
    assert cxscan("history", "add", both, "--store", store).out.startswith("run 2 ")  # the same comments twice over
    moved = one.parent / "moved"
    moved.mkdir()
    assert "there already" in cxscan("history", "add", one.rename(moved / "a.csv"), "--store", store).out


def test_a_saved_summary_is_the_run_that_it_is_a_summary_of(cxscan, shop: Path, store: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    cxscan("scan", shop, "-o", saved)
    assert cxscan("history", "add", saved, "--store", store, "--at", "2026-11-01").out.startswith("run 1 of 2026-11-01")
    assert "there already" in cxscan("history", "add", shop, "--store", store).out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"format": "cxscan-baseline", "version": 1}', "is a cxscan-baseline"),
        ('{"format": "cxscan-summary", "version": 9}', "version 9"),
        ('{"format": "cxscan-summary", "version": 1, "themes": 3}', "no whole summary"),
    ],
)
def test_what_is_no_summary_of_ours_is_refused(cxscan, store: Path, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "saved.json"
    path.write_text(content, encoding="utf-8")
    ran = cxscan("history", "add", path, "--store", store)
    assert (ran.code, store.exists()) == (2, False)
    assert words in ran.err


def test_the_day_is_settled_by_at(cxscan, shop: Path, store: Path) -> None:
    assert " of 2026-11-02: " in cxscan("history", "add", shop, "--store", store, "--at", "2026-11-02").out
    out = cxscan("history", "add", shop, "--store", store, "--limit", 9, "--at", "2026-11-02T08:30+02:00").out
    assert " of 2026-11-02T06:30:00Z: " in out
    ran = cxscan("history", "add", shop, "--store", store, "--at", "yesterday")
    assert (ran.code, "YYYY-MM-DD" in ran.err) == (2, True)


def test_without_dates_or_with_one_to_come_the_run_is_of_today(cxscan, tmp_path: Path, store: Path) -> None:
    undated, future = tmp_path / "undated.csv", tmp_path / "future.csv"
    undated.write_text("comment\nGreat app\nBad app\n", encoding="utf-8")
    future.write_text("comment,date\nGreat app,2026-01-02\nBad app,2099-01-02\n", encoding="utf-8")
    for path in (undated, future):
        ran = cxscan("history", "add", path, "--store", store, "--text", "comment")
        assert f"of {datetime.now(UTC):%Y-%m-%d}: " in ran.out
        assert "settle it with --at" in ran.err


def test_no_comment_is_in_the_store(cxscan, export, store: Path) -> None:
    comments = [f"Zanzibar number {n} broke and support was rude" for n in range(8)]
    cxscan("history", "add", export(*comments), "--store", store, "--by", "comment", "--text", "comment")
    assert b"anzibar" not in store.read_bytes()
    assert b"broke" not in store.read_bytes()


def test_runs_are_listed(cxscan, filled: Path) -> None:
    out = cxscan("history", "list", "--store", filled).out
    assert [line.split()[:2] for line in out.splitlines()[1:5]] == [
        ["1", "2026-07-30"], ["2", "2026-08-30"], ["3", "2026-09-30"], ["4", "2026-10-30"],
    ]  # fmt: skip
    assert "4 runs" in out


def test_a_trend_is_drawn_with_its_intervals(cxscan, filled: Path) -> None:
    ran = cxscan("history", "trend", "sentiment.negative.share", "--store", filled)
    assert ran.code == 0
    assert "▁" in ran.out
    assert "█" in ran.out
    assert ran.out.count("●") == 4
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "no change of level" in ran.out


def test_a_segment_has_a_trend_of_its_own(cxscan, filled: Path) -> None:
    listed = json.loads(cxscan("history", "export", "--store", filled).out)
    column = listed["runs"][0]["summary"]["segments"]["product_category"]
    name = min(column)
    command = ("history", "trend", f'segments.product_category."{name}".comments.n', "--store", filled)
    trend = json.loads(cxscan(*command, "--format", "json").out)
    assert trend["points"][0]["value"] == column[name]["comments"]["n"]
    assert json.loads(cxscan(*command, "--format", "json", "--last", 2).out)["points"] == trend["points"][2:]


def test_an_unknown_metric_is_a_usage_error_with_the_nearest(cxscan, filled: Path) -> None:
    ran = cxscan("history", "trend", "themes.servise.net", "--store", filled)
    assert (ran.code, ran.out) == (2, "")
    assert "themes.service.net" in ran.err


def test_an_ascii_output_has_ascii_marks(cxscan, filled: Path) -> None:
    from cxscan.history.store import runs
    from cxscan.history.trend import trend
    from cxscan.render import Page
    from cxscan.render.history.trend import trend_table

    for width in (1, 40, 80, 120):
        assert trend_table(trend(runs(filled), "rating.mean"), Page(width, ascii_only=True)).isascii()


def test_everything_is_exported(cxscan, filled: Path, tmp_path: Path) -> None:
    whole = json.loads(cxscan("history", "export", "--store", filled).out)
    assert [run["summary"]["format"] for run in whole["runs"]] == ["cxscan-summary"] * 4
    target = tmp_path / "history.csv"
    assert cxscan("history", "export", "--store", filled, "-o", target).code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert {row["run"] for row in rows} == {"1", "2", "3", "4"}
    negative = [row for row in rows if row["metric"] == "sentiment.negative.share" and row["scope"] == "total"]
    assert [float(row["value"]) for row in negative] == [
        run["summary"]["sentiment"]["negative"]["share"] for run in whole["runs"]
    ]


def test_reading_commands_change_no_byte_of_the_store(cxscan, filled: Path) -> None:
    before = filled.read_bytes()
    for command in (("list",), ("trend", "comments.n"), ("export",)):
        assert cxscan("history", *command, "--store", filled).code == 0
    assert filled.read_bytes() == before


def test_no_history_yet_names_the_next_step(cxscan, store: Path) -> None:
    for command in (("list",), ("trend", "comments.n"), ("export",)):
        ran = cxscan("history", *command, "--store", store)
        assert (ran.code, ran.out) == (2, "")
        assert "cxscan history add FILE" in ran.err


def test_a_store_that_cannot_be_written_is_exit_code_four(cxscan, shop: Path, store: Path) -> None:
    store.write_text("this is no database" * 100, encoding="utf-8")
    ran = cxscan("history", "add", shop, "--store", store, "-q")
    assert (ran.code, ran.out) == (4, "")
    assert store.read_text(encoding="utf-8") == "this is no database" * 100


def test_the_store_is_in_the_users_data_folder(cxscan, shop: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert cxscan("history", "add", shop, "-q").code == 0
    with closing(sqlite3.connect(tmp_path / "share" / "cxscan" / "history.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM run").fetchone() == (1,)
