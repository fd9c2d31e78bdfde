"""Made-up judgements, for the tests of what renders them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from render.made import RECORDS, gold_summary, summary_of

from cxscan.insight.checks.baseline import Baseline
from cxscan.insight.checks.judge import Example, Judgement, Severity, Verdict, judge
from cxscan.insight.checks.rules import CheckRule, IgnoreRule, Operator, check_rule, read_condition
from cxscan.summary import Summary

HOSTILE = "\x00\x1b[31m::error::boo ##[warning]x <b>&]]>\ufffe\ud800 [/red] | `@all` 100%,\r\n:=cmd()"
SUMMARY = gold_summary()


def told(judgement: Judgement, *examples: Example) -> Judgement:
    """The judgement with these comments behind everything that fails or warns."""
    outcomes = tuple(
        replace(one, examples=examples) if judgement.fails(one) or one.verdict is Verdict.WARN else one
        for one in judgement.outcomes
    )
    return replace(judgement, outcomes=outcomes)


def made(
    *conditions: str,
    warn: tuple[str, ...] = (),
    named: str = "",
    ignored: str = "",
    severity: Severity | None = None,
    before: Summary | None = None,
    examples: tuple[Example, ...] = (Example("Crashes since the update", "exports/app.csv", 2, "negative", 3),),
) -> Judgement:
    """A judgement on the gold summary; few comments are enough for it."""
    rules = [*(read_condition(one, option="--fail-if") for one in conditions),
             *(read_condition(one, option="--warn-if", warns=True) for one in warn)]  # fmt: skip
    rules = [CheckRule(metric=rule.metric, operator=rule.operator, fail=rule.fail, warn=rule.warn,
                       relative=rule.relative, min_n=1, name=rule.name) for rule in rules]  # fmt: skip
    if named:
        rules.append(check_rule("sentiment.negative.share", {"max": 0.1}, min_n=1, name=named))
    ignores = [IgnoreRule(check=ignored, reason="known | issue", until=date(2027, 1, 31))] if ignored else []
    judgement = judge(rules, SUMMARY, Baseline(before) if before else None, ignores=ignores,
                      today=date(2026, 11, 23), severity=severity or Severity())  # fmt: skip
    return told(judgement, *examples)


FAILS = "sentiment.negative.share > 10%"
PASSES = "sentiment.negative.share > 90%"

TEXTS = st.one_of(st.just(HOSTILE), st.text(max_size=40))
EXAMPLES = st.builds(
    Example,
    text=TEXTS,
    source=TEXTS,
    record=st.integers(1, 99),
    sentiment=st.sampled_from(["positive", "negative"]),
    line=st.one_of(st.none(), st.integers(1, 99)),
)
_RULES = st.builds(
    CheckRule,
    metric=st.sampled_from(
        [
            "sentiment.negative.share",
            "themes.*.net",
            "comments.n",
            'segments.channel."phone".sentiment.net',
            "lens.balance",
        ]
    ),
    operator=st.sampled_from(Operator),
    fail=st.sampled_from([None, 0.0, 0.3]),
    warn=st.sampled_from([0.0, 0.6]),
    min_n=st.sampled_from([0, 30]),
    name=TEXTS,
)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    """Any judgement on the gold summary, with hostile names and comments."""
    severity = Severity(warnings=draw(st.booleans()), inconclusive=draw(st.booleans()))
    before = None
    if draw(st.booleans()):
        before = Baseline(replace(summary_of(draw(RECORDS)), segments=SUMMARY.segments))
    ignores = [IgnoreRule(check="comments.n", reason=draw(TEXTS), until=date(2026, 11, draw(st.integers(1, 30))))]
    judgement = judge(draw(st.lists(_RULES, max_size=4)), SUMMARY, before, ignores=ignores,
                      today=date(2026, 11, 23), severity=severity)  # fmt: skip
    return told(judgement, *draw(st.lists(EXAMPLES, max_size=3)))
