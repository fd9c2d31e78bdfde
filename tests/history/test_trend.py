from __future__ import annotations

from pathlib import Path

import pytest
from made_runs import RULES, THEMES, day, made_run

from cxscan.errors import UsageError
from cxscan.history.baseline import history_baseline, is_history
from cxscan.history.store import StoredRun, append
from cxscan.history.trend import trend
from cxscan.model import Scale
from cxscan.summary import Counts, Input, Share, Summary
from cxscan.summary.rating import RatingCounts


def kept(*summaries: Summary) -> list[StoredRun]:
    return [StoredRun(number, day(number), summary) for number, summary in enumerate(summaries, 1)]


def test_a_share_has_its_interval_and_its_comments() -> None:
    found = trend(kept(made_run(30, 100), made_run(40, 100)), "sentiment.negative.share")
    assert [point.value for point in found.points] == [0.3, 0.4]
    assert [point.measured.n for point in found.points if point.measured] == [100, 100]
    assert found.points[0].interval == pytest.approx((0.2189, 0.3959), abs=0.0001)  # Newcombe 1998, method 3
    assert found.is_share


@pytest.mark.parametrize("metric", ["sentiment.negative.share", "sentiment.net"])
def test_a_change_of_level_is_marked_at_its_run(metric: str) -> None:
    shares = [30, 28, 31, 29, 33, 30, 45, 47, 44, 46, 48, 45]
    found = trend(kept(*(made_run(3 * n, 300) for n in shares)), metric)
    assert [change.start for change in found.changes] == [6]


def test_a_rise_in_the_number_of_comments_is_a_change_too() -> None:
    found = trend(kept(*(made_run(0, n) for n in (100, 104, 97, 101, 160, 155, 163, 158))), "comments.n")
    assert [change.start for change in found.changes] == [4]


def test_a_mean_without_a_known_spread_is_judged_by_that_of_the_runs() -> None:
    def rated(mean: float, n: int) -> Summary:
        ratings = {Scale("stars", 1_000, 5_000): RatingCounts(n=n, sum=round(mean * n * 1_000))}
        return Summary(THEMES, RULES, {"a.csv": Input(n)}, Counts(scored=n, ratings=ratings, kept=0))

    means = (4.1, 4.15, 4.08, 4.12, 3.6, 3.64, 3.58, 3.62)
    found = trend(kept(*(rated(mean, 200) for mean in means)), "rating.mean")
    assert [change.start for change in found.changes] == [4]


def test_a_run_without_the_number_is_a_gap() -> None:
    other = Summary(THEMES[:1], RULES, {"a.csv": Input(9)}, Counts(scored=9, kept=0))
    found = trend(kept(made_run(1, 9), other), "themes.service.n")
    assert [point.value for point in found.points] == [0, None]


def test_other_rules_are_told() -> None:
    other = made_run(1, 9, rules=RULES._replace(model="c" * 64))
    found = trend(kept(made_run(1, 9), other, other), "comments.n")
    assert [point.other_rules for point in found.points] == [False, True, False]


def test_an_unknown_number_has_its_nearest_named() -> None:
    with pytest.raises(UsageError, match=r"did you mean .*sentiment\.negative\.share"):
        trend(kept(made_run(1, 9)), "sentiment.negativ.share")
    with pytest.raises(UsageError, match="no run yet"):
        trend([], "comments.n")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "history.sqlite"
    for number, negative in enumerate((10, 20, 60)):
        append(store, made_run(negative, 100, name=f"{number}.csv"), at=day(number), source=str(number))
    return store


def test_the_last_run_is_a_baseline(store: Path) -> None:
    assert history_baseline(store, "history:last").summary.total.sentiment.negative == 60


def test_the_last_runs_are_taken_together(store: Path) -> None:
    two = history_baseline(store, "history:mean:2")
    assert two.summary.as_json()["sentiment"]["negative"] == Share(80, 200).as_json()
    assert two.runs == 2
    assert history_baseline(store, "history:mean:8").runs == 3


@pytest.mark.parametrize("which", ["history:first", "history:mean:0", "history:mean:", "history:"])
def test_another_baseline_is_not_known(store: Path, which: str) -> None:
    assert is_history(which)
    with pytest.raises(UsageError, match="history:last"):
        history_baseline(store, which)


def test_runs_of_other_rules_are_not_taken_together(store: Path) -> None:
    append(store, made_run(5, 50, rules=RULES._replace(themes="d" * 64)), at="2026-12-24")
    with pytest.raises(UsageError, match=r"run 3 was made with another taxonomy.*history:mean:1"):
        history_baseline(store, "history:mean:8")
    assert history_baseline(store, "history:mean:1").summary.total.comments == 50
