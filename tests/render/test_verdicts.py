from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.judgements import FAILS, HOSTILE, PASSES, SUMMARY, judgements, made
from render.made import said, summary_of

from cxscan.comment_records import CommentRecord
from cxscan.insight.checks.judge import Example, Judgement, Severity
from cxscan.render import Page
from cxscan.render.failures import COLUMNS
from cxscan.render.formats import FAILURE_ROWS, VERDICTS
from cxscan.render.verdicts.words import Verdicts
from cxscan.summary import Summary

KEYS = ["name", "metric", "verdict", "value", "low", "high", "before", "limit", "n", "examples"]
MANY = {"score": -5000, "price": "negative"}


def rendered(name: str, judgement: Judgement, summary: Summary, page: Page | None = None) -> str:
    return VERDICTS[name].text(Verdicts(judgement, summary), page)


def table(judgement: Judgement, page: Page = Page()) -> list[str]:  # noqa: B008  a page never changes
    return rendered("table", judgement, SUMMARY, page).splitlines()


def test_each_check_is_a_line_with_verdict_metric_value_interval_limit_and_n() -> None:
    lines = table(made(FAILS, PASSES))
    assert lines == [
        "fail          sentiment.negative.share 33.3% (9.7–70.0), limit > 10%, n 6",
        "              “Crashes since the update” [exports/app.csv 2]",
        "pass          sentiment.negative.share 33.3% (9.7–70.0), limit > 90%, n 6",
        "fail: of 2 checks 1 failed, 1 passed; 7 comments in 9 records: 6 scored, 1 unscored, 1 empty; 1 rejected",
    ]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("comments.n > 5", "comments.n 7, limit > 5, n 7"),
        ("sentiment.net < 50%", "sentiment.net +16.7 points (-53.7 to +78.7), limit < +50 points, n 6"),
        ("rating.mean < 5", "rating.mean 3.29 (1.53–5.04), limit < 5, n 7"),
        ("lens.balance < 0", "lens.balance -0.14 (-1.14 to 0.64), limit < 0, n 6"),
        ("sentiment.positive.n < 8", "sentiment.positive.n 3, limit < 8, n 6"),
        ('segments.channel."phone".comments.n < 5', "segments.channel.phone.comments.n 2, limit < 5, n 2"),
    ],
)
def test_a_number_has_its_own_unit(condition: str, shown: str) -> None:
    [line, *_] = table(made(condition, examples=()))
    assert re.sub(r"\([^)]*\)", "()", line) == "fail          " + re.sub(r"\([^)]*\)", "()", shown)


def test_a_change_shows_what_was_and_how_sure_it_is() -> None:
    [line, *_] = table(
        made("sentiment.negative.share rises 5%", before=summary_of([said(score=9000)] * 40), examples=())
    )
    assert line == (
        "fail          sentiment.negative.share 33.3% (9.7–70.0), was 0.0%, +33.3 points (+8.1 to +70.0), "
        "limit rises 5.0 points, n 6, before 40"
    )


def test_an_inconclusive_change_shows_what_could_have_been_seen() -> None:
    before = summary_of([said(score=9000)] * 3 + [said(score=-9000)])
    [line, *_] = table(made("sentiment.negative.share rises 5%", before=before))
    assert line.startswith("inconclusive  ")
    assert ": chance alone may do this; the smallest change that could have been seen: " in line


def test_a_relative_limit_is_shown_as_one() -> None:
    assert "limit falls 20% relative" in table(made("comments.n falls 20% relative", before=SUMMARY))[0]


def test_a_check_is_called_by_its_name() -> None:
    assert table(made(named="mood alarm"))[0].startswith("fail          mood alarm: sentiment.negative.share 33.3%")


def test_the_last_line_says_why_a_run_without_a_failed_check_fails() -> None:
    strict = made("rating.mean rises 1", severity=Severity(inconclusive=True))
    assert table(strict)[-1].startswith("fail: of 1 check 1 inconclusive (--strict); ")
    warned = made(warn=(FAILS,), severity=Severity(warnings=True))
    assert table(warned)[-1].startswith("fail: of 1 check 1 warned (--fail-level warn); ")


def test_an_ignored_check_is_listed_with_its_reason_and_day() -> None:
    lines = table(made(FAILS, ignored="sentiment.negative.share"))
    assert lines[0].endswith("; ignored until 2027-01-31: known | issue")
    assert lines[-1].startswith("pass: of 1 check 1 ignored; ")


def test_colour_is_ours_only() -> None:
    lines = table(made(FAILS, examples=(Example(HOSTILE, "a", 1, "negative"),)), Page(color=True))
    assert lines[0].startswith("\x1b[31mfail        \x1b[0m  ")
    assert "\x1b" not in lines[1]


def test_marks_are_ascii_where_the_terminal_is() -> None:
    assert all(line.isascii() for line in table(made(FAILS), Page(80, ascii_only=True)))


def test_one_line_for_a_log() -> None:
    line = rendered("line", made(FAILS, PASSES, "rating.mean rises 1"), SUMMARY)
    assert line == (
        "cxscan=app.csv,shop.csv check=fail checks=3 fail=1 warn=0 inconclusive=1 pass=1 comments=7 "
        'fail_checks="sentiment.negative.share > 10% (0.333333)" inconclusive_checks="rating.mean rises 1 (3.28571)"\n'
    )


def test_json_has_the_keys_of_the_contract_first() -> None:
    found = json.loads(rendered("json", made(FAILS, PASSES), SUMMARY))
    assert (found["format"], found["version"], found["verdict"]) == ("cxscan-check", 1, "fail")
    assert list(found["checks"][0])[: len(KEYS)] == KEYS
    assert found["checks"][0] == {
        "name": FAILS,
        "metric": "sentiment.negative.share",
        "verdict": "fail",
        "value": 0.333333,
        "low": 0.096771,
        "high": 0.700007,
        "before": None,
        "limit": 0.1,
        "n": 6,
        "examples": [
            {"text": "Crashes since the update", "source": "exports/app.csv", "record": 2, "sentiment": "negative"}
        ],
    }


def test_json_shows_what_was_before() -> None:
    [check] = json.loads(rendered("json", made("comments.n falls 50% relative", before=SUMMARY + SUMMARY), SUMMARY))[
        "checks"
    ]
    assert (check["before"], check["value"], check["verdict"]) == (14, 7, "pass")


def test_markdown_keeps_its_columns() -> None:
    text = rendered(
        "markdown",
        made(FAILS, named=HOSTILE, ignored="x", examples=(Example(HOSTILE, HOSTILE, 1, "negative"),)),
        SUMMARY,
    )
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    assert "<b>" not in text


@given(judgements(), st.sampled_from(sorted(VERDICTS.by_name)), st.booleans(), st.booleans())
def test_every_format_says_the_verdict_and_obeys_no_comment(
    judgement: Judgement, form: str, color: bool, ascii_only: bool  # noqa: FBT001  pytest gives them by name
) -> None:  # fmt: skip
    text = rendered(form, judgement, SUMMARY, Page(80, color, ascii_only))
    assert judgement.verdict in text
    assert text.endswith("\n")
    assert "\x1b[31m::" not in text
    assert "##[" not in text
    assert "\x00" not in text
    if form != "github":
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    if form == "line":
        assert text.count("\n") == 1


def test_failures_are_rows_with_the_name_of_their_check() -> None:
    labels = ("en", None, "negative", -0.5, False, "product", {"price": "negative"}, ["complaint", "praise"])
    record = CommentRecord("=a", 3, "comment", None, None, 2, "Too dear", *labels)
    assert FAILURE_ROWS["csv"].text([("price > 5%", record)]).splitlines() == [
        ",".join(COLUMNS),
        "price > 5%,'=a,3,comment,,,2,negative,-0.5,price:negative,complaint; praise,Too dear",
    ]
    row = json.loads(FAILURE_ROWS["jsonl"].text([("price > 5%", record)]))
    assert row == {"check": "price > 5%", **record.as_json()}
    assert FAILURE_ROWS["csv"].text([]) == ",".join(COLUMNS) + "\n"
