"""Rules held against a summary, and a baseline: pass, warn, fail, or too little to tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.insight.checks.change import BaselineChange, Discoveries, change_of
from cxscan.insight.checks.rules import Operator
from cxscan.insight.metric_paths import is_known, numbers_at, outline
from cxscan.summary.estimates import Total, interval
from cxscan.summary.paths import ANY, dotted, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cxscan.insight.checks.baseline import Baseline
    from cxscan.insight.checks.rules import CheckRule, IgnoreRule
    from cxscan.model import Theme
    from cxscan.quotes.filter import CommentFilter
    from cxscan.summary.estimates import Interval
    from cxscan.summary.metric import Number
    from cxscan.summary.summary import Summary


class Verdict(StrEnum):
    """The verdicts of a check, the worst one last."""

    PASS = "pass"  # noqa: S105  a verdict, no password
    INCONCLUSIVE = "inconclusive"
    WARN = "warn"
    FAIL = "fail"


_ORDER = tuple(Verdict)
_BREAKS = {Operator.AT_LEAST: ge, Operator.UNDER: lt, Operator.AT_MOST: le}


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """The verdicts that let a run fail besides `fail`."""

    warnings: bool = False
    inconclusive: bool = False

    def fails(self, verdict: Verdict) -> bool:
        """Tell whether a check with this verdict lets the run fail."""
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
    """The outcome of one check of one number."""

    rule: CheckRule
    name: str
    """Unlike the rule's where that stands for several numbers."""
    number: Number
    verdict: Verdict
    limit: float
    """The one that was passed, or else the first one that would be."""
    change: BaselineChange | None = None
    """Since the baseline, of a check of changes that has one."""
    why: str | None = None
    """The reason why it is inconclusive."""
    smallest: float | None = None
    """The smallest change that could have been seen, of an inconclusive one; None where none could be."""
    ignored: IgnoreRule | None = None
    """It would not pass, but does not count."""
    examples: tuple[Example, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """Of the value."""
        return None if self.number.figure is None else interval(self.number.figure)

    @property
    def comments(self) -> CommentFilter | None:
        """The comments to read; None behind a count that is too low, which is of those that are missing."""
        if isinstance(self.number.figure, Total) and not self.rule.operator.is_upward:
            return None
        return self.number.comments(too_high=self.rule.operator.is_upward)


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
        """Tell whether this outcome lets the run fail."""
        return self.severity.fails(outcome.verdict)

    def count(self, verdict: Verdict) -> int:
        """Count the checks with this verdict."""
        return sum(outcome.verdict is verdict for outcome in self.outcomes)


def judge(
    rules: Sequence[CheckRule],
    after: Summary,
    before: Baseline | None,
    *,
    ignores: Sequence[IgnoreRule] = (),
    today: date,
    severity: Severity,
) -> Judgement:
    """Hold the numbers of a summary against the rules; `before` is the baseline, None where none is written yet.

    Raise UsageError for a metric that is not there, and for a limit that its value can never reach.
    """
    pairs = [(rule, number) for rule in rules for number in _checked(rule, after, before)]
    for rule, number in pairs:
        refuse_limits(rule, number)
    changes = {
        (rule, number.path): change_of(number, before, upward=rule.operator.is_upward)
        for rule, number in pairs
        if rule.operator.is_change
    }
    family = Discoveries.among(
        {path: change for (_, path), change in changes.items() if change and change.after.is_of_theme}
    )
    outcomes = tuple(_outcome(rule, number, changes.get((rule, number.path)), family) for rule, number in pairs)
    open_ = [rule for rule in ignores if rule.until is None or today <= rule.until]
    return Judgement(
        outcomes=tuple(_unless_ignored(outcome, open_) for outcome in outcomes),
        severity=severity,
        expired=tuple(rule for rule in ignores if rule not in open_),
    )


def _checked(rule: CheckRule, after: Summary, before: Baseline | None) -> list[Number]:
    """The numbers a rule is about; one that only the baseline has is a number of nothing."""
    if rule.operator.is_change and before is not None and ANY not in rule.metric and not is_known(after, rule.metric):
        return [_of_nothing(number) for number in numbers_at(before.summary, rule.metric)]
    numbers = numbers_at(after, rule.metric)
    for number in numbers:
        _refuse_uncounted(number, after)
    return numbers


def _of_nothing(gone: Number) -> Number:
    """The number of a segment without a comment: no count, and a share of nothing."""
    total = isinstance(gone.figure, Total)
    return gone._replace(value=0.0 if total else None, figure=Total(0) if total else None, n=0, is_hidden=False)


def _refuse_uncounted(number: Number, after: Summary) -> None:
    """A check of ratings must not pass because a column was renamed, nor one of dates because nobody looked at them."""
    inner, rating = within(number.path), after.total.rating
    if rating is None and (inner[0] == "rating" or inner[-1] == "impact"):
        raise UsageError(f"metric {number.name}: the input has no ratings on one scale; name the column with --rating")
    if rating is not None and rating.n and inner == ("rating", "nps") and rating.nps is None:
        raise UsageError(f"metric {number.name}: needs ratings from 0 to 10; settle the scale with --scale 0-10")


def checked_numbers(rules: Sequence[CheckRule], themes: tuple[Theme, ...]) -> list[tuple[CheckRule, Number]]:
    """Each rule with the numbers it is about. Raise UsageError that names every rule that can never be checked."""
    pairs: list[tuple[CheckRule, Number]] = []
    mistakes: dict[str, None] = {}
    for rule in rules:
        try:
            pairs += _reachable(rule, themes)
        except UsageError as error:
            mistakes[str(error)] = None
    if len(mistakes) > 1:
        listed = " ".join(f"({number}) {mistake}" for number, mistake in enumerate(mistakes, 1))
        raise UsageError(f"{len(mistakes)} mistakes in the checks: {listed}")
    if mistakes:
        raise UsageError(*mistakes)
    return pairs


def _reachable(rule: CheckRule, themes: tuple[Theme, ...]) -> list[tuple[CheckRule, Number]]:
    numbers = outline(themes, rule.metric)
    for number in numbers:
        refuse_limits(rule, number)
    return [(rule, number) for number in numbers]


def refuse_limits(rule: CheckRule, number: Number) -> None:
    """No limit that the value cannot reach: a check that cannot fail is a mistake, most often a missing %."""
    low, high = number.low, number.high
    for limit in (limit for limit in (rule.fail, rule.warn) if limit is not None and not rule.relative):
        least, most = (0.0, high - low) if rule.operator.is_change else (low, high)
        if not least <= limit <= most:
            hint = f"; did you mean {limit:g}%?" if number.is_share and 1 < limit <= 100 else ""
            raise UsageError(f"check {rule.title}: {limit:g} is out of reach, from {least:g} to {most:g}{hint}")
    if rule.operator.is_change and number.figure is None and number.path[-1] in {"low", "high"}:
        raise UsageError(f"check {rule.title}: {number.name} has no interval; compare {dotted(number.path[:-1])}.share")


def _outcome(rule: CheckRule, number: Number, change: BaselineChange | None, family: Discoveries) -> Outcome:
    name = rule.title if ANY not in rule.metric else f"{rule.title} ({number.name})"
    limit = rule.fail if rule.fail is not None else rule.warn
    blank = Outcome(rule=rule, name=name, number=number, verdict=Verdict.PASS, limit=limit or 0.0, change=change)
    moved = number.value if change is None else change.toward(rule)
    if rule.operator.is_change and (change is None or moved is None):
        return replace(blank, verdict=Verdict.INCONCLUSIVE, why=_nothing_before(change))
    if moved is None:
        return replace(blank, verdict=Verdict.INCONCLUSIVE, why="there is nothing to measure")
    passed = [(level, limit) for level, limit in ((Verdict.FAIL, rule.fail), (Verdict.WARN, rule.warn))
              if limit is not None and _is_over(rule, moved, limit)]  # fmt: skip
    if not passed:
        return blank
    verdict, limit = passed[0]
    if why := _doubt(rule, number, change, family):
        smallest = change.smallest(family.level(number.path)) if change else None
        return replace(blank, verdict=Verdict.INCONCLUSIVE, limit=limit, why=why, smallest=smallest)
    return replace(blank, verdict=verdict, limit=limit)


def _is_over(rule: CheckRule, moved: float, limit: float) -> bool:
    """Tell whether the value, or its change, breaks the limit; exactly at it only where the comparison says so."""
    return bool(_BREAKS.get(rule.operator, gt)(moved, limit))


def _nothing_before(change: BaselineChange | None) -> str:
    return "there is no baseline yet" if change is None else "there is nothing to compare: too few comments, or none"


def _doubt(rule: CheckRule, number: Number, change: BaselineChange | None, family: Discoveries) -> str | None:
    """Say why a value over its limit does not count; None where it does. A total is no sample: it needs no `min_n`."""
    sampled = not isinstance(number.figure, Total)
    if sampled and number.n < rule.min_n:
        return f"n {number.n:,} is under {rule.min_n:,}"
    if change is None:
        return None
    if sampled and change.before.n < rule.min_n:
        return f"n {change.before.n:,} before is under {rule.min_n:,}"
    if change.difference is None or not change.difference.excludes_no_change:
        return "chance alone may do this"
    if number.is_of_theme and family.missed(number.path):
        return "one of so many themes may do this by chance"
    return None


def _unless_ignored(outcome: Outcome, ignores: Iterable[IgnoreRule]) -> Outcome:
    if outcome.verdict is Verdict.PASS:
        return outcome
    names = {outcome.name, outcome.rule.title, outcome.rule.metric, outcome.number.name}
    for rule in ignores:
        if rule.check in names:
            return replace(outcome, verdict=Verdict.PASS, ignored=rule)
    return outcome
