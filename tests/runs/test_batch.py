"""One function runs sources through the classifier, with any reducer and any engine."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from insight.hearing import KNOWN_THEMES, comments

from cxscan.insight.checks.rules import read_condition
from cxscan.insight.rated import CountRated, Rated
from cxscan.layout import Layout
from cxscan.model import Batch, Scale
from cxscan.quotes.filter import CommentFilter
from cxscan.render.formats import COMMENT_ROWS
from cxscan.rules.loading import load_taxonomy
from cxscan.runs.batch import BatchJob, Counting, run
from cxscan.runs.check_examples import example_reducer
from cxscan.runs.classifier import Classifier, ClassifierOptions, rule_hashes
from cxscan.runs.reducers import (
    LabelChangesReducer,
    RatedReducer,
    RowsReducer,
    SummaryReducer,
    TopCommentsReducer,
    TopicSampleReducer,
)

SOURCE = Path(__file__).resolve().parents[2] / "src" / "cxscan"
OPTIONS = ClassifierOptions(themes=KNOWN_THEMES, language="en")
TEXTS = [
    "The staff were rude.",
    "Great price.",
    "Delivery came late.",
    "The app crashes.",
    "They lost my passport.",
] * 4


def test_only_a_run_calls_an_engine() -> None:
    """Who imports something of `engines/` to call it; the command line takes names for its option."""
    importers = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cxscan.engines"):
                importers.add(path.relative_to(SOURCE).as_posix())
    outside = {name for name in importers if not name.startswith("engines/")}
    assert outside == {"runs/batch.py", "cli/options.py", "cli/running.py"}


class FromMemory:
    """A source whose batches are counted as they are read."""

    path, notes, drops_repeats = "bank.csv", (), False
    layout = Layout(format="csv", encoding=None, columns=())

    def __init__(self, texts: list[str], size: int) -> None:
        self.read = 0
        self._texts, self._size = texts, size

    def batches(self, **_options: object) -> Iterator[Batch]:
        for start in range(0, len(self._texts), self._size):
            self.read += 1
            part = comments(self._texts[start : start + self._size])
            part.records[:] = range(start + 1, start + 1 + len(part))
            part.ratings[:] = [1000 + 4000 * (number % 2) for number in part.records]
            yield Batch(replace(part, scale=Scale("rating", 1000, 5000)), len(part))


def test_rows_are_handed_on_as_they_come_and_not_kept() -> None:
    source = FromMemory(TEXTS, 4)
    seen: list[tuple[int, bytes]] = []
    found = run(
        [source],
        OPTIONS,
        RowsReducer(COMMENT_ROWS["jsonl"]),
        counting=Counting(),
        workers=1,
        sink=lambda rows: seen.append((source.read, rows)),
    )
    assert found.result == b""
    assert [read for read, _ in seen] == [1, 2, 3, 4, 5]
    records = [json.loads(line)["record"] for _, rows in seen for line in rows.splitlines()]
    assert records == list(range(1, len(TEXTS) + 1))


REDUCERS = {
    "nothing": SummaryReducer(),
    "rows": RowsReducer(COMMENT_ROWS["csv"]),
    "top comments": TopCommentsReducer(CommentFilter(polarity="negative"), "telling", 3),
    "rated": RatedReducer(CountRated(2)),
    "label changes": LabelChangesReducer(ClassifierOptions(language="en"), 2),
    "topic sample": TopicSampleReducer(),
    "check examples": example_reducer(
        [read_condition("themes.*.negative.share > 1%", option="--fail-if")],
        load_taxonomy(KNOWN_THEMES).nouns,
        by=(),
        period=None,
        count=2,
    ),
}


@pytest.mark.parametrize("reducer", REDUCERS.values(), ids=REDUCERS.keys())
def test_results_of_a_reducer_add_whatever_the_batches(reducer) -> None:
    whole, parts = (
        run([FromMemory(TEXTS, size)], OPTIONS, reducer, counting=Counting(quotes=2), workers=1).result
        for size in (len(TEXTS), 3)
    )
    assert _shown(parts) == _shown(whole)
    assert _shown(reducer.zero + whole) == _shown(whole + reducer.zero) == _shown(whole)


def test_every_reducer_is_held_to_its_law() -> None:
    held = {type(reducer) for reducer in REDUCERS.values()}
    assert held == {
        member
        for module in ("reducers", "check_examples")
        for name, member in vars(__import__(f"cxscan.runs.{module}", fromlist=["_"])).items()
        if name.endswith("Reducer")
    }


def _shown(result: object) -> object:
    """The result in a form that can be compared: arrays have no equality of their own."""
    if not isinstance(result, Rated):
        return result
    by_rating = {rating: counts.tolist() for rating, counts in result.by_rating.items()}
    tones = [getattr(result.tones, part.name).tolist() for part in fields(result.tones)]
    return result.features, by_rating, tones, result.contradictions


def test_a_batch_is_counted_as_it_was_asked_for() -> None:
    cells = comments(TEXTS[:4], ["2026-01-02"] * 4)
    cells.segments["channel"] = ["shop", "shop", "web", "web"]
    job = BatchJob(OPTIONS, Counting(by=("channel",), period="month", quotes=1), SummaryReducer())
    summary = job(Batch(cells, 4)).summary
    assert {name: part.comments for name, part in summary.segments["channel"].items()} == {"shop": 2, "web": 2}
    assert list(summary.timeline) == ["2026-01"]
    assert summary.total.kept == 1


@pytest.mark.parametrize(
    "options", [ClassifierOptions(), ClassifierOptions(vader=True), OPTIONS], ids=["built-in", "vader", "own themes"]
)
def test_hashes_of_the_rules_are_had_without_a_classifier(options: ClassifierOptions) -> None:
    assert rule_hashes(options) == Classifier(options).hashes
