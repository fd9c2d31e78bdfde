from __future__ import annotations

import csv
import json
import os
import re
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cxscan.insight.checks.rules import split_conditions
from cxscan.render.formats import VERDICTS

ROOT = Path(__file__).resolve().parents[2]
GOOD, BAD = "Great service and I love it", "Terrible: it broke after a day"
FAILS, PASSES = "sentiment.negative.share > 10%", "sentiment.negative.share > 90%"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cxscan.toml of another folder is found, and no job of GitHub is running."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@pytest.fixture
def dump(export: Callable[..., Path]) -> Callable[..., Path]:
    def write(good: int, bad: int, name: str = "export.csv") -> Path:
        texts = [f"{text} {n}" for text, times in ((GOOD, good), (BAD, bad)) for n in range(times)]
        return export(*texts, name=name)

    return write


def check_schema(name: str, text: str) -> dict[str, object]:
    schema = json.loads((ROOT / "docs" / "schema" / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    instance = json.loads(text)
    assert list(Draft202012Validator(schema).iter_errors(instance)) == []
    return instance


def test_a_value_over_its_limit_ends_with_one(cxscan, dump) -> None:
    ran = cxscan("check", dump(60, 40), "--fail-if", FAILS, "--fail-if", PASSES)
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert lines[0].startswith("fail          sentiment.negative.share 40.0% (30.9–49.8), limit > 10%, n 100")
    assert [line.endswith(f"[{dump(60, 40)} {n}]") for line, n in zip(lines[1:4], (61, 62, 63), strict=True)]
    assert lines[4].startswith("pass          sentiment.negative.share")
    assert lines[5].startswith("fail: of 2 checks 1 failed, 1 passed; 100 comments in 100 records: 100 scored")


def test_values_within_their_limits_end_with_zero(cxscan, dump) -> None:
    ran = cxscan("check", dump(60, 40), "--fail-if", PASSES)
    assert (ran.code, ran.out.splitlines()[-1][:24]) == (0, "pass: the check passed; ")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--warn-if", FAILS], 0),
        (["--warn-if", FAILS, "--fail-level", "warn"], 1),
        (["--fail-if", "rating.mean < 3"], 2),
        (["--fail-if", "themes.price.net < 0"], 0),
        (["--fail-if", "themes.price.net < 0", "--strict"], 1),
        (["--fail-if", PASSES, "--strict", "--fail-level", "warn"], 0),
    ],
)
def test_warnings_and_doubts_fail_only_when_asked(cxscan, dump, options: list[str], code: int) -> None:
    ran = cxscan("check", dump(60, 40), *options, "--format", "json")
    assert ran.code == code
    if code != 2:
        assert (json.loads(ran.out)["verdict"] == "fail") == (code == 1)


@pytest.mark.parametrize("form", list(VERDICTS.by_name))
def test_verdict_and_exit_code_agree_in_every_format(cxscan, dump, form: str) -> None:
    for condition, code, word in ((FAILS, 1, "fail"), (PASSES, 0, "pass")):
        ran = cxscan("check", dump(60, 40), "--fail-if", condition, "--format", form)
        assert ran.code == code
        assert word in ran.out


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ([], "no checks"),
        (["--fail-if", "sentiment.negatve.share > 10%"], "did you mean sentiment.negative.share"),
        (["--fail-if", "themes.prise.net < 0"], "themes.price.net"),
        (["--fail-if", "segments.chanel.web.comments.n < 5"], "chanel"),
        (["--fail-if", "sentiment.negative.share > 10"], "did you mean 10%?"),
        (["--fail-if", "sentiment.negative.share > nan"], "no limit"),
        (["--fail-if", "sentiment.negative.share > 101%"], "out of reach"),
        (["--fail-if", ""], "METRIC > VALUE"),
        (["--fail-if", "sentiment.negative.share rises 5%"], "--write-baseline"),
        (["--fail-if", "sentiment.negative.share rises 5%", "--baseline", "none.json"], "no such file"),
        (["--fail-if", FAILS, "--baseline", "history:first"], "history:last"),
        (["--fail-if", FAILS, "--failures", "failures.txt"], ".csv or .jsonl"),
        (["--fail-if", FAILS, "--write-baseline", "."], "folder"),
        (["--fail-if", FAILS, "--write-baseline", "-"], "give -o FILE"),
        (["--fail-if", FAILS, "--write-baseline", "x.json", "-o", "./x.json"], "two results cannot go to one file"),
        (["--fail-if", "undated > 10"], "--period"),
    ],
)
def test_what_cannot_be_checked_ends_with_two_and_the_remedy(cxscan, dump, options: list[str], hint: str) -> None:
    ran = cxscan("check", dump(60, 40), *options)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


def test_bad_input_is_not_a_failed_check(cxscan, export, tmp_path: Path) -> None:
    assert cxscan("check", tmp_path / "none.csv", "--fail-if", FAILS).code == 3
    assert cxscan("check", export("", "", ""), "--fail-if", FAILS).code == 3


def test_a_planted_change_is_found_against_a_baseline(cxscan, dump, tmp_path: Path) -> None:
    before, after = dump(460, 40, name="before.csv"), dump(400, 100, name="after.csv")
    first = cxscan("check", before, "--write-baseline", "b.json", "--fail-if", "sentiment.negative.share rises 5%")
    assert first.code == 0
    assert "inconclusive  " in first.out
    assert "wrote the baseline b.json" in first.err
    rises = ["--fail-if", "sentiment.negative.share rises 5%", "--baseline", "b.json"]
    assert cxscan("check", before, *rises).code == 0
    ran = cxscan("check", after, *rises)
    assert ran.code == 1
    assert ran.out.startswith(
        "fail          sentiment.negative.share 20.0% (16.7–23.7), was 8.0%, +12.0 points (+7.8 to +16.3), "
        "limit rises 5.0 points, n 500, before 500"
    )
    (tmp_path / "summary.json").write_text(cxscan("scan", before, "--format", "json").out, encoding="utf-8")
    assert cxscan("check", after, *rises[:3], "summary.json").code == 1


def test_a_first_baseline_needs_no_checks(cxscan, dump, tmp_path: Path) -> None:
    ran = cxscan("check", dump(60, 40), "--write-baseline", "b.json", "--by", "id")
    assert (ran.code, ran.out[:16]) == (0, "pass: no checks;")
    text = (tmp_path / "b.json").read_text(encoding="utf-8")
    assert check_schema("baseline-1.json", text)["segments"] == {"id": {}}
    for word in ("Terrible", "broke", "export.csv", str(tmp_path)):
        assert word not in text


def test_a_baseline_of_the_sample_data_holds_to_its_schema(cxscan, sample_data: Path, tmp_path: Path) -> None:
    options = ["--by", "channel", "--period", "month", "--write-baseline", "b.json"]
    assert cxscan("check", sample_data / "support_survey.json", *options).code == 0
    found = check_schema("baseline-1.json", (tmp_path / "b.json").read_text(encoding="utf-8"))
    assert found["segments"]
    assert found["timeline"]


def test_rolling_baseline_begins_without_one(cxscan, dump) -> None:
    rolling = ["--fail-if", "sentiment.negative.share rises 5%", "--baseline", "b.json", "--write-baseline", "b.json"]
    dumps = (dump(290, 10), dump(260, 40, name="b.csv"), dump(260, 40, name="c.csv"))
    assert [cxscan("check", one, *rolling).code for one in dumps] == [0, 1, 0]


def test_another_taxonomy_or_model_than_the_baselines_is_refused(cxscan, dump, tmp_path: Path) -> None:
    cxscan("check", dump(60, 40), "--write-baseline", "b.json")
    checks = ["--fail-if", "sentiment.negative.share rises 5%", "--baseline", "b.json"]
    ran = cxscan("check", dump(60, 40), *checks, "--sentiment", "vader")
    assert (ran.code, ran.out) == (2, "")
    assert "another model" in ran.err
    cxscan("themes", "init", tmp_path / "mine.toml")
    ran = cxscan("check", dump(60, 40), *checks, "--themes", tmp_path / "mine.toml")
    assert ran.code == 2
    assert "another taxonomy" in ran.err


def test_trouble_with_the_baseline_shows_before_anything_is_read(cxscan, dump) -> None:
    cxscan("check", dump(60, 40), "--write-baseline", "b.json", "--sentiment", "vader")
    for baseline, hint in (("b.json", "another model"), ("none.json", "no such file"), ("history:last", "no history")):
        ran = cxscan("check", "none.csv", "--fail-if", "comments.n falls 5", "--baseline", baseline, "--store", "no.db")
        assert (ran.code, ran.out) == (2, "")
        assert hint in ran.err


def test_a_baseline_in_a_file_lies_beside_the_file(cxscan, dump, tmp_path: Path, monkeypatch) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "project" / "exports"
    elsewhere.mkdir(parents=True)
    export = dump(60, 40)
    assert cxscan("check", export, "--write-baseline", project / "b.json").code == 0
    config = project / "cxscan.toml"
    config.write_text('[command.check]\nbaseline = "b.json"\nfail_if = "comments.n falls 5"\n', encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    assert cxscan("check", export).code == 0
    given = cxscan("check", export, "--baseline", "b.json")
    assert (given.code, "b.json: no such file" in given.err) == (2, True)
    config.write_text(config.read_text(encoding="utf-8").replace("b.json", "history:last"), encoding="utf-8")
    named = cxscan("check", export, "--store", tmp_path / "runs.db")
    assert (named.code, "no history here yet" in named.err) == (2, True)


def test_a_count_that_fell_has_no_comments_behind_it(cxscan, dump) -> None:
    ran = cxscan("check", dump(60, 40), "--fail-if", "comments.n < 200", "--failures", "f.csv", "--format", "json")
    (found,) = json.loads(ran.out)["checks"]
    assert (found["verdict"], found["examples"]) == ("fail", [])
    assert Path("f.csv").read_text(encoding="utf-8").count("\n") == 1
    (more,) = json.loads(cxscan("check", dump(60, 40), "--fail-if", "comments.n > 20", "--format", "json").out)[
        "checks"
    ]
    assert len(more["examples"]) == 3


def test_the_history_is_a_baseline(cxscan, dump, tmp_path: Path) -> None:
    store = ["--store", tmp_path / "runs.db"]
    for n in (200, 220):
        assert cxscan("history", "add", dump(n, 20), *store).code == 0
    for which in ("history:last", "history:mean:8"):
        checks = ["--fail-if", "sentiment.negative.share rises 5%", "--fail-if", "comments.n falls 50% relative"]
        ran = cxscan("check", dump(200, 100), *checks, "--baseline", which, *store, "--format", "json")
        assert [one["verdict"] for one in json.loads(ran.out)["checks"]] == ["fail", "pass"]


def test_segments_of_a_metric_are_counted_without_by(cxscan, tmp_path: Path) -> None:
    rows = "".join(f"{GOOD} {n},web\n{BAD} {n},e-mail\n" for n in range(40))
    (tmp_path / "a.csv").write_text(f"comment,channel\n{rows}", encoding="utf-8")
    checks = ["--fail-if", 'segments.channel."e-mail".sentiment.negative.share > 50%']
    checks += ["--fail-if", "segments.channel.*.comments.n < 10"]
    ran = cxscan("check", "a.csv", *checks, "--format", "json")
    assert ran.code == 1
    found = json.loads(ran.out)["checks"]
    assert [one["verdict"] for one in found] == ["fail", "pass", "pass"]
    assert {example["record"] % 2 for example in found[0]["examples"]} == {0}
    unknown = cxscan("check", "a.csv", "--fail-if", "segments.channel.fax.comments.n < 5")
    assert unknown.code == 2
    assert 'choose from: "e-mail", "web"' in unknown.err


def test_periods_of_a_metric_are_counted_with_period(cxscan, tmp_path: Path) -> None:
    rows = "".join(f"{GOOD} {n},2026-10-05\n{BAD} {n},2026-11-05\n" for n in range(40))
    (tmp_path / "a.csv").write_text(f"comment,date\n{rows}", encoding="utf-8")
    ran = cxscan("check", "a.csv", "--period", "month", "--fail-if", "timeline.*.sentiment.net < 0", "--format", "json")
    found = json.loads(ran.out)["checks"]
    assert [(one["metric"], one["verdict"]) for one in found] == [
        ("timeline.\"2026-10\".sentiment.net", "pass"), ("timeline.\"2026-11\".sentiment.net", "fail"),
    ]  # fmt: skip
    assert {example["record"] % 2 for example in found[1]["examples"]} == {0}


def test_the_comments_behind_contradictions_are_those_of_the_records_that_were_counted(cxscan, tmp_path: Path) -> None:
    path, failures = tmp_path / "pc.csv", tmp_path / "f.csv"
    lines = ['"Lovely room and kind staff","The shower was broken and filthy",1'] * 20
    lines += ['"Lovely room, wonderful staff, great breakfast",nothing,1', *["Nice pool,Too noisy,5"] * 20]
    path.write_text("\n".join(["pros,cons,rating", *lines]), encoding="utf-8")
    ran = cxscan("check", path, "--text", "pros", "--text", "cons", "--rating", "rating", "--failures", failures,
                 "--fail-if", "rating.contradictions.n > 0")  # fmt: skip
    with failures.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ran.out.splitlines()[0].startswith("fail          rating.contradictions.n 1")
    assert [row["record"] for row in rows] == ["21"]
    assert ran.out.count("Lovely room") == 1


def test_contradictions_come_with_their_comments(cxscan, export) -> None:
    texts, ratings = [f"{GOOD} {n}" for n in range(60)], [1] * 20 + [5] * 40
    ran = cxscan("check", export(*texts, ratings=ratings), "--fail-if", "rating.contradictions.share > 5%",
                 "--format", "json")  # fmt: skip
    [found] = json.loads(ran.out)["checks"]
    assert (ran.code, found["value"]) == (1, pytest.approx(1 / 3, abs=1e-6))
    assert all(example["record"] <= 20 for example in found["examples"])


def test_checks_and_exceptions_stand_in_the_file(cxscan, dump, tmp_path: Path) -> None:
    (tmp_path / "cxscan.toml").write_text(
        '[[check]]\nname = "mood"\nmetric = "sentiment.negative.share"\nmax = "30%"\nwarn = 0.2\nmin_n = 50\n'
        '[[check]]\nmetric = "comments.n"\nmin = 1000\n'
        '[[ignore]]\ncheck = "comments.n"\nreason = "a small shop"\n'
        '[[ignore]]\ncheck = "mood"\nreason = "the strike"\nuntil = 2020-01-31\n',
        encoding="utf-8",
    )
    ran = cxscan("check", dump(60, 40))
    assert ran.code == 1
    assert ran.out.startswith("fail          mood: sentiment.negative.share 40.0%")
    assert "pass          comments.n 100, limit < 1,000, n 100; ignored: a small shop" in ran.out
    assert "expired       mood: ignored until 2020-01-31, counts again: the strike" in ran.out
    assert cxscan("check", dump(75, 25)).out.startswith("warn          mood")
    assert cxscan("check", dump(24, 25)).out.startswith("inconclusive  mood: sentiment.negative.share 51.0%")


def test_every_check_that_can_never_be_made_is_named_at_once(cxscan, dump) -> None:
    ran = cxscan("check", dump(60, 40), "--fail-if", "sentiment.negatve.share > 10%", "--warn-if", "comments.n > -1",
                 "--fail-if", PASSES, "--fail-if", "themes.prise.net < 0")  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("cxscan: 3 mistakes in the checks: (1) ")
    for word in ("did you mean sentiment.negative.share", "themes.price.net", "out of reach"):
        assert word in ran.err


def test_conditions_come_from_a_variable_too(cxscan, dump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXSCAN_FAIL_IF", f"{PASSES} {FAILS}")
    ran = cxscan("check", dump(60, 40), "--format", "json")
    assert ran.code == 1
    assert [one["name"] for one in json.loads(ran.out)["checks"]] == [PASSES, FAILS]
    assert split_conditions(()) == []


@pytest.mark.parametrize("name", ["failures.csv", "failures.jsonl"])
def test_the_comments_behind_failures_are_written(cxscan, dump, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert cxscan("check", dump(60, 40), "--fail-if", FAILS, "--fail-if", PASSES, "--failures", path).code == 1
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file)) if name.endswith("csv") else [json.loads(line) for line in file]
    assert len(rows) == 40
    assert {row["check"] for row in rows} == {FAILS}
    assert {int(row["record"]) for row in rows} == set(range(61, 101))
    assert cxscan("check", dump(60, 40), "--fail-if", PASSES, "--failures", path).code == 0
    assert path.read_text(encoding="utf-8").count("\n") == (1 if name.endswith("csv") else 0)


def test_json_holds_to_its_schema(cxscan, sample_data: Path) -> None:
    checks = ["--fail-if", "themes.*.negative.share > 40%", "--warn-if", "rating.mean < 4", "--fail-if", FAILS]
    ran = cxscan("check", sample_data / "shop_reviews.jsonl", *checks, "--format", "json")
    assert ran.code == 1
    check_schema("check-1.json", ran.out)


def test_github_annotates_the_line_of_a_comment(cxscan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "step.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    rows = "".join(f'{n},"{GOOD},\nreally"\n' for n in range(40))
    rows += "".join(f'40,"::error::{BAD} zq{n:02d},\nreally"\n' for n in range(40))
    (tmp_path / "a.csv").write_text(f"id,comment\n\n{rows}", encoding="utf-8")
    ran = cxscan("check", "a.csv", "--fail-if", FAILS, "--format", "github")
    assert ran.code == 1
    commands = [line for line in ran.out.splitlines() if line.startswith("::")]
    assert [line.split(",title=")[0] for line in commands] == [f"::error file=a.csv,line={n}" for n in (83, 85, 87)]
    assert ran.out.splitlines()[-1].startswith("cxscan check: fail: of 1 check 1 failed; 80 comments")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Before\n")
    assert "# cxscan check: fail" in text
    assert "\n::" not in text


@pytest.mark.parametrize("given", ["../exports/a.csv", "{folder}/exports/a.csv"])
def test_github_names_a_file_from_the_folder_of_the_repository(
    cxscan, dump, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    for name in ("exports", "step"):
        (tmp_path / name).mkdir()
    dump(60, 40).rename(tmp_path / "exports" / "a.csv")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "step")
    ran = cxscan("check", given.format(folder=tmp_path), "--fail-if", FAILS, "--format", "github")
    assert ran.out.startswith("::error file=exports/a.csv,line=62,")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "step"))
    ran = cxscan("check", "../exports/a.csv", "--fail-if", FAILS, "--format", "github")
    assert ran.out.startswith("::error file=../exports/a.csv,line=62,")


def test_a_step_summary_that_cannot_be_written_ends_with_four(cxscan, dump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/dev/full")
    assert cxscan("check", dump(60, 40), "--fail-if", PASSES, "--format", "github").code == 4


def test_the_same_run_gives_the_same_bytes_whatever_the_workers(cxscan, dump) -> None:
    path = dump(17_000, 15_000)
    checks = ["--fail-if", FAILS, "--fail-if", "themes.*.negative.share > 50%", "--format", "json"]
    one, two = (cxscan("check", path, *checks, "--workers", workers) for workers in (1, 2))
    assert one == two


def test_the_impact_of_a_theme_is_a_number_that_can_be_checked(cxscan, sample_data: Path) -> None:
    export = sample_data / "support_survey.json"
    ran = cxscan("check", export, "--fail-if", "themes.delivery.impact > 0.05", "--format", "json")
    [found] = json.loads(ran.out)["checks"]
    assert (ran.code, found["verdict"]) == (1, "fail")
    far = cxscan("check", export, "--fail-if", "themes.delivery.impact > 11")
    assert (far.code, "out of reach, from -10 to 10" in far.err) == (2, True)


def test_comments_without_a_date_can_be_checked_with_a_period(cxscan, tmp_path: Path) -> None:
    rows = "".join(f"{GOOD} {n},{'2026-10-05' if n % 4 else 'soon'}\n" for n in range(40))
    (tmp_path / "a.csv").write_text(f"comment,date\n{rows}", encoding="utf-8")
    given = ["check", "a.csv", "--date", "date", "--period", "month"]
    assert cxscan(*given, "--fail-if", "undated > 9", "--write-baseline", "b.json").code == 1
    assert cxscan(*given, "--fail-if", "undated > 10").code == 0
    compared = cxscan(*given, "--fail-if", "undated rises 2", "--baseline", "b.json")
    assert (compared.code, "undated > 10" in compared.err) == (2, True)


def test_too_many_rejected_records_are_bad_input_not_a_verdict(cxscan, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,comment\n" + f"1,{BAD}\n" * 9 + "1,2,3,4,5\n", encoding="utf-8")
    ran = cxscan("check", "a.csv", "--text", "comment", "--fail-if", FAILS, "--write-baseline", "b.json")
    assert (ran.code, ran.out) == (3, "")
    assert not (tmp_path / "b.json").exists()


def test_the_action_hands_its_inputs_over(dump, tmp_path: Path) -> None:
    # the second script of action.yml, as a runner starts it
    scripts = re.findall(r"      run: \|\n((?:        .*\n)+)", (ROOT / "action.yml").read_text(encoding="utf-8"))
    (tmp_path / "check.sh").write_text(textwrap.dedent(scripts[1]), encoding="utf-8")
    ours = tmp_path / "cxscan" / "bin" / "cxscan"
    ours.parent.mkdir(parents=True)
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cxscan "$@"\n', encoding="utf-8")
    ours.chmod(0o755)
    dump(60, 40, name="it is *.csv")
    inputs = {
        "FILES": "it is *.csv\n",
        "FAIL_IF": f"{PASSES}\n\n{FAILS}\n",
        "WARN_IF": "",
        "BASELINE": "",
        "OPTIONS": "--workers\n1",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "sum.md"),
    }
    ran = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "check.sh"], cwd=tmp_path,
                         env={**os.environ, **inputs}, capture_output=True, text=True, check=False)  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, 'cxscan: it is *.csv: comments from "comment"\n')
    title = r"title=cxscan check%3A sentiment\.negative\.share > 10%25::"
    assert re.match(rf"::error file=it is \*\.csv,line=\d+,{title}", ran.stdout)
    assert (tmp_path / "sum.md").read_text(encoding="utf-8").startswith("# cxscan check: fail")


@pytest.mark.parametrize(("hook", "bad"), [("cxscan-themes", "[[theme]]\n"), ("cxscan-config", "textt = 1\n")])
def test_a_hook_finds_the_bad_file_among_good_ones(cxscan, tmp_path: Path, hook: str, bad: str) -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    [entry] = re.findall(rf"- id: {hook}\n(?:  .*\n)*?  entry: (.*)\n", text)
    assert cxscan("themes", "init", tmp_path / "good.toml").code == 0
    (tmp_path / "bad.toml").write_text(bad, encoding="utf-8")
    if hook == "cxscan-config":
        (tmp_path / "good.toml").write_text("limit = 5\n", encoding="utf-8")
    (tmp_path / "cxscan").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cxscan "$@"\n', encoding="utf-8")
    (tmp_path / "cxscan").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "worse.toml").write_text(f"{bad}=", encoding="utf-8")
    for files, code in ((["good.toml"], 0), (["bad.toml", "worse.toml", "good.toml"], 2)):
        ran = subprocess.run([*shlex.split(entry), *files], cwd=tmp_path, env=environment, capture_output=True,
                             text=True, check=False)  # fmt: skip
        assert ran.returncode == code, ran.stderr
        assert [name in ran.stderr for name in ("bad.toml", "worse.toml", "good.toml")] == [code > 0, code > 0, False]
