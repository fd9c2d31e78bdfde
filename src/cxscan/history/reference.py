"""The reference that `check` compares a run with: a file, runs of the history, or nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.history.baseline import history_baseline, is_history
from cxscan.history.place import default_store
from cxscan.insight.checks.baseline import Baseline, load_baseline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cxscan.insight.checks.rules import CheckRule


def find_reference(
    rules: Sequence[CheckRule], baseline: Path | None, *, store: Path | None, is_first: bool
) -> Baseline | None:
    """Find the baseline of the rules; None where nothing is compared, or where `is_first` and there is none yet.

    `baseline` is a file, `history:last` or `history:mean:8`. Raise UsageError where it is missing.
    """
    if baseline is None:
        change = next((rule for rule in rules if rule.operator.is_change), None)
        if change is not None and not is_first:
            raise UsageError(
                f"check {change.title}: needs --baseline FILE; write a first one with --write-baseline FILE"
            )
        return None
    if is_history(str(baseline)):
        return history_baseline(store or default_store(), str(baseline))
    if is_first and not baseline.exists():
        return None
    return Baseline(load_baseline(baseline))
