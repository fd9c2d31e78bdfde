"""Changes of numbers since the baseline, and which of many such changes are more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.insight.checks.baseline import SMALLEST
from cxscan.insight.metric_paths import UNDATED, is_known, number_at
from cxscan.insight.significance import LEVEL, benjamini_hochberg, difference, smallest_seen
from cxscan.summary import Share
from cxscan.summary.estimates import Total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.insight.checks.baseline import Baseline
    from cxscan.insight.checks.rules import CheckRule
    from cxscan.insight.significance import Difference
    from cxscan.summary.metric import Number
    from cxscan.summary.paths import Path
    from cxscan.summary.summary import Summary


class BaselineChange(NamedTuple):
    """A number before and after."""

    before: Number
    after: Number
    difference: Difference | None

    @property
    def value(self) -> float | None:
        """After less before, to six decimals like the numbers themselves."""
        if self.before.value is None or self.after.value is None:
            return None
        return round(self.after.value - self.before.value, 6) + 0.0

    def toward(self, rule: CheckRule) -> float | None:
        """The distance in the direction that the rule watches, in the rule's measure."""
        if self.value is None or self.before.value is None:
            return None
        moved = self.value if rule.operator.is_upward else -self.value
        if not rule.relative:
            return moved
        if not self.before.value:
            return float("inf") if moved > 0 else moved
        return round(moved / abs(self.before.value), 6)

    def smallest(self, level: float) -> float | None:
        """The smallest change that could have been seen at this level; None where none could be."""
        if self.before.figure is None or self.after.figure is None:
            return None
        return smallest_seen(self.before.figure, self.after.figure, level=level)


def change_of(after: Number, before: Baseline | None, *, upward: bool) -> BaselineChange | None:
    """The change since the baseline; None without one. A number that the baseline lacks was one of nothing."""
    if before is None:
        return None
    was = after._replace(value=None, figure=None, n=0, is_hidden=False)
    _refuse_uncounted(after, before.summary)
    if is_known(before.summary, after.name):
        was = number_at(before.summary, after.name)
    was = _of_one_run(_at_worst(was, upward=upward), before.runs)
    if was.figure is None or after.figure is None:
        return BaselineChange(was, after, None)
    return BaselineChange(was, after, difference(was.figure, after.figure))


def _refuse_uncounted(number: Number, before: Summary) -> None:
    if number.path[0] == "segments" and number.path[1] not in before.segments:
        column = number.path[1]
        raise UsageError(
            f"metric {number.name}: the baseline has no segments by {column}; write it anew with --by {column}"
        )
    if number.path == UNDATED and before.undated is None:
        raise UsageError("metric undated: no baseline keeps it; give a limit of its own: undated > 10")


def _of_one_run(was: Number, runs: int) -> Number:
    """A count of several runs, as one of them had it on average; shares and means are alike for one and for many."""
    if runs < 2 or not isinstance(was.figure, Total):
        return was
    n = round(was.figure.n / runs)
    return was._replace(value=float(n), figure=Total(n))


def _at_worst(was: Number, *, upward: bool) -> Number:
    """A count that the baseline hides, and its share: as high as they can have been under a rise, or else 0."""
    if not was.is_hidden:
        return was
    most = min(SMALLEST - 1, was.n) if upward else 0
    if not was.is_share:
        return was._replace(value=float(most), figure=Total(most))
    share = Share(most, was.n)
    return was if share.share is None else was._replace(value=round(share.share, 6), figure=share)


class Discoveries(NamedTuple):
    """Many changes tested at once, so that of those that are found at most `LEVEL` are false (Benjamini-Hochberg)."""

    adjusted: Mapping[Path, float]
    """The adjusted p-value of each."""

    @classmethod
    def among(cls, changes: Mapping[Path, BaselineChange]) -> Discoveries:
        """Look at all changes of a family."""
        tested = {path: change.difference.p for path, change in changes.items() if change.difference}
        return cls(dict(zip(tested, benjamini_hochberg(list(tested.values())), strict=True)))

    def missed(self, path: Path) -> bool:
        """Tell whether a change of the family is none of those that are found."""
        return self.adjusted.get(path, 0.0) > LEVEL

    def level(self, path: Path) -> float:
        """The level at which one more change would have been found."""
        if path not in self.adjusted:
            return LEVEL
        found = sum(p <= LEVEL for p in self.adjusted.values())
        return LEVEL * min(found + 1, len(self.adjusted)) / len(self.adjusted)
