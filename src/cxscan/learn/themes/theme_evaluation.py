"""Themes predicted beside those labelled → precision, recall and F1 of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learning_results import ClassCounts, ThemeMetrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools


def theme_metrics(names: Sequence[str], labels: Sequence[frozenset[str]], y_pred: Bools) -> ThemeMetrics:
    """Micro- and macro-F1, and by theme precision, recall and F1; `y_pred` are comments by themes, a row per label.

    Both F1 are over the themes that are labelled at least once: nobody may have looked for the others.
    """
    y_true = np.array([[name in each for name in names] for each in labels], np.bool_).reshape(len(labels), len(names))
    hits, labelled, predicted = (table.sum(axis=0).tolist() for table in (y_true & y_pred, y_true, y_pred))
    counts = [ClassCounts(*each) for each in zip(hits, labelled, predicted, strict=True)]
    asked = [each for each in counts if each.labelled]
    f1s = [each.f1 for each in asked if each.f1 is not None]
    total = ClassCounts(
        sum(each.hits for each in asked),
        sum(each.labelled for each in asked),
        sum(each.predicted for each in asked),
    )
    macro = float(np.mean(f1s)) if f1s else None
    return ThemeMetrics(len(labels), total.f1, macro, dict(zip(names, counts, strict=True)))
