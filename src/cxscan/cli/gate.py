"""The options of `check` that say what is checked, and what fails."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import BASELINE_WRITTEN, READ, STORE, written_by_suffix
from cxscan.errors import UsageError
from cxscan.insight.checks.rules import read_condition, split_conditions
from cxscan.render.formats import FAILURE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.insight.checks.judge import Severity
    from cxscan.insight.checks.rules import CheckRule

CHECKING = "Checking"
FAILURES = 1000
"""Comments that `--failures` writes for a failed check at most, the telling ones first."""


class FailLevel(StrEnum):
    """From which verdict on the exit code is 1."""

    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The checks, and the verdicts that fail."""

    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-if",
            metavar="CONDITION",
            rich_help_panel=CHECKING,
            help="Fail if METRIC > VALUE (>=, <, <=), or METRIC rises|falls VALUE [relative]; repeatable.",
        ),
    ] = None
    warn_if: Annotated[
        list[str] | None,
        typer.Option("--warn-if", metavar="CONDITION", rich_help_panel=CHECKING, help="Warn likewise; repeatable."),
    ] = None
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            rich_help_panel=CHECKING,
            help="Compare with this baseline or summary, history:last, or history:mean:8.",
        ),
        READ,
    ] = None
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FILE", rich_help_panel=CHECKING, help="The history that --baseline names."),
        STORE,
    ] = None
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            rich_help_panel=CHECKING,
            help="Write the numbers of this run, whatever the verdict: no comment, no count under 5.",
        ),
        BASELINE_WRITTEN,
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", rich_help_panel=CHECKING, help="What is inconclusive fails too.")
    ] = False
    fail_level: Annotated[
        FailLevel, typer.Option("--fail-level", rich_help_panel=CHECKING, help="From which verdict on to fail.")
    ] = FailLevel.FAIL
    failures: Annotated[
        Path | None,
        typer.Option(
            "--failures",
            metavar="FILE",
            rich_help_panel=CHECKING,
            help=f"Write the comments behind each failed check, at most {FAILURES:,}: .csv or .jsonl by name.",
        ),
        written_by_suffix(FAILURE_ROWS),
    ] = None

    def rules(self, of_file: Iterable[CheckRule]) -> tuple[CheckRule, ...]:
        """All checks, those of the configuration file first. Raise UsageError when there is none."""
        given = [read_condition(one, option="--fail-if") for one in split_conditions(self.fail_if or ())]
        given += [read_condition(one, option="--warn-if", warns=True) for one in split_conditions(self.warn_if or ())]
        rules = (*of_file, *given)
        if not rules and self.write_baseline is None:
            raise UsageError("no checks: give --fail-if 'sentiment.negative.share > 40%', or [[check]] in cxscan.toml")
        return rules

    @property
    def severity(self) -> Severity:
        """The verdicts that let the run fail."""
        from cxscan.insight.checks.judge import Severity

        return Severity(warnings=self.fail_level is FailLevel.WARN, inconclusive=self.strict)

    @property
    def most_comments(self) -> int:
        """Comments to keep for each number that is checked."""
        from cxscan.runs.failed_checks import MOST_SHOWN

        return MOST_SHOWN if self.failures is None else FAILURES
