"""The registry of metrics: what iterates it finds a metric that is added to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from render.made import RECORDS, THEMES, gold_summary, summary_of

from cxscan.model import INTENTS, LENSES, POLARITIES, SENTIMENTS, Theme
from cxscan.quotes.filter import CommentFilter
from cxscan.summary import metrics
from cxscan.summary.counts import Counts, IntentCounts, LensCounts, SentimentCounts, ThemeCounts
from cxscan.summary.metric import Metric, share
from cxscan.summary.metrics import metrics_for
from cxscan.summary.saved import from_json

COMPLAINING = ("indices", "complaining")


def complaining(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    """An index: the scored comments with a complaint."""
    yield share(
        COMPLAINING,
        lambda counts: counts.intents.complaint,
        above=CommentFilter(intent="complaint"),
        title="complaining",
        meaning="say that something is wrong",
    )


@pytest.fixture
def _with_complaining(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "METRICS", (*metrics.METRICS, complaining))


BAD, GOOD = "Terrible: it broke after a day and nobody helped me", "Great service and I love it"


@pytest.fixture
def exports(export) -> tuple[Path, Path]:
    """Before and after: few complaints, then many."""
    before = [*(f"{GOOD} {n}" for n in range(60)), *(f"{BAD} {n}" for n in range(2))]
    after = [*(f"{GOOD} {n}" for n in range(30)), *(f"{BAD} {n}" for n in range(32))]
    return export(*before, name="before.csv"), export(*after, name="after.csv")


@pytest.mark.usefixtures("_with_complaining")
def test_an_index_that_is_registered_is_in_the_json_the_csv_and_the_table(cxscan, exports) -> None:
    whole = json.loads(cxscan("scan", exports[1], "--format", "json").out)
    complaint = whole["intents"]["complaint"]
    assert complaint["n"] > 20
    assert whole["indices"]["complaining"] == complaint
    assert (
        f"indices.complaining.share,{complaint['n']},{complaint['share']}"
        in cxscan("scan", exports[1], "--format", "csv").out
    )
    assert "say that something is wrong" in cxscan("scan", exports[1]).out


@pytest.mark.usefixtures("_with_complaining")
def test_an_index_that_is_registered_is_checked_with_the_comments_behind_it(cxscan, exports, tmp_path: Path) -> None:
    baseline = tmp_path / "b.json"
    limit = ("--fail-if", "indices.complaining.share > 10%", "--write-baseline", baseline)
    assert cxscan("check", exports[0], *limit).code == 0
    assert json.loads(baseline.read_text(encoding="utf-8"))["indices"]["complaining"]["n"] is None  # under 5
    ran = cxscan("check", exports[1], "--baseline", baseline, "--fail-if", "indices.complaining.share rises 10%")
    assert ran.code == 1
    assert "Terrible" in ran.out
    mistyped = cxscan("check", exports[1], "--fail-if", "indices.complaning.share > 10%")
    assert "did you mean indices.complaining.share" in mistyped.err


@pytest.mark.usefixtures("_with_complaining")
def test_an_index_that_is_registered_is_compared_and_followed(cxscan, exports, tmp_path: Path) -> None:
    found = json.loads(cxscan("compare", *exports, "--format", "json").out)
    assert "indices.complaining.share" in {one["metric"] for one in found["changes"] if one["significant"]}
    store = tmp_path / "history.sqlite"
    for path in exports:
        assert cxscan("history", "add", path, "--store", store).code == 0
    trend = json.loads(
        cxscan("history", "trend", "indices.complaining.share", "--store", store, "--format", "json").out
    )
    assert [point["value"] < 0.1 for point in trend["points"]] == [True, False]


@pytest.mark.usefixtures("_with_complaining")
def test_an_index_that_is_registered_is_read_from_a_summary_and_missing_in_an_older_one() -> None:
    whole = gold_summary().as_json()
    assert from_json(whole).as_json() == whole
    indices = whole["indices"]
    assert isinstance(indices, dict)
    older = {**whole, "indices": {name: value for name, value in indices.items() if name != "complaining"}}
    [metric] = [one for one in metrics_for(THEMES) if one.path == COMPLAINING]
    assert [number.value for number in metric.numbers(from_json(older).total)] == [None] * 4


def test_a_typo_in_the_name_of_a_count_is_no_zero() -> None:
    with pytest.raises(AttributeError):
        Counts().sentimnt  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(TypeError):
        ThemeCounts(negativ=1)  # type: ignore[call-arg]


def test_named_counts_are_those_of_the_model() -> None:
    assert tuple(SentimentCounts().by_name()) == SENTIMENTS
    assert tuple(LensCounts().by_name()) == LENSES
    assert tuple(ThemeCounts().by_name()) == POLARITIES
    assert tuple(IntentCounts().by_name()) == INTENTS


@given(RECORDS)
def test_every_number_lies_in_its_range(records: list) -> None:
    summary = summary_of(records)
    for _, counts in summary.groups():
        for metric in metrics_for(summary.themes):
            for number in metric.numbers(counts):
                assert number.value is None or number.low <= number.value <= number.high


def test_the_paths_of_the_registry_are_unique() -> None:
    paths = [number.path for metric in metrics_for(THEMES) for number in metric.numbers(Counts())]
    assert len(paths) == len(set(paths))
