from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from render.made import RECORDS, Cell, Record, said, summary_of

from cxscan.model import Scale, State
from cxscan.summary import Counts, Share, Summary
from cxscan.summary.saved import from_json
from cxscan.summary.stored import from_text, to_text, view, without_words


@given(RECORDS)
def test_what_is_kept_comes_back(records: list[Record]) -> None:
    bare = without_words(summary_of(records))
    assert from_text(to_text(bare)) == bare
    assert to_text(from_text(to_text(bare))) == to_text(bare)


@given(RECORDS, RECORDS)
def test_what_is_kept_adds_up(first: list[Record], second: list[Record]) -> None:
    one, two = summary_of(first, by=(), source="a.csv"), summary_of(second, by=(), source="b.csv")
    assert without_words(one) + without_words(two) == without_words(one + two)


@given(RECORDS)
def test_no_words_of_customers_are_kept(records: list[Record]) -> None:
    kept = to_text(without_words(summary_of(records, source="/home/ann/exports/made.csv")))
    assert "/home/ann" not in kept
    assert not any(cell.text in kept for record in records for cell in record.cells if len(cell.text) > 3)


def test_a_segment_of_fewer_than_five_comments_is_not_kept() -> None:
    rare = replace(said(), channel="ann@example.org")
    kept = without_words(summary_of([rare] * 4 + [said()] * 5))
    assert list(kept.segments["channel"]) == ["web"]
    assert kept.total.comments == 9


@given(RECORDS)
def test_a_saved_summary_says_what_it_said(records: list[Record]) -> None:
    whole = summary_of(records, quotes=0).as_json()
    read = from_json(json.loads(json.dumps(whole)))
    assert read.as_json() == whole
    back = without_words(read).as_json()
    kept = without_words(summary_of(records, quotes=0)).as_json()
    assert words(back) == words(kept)
    assert figures(back) == pytest.approx(figures(kept), abs=0.001)


def test_contradictions_of_a_saved_summary_are_of_as_many_as_can_be() -> None:
    silent = Record((Cell("n/a", State.UNSCORED),), 5_000)
    for records, of in (([said(rating=5_000)] * 2 + [silent], 2), ([said()] * 4 + [said(rating=5_000), silent], 2)):
        rating = from_json(summary_of(records).as_json()).total.rating
        assert rating is not None
        assert rating.contradictions == Share(0, of)


@given(RECORDS)
def test_counts_of_a_saved_summary_are_exact(records: list[Record]) -> None:
    summary = without_words(summary_of(records))
    back = without_words(from_json(summary.as_json()))
    assert without_score(back.total) == without_score(summary.total)


def test_ratings_of_a_saved_summary_keep_their_figures() -> None:
    scale = Scale("recommend", 0, 10_000)
    records = [
        said(score=100 * n, rating=1_000 * (n % 11), price="negative" if n % 3 else "positive") for n in range(97)
    ]
    whole = summary_of(records, scale=scale, quotes=0).as_json()
    assert from_json(whole).as_json() == whole


@given(RECORDS)
def test_the_same_figures_have_the_same_hash(records: list[Record]) -> None:
    summary = without_words(summary_of(records))
    assert view(summary) == view(from_text(to_text(summary)))


def without_score(counts: Counts) -> Counts:
    return replace(counts, score=0, ratings={})


def figures(value: object) -> list[float]:
    """Every ratio, in its order; of no contradictions the JSON does not say what they are a share of."""
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        share = value.get("contradictions")
        unknown = {"contradictions"} if isinstance(share, dict) and share["n"] == 0 else set()
        return [figure for key, one in value.items() if key not in unknown for figure in figures(one)]
    inner = value if isinstance(value, list) else ()
    return [figure for one in inner for figure in figures(one)]


def words(value: object) -> object:
    """Everything but the ratios."""
    if isinstance(value, float):
        return "a ratio"
    if isinstance(value, dict):
        return {key: words(inner) for key, inner in value.items()}
    return [words(inner) for inner in value] if isinstance(value, list) else value


def test_the_summary_of_nothing_can_be_kept() -> None:
    nothing = Summary.empty((), summary_of([]).rules)
    assert from_text(to_text(without_words(nothing))).total.comments == 0
