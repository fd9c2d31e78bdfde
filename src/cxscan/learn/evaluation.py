"""Labelled comments as classified → metrics, mistakes and corrected shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import InputError
from cxscan.learn.labels import CLASS_NAMES
from cxscan.learn.sentiment.sentiment_evaluation import (
    corrected_by_sentiment,
    misleading_words,
    sentiment_metrics,
    worst_mistakes,
)
from cxscan.learn.themes.theme_evaluation import theme_metrics
from cxscan.learning_results import Evaluation, Mistake
from cxscan.model import SCORE_UNIT, State
from cxscan.runs.classifier import single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.labels import LabelledComments
    from cxscan.model import Labels
    from cxscan.runs.classifier import Classifier


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
) -> Evaluation:
    """Compare the `labels` that the classifier gave with those of the comments; list so many of the worst mistakes.

    `dump` counts the sentiments predicted in another file, in the order of `CLASS_NAMES`, whose shares are corrected;
    None: those of the unlabelled comments are.
    """
    scored = labels.states == State.SCORED
    known, read = labelled.with_sentiment(scored), labelled.with_themes(scored)
    names = [theme.name for theme in classifier.themes]
    themes = theme_metrics(names, labelled.themes_at(read), labels.themes[read] != 0) if read else None
    y_true, y_pred = labelled.sentiments_at(known), labels.sentiments[known].astype(np.int64)
    scores = labels.scores[known]
    predicted = _unlabelled(labelled, labels) if dump is None else dump
    return Evaluation(
        model=classifier.hashes.model,
        comments=len(labelled.texts),
        labelled=sum(label is not None for label in labelled.sentiments),
        measured=len(known),
        sentiment=sentiment_metrics(y_true, y_pred, scores) if known else None,
        mistakes=[
            _mistake(classifier, labelled, labels, known[at]) for at in worst_mistakes(y_true, y_pred, scores, mistakes)
        ],
        shares=corrected_by_sentiment(y_true, y_pred, predicted) if known and sum(predicted) else None,
        themes=themes,
    )


def _unlabelled(labelled: LabelledComments, labels: Labels) -> list[int]:
    """Count the sentiments predicted of all comments where some have no label; zeros where all have."""
    if None not in labelled.sentiments:
        return [0, 0, 0]
    scored = labels.states == State.SCORED
    return [int((labels.sentiments[scored] == number).sum()) for number in (-1, 0, 1)]


def _mistake(classifier: Classifier, labelled: LabelledComments, labels: Labels, at: int) -> Mistake:
    """Return a mistake with the words that misled."""
    (source, record), text, label = labelled.places[at], labelled.texts[at], labelled.sentiments[at] or 0
    (explained,) = classifier.explained(single(text))
    error = float(labels.scores[at] - SCORE_UNIT * label)
    return Mistake(
        source=source,
        record=record,
        text=text,
        label=CLASS_NAMES[label + 1],
        predicted=CLASS_NAMES[int(labels.sentiments[at]) + 1],
        score=explained.score,
        words=misleading_words(explained.evidence or (), error),
    )
