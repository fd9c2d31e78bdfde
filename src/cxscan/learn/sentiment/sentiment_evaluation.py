"""Labels, and what was said of the comments → how good that was, as the published evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learn.labels import SENTIMENTS, by_class
from cxscan.learn.metrics import calibration, calibration_error, confusion, macro_f1, polar_share
from cxscan.learn.sentiment.corrected_shares import corrected
from cxscan.model import SCORE_UNIT
from cxscan.summary import Share
from cxscan.summary.json_values import json_object, round6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cxscan.model import Ids
    from cxscan.summary import Json

    Ints = NDArray[np.int64]


def figures(signs: Ints, said: Ints, scores: Ids) -> dict[str, Json]:
    """Accuracy, macro-F1, figures of each sentiment, who is taken for whom, calibration; of one comment or more.

    `signs` and `said` are -1, 0 or 1, `scores` in score units.
    """
    table, bins = confusion(signs, said), calibration(signs, scores.astype(np.int64))
    return json_object(
        accuracy=Share(int((signs == said).sum()), len(signs)).as_json(),
        macro_f1=round6(macro_f1(signs, said)),
        polar=round6(polar_share(signs, scores.astype(np.int64))),
        labels=dict(by_class(signs.tolist())),
        classes={name: _class_figures(table, number) for number, name in enumerate(SENTIMENTS)},
        confusion={name: dict(zip(SENTIMENTS, row, strict=True)) for name, row in zip(SENTIMENTS, table, strict=True)},
        calibration=json_object(
            error=round6(calibration_error(bins)),
            bins=[
                json_object(
                    low=round6(one.low),
                    high=round6(one.high),
                    n=one.n,
                    score=round6(one.score),
                    label=round6(one.label),
                )
                for one in bins
            ],
        ),
    )


def nothing() -> dict[str, Json]:
    """The members of an evaluation in which no sentiment is labelled."""
    names = ("accuracy", "macro_f1", "polar", "labels", "classes", "confusion", "calibration")
    return {**dict.fromkeys(names), "mistakes": [], "shares": None}


def _class_figures(table: Sequence[Sequence[int]], number: int) -> Json:
    hit, labelled, said = table[number][number], sum(table[number]), sum(row[number] for row in table)
    return json_object(
        precision=round6(hit / said) if said else None,
        recall=round6(hit / labelled) if labelled else None,
        f1=round6(2 * hit / (labelled + said)) if labelled + said else None,
    )


def worst(signs: Ints, said: Ints, scores: Ids, most: int) -> list[int]:
    """Positions of the mistakes whose score is farthest from the label, the farthest first."""
    wrong = np.flatnonzero(signs != said)
    distance = np.abs(scores[wrong] / SCORE_UNIT - signs[wrong])
    return [int(place) for place in wrong[np.argsort(-distance, kind="stable")][:most]]


def speaking(evidence: Json, toward: float, most: int = 3) -> list[Json]:
    """The words of a comment's evidence that moved its sentiment most towards a side (above 0: the positive one)."""
    pieces = evidence if isinstance(evidence, list) else []
    moved = [
        (float(str(one["weight"])), str(one["words"]))
        for one in pieces
        if isinstance(one, dict) and one["label"] == "sentiment"
    ]
    chosen = sorted((piece for piece in moved if piece[0] * toward > 0), key=lambda piece: -abs(piece[0]))[:most]
    return [json_object(words=words, weight=weight) for weight, words in chosen]


def shares(signs: Ints, said: Ints, dump: Sequence[int]) -> dict[str, Json]:
    """Shares of a dump as they are said and as they are corrected; `dump` counts what was said, by `SENTIMENTS`."""
    found = corrected(signs, said, dump)
    told: dict[str, Json] = {
        name: json_object(raw=round6(one.raw), share=round6(one.share), low=round6(one.low), high=round6(one.high))
        for name, one in zip(SENTIMENTS, found, strict=True)
    }
    return json_object(n=sum(dump), sample=len(signs), **told)
