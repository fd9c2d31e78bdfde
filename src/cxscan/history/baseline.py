"""Baselines of `check` from the history: its last run, or the last few taken together."""

from __future__ import annotations

import re
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.history.store import runs
from cxscan.insight.checks.baseline import Baseline

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.history.store import StoredRun

PREFIX = "history:"
_WHICH = re.compile(rf"(?:{PREFIX})?(?:(last)|mean:([1-9]\d{{0,3}}))")


def is_history(given: str) -> bool:
    """Tell whether a baseline is one of the history, and not a file."""
    return given.startswith(PREFIX)


def history_baseline(store: Path, which: str) -> Baseline:
    """The summary of `history:last`, or of `history:mean:8`: of the last 8 runs (or fewer) added up.

    Shares and means of the sum are those of all its comments together; counts in it are of all runs.
    Raises UsageError for another `which`, without a run, and when the runs were made by different rules.
    """
    match = _WHICH.fullmatch(which)
    if match is None:
        raise UsageError(f"--baseline {which}: not known; write history:last, or history:mean:8 for the last 8 runs")
    chosen = runs(store)[-int(match[2] or 1) :]
    if not chosen:
        raise UsageError(f"--baseline {which}: {store} has no run yet; add one with: cxscan history add FILE")
    _refuse_mixed(chosen, which)
    return Baseline(reduce(add, [run.summary for run in chosen]), len(chosen))


def _refuse_mixed(chosen: list[StoredRun], which: str) -> None:
    rules = chosen[-1].summary.rules
    same = next((back for back, run in enumerate(reversed(chosen)) if run.summary.rules != rules), None)
    if same is not None:
        raise UsageError(
            f"--baseline {which}: run {chosen[-1 - same].number} was made with another taxonomy or model than the last "
            f"one; write history:mean:{same}, or add the older exports anew"
        )
