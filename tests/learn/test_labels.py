from __future__ import annotations

import pytest

from cxscan.errors import InputError, UsageError
from cxscan.learn.labels import label_column, sign_of


@pytest.mark.parametrize(
    ("cell", "sign"), [("positive", 1), (" NEG ", -1), ("Neutral", 0), ("", None), ("unscored", None)]
)
def test_a_label_is_a_word(cell: str, sign: int | None) -> None:
    assert sign_of(cell, "x.csv") == sign


@pytest.mark.parametrize("cell", ["1", "0", "good", "mixed"])
def test_any_other_label_is_refused_by_its_place(cell: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv: record 3: label .* positive, neutral or negative"):
        sign_of(cell, "x.csv: record 3")


def test_the_column_is_found_by_its_header() -> None:
    assert label_column(["text", "Label", "Sentiment"], None, "x.csv") == "Sentiment"
    assert label_column(["text", "Label"], None, "x.csv") == "Label"
    assert label_column(["text", "tone"], "TONE", "x.csv") == "tone"


def test_a_column_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="--label"):
        label_column(["text"], None, "x.csv")
    with pytest.raises(UsageError, match="did you mean tone"):
        label_column(["text", "tone"], "tine", "x.csv")
