"""Outcomes of checks in words, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.insight.checks.judge import Verdict
from cxscan.render.escape import clean
from cxscan.render.number_format import NOTHING, counted, shortened
from cxscan.summary.estimates import Total
from cxscan.summary.metric import Unit

if TYPE_CHECKING:
    from cxscan.insight.checks.judge import Example, Judgement, Outcome
    from cxscan.insight.checks.rules import IgnoreRule
    from cxscan.summary import Summary
    from cxscan.summary.metric import Number

QUOTED = 240
"""Characters after which a quote is cut, and marked."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A judgement, and the summary that it is about."""

    judgement: Judgement
    summary: Summary


def outcome_words(outcome: Outcome, dash: str = "–") -> str:
    """One line without the verdict: metric, value with interval, limit, n, and what speaks against a verdict."""
    name = outcome.rule.name
    named = f"{clean(name)}: " if name and not name.startswith(outcome.rule.metric) else ""
    parts = [_value(outcome, dash), *_change(outcome, dash), _limit(outcome), _n(outcome)]
    return f"{named}{clean(outcome.number.name)} {', '.join(parts)}{_doubts(outcome)}"


def verdict_words(judgement: Judgement, summary: Summary) -> str:
    """The last line: the verdict of the run, how many checks came to what, and how much was read."""
    total = summary.total
    records = sum(one.records for one in summary.inputs.values())
    read = (
        f"{counted(total.comments, 'comment')} in {counted(records, 'record')}: {total.scored:,} scored, "
        f"{total.unscored:,} unscored, {total.empty:,} empty; {total.rejected:,} rejected"
    )
    return f"{judgement.verdict}: {tally_words(judgement)}; {read}"


def tally_words(judgement: Judgement) -> str:
    """Say how many checks had which verdict."""
    checks = len(judgement.outcomes)
    if not checks:
        return "no checks"
    if judgement.count(Verdict.PASS) == checks and not (ignored := _ignored(judgement)):
        return f"all {checks} checks passed" if checks > 1 else "the check passed"
    ignored = _ignored(judgement)
    words = {Verdict.FAIL: "failed", Verdict.WARN: "warned", Verdict.INCONCLUSIVE: "inconclusive"}
    counts = [(judgement.count(verdict), word, _strictly(judgement, verdict)) for verdict, word in words.items()]
    ended = [f"{n} {word}{option}" for n, word, option in counts if n]
    passed = judgement.count(Verdict.PASS) - ignored
    ended += [f"{n} {word}" for n, word in ((passed, "passed"), (ignored, "ignored")) if n]
    return f"of {counted(checks, 'check')} {', '.join(ended)}"


def example_words(example: Example) -> str:
    """The comment in one line."""
    return shortened(clean(example.text), QUOTED)


def place_words(example: Example) -> str:
    """Its file, and its record there."""
    return f"{clean(example.source)} {example.record}"


def expired_words(rule: IgnoreRule) -> str:
    """An exception whose last day is over."""
    return f"{clean(rule.check)}: ignored until {rule.until}, counts again: {clean(rule.reason)}"


def _ignored(judgement: Judgement) -> int:
    return sum(outcome.ignored is not None for outcome in judgement.outcomes)


def _strictly(judgement: Judgement, verdict: Verdict) -> str:
    fails = verdict is not Verdict.FAIL and judgement.severity.fails(verdict)
    option = "--strict" if verdict is Verdict.INCONCLUSIVE else "--fail-level warn"
    return f" ({option})" if fails else ""


def _value(outcome: Outcome, dash: str) -> str:
    number, ends = outcome.number, outcome.interval
    if number.value is None:
        return NOTHING
    if ends is None or isinstance(number.figure, Total):
        return _number(number, number.value)
    low, high = (_number(number, round(end, 6), bare=True) for end in ends)
    return f"{_number(number, number.value)} ({low}{_to(low, high, dash)}{high})"


def _to(low: str, high: str, dash: str) -> str:
    """Between two ends: a dash, but a word where one of them has a sign."""
    return " to " if {"-", "+"} & {low[:1], high[:1]} else dash


def _change(outcome: Outcome, dash: str) -> list[str]:
    change, number = outcome.change, outcome.number
    if change is None or change.before.value is None:
        return []
    was = f"was {_number(number, change.before.value)}"
    if change.value is None or change.difference is None:
        return [was]
    low, high = (_moved(number, round(end, 6), bare=True) for end in change.difference[1:3])
    return [f"{was}, {_moved(number, change.value)} ({low}{_to(low, high, dash)}{high})"]


def _limit(outcome: Outcome) -> str:
    rule, number, limit = outcome.rule, outcome.number, outcome.limit
    if rule.relative:
        return f"limit {rule.operator} {100 * limit:g}% relative"
    shown = _moved(number, limit, signed=False) if rule.operator.is_change else _bound(number, limit)
    return f"limit {rule.operator} {shown}"


def _n(outcome: Outcome) -> str:
    before = "" if outcome.change is None else f", before {outcome.change.before.n:,}"
    return f"n {outcome.number.n:,}{before}"


def _doubts(outcome: Outcome) -> str:
    words = "" if outcome.why is None else f": {outcome.why}"
    if outcome.why and outcome.change is not None and outcome.change.difference is not None:
        smallest = outcome.smallest
        seen = NOTHING if smallest is None else _moved(outcome.number, round(smallest, 6), signed=False)
        words += f"; the smallest change that could have been seen: {seen}"
    if outcome.ignored is None:
        return words
    until = f" until {outcome.ignored.until}" if outcome.ignored.until else ""
    return f"{words}; ignored{until}: {clean(outcome.ignored.reason)}"


def _number(number: Number, value: float, *, bare: bool = False) -> str:
    """35.1%, +22.0 points, 1,204, 3.17; `bare` without the unit."""
    if number.is_share:
        return f"{100 * value:.1f}{'' if bare else '%'}"
    if _is_net(number):
        return f"{100 * value:+.1f}{'' if bare else ' points'}"
    if isinstance(number.figure, Total):
        return f"{value:,.0f}"
    return f"{value:.2f}"


def _moved(number: Number, change: float, *, bare: bool = False, signed: bool = True) -> str:
    """+6.1 points, -120, +0.31."""
    sign = "+" if signed else ""
    if number.is_share or _is_net(number):
        return f"{100 * change:{sign}.1f}{'' if bare else ' points'}"
    if isinstance(number.figure, Total):
        return f"{change:{sign},.0f}"
    return f"{change:{sign}.2f}"


def _bound(number: Number, limit: float) -> str:
    """A limit as exact as it was given."""
    if number.is_share:
        return f"{100 * limit:.6g}%"
    sign = "+" if limit else ""
    return f"{100 * limit:{sign}.6g} points" if _is_net(number) else f"{limit:,.6g}"


def _is_net(number: Number) -> bool:
    return number.unit is Unit.NET
