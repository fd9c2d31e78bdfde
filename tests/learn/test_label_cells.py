from __future__ import annotations

import pytest

from cxscan.errors import InputError
from cxscan.learn.label_cells import sentiment_label, theme_labels

KNOWN = ("price", "delivery", "late-parcels")


@pytest.mark.parametrize(
    ("cell", "themes"),
    [
        ("price; delivery", {"price", "delivery"}),
        ("Price,delivery|late-parcels", {"price", "delivery", "late-parcels"}),
        ('["price", "delivery"]', {"price", "delivery"}),
        ("price:negative; delivery:mixed", {"price", "delivery"}),
        ("price;;", {"price"}),
        ("", set()),
        ("none", set()),
        (" - ", set()),
        ("[]", set()),
    ],
)
def test_a_cell_lists_themes(cell: str, themes: set[str]) -> None:
    assert theme_labels(cell, KNOWN, "x.csv: record 3") == themes


def test_a_theme_may_be_called_none() -> None:
    assert theme_labels("none", ("none",), "x.csv") == {"none"}


@pytest.mark.parametrize("cell", ["price; delivry", '["delivry"]', "delivry:negative"])
def test_a_theme_that_is_none_is_named_with_its_record_and_the_nearest(cell: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv: record 3: label 'delivry' is no theme .* did you mean delivery"):
        theme_labels(cell, KNOWN, "x.csv: record 3")


@pytest.mark.parametrize("cell", ['["price"', "[1]", '[{"price": 1}]', "[" * 100_000])
def test_a_list_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv: record 3: .* no list of themes"):
        theme_labels(cell, KNOWN, "x.csv: record 3")


def test_an_error_is_one_short_line() -> None:
    with pytest.raises(InputError) as raised:
        theme_labels("x\n" * 1_000, KNOWN, "x.csv: record 3")
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    ("cell", "sentiment"), [("positive", 1), (" NEG ", -1), ("Neutral", 0), ("", None), ("unscored", None)]
)
def test_a_label_is_a_word(cell: str, sentiment: int | None) -> None:
    assert sentiment_label(cell, "x.csv") == sentiment


@pytest.mark.parametrize("cell", ["1", "0", "good", "mixed"])
def test_any_other_label_is_refused_by_its_place(cell: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv: record 3: label .* positive, neutral or negative"):
        sentiment_label(cell, "x.csv: record 3")
