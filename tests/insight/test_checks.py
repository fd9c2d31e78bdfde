from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import RECORDS, RULES, THEMES, Cell, Record, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.checks.baseline import Baseline, baseline_json
from cxscan.insight.checks.judge import Judgement, Severity, Verdict, judge
from cxscan.insight.checks.rules import (
    CheckRule,
    IgnoreRule,
    Operator,
    check_rule,
    read_condition,
    read_limit,
    split_conditions,
)
from cxscan.insight.metric_paths import outline
from cxscan.model import State
from cxscan.quotes.filter import CommentFilter
from cxscan.summary import Counts, Share, Summary
from cxscan.summary.counts import LensCounts, SentimentCounts, ThemeCounts
from cxscan.summary.saved import from_json

TODAY = date(2026, 11, 23)


def judged(
    *conditions: str,
    after: Summary,
    before: Summary | Baseline | None = None,
    warn: tuple[str, ...] = (),
    ignores: tuple[IgnoreRule, ...] = (),
) -> Judgement:
    rules = [read_condition(one, option="--fail-if") for one in conditions]
    rules += [read_condition(one, option="--warn-if", warns=True) for one in warn]
    reference = Baseline(before) if isinstance(before, Summary) else before
    return judge(rules, after, reference, severity=Severity(), ignores=ignores, today=TODAY)


def verdict(*conditions: str, after: Summary, before: Summary | Baseline | None = None) -> Verdict:
    return judged(*conditions, after=after, before=before).verdict


def dump(positive: int = 0, neutral: int = 0, negative: int = 0, **themes: tuple[int, int]) -> Summary:
    """A summary of so many comments; a theme has so many positive and negative ones."""
    n = positive + neutral + negative
    counts = Counts(
        scored=n,
        sentiment=SentimentCounts(positive, neutral, negative),
        lens=LensCounts(none=n),
        themes={name: ThemeCounts(positive=up, negative=down) for name, (up, down) in themes.items()},
    )
    return Summary(THEMES, RULES, total=counts)


def redacted(summary: Summary) -> Summary:
    """What is read from the baseline of a summary."""
    return from_json(baseline_json(summary))


HUNDRED = dump(50, 20, 30)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("sentiment.negative.share > 29%", "fail"),
        ("sentiment.negative.share > 30%", "pass"),
        ("sentiment.negative.share >= 30%", "fail"),
        ("sentiment.negative.share >= 0.3", "fail"),
        ("sentiment.negative.share < 30%", "pass"),
        ("sentiment.negative.share <= 30%", "fail"),
        ("sentiment.negative.share < 31%", "fail"),
        ("sentiment.net < 20%", "pass"),
        ("sentiment.net < 21%", "fail"),
        ("comments.n < 100", "pass"),
        ("comments.n < 101", "fail"),
        ("sentiment.negative.low > 20%", "fail"),
    ],
)
def test_a_value_fails_beyond_its_limit_and_passes_at_it(condition: str, expected: str) -> None:
    assert verdict(condition, after=HUNDRED) == expected


def test_too_few_comments_judge_nothing() -> None:
    [outcome] = judged("sentiment.negative.share > 10%", after=dump(10, 0, 19)).outcomes
    assert (outcome.verdict, outcome.why) == ("inconclusive", "n 29 is under 30")
    assert verdict("sentiment.negative.share > 10%", after=dump(10, 0, 20)) == "fail"


def test_too_few_comments_that_keep_the_limit_pass() -> None:
    assert verdict("sentiment.negative.share > 90%", after=dump(10, 0, 19)) == "pass"


def test_a_total_is_no_sample_and_needs_no_thirty() -> None:
    assert verdict("comments.n < 100", after=dump(3)) == "fail"


def test_nothing_measured_is_inconclusive() -> None:
    [outcome] = judged("themes.price.negative.share > 1%", after=HUNDRED).outcomes
    assert (outcome.verdict, outcome.why) == ("inconclusive", "there is nothing to measure")


def test_a_rule_warns_before_it_fails() -> None:
    rule = check_rule("sentiment.negative.share", {"max": "40%"}, warn="20%")
    assert judge([rule], HUNDRED, None, today=TODAY, severity=Severity()).verdict == "warn"
    assert judge([rule], dump(50, 0, 50), None, today=TODAY, severity=Severity()).verdict == "fail"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("sentiment.negative.share rises 5%", "fail"),
        ("sentiment.negative.share rises 8%", "pass"),
        ("sentiment.negative.share falls 1%", "pass"),
        ("sentiment.positive.share falls 5%", "fail"),
        ("sentiment.negative.share rises 20% relative", "fail"),
        ("sentiment.negative.share rises 40% relative", "pass"),
        ("sentiment.net falls 10%", "fail"),
        ("comments.n rises 1", "pass"),
    ],
)
def test_a_planted_change_of_eight_points_is_found(condition: str, expected: str) -> None:
    before, after = dump(1000, 600, 400), dump(840, 600, 560)
    assert verdict(condition, after=after, before=before) == expected


def test_a_change_that_chance_makes_is_inconclusive_and_says_what_could_have_been_seen() -> None:
    judgement = judged("sentiment.negative.share rises 5%", before=dump(70, 0, 30), after=dump(62, 0, 38))
    [outcome] = judgement.outcomes
    assert (judgement.verdict, outcome.why) == ("inconclusive", "chance alone may do this")
    assert outcome.smallest == pytest.approx(0.185, abs=0.005)


@pytest.mark.parametrize(("before", "after"), [(dump(9, 0, 1), dump(100, 0, 900)), (dump(900, 0, 100), dump(1, 0, 9))])
def test_a_change_of_few_comments_is_inconclusive(before: Summary, after: Summary) -> None:
    [outcome] = judged("sentiment.negative.share rises 5%", before=before, after=after).outcomes
    assert outcome.verdict == "inconclusive"
    assert "is under 30" in (outcome.why or "")


def test_a_dump_that_dried_up_is_found_whatever_its_size() -> None:
    assert verdict("comments.n falls 50% relative", before=dump(500), after=dump(12)) == "fail"


def test_nothing_before_is_infinitely_less() -> None:
    before, after = dump(500, price=(0, 0)), dump(500, price=(0, 200))
    assert verdict("themes.price.share rises 50% relative", before=before, after=after) == "fail"


def test_without_a_baseline_changes_are_inconclusive() -> None:
    [outcome] = judged("sentiment.negative.share rises 5%", after=HUNDRED).outcomes
    assert (outcome.verdict, outcome.why) == ("inconclusive", "there is no baseline yet")


def test_one_theme_of_many_needs_more_than_luck() -> None:
    names = [theme.name for theme in THEMES]
    before = dump(1000, **dict.fromkeys(names, (50, 50)))
    after = dump(1000, **{**dict.fromkeys(names, (50, 50)), "price": (36, 64)})
    assert verdict("themes.price.negative.share rises 5%", before=before, after=after) == "fail"
    [outcome] = [one for one in judged("themes.*.negative.share rises 5%", before=before, after=after).outcomes
                 if one.verdict != "pass"]  # fmt: skip
    assert (outcome.number.name, outcome.verdict) == ("themes.price.negative.share", "inconclusive")
    assert outcome.why == "one of so many themes may do this by chance"
    assert outcome.smallest is not None
    assert outcome.smallest > 0.14


def test_a_theme_that_clearly_changed_is_found_among_many() -> None:
    names = [theme.name for theme in THEMES]
    before = dump(1000, **dict.fromkeys(names, (50, 50)))
    after = dump(1000, **{**dict.fromkeys(names, (50, 50)), "price": (20, 80)})
    found = judged("themes.*.negative.share rises 5%", before=before, after=after)
    assert [one.number.name for one in found.outcomes if one.verdict == "fail"] == ["themes.price.negative.share"]


def test_themes_that_did_not_change_seldom_let_a_run_fail() -> None:
    chance = np.random.default_rng(5)

    def drawn() -> Summary:
        themes = {theme.name: 100 + 20 * place for place, theme in enumerate(THEMES)}
        return dump(2000, **{name: (n - (bad := int(chance.binomial(n, 0.4))), bad) for name, n in themes.items()})

    runs = [verdict("themes.*.negative.share rises 1%", before=drawn(), after=drawn()) for _ in range(150)]
    assert runs.count(Verdict.FAIL) <= 0.05 * len(runs)


def test_a_theme_hidden_in_the_baseline_is_taken_as_high_as_it_can_have_been() -> None:
    before = redacted(dump(500, price=(1, 2)))
    assert verdict("themes.price.share rises 1%", before=before, after=dump(500, price=(20, 30))) == "fail"
    [outcome] = judged("themes.price.share rises 1%", before=before, after=dump(500, price=(2, 2))).outcomes
    assert (outcome.verdict, outcome.change and outcome.change.before.value) == ("pass", 0.008)
    [outcome] = judged("themes.price.share falls 1%", before=before, after=dump(500)).outcomes
    assert (outcome.verdict, outcome.change and outcome.change.before.value) == ("pass", 0.0)


def test_counts_of_several_runs_are_compared_as_their_mean() -> None:
    before = Baseline(dump(800), runs=8)
    assert verdict("comments.n falls 20% relative", before=before, after=dump(100)) == "pass"
    assert verdict("comments.n falls 20% relative", before=before, after=dump(40)) == "fail"


def test_a_segment_that_is_gone_has_no_comments() -> None:
    both = summary_of([replace(said(), channel=channel) for channel in ["web"] * 40 + ["phone"] * 40])
    web = summary_of([said()] * 40)
    assert verdict("segments.channel.phone.comments.n falls 50% relative", before=both, after=web) == "fail"
    [outcome] = judged("segments.channel.phone.sentiment.net falls 5%", before=both, after=web).outcomes
    assert outcome.verdict == "inconclusive"


def test_a_baseline_without_the_segments_is_refused() -> None:
    with pytest.raises(UsageError, match="--by channel"):
        judged(
            "segments.channel.web.comments.n falls 5",
            before=summary_of([said()], by=()),
            after=summary_of([said()]),
        )


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("sentiment.negative.share > 30", "did you mean 30%"),
        ("sentiment.negative.share > 101%", "out of reach"),
        ("sentiment.negative.share > -1", "out of reach"),
        ("sentiment.negative.share rises 101%", "out of reach"),
        ("sentiment.net < -2", "out of reach"),
        ("comments.n < -1", "out of reach"),
        ("rating.mean < 0", "no ratings"),
        ("themes.price.impact > 0.1", "no ratings"),
        ("sentiment.negative.low rises 5%", "no interval"),
    ],
)
def test_a_limit_out_of_reach_is_refused(condition: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        verdict(condition, after=HUNDRED, before=HUNDRED)


def test_nps_needs_its_scale() -> None:
    with pytest.raises(UsageError, match="--scale 0-10"):
        verdict("rating.nps < 20", after=summary_of([said(rating=4000)]))


@pytest.mark.parametrize(
    "given_",
    ["", "sentiment.net", "sentiment.net >", "> 5%", "sentiment.net > nan", "sentiment.net > inf", "x == 5", "x > 5%%",
     "x > 5 %5", "x => 5", "x rises -5%", "x falls -1", "x > 5% relative", "x rises 5% of", "a b > 5", "x rises"],
)  # fmt: skip
def test_what_is_no_condition_is_refused(given_: str) -> None:
    with pytest.raises(UsageError, match="--fail-if"):
        read_condition(given_, option="--fail-if")


@pytest.mark.parametrize(
    ("given_", "metric", "operator", "limit", "relative"),
    [
        ("a.b > 5%", "a.b", ">", 0.05, False),
        ("a.b>=0.5", "a.b", ">=", 0.5, False),
        ('segments.channel."e-mail > x".comments.n < 5', 'segments.channel."e-mail > x".comments.n', "<", 5.0, False),
        ("  a.b   rises   20%   relative ", "a.b", "rises", 0.2, True),
        ("a.rises falls .5", "a.rises", "falls", 0.5, False),
        ("a.b <= -35.5 %", "a.b", "<=", -0.355, False),
    ],
)
def test_a_condition_says_what_it_says(
    given_: str, metric: str, operator: str, limit: float, *, relative: bool
) -> None:  # fmt: skip
    rule = read_condition(given_, option="--fail-if")
    assert (rule.metric, rule.operator, rule.fail, rule.relative) == (metric, operator, limit, relative)
    assert read_condition(given_, option="--warn-if", warns=True).warn == limit


def test_conditions_from_a_variable_are_joined_again() -> None:
    words = 'sentiment.net < 5% themes.price.share rises 20% relative comments.n < 10 a."b c".n>1'.split()
    assert split_conditions(words) == [
        "sentiment.net < 5%", "themes.price.share rises 20% relative", "comments.n < 10", 'a."b c".n>1',
    ]  # fmt: skip
    assert split_conditions(["a.b > 5%", "a.c>1"]) == ["a.b > 5%", "a.c>1"]
    assert split_conditions(["nonsense"]) == ["nonsense"]


@pytest.mark.parametrize(
    ("limits", "warn", "hint"),
    [
        ({}, None, "one of max, min"),
        ({"max": 1, "min": 0}, None, "one of max, min"),
        ({"max": "much"}, None, "no limit"),
        ({"max": True}, None, "no limit"),
        ({"max": 0.2}, 0.4, "never be reached"),
        ({"min": 0.2}, 0.1, "never be reached"),
        ({"max": "20% relative"}, None, "rises and falls only"),
        ({"max_increase": -1}, None, "from 0 up"),
        ({"max_increase": "5%"}, "1% relative", "both be relative"),
    ],
)
def test_a_check_of_the_file_that_cannot_be_is_refused(limits, warn, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        check_rule("sentiment.net", limits, warn=warn)


@pytest.mark.parametrize("key", ["max", "min", "max_increase", "max_decrease"])
def test_each_key_of_the_file_is_a_comparison(key: str) -> None:
    rule = check_rule("sentiment.net", {key: "5%"}, warn="5%", min_n=50, name="mood")
    comparisons = {"max": ">", "min": "<", "max_increase": "rises", "max_decrease": "falls"}
    assert (rule.operator, rule.fail, rule.warn, rule.min_n, rule.title) == (comparisons[key], 0.05, 0.05, 50, "mood")


def test_a_limit_may_be_a_number() -> None:
    assert read_limit(0.25, named="max").number == 0.25
    assert read_limit("25%", named="max").number == 0.25


NEGATIVE = "sentiment.negative.share > 10%"


@pytest.mark.parametrize(
    ("check", "until", "expected", "expired"),
    [
        (NEGATIVE, None, "pass", 0),
        ("sentiment.negative.share", date(2026, 11, 23), "pass", 0),
        ("sentiment.negative.share", date(2026, 11, 22), "fail", 1),
        ("sentiment.positive.share", None, "fail", 0),
    ],
)
def test_an_ignored_check_does_not_count_until_its_day_is_over(
    check: str, until: date | None, expected: str, expired: int
) -> None:
    rule = IgnoreRule(check=check, reason="known since the move", until=until)
    judgement = judged(NEGATIVE, after=HUNDRED, ignores=(rule,))
    assert (judgement.verdict, len(judgement.expired)) == (expected, expired)
    assert (judgement.outcomes[0].ignored is not None) == (expected == "pass")


METRICS = ["sentiment.negative.share", "themes.*.net", "comments.n", "themes.price.positive.share", "lens.balance"]
CONDITIONS = st.builds(
    CheckRule,
    metric=st.sampled_from(METRICS),
    operator=st.sampled_from(Operator),
    fail=st.sampled_from([None, 0.0, 0.3]),
    warn=st.sampled_from([0.0, 0.1, 0.6]),
    min_n=st.sampled_from([0, 1, 3, 30]),
)
SEVERITIES = st.builds(Severity, warnings=st.booleans(), inconclusive=st.booleans())


@given(rules=st.lists(CONDITIONS, max_size=4), first=RECORDS, last=RECORDS, severity=SEVERITIES, bare=st.booleans())
def test_the_run_fails_exactly_when_a_check_lets_it_fail(
    rules: list[CheckRule], first: list, last: list, severity: Severity, *, bare: bool
) -> None:
    before, after = summary_of(first), summary_of(last)
    reference = Baseline(redacted(before) if bare else before)
    judgement = judge(rules, after, reference, severity=severity, today=TODAY)
    assert (judgement.verdict == "fail") == any(map(judgement.fails, judgement.outcomes))
    assert sum(map(judgement.count, Verdict)) == len(judgement.outcomes)
    if not severity.warnings and not severity.inconclusive:
        order = list(Verdict)
        assert judgement.verdict == max((one.verdict for one in judgement.outcomes), key=order.index, default="pass")


@given(RECORDS, st.sampled_from(METRICS), st.sampled_from(["rises", "falls"]))
def test_a_dump_held_against_itself_did_not_change(records: list, metric: str, direction: str) -> None:
    whole = summary_of(records)
    judgement = judged(f"{metric} {direction} 0", after=whole, before=whole)
    assert judgement.count(Verdict.FAIL) == 0


@given(st.integers(30, 400), st.integers(30, 400), st.integers(0, 30))
def test_a_higher_limit_never_lets_more_fail(n: int, more: int, percent: int) -> None:
    before, after = dump(n, 0, n // 3), dump(more, 0, more)
    order = [Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.WARN, Verdict.FAIL]
    low, high = (verdict(f"sentiment.negative.share rises {limit}%", before=before, after=after)
                 for limit in (percent, percent + 10))  # fmt: skip
    assert order.index(high) <= order.index(low)


@pytest.mark.parametrize(
    ("path", "too_high", "expected"),
    [
        ("sentiment.negative.share", True, CommentFilter(polarity="negative")),
        ("sentiment.negative.share", False, CommentFilter(polarity="positive")),
        ("sentiment.net", False, CommentFilter(polarity="negative")),
        ("themes.price.share", True, CommentFilter(theme="price")),
        ("themes.price.negative.n", True, CommentFilter(theme="price", polarity="negative")),
        ("themes.price.impact", True, CommentFilter(theme="price", polarity="negative")),
        ("lens.product_net", False, CommentFilter(lens="product", polarity="negative")),
        ("lens.balance", False, CommentFilter(lens="product")),
        ("lens.none.share", True, CommentFilter(lens="none")),
        ("intents.complaint.share", True, CommentFilter(intent="complaint")),
        ("indices.coverage.share", False, CommentFilter(lens="none")),
        ("indices.delight.share", False, CommentFilter(polarity="negative")),
        ("indices.commoditisation.share", True, CommentFilter(lens="product")),
        ("indices.word_of_mouth.negative.share", True, CommentFilter(theme="advocacy", polarity="negative")),
        ("rating.nps", False, CommentFilter(polarity="negative")),
        ("rating.contradictions.share", True, CommentFilter(contradicting=True)),
        ("comments.n", False, CommentFilter()),
        (
            "segments.channel.web.sentiment.net",
            False,
            CommentFilter(polarity="negative", segments=(("channel", "web"),)),
        ),
        ("timeline.2026-11.sentiment.net", False, CommentFilter(polarity="negative", period="2026-11")),
    ],
)
def test_the_comments_behind_a_number_are_those_to_read(path: str, *, too_high: bool, expected: CommentFilter) -> None:
    [number] = outline(THEMES, path)
    assert number.comments(too_high=too_high) == expected


def test_shares_of_few_rated_records_are_compared_too() -> None:
    def rated(bad: int, good: int) -> Summary:
        records = [said(score=5000, rating=1000)] * bad + [said(score=5000, rating=5000)] * good
        return summary_of([*records, Record((Cell("n/a", State.UNSCORED),), 5000)])

    assert verdict("rating.contradictions.share rises 5%", before=rated(2, 98), after=rated(40, 60)) == "fail"
    assert verdict("rating.mean falls 0.5", before=rated(2, 98), after=rated(60, 40)) == "fail"
    assert verdict("rating.mean falls 0.5", before=rated(20, 20), after=rated(26, 14)) == "inconclusive"
    rating = rated(40, 60).total.rating
    assert rating is not None
    assert rating.contradictions == Share(40, 100)
