from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import RECORDS, Cell, Record, gold_summary, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.checks.baseline import SMALLEST, Baseline, baseline_json, check_rules_agree, load_baseline
from cxscan.insight.checks.judge import Severity, judge
from cxscan.insight.checks.rules import read_condition
from cxscan.insight.metric_paths import number_at
from cxscan.summary import Json
from cxscan.summary.metrics import numbers_of
from cxscan.summary.saved import DamagedSummaryError, from_json


def strings(value: Json) -> set[str]:
    """Every string and name in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {inner for one in value.values() for inner in strings(one)}
    if isinstance(value, list):
        return {inner for one in value for inner in strings(one)}
    return {value} if isinstance(value, str) else set()


def counts(value: Json) -> list[int]:
    """Every count in a JSON value, under whatever key."""
    if isinstance(value, dict):
        own = [n for key, n in value.items() if isinstance(n, int) and key not in {"version", "low", "high"}]
        return own + [n for one in value.values() for n in counts(one)]
    return [n for one in value for n in counts(one)] if isinstance(value, list) else []


def test_a_baseline_holds_no_word_of_a_customer_and_no_path() -> None:
    text = json.dumps(baseline_json(gold_summary()), ensure_ascii=False)
    for word in ("Support", "Crashes", "parcel", "staff", "really", "app.csv", "shop.csv", "exports", "quotes"):
        assert word not in text


def test_a_baseline_holds_hashes_and_the_names_of_themes_and_segments_only() -> None:
    made = summary_of([said("Rude staff", service="negative")] * 9)
    summary = made.as_json()
    known = strings({key: summary[key] for key in ("rules", "sentiment", "lens", "intents", "indices", "comments")})
    themes = summary["themes"]
    assert isinstance(themes, dict)
    allowed = known | set(themes) | {"lens", "impact", "product", "customer", "channel", "web", "cxscan", "0.1.0"}
    allowed |= {"format", "version", "cxscan-baseline", "rules", "comments", "sentiment", "themes", "intents"}
    allowed |= {"indices", "rating", "segments", "timeline", *{name for name in strings(summary) if len(name) == 64}}
    assert strings(baseline_json(made)) <= allowed


@given(RECORDS)
def test_no_count_under_five_is_told(records: list) -> None:
    kept = baseline_json(summary_of(records))
    assert [n for n in counts(kept) if n < SMALLEST] == []


@given(RECORDS)
def test_every_number_that_is_told_is_that_of_the_summary(records: list) -> None:
    summary = summary_of(records * 9)
    read = from_json(baseline_json(summary))
    told, whole = (numbers_of(one.total, one.themes) for one in (read, summary))
    for path, number in told.items():
        assert number.value in {None, whole[path].value}
        if number.value is not None:
            assert number.n == whole[path].n or path[0] == "lens" or path[-1] == "net"


def test_large_counts_are_all_told() -> None:
    summary = summary_of([said(score=9000, rating=4000, price="positive")] * 50)
    kept = from_json(baseline_json(summary))
    for path in ("comments.n", "sentiment.positive.share", "themes.price.positive.n", "themes.price.net",
                 "rating.mean", "segments.channel.web.sentiment.net"):  # fmt: skip
        assert number_at(kept, path).value == number_at(summary, path).value


def test_small_segments_are_left_out() -> None:
    records = [*[said()] * 9, *[Record((Cell("some words"),), channel="Jane Doe")] * 4]
    kept = baseline_json(summary_of(records))
    assert list(kept["segments"]["channel"]) == ["web"]  # type: ignore[index, call-overload, arg-type]  # JSON, looked into


def test_a_baseline_is_the_same_for_the_same_summary() -> None:
    assert json.dumps(baseline_json(gold_summary())) == json.dumps(baseline_json(gold_summary()))


def test_summaries_and_baselines_are_loaded(tmp_path: Path) -> None:
    summary = gold_summary()
    for name, whole in (("summary.json", summary.as_json()), ("baseline.json", baseline_json(summary))):
        (tmp_path / name).write_text(json.dumps(whole), encoding="utf-8")
        assert load_baseline(tmp_path / name) == from_json(whole)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "cannot be read as JSON"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"[]", "neither a baseline nor a summary"),
        (b'{"format": ["x"]}', "neither a baseline nor a summary"),
        (b'{"format": "cxscan-quotes", "version": 1}', "neither a baseline nor a summary"),
        (b'{"format": "cxscan-baseline", "version": 2}', "version 2"),
    ],
)
def test_what_is_no_baseline_is_refused_with_the_remedy(tmp_path: Path, content: bytes, hint: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=hint) as caught:
        load_baseline(path)
    assert "--write-baseline" in str(caught.value)


def test_a_missing_baseline_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file.*--write-baseline"):
        load_baseline(tmp_path / "none.json")
    with pytest.raises(UsageError, match="--write-baseline"):
        load_baseline(tmp_path)


DAMAGE = st.sampled_from([None, -1, 10**400, float("nan"), float("inf"), "x", [], {}, True, 0.5, 7])


@given(RECORDS, RECORDS, st.data())
def test_a_damaged_baseline_does_no_harm(first: list, last: list, data: st.DataObject) -> None:
    after, before = summary_of(last), summary_of(first).as_json()

    def damaged(value: Json) -> Json:
        if data.draw(st.integers(0, 30)) == 0:
            return data.draw(DAMAGE)
        return {key: damaged(inner) for key, inner in value.items()} if isinstance(value, dict) else value

    broken = {**before, **{key: damaged(before[key]) for key in ("comments", "sentiment", "lens", "rating")}}
    metrics = ("comments.n", "sentiment.net", "sentiment.negative.share", "lens.balance", "lens.product.share")
    rules = [read_condition(f"{one} rises 0", option="--fail-if") for one in metrics]
    try:
        read = from_json(broken)
    except DamagedSummaryError:
        return
    outcomes = judge(rules, after, Baseline(read), today=date(2026, 11, 23), severity=Severity()).outcomes
    assert len(outcomes) == len(rules)


@pytest.mark.parametrize(("key", "remedy"), [("themes", "taxonomy"), ("model", "model")])
def test_other_rules_than_the_baselines_are_refused(key: str, remedy: str) -> None:
    summary = gold_summary()
    before = replace(summary, rules=summary.rules._replace(**{key: "f" * 64}))
    with pytest.raises(UsageError, match=f"another {remedy}.*--write-baseline b.json"):
        check_rules_agree(before, summary.rules, named="b.json")
    with pytest.raises(UsageError, match=f"another {remedy}.*history add"):
        check_rules_agree(before, summary.rules, named="history:last")
    check_rules_agree(summary, summary.rules, named="b.json")


def without(key: str) -> dict[str, Json]:
    return {name: value for name, value in GOOD.items() if name != key}


GOOD = baseline_json(summary_of([said("Rude staff", service="negative", rating=2000)] * 9))
SHARE: dict[str, Json] = {"n": 9, "share": 1.0, "low": 0.7, "high": 1.0}


@pytest.mark.parametrize(
    ("damaged", "place"),
    [
        ({"format": "cxscan-baseline", "version": 1}, "comments"),
        (without("sentiment"), "sentiment"),
        (without("rules"), "rules"),
        (without("segments"), "segments"),
        (GOOD | {"sentiment": 5}, "sentiment"),
        (GOOD | {"comments": {"n": 9}}, "comments"),
        (GOOD | {"comments": {"n": -9, "scored": 9}}, "comments"),
        (GOOD | {"comments": {"n": 9.5, "scored": 9}}, "comments"),
        (GOOD | {"sentiment": {"negative": SHARE | {"share": 5.0}}}, "sentiment"),
        (GOOD | {"sentiment": {"negative": SHARE | {"n": "9"}}}, "sentiment"),
        (GOOD | {"sentiment": {"net": 1e300}}, "sentiment"),
        (GOOD | {"themes": {"price": SHARE | {"negative": SHARE | {"n": -1}}}}, "themes"),
        (GOOD | {"segments": {"channel": {"web": {}}}}, "segments.channel.web.comments"),
        (GOOD | {"timeline": [{"period": "2026-10"}]}, "timeline.1.comments"),
    ],
)
def test_a_damaged_baseline_is_refused_as_against_it_all_would_pass(
    tmp_path: Path, damaged: dict[str, Json], place: str
) -> None:
    path = tmp_path / "b.json"
    path.write_text(json.dumps(damaged), encoding="utf-8")
    with pytest.raises(UsageError, match=rf"is damaged, at {place}; write one with: .*--write-baseline"):
        load_baseline(path)


def test_what_is_no_number_makes_no_baseline(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    for word in ("NaN", "Infinity", "-Infinity"):
        path.write_text(json.dumps(GOOD).replace('"mean": 2.0', f'"mean": {word}'), encoding="utf-8")
        assert word in path.read_text(encoding="utf-8")
        with pytest.raises(UsageError, match="cannot be read as JSON"):
            load_baseline(path)


@given(RECORDS)
def test_whole_baselines_and_summaries_are_not_taken_for_damaged_ones(records: list) -> None:
    summary = summary_of(records)
    with TemporaryDirectory() as folder:
        for number, one in enumerate((summary.as_json(), baseline_json(summary))):
            path = Path(folder) / f"{number}.json"
            path.write_text(json.dumps(one), encoding="utf-8")
            assert load_baseline(path) == from_json(one)


def test_what_is_read_of_a_summary_has_its_numbers_and_its_figures() -> None:
    summary = gold_summary()
    read = from_json(json.loads(json.dumps(summary.as_json())))
    assert read.as_json() == summary.as_json()
    for (_, counts), (_, saved) in zip(summary.groups(), read.groups(), strict=True):
        told, whole = numbers_of(saved, read.themes), numbers_of(counts, summary.themes)
        # The JSON does not say what contradictions are a share of.
        assert all(number == whole[path] for path, number in told.items() if path[:2] != ("rating", "contradictions"))


def test_no_share_is_of_fewer_than_its_count() -> None:
    whole = summary_of([said("Rude staff", service="negative")] * 9).as_json()
    sentiment = whole["sentiment"]
    assert isinstance(sentiment, dict)
    with pytest.raises(DamagedSummaryError, match="sentiment"):
        from_json({**whole, "sentiment": {**sentiment, "negative": {**SHARE, "n": 10}}})
