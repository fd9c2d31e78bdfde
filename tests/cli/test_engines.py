"""Engines are entries in a registry: what one of them does, any other can do."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from insight.hearing import KNOWN_THEMES

from cxscan.engines import ENGINES


def backwards(
    make: Callable[[], Callable[[object], object]],
    items: Iterable[object],
    *,
    workers: int | None,
    weigh: Callable[[object], int],
) -> Iterator[object]:
    """An engine of two items at a time, the later one first, each by a worker of its own that shares nothing."""
    waiting = iter(items)
    while window := list(islice(waiting, 2)):
        done = []
        for item in reversed(window):
            work = pickle.loads(pickle.dumps(make))()
            done.append(pickle.dumps(work(pickle.loads(pickle.dumps(item)))))
        yield from map(pickle.loads, reversed(done))


@pytest.mark.parametrize(
    "words",
    [
        "scan {folder} --comments {out} --format json",
        "check {folder} --fail-if themes.*.negative.share>1% --failures {out}",
        "compare {folder}/app_reviews.csv {folder}/shop_reviews.jsonl",
        "drivers {folder}/app_reviews.csv",
        "discover {folder}",
        "quotes {folder} --polarity negative",
        "themes test --themes {themes} --on {folder}",
    ],
    ids=lambda words: words.partition(" ")[0],
)
def test_another_engine_is_one_entry_and_changes_no_byte(
    cxscan, sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setitem(ENGINES, "backwards", backwards)
    outputs = []
    for engine in ENGINES:
        out = tmp_path / f"{engine}.jsonl"
        filled = words.format(folder=sample_data, out=out, themes=KNOWN_THEMES).split(" ")
        ran = cxscan(*filled, "--engine", engine)
        outputs.append((ran, out.read_bytes() if out.exists() else b""))
    assert outputs[0][0].code in {0, 1}
    assert len(outputs) > 1
    assert all(output == outputs[0] for output in outputs)


def test_an_unknown_engine_is_refused_with_those_there_are(cxscan, sample_data: Path) -> None:
    ran = cxscan("scan", sample_data, "--engine", "locl")
    assert ran.code == 2
    assert "--engine locl: not known; did you mean local?" in ran.err


def test_the_engine_is_an_option_to_see_where_there_is_a_choice(cxscan) -> None:
    there_is_a_choice = len(ENGINES) > 1
    assert ("--engine" in cxscan("scan", "--help").out) == there_is_a_choice
    assert ("engine" in cxscan("config", "show", "--format", "json").out) == there_is_a_choice
