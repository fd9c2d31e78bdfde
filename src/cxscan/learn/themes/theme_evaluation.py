"""Themes predicted beside those labelled → precision, recall and F1 of each, as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learn.metrics import f1_of_counts
from cxscan.summary.json_values import json_object, ratio, round6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools
    from cxscan.summary import Json

MIN_LABELS_FOR_METRICS = 30
"""Labelled comments under which a theme's metrics are rough."""


def theme_metrics(names: Sequence[str], labels: Sequence[frozenset[str]], y_pred: Bools) -> dict[str, Json]:
    """Micro- and macro-F1, and by theme precision, recall and F1; `y_pred` are comments by themes, a row per label.

    Both F1 are over the themes that are labelled at least once: nobody may have looked for the others.
    """
    y_true = np.array([[name in each for name in names] for each in labels], np.bool_).reshape(len(labels), len(names))
    hits, labelled, predicted = (table.sum(axis=0) for table in (y_true & y_pred, y_true, y_pred))
    counts = list(zip(hits.tolist(), labelled.tolist(), predicted.tolist(), strict=True))
    asked = [each for each in counts if each[1]]
    f1s = [f1 for each in asked if (f1 := f1_of_counts(*each)) is not None]
    totals = [sum(column) for column in zip(*asked, strict=True)] or [0, 0, 0]
    return json_object(
        n=len(labels),
        micro_f1=round6(f1_of_counts(*totals)),
        macro_f1=round6(float(np.mean(f1s))) if f1s else None,
        by_theme={name: _theme_metrics(*each) for name, each in zip(names, counts, strict=True)},
    )


def _theme_metrics(hits: int, labelled: int, predicted: int) -> dict[str, Json]:
    return json_object(
        n=labelled,
        said=predicted,
        right=hits,
        precision=round6(ratio(hits, predicted)),
        recall=round6(ratio(hits, labelled)),
        f1=round6(f1_of_counts(hits, labelled, predicted)),
        few=labelled < MIN_LABELS_FOR_METRICS,
    )
