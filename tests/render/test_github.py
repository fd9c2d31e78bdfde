from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from render.judgements import FAILS, HOSTILE, PASSES, SUMMARY, judgements, made

from cxscan.insight.checks.judge import Example, Judgement, Severity
from cxscan.render.formats import VERDICTS
from cxscan.render.verdicts.github import MOST, escape_message, escape_property, step_summary
from cxscan.render.verdicts.words import Verdicts
from cxscan.summary import Summary

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\r\n]*)(?:,\w+=[^,:\r\n]*)*)::([^\r\n]*)")


def rendered(judgement: Judgement, summary: Summary) -> str:
    return VERDICTS["github"].text(Verdicts(judgement, summary))


def unescaped(text: str) -> str:
    """As actions/runner reads it (ActionCommand.cs)."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Kind, properties and message of each command."""
    found = [COMMAND.fullmatch(line) for line in text.splitlines() if line.lstrip().startswith("::")]
    assert all(found)
    return [
        (one[1], {name: unescaped(value) for name, value in (each.split("=", 1) for each in one[2].split(","))},
         unescaped(one[3]))
        for one in found if one
    ]  # fmt: skip


def test_a_failure_stands_at_its_file_and_line() -> None:
    [(kind, properties, message)] = commands(rendered(made(FAILS, PASSES), SUMMARY))
    assert (kind, properties["file"], properties["line"]) == ("error", "exports/app.csv", "3")
    assert properties["title"] == f"cxscan check: {FAILS}"
    assert message.startswith("fail: sentiment.negative.share 33.3% (")
    assert message.endswith("\n“Crashes since the update” (exports/app.csv 2)")


def test_a_line_that_is_not_known_is_not_told() -> None:
    [(_, properties, _)] = commands(rendered(made(FAILS, examples=(Example("Bad", "a.csv", 7, "negative"),)), SUMMARY))
    assert properties.keys() == {"file", "title"}


def test_a_comment_from_standard_input_has_no_file() -> None:
    [(_, properties, _)] = commands(rendered(made(FAILS, examples=(Example("Bad", "-", 7, "negative", 8),)), SUMMARY))
    assert properties.keys() == {"title"}


def test_a_warning_warns_and_what_is_inconclusive_is_a_notice_unless_it_fails() -> None:
    checks = {"warn": (FAILS,), "examples": ()}
    found = commands(rendered(made("rating.mean rises 1", **checks), SUMMARY))
    assert [kind for kind, _, _ in found] == ["warning", "notice"]
    severity = Severity(warnings=True, inconclusive=True)
    found = commands(rendered(made("rating.mean rises 1", severity=severity, **checks), SUMMARY))
    assert [kind for kind, _, _ in found] == ["error", "error"]


def test_no_more_than_ten_of_a_kind_are_told_and_the_rest_is_pointed_to() -> None:
    comments = tuple(Example(f"Bad {n}", "a.csv", n, "negative", n) for n in range(1, 4))
    text = rendered(made(*[f"sentiment.negative.share > {n}%" for n in range(6)], examples=comments), SUMMARY)
    found = commands(text)
    assert len(found) == MOST
    assert [message.rpartition("(")[2] for _, _, message in found][:6] == ["a.csv 1)"] * 6
    assert text.splitlines()[-1].endswith("; 8 more annotations in the job's summary")


def test_what_passes_is_told_in_one_plain_line() -> None:
    text = rendered(made(PASSES), SUMMARY)
    assert text.startswith("cxscan check: pass: the check passed; 7 comments in 9 records")
    assert text.count("\n") == 1


def test_a_long_summary_is_cut_after_a_line() -> None:
    assert step_summary("short\n") == "short\n"
    text = step_summary("| é ☃ |\n" * 200_000)
    assert len(text.encode()) < 1 << 20
    assert text.splitlines()[-3:-1] == ["| é ☃ |", ""]


@given(st.text())
def test_escaped_text_is_read_back(text: str) -> None:
    assert unescaped(escape_property(text)) == unescaped(escape_message(text)) == text
    assert not set(escape_property(text)) & set("\r\n:,")


def test_a_hostile_comment_makes_no_command_of_its_own() -> None:
    text = rendered(made(FAILS, named=HOSTILE, examples=(Example(HOSTILE, HOSTILE, 1, "negative"),)), SUMMARY)
    assert [kind for kind, _, _ in commands(text)] == ["error", "error"]
    assert "##[" not in text
    assert "\x1b" not in text


@given(judgements())
def test_every_line_is_a_command_or_the_last_one_and_errors_are_there_exactly_when_the_run_fails(
    judgement: Judgement,
) -> None:
    text = rendered(judgement, SUMMARY)
    kinds = [kind for kind, _, _ in commands(text)]
    assert len(text.splitlines()) == len(kinds) + 1
    assert max(map(kinds.count, kinds), default=0) <= MOST
    assert ("error" in kinds) == (judgement.verdict == "fail")
