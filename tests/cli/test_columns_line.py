"""The line on standard error that says which columns were taken, and which were close."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

REVIEWS = (
    "id,headline,review,stars,nps,created_at\n"
    "1,So so,The kettle leaks from the lid,2,4,2026-03-01\n"
    "2,Fine,It boils in a minute and looks good,5,9,2026-03-02\n"
)
TAKEN = (
    'comments from "review", rating "stars" (1–5), dates "created_at"; '
    'not taken: "headline" (--title), "nps" (--rating)'
)
COMMANDS = [
    ("scan",),
    ("check", "--fail-if", "sentiment.negative.share > 99%"),
    ("quotes",),
    ("drivers",),
    ("discover",),
]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reviews.csv").write_text(REVIEWS, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_run_says_what_it_took_and_what_was_close(command: tuple[str, ...], cxscan) -> None:
    first = cxscan(command[0], "reviews.csv", *command[1:]).err.splitlines()[0]
    assert first == f"cxscan: reviews.csv: {TAKEN}"
    assert cxscan(command[0], "reviews.csv", *command[1:], "-q").err == ""


def test_files_of_the_same_columns_share_a_line(cxscan) -> None:
    for name in ("a.csv", "b.csv"):
        Path(name).write_text(REVIEWS, encoding="utf-8")
    assert cxscan("scan", "a.csv", "b.csv", "reviews.csv").err.splitlines()[0] == f"cxscan: 3 files: {TAKEN}"
    Path("c.csv").write_text("comment\nIt broke\nIt works\n", encoding="utf-8")
    assert cxscan("scan", "a.csv", "b.csv", "c.csv").err.splitlines()[:2] == [
        f"cxscan: a.csv and 1 more: {TAKEN}",
        'cxscan: c.csv: comments from "comment"',
    ]


def test_a_hundred_kinds_of_files_are_no_hundred_lines(cxscan) -> None:
    for number in range(12):
        Path(f"{number}.csv").write_text(f"comment {number}\nIt broke\n", encoding="utf-8")
    lines = cxscan("scan", "[0-9]*.csv").err.splitlines()
    assert sum("comments from" in line for line in lines) == 10
    assert "cxscan: 2 more kinds of columns; cxscan inspect shows those of each file" in lines


def test_what_is_asked_for_is_taken_and_said(cxscan) -> None:
    line = cxscan("scan", "reviews.csv", "--title", "headline", "--rating", "nps", "--scale", "0-10").err.splitlines()[
        0
    ]
    assert line == (
        'cxscan: reviews.csv: comments from "review" after "headline", rating "nps" (0–10), dates "created_at"'
    )


def test_many_that_were_close_are_counted_and_long_names_are_cut(cxscan) -> None:
    questions = [f"How would you rate part {part} of all that we did for you during your stay?" for part in "ABCDE"]
    Path("stay.csv").write_text(f"comment,{','.join(questions)}\nIt was fine,1,2,3,4,5\n", encoding="utf-8")
    line = cxscan("scan", "stay.csv").err.splitlines()[0]
    names = ", ".join(f'"{question[:59]}…"' for question in questions[:3])
    assert line == f'cxscan: stay.csv: comments from "comment"; not taken: {names} and 2 more (--rating)'


def test_a_name_cannot_steer_the_terminal(cxscan) -> None:
    Path("x.csv").write_text('id,"comment \x1b[31m text"\n1,It broke\n2,It works\n', encoding="utf-8")
    assert r'comments from "comment \x1b[31m text"' in cxscan("scan", "x.csv").err


def test_an_ascii_terminal_gets_ascii(cxscan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "err.txt").open("w", encoding="ascii", errors="backslashreplace") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        cxscan("scan", "reviews.csv")
    assert 'rating "stars" (1-5)' in (tmp_path / "err.txt").read_text(encoding="ascii")


@pytest.mark.parametrize(
    ("option", "column", "trouble"),
    [
        ("--text", "note", "none of its first 2 cells holds anything"),
        ("--title", "note", "none of its first 2 cells holds anything"),
        ("--id", "note", "none of its first 2 cells holds anything"),
        ("--by", "note", "none of its first 2 cells holds anything"),
        ("--rating", "note", "none of its first 2 cells holds anything"),
        ("--rating", "headline", "none of its first 2 cells is a rating"),
        ("--date", "headline", "none of its first 2 cells is a date"),
    ],
)
def test_a_column_that_was_asked_for_and_holds_nothing_usable_is_refused(
    option: str, column: str, trouble: str, cxscan
) -> None:
    lines = [line + end for line, end in zip(REVIEWS.splitlines(), (",note", ",", ","), strict=True)]
    Path("reviews.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = cxscan("scan", "reviews.csv", option, column)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert f"reviews.csv: {option} {column}: {trouble}" in ran.err
