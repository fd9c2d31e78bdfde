from __future__ import annotations

import pickle

import pandas as pd
import pytest

from cxscan import Analyzer
from cxscan.errors import UsageError

FRAME = pd.DataFrame(
    {
        "comment": ["Great staff, lovely food", None, "n/a", "Delivery was late and support rude", "  "],
        "branch": ["a", "b", "a", "b", "a"],
    },
    index=[10, 11, 12, 13, 14],
)


def test_the_same_rows_come_back_with_our_columns() -> None:
    scored = Analyzer().classify(FRAME)
    assert scored.index.tolist() == FRAME.index.tolist()
    assert scored["cx_sentiment"].astype(object).where(scored["cx_sentiment"].notna(), None).tolist() == [
        "positive", None, "unscored", "negative", None
    ]  # fmt: skip
    assert list(FRAME.columns) == ["comment", "branch"]


def test_parts_add_up_to_the_whole() -> None:
    analyzer = Analyzer()
    scored = analyzer.classify(FRAME)
    parts = analyzer.summarise(scored[:2], text="comment") + analyzer.summarise(scored[2:], text="comment")
    whole = analyzer.summarise(scored, text="comment")
    assert parts.total.counts == whole.total.counts
    assert whole.as_json()["comments"] == {"n": 3, "scored": 2, "unscored": 1, "rejected": 0, "empty": 2}


def test_an_analyzer_pickles_and_gives_the_same_rows() -> None:
    analyzer = Analyzer(sentiment="vader")
    analyzer.classify(FRAME)
    again = pickle.loads(pickle.dumps(analyzer))
    pd.testing.assert_frame_equal(again.classify(FRAME), analyzer.classify(FRAME))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UsageError, match="did you mean comment"):
        Analyzer().classify(FRAME, text="coment")


def test_an_empty_frame_stays_empty() -> None:
    assert Analyzer().classify(FRAME[:0])["cx_score"].tolist() == []
