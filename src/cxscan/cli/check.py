"""`cxscan check`: the gate; its exit code is the verdict."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.formats import FormatOption, write, write_by_suffix
from cxscan.cli.gate import Gate
from cxscan.cli.options import READING, Classifying, Files, Period, Reading, Tolerance, Writing
from cxscan.cli.output import emit, is_standard, note
from cxscan.config.model import Config
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import FAILURE_ROWS, VERDICTS

if TYPE_CHECKING:
    from cxscan.insight.checks.baseline import Baseline
    from cxscan.insight.checks.rules import CheckRule
    from cxscan.summary import Summary


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
    rules = gate.rules(config.checks)
    from cxscan.cli.github import append_step_summary, in_workspace
    from cxscan.cli.running import read_request, run_sources
    from cxscan.insight.checks.judge import judge
    from cxscan.read import open_sources
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.rules.loading import load_taxonomy
    from cxscan.runs.batch import Counting
    from cxscan.runs.check_examples import example_reducer
    from cxscan.runs.failed_checks import failure_rows, with_examples

    before = _reference(gate, rules, classifying)
    reducer = example_reducer(
        rules,
        load_taxonomy(classifying.themes).nouns,
        by=tuple(reading.by or ()),
        period=period.value if period else None,
        count=gate.most_comments,
    )
    sources = open_sources(files, read_request(reading, also_by=reducer.by))
    counting = Counting(by=reducer.by, period=reducer.period)
    summary, examples, _ = run_sources(sources, reducer, tolerance, classifying, writing, counting=counting)
    today = datetime.now().astimezone().date()
    judged = judge(rules, summary, before, ignores=config.ignores, today=today, severity=gate.severity)
    judgement = with_examples(judged, examples, sources if output_format == "github" else (), in_workspace)
    if gate.failures is not None:
        write_by_suffix(gate.failures, failure_rows(judgement, examples), FAILURE_ROWS)
    _write_baseline(gate, summary, writing)
    verdicts = Verdicts(judgement, summary)
    write(verdicts, VERDICTS, output_format, writing)
    if output_format == "github":
        append_step_summary(VERDICTS["markdown"].text(verdicts))
    return Exit.CHECK_FAILED if judgement.verdict == "fail" else Exit.DONE


def _reference(gate: Gate, rules: tuple[CheckRule, ...], classifying: Classifying) -> Baseline | None:
    """Find the reference to compare with. Raise UsageError, before anything is read, where other rules made it."""
    from cxscan.cli.running import classifier_options
    from cxscan.history.reference import find_reference
    from cxscan.insight.checks.baseline import check_rules_agree
    from cxscan.runs.classifier import rule_hashes

    before = find_reference(rules, gate.baseline, store=gate.store, is_first=gate.write_baseline is not None)
    if before is not None:
        check_rules_agree(before.summary, rule_hashes(classifier_options(classifying)), named=str(gate.baseline))
    return before


def _write_baseline(gate: Gate, summary: Summary, writing: Writing) -> None:
    from cxscan.insight.checks.baseline import baseline_json
    from cxscan.render.json import dumps

    if gate.write_baseline is not None:
        emit(dumps(baseline_json(summary), indent=2) + "\n", gate.write_baseline, exact=True)
        note(f"wrote the baseline {gate.write_baseline}", quiet=writing.quiet)
