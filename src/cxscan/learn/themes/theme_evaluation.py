"""Themes that were labelled beside those that were said → how right each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.summary.json_values import json_object, ratio, round6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools
    from cxscan.summary import Json

FEW = 30
"""Labelled comments under which a theme's figures are rough."""


def theme_figures(names: Sequence[str], labels: Sequence[frozenset[str]], said: Bools) -> dict[str, Json]:
    """Micro- and macro-F1, and by theme precision, recall and F1; `said` are comments by themes, one row per label.

    Both F1 are over the themes that are labelled at least once: nobody may have looked for the others.
    """
    has = np.array([[name in each for name in names] for each in labels], np.bool_).reshape(len(labels), len(names))
    right, labelled, given = (table.sum(axis=0) for table in (has & said, has, said))
    themes = {name: _figures(int(right[at]), int(labelled[at]), int(given[at])) for at, name in enumerate(names)}
    known = labelled > 0
    f1s = [2 * int(right[at]) / int(labelled[at] + given[at]) for at in np.flatnonzero(known).tolist()]
    return json_object(
        n=len(labels),
        micro_f1=round6(_f1(int(right[known].sum()), int(labelled[known].sum()), int(given[known].sum()))),
        macro_f1=round6(float(np.mean(f1s))) if f1s else None,
        by_theme=dict(themes),
    )


def _figures(right: int, labelled: int, said: int) -> dict[str, Json]:
    return json_object(
        n=labelled,
        said=said,
        right=right,
        precision=round6(ratio(right, said)),
        recall=round6(ratio(right, labelled)),
        f1=round6(_f1(right, labelled, said)),
        few=labelled < FEW,
    )


def _f1(right: int, labelled: int, said: int) -> float | None:
    return ratio(2 * right, labelled + said)
