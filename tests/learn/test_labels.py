from __future__ import annotations

from pathlib import Path

import pytest

from cxscan.errors import UsageError
from cxscan.learn.labels import LabelHeaders, label_columns, read_labelled
from cxscan.read import ReadRequest, open_sources


def test_the_columns_are_found_by_their_headers() -> None:
    assert label_columns(["text", "Label", "Sentiment"], LabelHeaders(None, None), "x.csv") == ("Sentiment", None)
    assert label_columns(["text", "Label", "Themes"], LabelHeaders(None, None), "x.csv") == ("Label", "Themes")
    assert label_columns(["text", "theme"], LabelHeaders(None, None), "x.csv") == (None, "theme")
    assert label_columns(["text", "tone", "topics"], LabelHeaders("TONE", "Topics"), "x.csv") == ("tone", "topics")


def test_one_column_does_not_hold_both() -> None:
    assert label_columns(["text", "label"], LabelHeaders(None, "label"), "x.csv") == (None, "label")


def test_a_column_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="--label"):
        label_columns(["text"], LabelHeaders(None, None), "x.csv")
    with pytest.raises(UsageError, match="did you mean tone"):
        label_columns(["text", "tone"], LabelHeaders("tine", None), "x.csv")
    with pytest.raises(UsageError, match=r"--themes-label topic: no such column; did you mean topics"):
        label_columns(["text", "tone", "topics"], LabelHeaders("tone", "topic"), "x.csv")


def test_a_column_of_labels_that_is_called_exactly_so_comes_first(tmp_path: Path) -> None:
    (tmp_path / "labelled.csv").write_text("comment,Tone,tone\nit broke,positive,negative\n")
    sources = open_sources([str(tmp_path / "labelled.csv")], ReadRequest(keep_cells=True))
    assert read_labelled(sources, LabelHeaders("tone", None), ()).sentiments == [-1]
    assert read_labelled(sources, LabelHeaders("TONE", None), ()).sentiments == [1]
