from __future__ import annotations

import pytest

from cxscan.errors import InputError, UsageError
from cxscan.learn.labels import label_columns, sign_of


@pytest.mark.parametrize(
    ("cell", "sign"), [("positive", 1), (" NEG ", -1), ("Neutral", 0), ("", None), ("unscored", None)]
)
def test_a_label_is_a_word(cell: str, sign: int | None) -> None:
    assert sign_of(cell, "x.csv") == sign


@pytest.mark.parametrize("cell", ["1", "0", "good", "mixed"])
def test_any_other_label_is_refused_by_its_place(cell: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv: record 3: label .* positive, neutral or negative"):
        sign_of(cell, "x.csv: record 3")


def test_the_columns_are_found_by_their_headers() -> None:
    assert label_columns(["text", "Label", "Sentiment"], None, None, "x.csv") == ("Sentiment", None)
    assert label_columns(["text", "Label", "Themes"], None, None, "x.csv") == ("Label", "Themes")
    assert label_columns(["text", "theme"], None, None, "x.csv") == (None, "theme")
    assert label_columns(["text", "tone", "topics"], "TONE", "Topics", "x.csv") == ("tone", "topics")


def test_one_column_does_not_hold_both() -> None:
    assert label_columns(["text", "label"], None, "label", "x.csv") == (None, "label")


def test_a_column_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="--label"):
        label_columns(["text"], None, None, "x.csv")
    with pytest.raises(UsageError, match="did you mean tone"):
        label_columns(["text", "tone"], "tine", None, "x.csv")
    with pytest.raises(UsageError, match=r"--themes-label topic: no such column; did you mean topics"):
        label_columns(["text", "tone", "topics"], "tone", "topic", "x.csv")
