from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import RECORDS, RULES, THEMES, said, summary_of

from cxscan.errors import UsageError
from cxscan.model import Lens, Theme
from cxscan.summary import Counts, Input, Quote, RuleHashes, Share, Summary, rating_number, top_quotes
from cxscan.summary.saved import from_json


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_those_of_newcombe_1998(n: int, of: int, low: float, high: float) -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    assert Share(n, of).interval == pytest.approx((low, high), abs=0.00005)


def test_a_share_of_nothing_is_null() -> None:
    assert Share(0, 0).as_json() is None


def test_a_share_of_all_ends_at_one() -> None:
    assert Share(7, 7).as_json() == {"n": 7, "share": 1.0, "low": 0.64567, "high": 1.0}


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_the_interval_holds_the_share(n: int, more: int) -> None:
    share = Share(n, n + more)
    low, high = share.interval or (1.0, 0.0)
    assert 0 <= low <= (share.share or 0) <= high <= 1


@given(RECORDS)
def test_the_empty_summary_changes_nothing(records: list) -> None:
    summary, empty = summary_of(records), Summary.empty(THEMES, RULES)
    assert (summary + empty) == summary == (empty + summary)


@given(RECORDS, RECORDS, RECORDS)
def test_adding_is_associative(first: list, second: list, third: list) -> None:
    a, b, c = (summary_of(records, source=name) for records, name in zip((first, second, third), "abc", strict=True))
    assert (a + b) + c == a + (b + c)


@given(RECORDS, RECORDS)
def test_the_order_of_adding_does_not_matter(first: list, second: list) -> None:
    a, b = summary_of(first, source="a.csv"), summary_of(second, source="b.csv")
    assert (a + b).as_json() == (b + a).as_json()


@given(RECORDS, RECORDS)
def test_adding_changes_neither_part(first: list, second: list) -> None:
    a, b = summary_of(first), summary_of(second, start=100)
    before = (a.as_json(), b.as_json())
    _ = a + b
    assert (a.as_json(), b.as_json()) == before


@pytest.mark.parametrize(
    "other",
    [
        Summary.empty((Theme("other", Lens.PRODUCT),), RULES),
        Summary.empty(THEMES, RuleHashes("9" * 64, "1" * 64)),
        Summary.empty(THEMES, RULES, quotes=5),
    ],
)
def test_summaries_made_differently_do_not_add(other: Summary) -> None:
    with pytest.raises(UsageError, match="do not add"):
        _ = Summary.empty(THEMES, RULES) + other


def test_inputs_of_one_path_add_up() -> None:
    whole = summary_of([said()]) + summary_of([said(), said()], start=2, rejects=1)
    assert dict(whole.inputs) == {"made.csv": Input(records=4, comments=3, rejected=1)}


def test_the_summary_of_nothing_has_nulls() -> None:
    view = Summary.empty(THEMES, RULES).as_json()
    assert view["sentiment"] == dict.fromkeys(("positive", "neutral", "negative", "mixed", "net", "mean"))
    assert view["rating"] is None
    nothing = ("share", "low", "high", "positive", "neutral", "negative", "mixed", "net", "impact")
    assert view["themes"]["price"] == {"lens": "product", "n": 0, **dict.fromkeys(nothing), "quotes": []}


def test_an_index_is_null_where_the_taxonomy_lacks_its_theme() -> None:
    indices = Summary((Theme("price", Lens.PRODUCT),), RULES, total=Counts(scored=10)).as_json()["indices"]
    expected = {
        "commoditisation": None,
        "delight": None,
        "coverage": Share(10, 10).as_json(),
        "word_of_mouth": {"positive": None, "negative": None, "net": None},
    }
    assert {name: indices[name] for name in expected} == expected


def quote(points: int, text: str, record: int = 1) -> Quote:
    return Quote(points, "a.csv", record, "text", text, "neutral")


def test_a_text_is_quoted_once_and_from_its_first_record() -> None:
    assert top_quotes([quote(5, "same", 9), quote(5, "same", 2), quote(1, "other")], 3) == (
        quote(5, "same", 2),
        quote(1, "other"),
    )


QUOTES = st.lists(st.builds(quote, st.integers(0, 3), st.sampled_from("abcde"), st.integers(1, 9)))


@given(QUOTES, QUOTES, st.integers(0, 4))
def test_the_most_telling_of_parts_are_the_most_telling_of_all(left: list, right: list, kept: int) -> None:
    assert top_quotes((*top_quotes(left, kept), *top_quotes(right, kept)), kept) == top_quotes(left + right, kept)


def test_the_polarities_of_a_theme_take_turns_by_their_mentions() -> None:
    good = [said(f"Number {n} is really good and I like it", 5_000 + n, price="positive") for n in range(8)]
    bad = [said(f"Number {n} is really bad and I hate it", -9_000 - n, price="negative") for n in range(4)]
    told = summary_of(good + bad).total.theme_quotes("price")
    assert [quote.sentiment for quote in told] == ["positive", "negative", "positive"]


def test_fewer_quotes_of_one_polarity_leave_room_for_the_other() -> None:
    records = [said("The same good words each time", 5_000, price="positive")] * 9 + [
        said(f"Number {n} is really bad", -5_000, price="negative") for n in range(2)
    ]
    told = summary_of(records).total.theme_quotes("price")
    assert [quote.sentiment for quote in told] == ["positive", "negative", "negative"]


def test_the_keys_are_the_contracts_in_its_order() -> None:
    keys = [
        "format", "version", "cxscan", "rules", "inputs", "comments", "sentiment", "lens", "themes", "intents",
        "indices", "rating", "segments", "timeline",
    ]  # fmt: skip
    found = summary_of([said(rating=4_000, price="positive")])
    assert list(found.as_json()) == [*keys, "undated"]
    assert list(replace(found, undated=None).as_json()) == keys


def test_whole_ratings_are_shown_as_whole_numbers() -> None:
    assert [repr(rating_number(units)) for units in (4_000, 4_500, 0, -1_000)] == ["4", "4.5", "0", "-1"]


@given(RECORDS)
def test_the_reasons_of_unscored_comments_come_back_from_a_saved_summary(records: list) -> None:
    summary = summary_of(records)
    assert from_json(summary.as_json()).total.reasons == summary.total.reasons
