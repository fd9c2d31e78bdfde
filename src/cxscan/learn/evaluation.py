"""Labelled comments as classified → the evaluation that `cxscan evaluate` publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import InputError
from cxscan.learn.labels import CLASS_NAMES
from cxscan.learn.sentiment.sentiment_evaluation import (
    misleading_words,
    no_sentiment_metrics,
    sentiment_metrics,
    shares_as_json,
    worst_mistakes,
)
from cxscan.learn.themes.theme_evaluation import theme_metrics
from cxscan.model import SCORE_UNIT, State
from cxscan.runs.classifier import single
from cxscan.summary.json_values import json_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.labels import LabelledComments
    from cxscan.model import Labels
    from cxscan.runs.classifier import Classifier
    from cxscan.summary import Json


def refuse_unlabelled(labelled: LabelledComments, labels: Labels) -> None:
    """Raise InputError when no comment that was scored has a label, so that there is nothing to measure."""
    scored = labels.states == State.SCORED
    if not labelled.with_sentiment(scored) and not labelled.with_themes(scored):
        raise InputError(
            "no labelled comment that is scored: there is nothing to measure; look with --label COLUMN, or "
            "--themes-label COLUMN"
        )


def evaluation(
    classifier: Classifier, labelled: LabelledComments, labels: Labels, dump: Sequence[int] | None, mistakes: int
) -> dict[str, Json]:
    """Compare the `labels` that the classifier gave with those of the comments; list so many of the worst mistakes.

    `dump` counts the sentiments predicted in another file, in the order of `CLASS_NAMES`, whose shares are corrected;
    None: those of the unlabelled comments are.
    """
    scored = labels.states == State.SCORED
    known, read = labelled.with_sentiment(scored), labelled.with_themes(scored)
    names = [theme.name for theme in classifier.themes]
    labelled_at_all = sum(label is not None for label in labelled.sentiments)
    return json_object(
        model=classifier.hashes.model,
        comments=json_object(
            n=len(labelled.texts),
            labelled=labelled_at_all,
            measured=len(known),
            unscored=labelled_at_all - len(known),
        ),
        **_sentiment(classifier, labelled, labels, dump, mistakes) if known else no_sentiment_metrics(),
        themes=theme_metrics(names, labelled.themes_at(read), labels.themes[read] != 0) if read else None,
    )


def _sentiment(
    classifier: Classifier, labelled: LabelledComments, labels: Labels, dump: Sequence[int] | None, most: int
) -> dict[str, Json]:
    """Metrics of the sentiment, worst mistakes and corrected shares."""
    scored = labels.states == State.SCORED
    known = labelled.with_sentiment(scored)
    y_true, y_pred = labelled.sentiments_at(known), labels.sentiments[known].astype(np.int64)
    if dump is None:
        unlabelled = None in labelled.sentiments
        dump = [int((labels.sentiments[scored] == number).sum()) if unlabelled else 0 for number in (-1, 0, 1)]
    worst = worst_mistakes(y_true, y_pred, labels.scores[known], most)
    return sentiment_metrics(y_true, y_pred, labels.scores[known]) | {
        "mistakes": [_mistake(classifier, labelled, labels, known[at]) for at in worst],
        "shares": shares_as_json(y_true, y_pred, dump) if sum(dump) else None,
    }


def _mistake(classifier: Classifier, labelled: LabelledComments, labels: Labels, at: int) -> Json:
    """A mistake with the words that misled."""
    (source, record), text, label = labelled.places[at], labelled.texts[at], labelled.sentiments[at] or 0
    (explained,) = classifier.explained(single(text))
    error = float(labels.scores[at] - SCORE_UNIT * label)
    return json_object(
        source=source,
        record=record,
        text=text,
        label=CLASS_NAMES[label + 1],
        said=CLASS_NAMES[int(labels.sentiments[at]) + 1],
        score=explained.score,
        words=misleading_words(explained.evidence or (), error),
    )
