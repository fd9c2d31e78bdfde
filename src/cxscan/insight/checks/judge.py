"""Rules held against a summary, and a baseline: pass, warn, fail, or too little to tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.insight.behind import behind
from cxscan.insight.checks.change import Change, Discoveries, change_of
from cxscan.insight.checks.rules import Comparison
from cxscan.insight.metrics import ANY, Metric, dotted, is_known, is_of_theme, metrics, outline, within
from cxscan.summary import RuleHashes, Summary
from cxscan.summary.estimates import Total, interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cxscan.insight.checks.rules import CheckRule, IgnoreRule
    from cxscan.model import Theme
    from cxscan.quotes.filter import CommentFilter
    from cxscan.summary import Json
    from cxscan.summary.estimates import Interval


class Verdict(StrEnum):
    """What a check comes to, the worst one last."""

    PASS = "pass"  # noqa: S105  a verdict, no password
    INCONCLUSIVE = "inconclusive"
    WARN = "warn"
    FAIL = "fail"


_ORDER = tuple(Verdict)
_BREAKS = {Comparison.AT_LEAST: ge, Comparison.UNDER: lt, Comparison.AT_MOST: le}


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """Which verdicts let a run fail besides `fail`."""

    warnings: bool = False
    inconclusive: bool = False

    def fails(self, verdict: Verdict) -> bool:
        """Whether a check with this verdict lets the run fail."""
        return (
            verdict is Verdict.FAIL
            or (verdict is Verdict.WARN and self.warnings)
            or (verdict is Verdict.INCONCLUSIVE and self.inconclusive)
        )


class Example(NamedTuple):
    """A comment behind a number."""

    text: str
    source: str
    record: int
    sentiment: str
    line: int | None = None
    """At which the record starts in its file; None where that is not known."""
    file: str = ""
    """The source as an annotation is to name it, where that is another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one check of one number."""

    rule: CheckRule
    name: str
    """Unlike the rule's where that stands for several numbers."""
    metric: Metric
    verdict: Verdict
    limit: float
    """The one that was passed, or else the first one that would be."""
    change: Change | None = None
    """Since the baseline, of a check of changes that has one."""
    why: str | None = None
    """Why it is inconclusive."""
    smallest: float | None = None
    """The smallest change that could have been seen, of an inconclusive one; None where none could be."""
    ignored: IgnoreRule | None = None
    """It would not pass, but does not count."""
    examples: tuple[Example, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """Of the value."""
        return None if self.metric.figure is None else interval(self.metric.figure)

    @property
    def behind(self) -> CommentFilter | None:
        """The comments to read; None behind a count that is too low, which is of those that are missing."""
        if isinstance(self.metric.figure, Total) and not self.rule.comparison.is_upward:
            return None
        return behind(self.metric.path, too_high=self.rule.comparison.is_upward)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All outcomes, and the one value that decides both the verdict line and the exit code."""

    outcomes: tuple[Outcome, ...]
    severity: Severity = Severity()
    expired: tuple[IgnoreRule, ...] = ()
    """Exceptions whose last day is over."""

    @property
    def verdict(self) -> Verdict:
        """`fail` where anything lets the run fail, else the worst verdict."""
        if any(map(self.fails, self.outcomes)):
            return Verdict.FAIL
        return max((outcome.verdict for outcome in self.outcomes), key=_ORDER.index, default=Verdict.PASS)

    def fails(self, outcome: Outcome) -> bool:
        """Whether this outcome lets the run fail."""
        return self.severity.fails(outcome.verdict)

    def count(self, verdict: Verdict) -> int:
        """How many checks have this verdict."""
        return sum(outcome.verdict is verdict for outcome in self.outcomes)


def judge(
    rules: Sequence[CheckRule],
    after: dict[str, Json],
    before: dict[str, Json] | None,
    *,
    ignores: Sequence[IgnoreRule] = (),
    today: date,
    severity: Severity,
) -> Judgement:
    """Hold the numbers of a summary against the rules; `before` is the baseline, None where none is written yet.

    Raise UsageError for a metric that is not there, and for a limit that its value can never reach.
    """
    pairs = [(rule, one) for rule in rules for one in _found(rule, after, before)]
    for rule, one in pairs:
        refuse_limits(rule, one)
    changes = {
        (rule, one.path): change_of(one, before, upward=rule.comparison.is_upward)
        for rule, one in pairs
        if rule.comparison.is_change
    }
    family = Discoveries.among({path: one for (_, path), one in changes.items() if one and is_of_theme(path)})
    outcomes = tuple(_outcome(rule, one, changes.get((rule, one.path)), family) for rule, one in pairs)
    open_ = [rule for rule in ignores if rule.until is None or today <= rule.until]
    return Judgement(
        outcomes=tuple(_unless_ignored(outcome, open_) for outcome in outcomes),
        severity=severity,
        expired=tuple(rule for rule in ignores if rule not in open_),
    )


def _found(rule: CheckRule, after: dict[str, Json], before: dict[str, Json] | None) -> list[Metric]:
    """The numbers a rule is about; one that only the baseline has is a number of nothing."""
    if rule.comparison.is_change and before is not None and ANY not in rule.metric and not is_known(after, rule.metric):
        return [_of_nothing(one) for one in metrics(before, rule.metric)]
    found = metrics(after, rule.metric)
    for one in found:
        _refuse_uncounted(one, after)
    return found


def _of_nothing(gone: Metric) -> Metric:
    """The number of a segment without a comment: no count, and a share of nothing."""
    total = isinstance(gone.figure, Total)
    return gone._replace(
        measured=gone.measured._replace(
            value=0.0 if total else None, figure=Total(0) if total else None, n=0, is_hidden=False
        )
    )


def _refuse_uncounted(one: Metric, after: dict[str, Json]) -> None:
    """A check of ratings must not pass because a column was renamed, nor one of dates because nobody looked at them."""
    inner, rating = within(one.path), after.get("rating")
    if rating is None and (inner[0] == "rating" or inner[-1] == "impact"):
        raise UsageError(f"metric {one.name}: the input has no ratings on one scale; name the column with --rating")
    if isinstance(rating, dict) and rating.get("n") and inner == ("rating", "nps") and rating.get("nps") is None:
        raise UsageError(f"metric {one.name}: needs ratings from 0 to 10; settle the scale with --scale 0-10")


def known_metrics(rules: Sequence[CheckRule], themes: tuple[Theme, ...]) -> list[tuple[CheckRule, Metric]]:
    """Each rule with the numbers it is about. Raise UsageError that names every rule that can never be checked."""
    empty = replace(Summary.empty(themes, RuleHashes("", "")), undated=0).as_json()
    pairs: list[tuple[CheckRule, Metric]] = []
    mistakes: dict[str, None] = {}
    for rule in rules:
        try:
            pairs += _reachable(rule, empty)
        except UsageError as error:
            mistakes[str(error)] = None
    if len(mistakes) > 1:
        listed = " ".join(f"({number}) {mistake}" for number, mistake in enumerate(mistakes, 1))
        raise UsageError(f"{len(mistakes)} mistakes in the checks: {listed}")
    if mistakes:
        raise UsageError(*mistakes)
    return pairs


def _reachable(rule: CheckRule, empty: dict[str, Json]) -> list[tuple[CheckRule, Metric]]:
    reached = outline(empty, rule.metric)
    for metric in reached:
        refuse_limits(rule, metric)
    return [(rule, metric) for metric in reached]


def refuse_limits(rule: CheckRule, one: Metric) -> None:
    """No limit that the value cannot reach: a check that cannot fail is a mistake, most often a missing %."""
    low, high = one.measured.low, one.measured.high
    for limit in (limit for limit in (rule.fail, rule.warn) if limit is not None and not rule.relative):
        least, most = (0.0, high - low) if rule.comparison.is_change else (low, high)
        if not least <= limit <= most:
            hint = f"; did you mean {limit:g}%?" if one.measured.is_share and 1 < limit <= 100 else ""
            raise UsageError(f"check {rule.title}: {limit:g} is out of reach, from {least:g} to {most:g}{hint}")
    if rule.comparison.is_change and one.figure is None and one.path[-1] in {"low", "high"}:
        raise UsageError(f"check {rule.title}: {one.name} has no interval; compare {dotted(one.path[:-1])}.share")


def _outcome(rule: CheckRule, one: Metric, change: Change | None, family: Discoveries) -> Outcome:
    name = rule.title if ANY not in rule.metric else f"{rule.title} ({one.name})"
    limit = rule.fail if rule.fail is not None else rule.warn
    blank = Outcome(rule=rule, name=name, metric=one, verdict=Verdict.PASS, limit=limit or 0.0, change=change)
    moved = one.value if change is None else change.toward(rule)
    if rule.comparison.is_change and (change is None or moved is None):
        return replace(blank, verdict=Verdict.INCONCLUSIVE, why=_nothing_before(change))
    if moved is None:
        return replace(blank, verdict=Verdict.INCONCLUSIVE, why="there is nothing to measure")
    passed = [(level, limit) for level, limit in ((Verdict.FAIL, rule.fail), (Verdict.WARN, rule.warn))
              if limit is not None and _is_over(rule, moved, limit)]  # fmt: skip
    if not passed:
        return blank
    verdict, limit = passed[0]
    if why := _doubt(rule, one, change, family):
        smallest = change.smallest(family.level(one.path)) if change else None
        return replace(blank, verdict=Verdict.INCONCLUSIVE, limit=limit, why=why, smallest=smallest)
    return replace(blank, verdict=verdict, limit=limit)


def _is_over(rule: CheckRule, moved: float, limit: float) -> bool:
    """Whether the value, or how far it moved, breaks the limit; exactly at it only where the comparison says so."""
    return bool(_BREAKS.get(rule.comparison, gt)(moved, limit))


def _nothing_before(change: Change | None) -> str:
    return "there is no baseline yet" if change is None else "there is nothing to compare: too few comments, or none"


def _doubt(rule: CheckRule, one: Metric, change: Change | None, family: Discoveries) -> str | None:
    """Why a value over its limit does not count; None where it does. A total is no sample, so it needs no `min_n`."""
    sampled = not isinstance(one.figure, Total)
    if sampled and one.measured.n < rule.min_n:
        return f"n {one.measured.n:,} is under {rule.min_n:,}"
    if change is None:
        return None
    if sampled and change.before.n < rule.min_n:
        return f"n {change.before.n:,} before is under {rule.min_n:,}"
    if change.difference is None or not change.difference.excludes_no_change:
        return "chance alone may do this"
    if is_of_theme(one.path) and family.missed(one.path):
        return "one of so many themes may do this by chance"
    return None


def _unless_ignored(outcome: Outcome, ignores: Iterable[IgnoreRule]) -> Outcome:
    if outcome.verdict is Verdict.PASS:
        return outcome
    names = {outcome.name, outcome.rule.title, outcome.rule.metric, outcome.metric.name}
    for rule in ignores:
        if rule.check in names:
            return replace(outcome, verdict=Verdict.PASS, ignored=rule)
    return outcome
