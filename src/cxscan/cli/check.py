"""`cxscan check`: the gate; its exit code is the verdict."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from cxscan.cli.formats import FormatOption, write, write_by_suffix
from cxscan.cli.gate import FAILURES, FailLevel, Gate
from cxscan.cli.options import READING, Classifying, Files, Period, Reading, Tolerance, Writing
from cxscan.cli.output import emit, is_standard, note
from cxscan.config.model import Config
from cxscan.errors import Exit, OutputError, UsageError
from cxscan.insight.checks.rules import read_condition, split_conditions
from cxscan.render.formats import FAILURE_ROWS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.insight.checks.judge import Example, Judgement, Outcome, Severity
    from cxscan.insight.checks.rules import CheckRule
    from cxscan.quotes.select import Key
    from cxscan.read import Source
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.runs.check_examples import CheckExamples
    from cxscan.runs.record_lines import Places
    from cxscan.summary import Json, Summary

EXAMPLES = 3
"""Comments told of a failed check."""


def check(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    gate: Gate,
    config: Config,
    writing: Writing,
    output_format: Annotated[str, FormatOption(VERDICTS)],
    period: Annotated[
        Period | None, typer.Option("--period", rich_help_panel=READING, help="Count periods, for timeline metrics.")
    ] = None,
) -> Exit:
    """Hold the comments against thresholds and a baseline; exit code 1 when a check fails."""
    if gate.write_baseline is not None and is_standard(gate.write_baseline) and is_standard(writing.output):
        raise UsageError(
            "--write-baseline -: the verdicts go to standard output; give -o FILE for them, or a file here"
        )
    rules = _rules(gate, config)
    from cxscan.insight.checks.judge import judge
    from cxscan.render.verdicts.words import Verdicts

    before = _reference(gate, rules, classifying)
    run = _scanned(files, reading, tolerance, classifying, writing, _Question(rules, period, gate.failures))
    after = run.summary.as_json()
    judged = judge(rules, after, before, ignores=config.ignores, today=_today(), severity=_severity(gate))
    judgement = _with_examples(judged, run, located=output_format == "github")
    verdicts = Verdicts(judgement, run.summary)
    _write_aside(gate, judgement, run, after, writing)
    write(verdicts, VERDICTS, output_format, writing)
    if output_format == "github":
        _to_step_summary(verdicts)
    return Exit.CHECK_FAILED if judgement.verdict == "fail" else Exit.DONE


class _Question(NamedTuple):
    """What the run is to find out."""

    rules: tuple[CheckRule, ...]
    period: Period | None
    failures: Path | None

    @property
    def step(self) -> Literal["day", "week", "month", "quarter"] | None:
        """Of the timeline."""
        return self.period.value if self.period else None

    @property
    def kept(self) -> int:
        """Comments to keep for each number."""
        return EXAMPLES if self.failures is None else FAILURES


class _Run(NamedTuple):
    """What the run came to."""

    summary: Summary
    sources: list[Source]
    examples: CheckExamples

    def behind(self, outcome: Outcome) -> Sequence[tuple[Key, CommentRecord]]:
        """The comments behind a number, the telling ones first."""
        examples = self.examples.by_filter.get(outcome.behind) if outcome.behind else None
        return examples.ranked if examples else ()


def _rules(gate: Gate, config: Config) -> tuple[CheckRule, ...]:
    """All checks, those of the file first. Raise UsageError when there is none."""
    given = [read_condition(one, option="--fail-if") for one in split_conditions(gate.fail_if or ())]
    given += [read_condition(one, option="--warn-if", warns=True) for one in split_conditions(gate.warn_if or ())]
    rules = (*config.checks, *given)
    if not rules and gate.write_baseline is None:
        raise UsageError("no checks: give --fail-if 'sentiment.negative.share > 40%', or [[check]] in cxscan.toml")
    return rules


def _reference(gate: Gate, rules: tuple[CheckRule, ...], classifying: Classifying) -> dict[str, Json] | None:
    """What to compare with; None where nothing is compared, or a first baseline is only being written.

    Raise UsageError, before anything is read, where it is missing or was made with another taxonomy or model.
    """
    from cxscan.cli.running import classifier_options
    from cxscan.insight.checks.baseline import check_rules_agree
    from cxscan.runs.classifier import rule_hashes

    before = _loaded(gate, rules)
    if before is not None:
        check_rules_agree(before, rule_hashes(classifier_options(classifying)), named=str(gate.baseline))
    return before


def _loaded(gate: Gate, rules: tuple[CheckRule, ...]) -> dict[str, Json] | None:
    from cxscan.history.baseline import baseline, is_history
    from cxscan.insight.checks.baseline import load_baseline

    if gate.baseline is None:
        compared = next((rule for rule in rules if rule.comparison.is_change), None)
        if compared is not None and gate.write_baseline is None:
            raise UsageError(
                f"check {compared.title}: needs --baseline FILE; write a first one with --write-baseline FILE"
            )
        return None
    if is_history(str(gate.baseline)):
        from cxscan.history.place import default_store

        return baseline(gate.store or default_store(), str(gate.baseline))
    if gate.write_baseline is not None and not gate.baseline.exists():
        return None
    return load_baseline(gate.baseline)


def _scanned(
    files: list[str],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    question: _Question,
) -> _Run:
    from cxscan.cli.running import read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.rules.taxonomy import load_taxonomy
    from cxscan.runs.batch import Counting
    from cxscan.runs.check_examples import example_reducer

    themes = load_taxonomy(classifying.themes).nouns
    by = tuple(reading.by or ())
    reducer = example_reducer(question.rules, themes, by=by, period=question.step, count=question.kept)
    sources = open_sources(files, read_request(reading, also_by=reducer.by))
    counting = Counting(by=reducer.by, period=reducer.period)
    summary, examples, _ = run_sources(sources, reducer, tolerance, classifying, writing, counting=counting)
    return _Run(summary, sources, examples)


def _with_examples(judgement: Judgement, run: _Run, *, located: bool) -> Judgement:
    """The judgement with the comments behind what failed or warned, at their lines where these are asked for."""
    from cxscan.insight.checks.judge import Verdict
    from cxscan.runs.record_lines import lines_of

    told = [judgement.fails(one) or one.verdict is Verdict.WARN for one in judgement.outcomes]
    picked = [run.behind(one)[:EXAMPLES] if tell else () for one, tell in
              zip(judgement.outcomes, told, strict=True)]  # fmt: skip
    wanted = {(key[1], key[2]) for comments in picked for key, _ in comments}
    lines = lines_of(run.sources, wanted) if located else {}
    outcomes = (
        replace(outcome, examples=tuple(_example(key, record, lines) for key, record in comments))
        for outcome, comments in zip(judgement.outcomes, picked, strict=True)
    )
    return replace(judgement, outcomes=tuple(outcomes))


def _example(key: Key, record: CommentRecord, lines: Places) -> Example:
    from cxscan.insight.checks.judge import Example

    _, source, number, _ = key
    line, file = lines.get((source, number)), _in_workspace(source)
    return Example(record.text, source, number, record.sentiment, line, file)


def _in_workspace(source: str) -> str:
    """The path as GitHub wants it: from the folder of the repository, wherever in it the step runs."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    path = Path(source).resolve()
    if not workspace or not path.is_relative_to(Path(workspace).resolve()):
        return source
    return path.relative_to(Path(workspace).resolve()).as_posix()


def _write_aside(gate: Gate, judgement: Judgement, run: _Run, after: dict[str, Json], writing: Writing) -> None:
    """The comments behind failures, and the baseline, where they are asked for."""
    from cxscan.insight.checks.baseline import baseline
    from cxscan.render.json import dumps

    if gate.failures is not None:
        write_by_suffix(gate.failures, _failures(judgement, run), FAILURE_ROWS)
    if gate.write_baseline is not None:
        emit(dumps(baseline(after), indent=2) + "\n", gate.write_baseline, exact=True)
        note(f"wrote the baseline {gate.write_baseline}", quiet=writing.quiet)


def _failures(judgement: Judgement, run: _Run) -> list[tuple[str, CommentRecord]]:
    failed = [outcome for outcome in judgement.outcomes if judgement.fails(outcome)]
    return [(outcome.name, record) for outcome in failed for _, record in run.behind(outcome)]


def _to_step_summary(verdicts: Verdicts) -> None:
    """Append the Markdown to the summary of the GitHub job, where there is one."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from cxscan.render.verdicts.github import step_summary

    text = step_summary(VERDICTS["markdown"].text(verdicts))
    try:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"$GITHUB_STEP_SUMMARY {target}: cannot be written: {error.strerror or error}") from None


def _severity(gate: Gate) -> Severity:
    from cxscan.insight.checks.judge import Severity

    return Severity(warnings=gate.fail_level is FailLevel.WARN, inconclusive=gate.strict)


def _today() -> date:
    return datetime.now().astimezone().date()
