"""Labelled comments → weights of the sentiment, with accuracy and F1 before and, cross-validated, after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.clean import clean_texts
from cxscan.errors import InputError
from cxscan.learn.labels import count_by_sentiment
from cxscan.learn.metrics import FOLDS, accuracy, macro_f1, stratified_folds
from cxscan.learn.sentiment.sentiment_fit import fit_sentiment, linear_model, model_weights
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.learning_results import BeforeAfter, SentimentTraining
from cxscan.rules.weights import weights_as_bytes
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cxscan.learn.sentiment.sentiment_fit import LinearModel
    from cxscan.learn.sentiment.term_counts import TermCounts
    from cxscan.rules.weights import Weights

    Ints = NDArray[np.int64]

MIN_LABELS = 20
"""Labelled comments that the sentiment is fitted to; fewer say nothing."""
REPEATS = 4
"""Rounds of folds, which even out the chance of a draw."""
ONE_ROUND_ABOVE = 500
"""Labelled comments above which one round is enough."""


@dataclass(frozen=True, slots=True)
class TrainedSentiment:
    """Fitted weights, with accuracy and macro-F1 before and, cross-validated, after the fit."""

    weights: Weights
    labels: dict[str, int]
    """Comments learned from, by sentiment."""
    accuracy_before: float
    accuracy_after: float
    macro_f1_before: float
    macro_f1_after: float

    @property
    def content(self) -> bytes:
        """The weights as a file of their own."""
        return weights_as_bytes(self.weights.kind, self.weights.arrays, self.weights.facts)

    @property
    def no_worse(self) -> bool:
        """Accuracy on comments left out is at least what it was."""
        return self.accuracy_after >= self.accuracy_before

    @property
    def report(self) -> SentimentTraining:
        """The metrics without the weights."""
        accuracy = BeforeAfter(self.accuracy_before, self.accuracy_after)
        return SentimentTraining(self.labels, accuracy, BeforeAfter(self.macro_f1_before, self.macro_f1_after))


def train_sentiment(start: Weights, texts: Sequence[str], y_true: Ints) -> TrainedSentiment:
    """Fit weights to the labels (-1, 0, 1) of texts. Raise InputError for too few labels, or none but one kind."""
    labels = count_by_sentiment(y_true.tolist())
    if len(y_true) < MIN_LABELS:
        raise InputError(
            f"{len(y_true)} labelled comments are too few to learn from; label at least {MIN_LABELS}, better 50"
        )
    if max(labels.values()) == len(y_true):
        raise InputError(
            "all labels are the same, so there is nothing to tell apart; label comments of other kinds too"
        )
    counts, model = TermCounter(start).count(Tokenizer().tokenize(clean_texts(texts).texts)), linear_model(start)
    before, after = model.predict(counts), list(_cross_validated(model, counts, y_true))
    return TrainedSentiment(
        model_weights(fit_sentiment(model, counts, y_true), start, labels),
        labels,
        accuracy(y_true, before),
        float(np.mean([accuracy(y_true, y_pred) for y_pred in after])),
        macro_f1(y_true, before),
        float(np.mean([macro_f1(y_true, y_pred) for y_pred in after])),
    )


def _cross_validated(model: LinearModel, counts: TermCounts, y_true: Ints) -> Iterator[Ints]:
    """Predict each text by a model fitted without its fold, in several rounds of folds."""
    for seed in range(REPEATS if len(y_true) <= ONE_ROUND_ABOVE else 1):
        fold = stratified_folds(y_true, seed)
        y_pred = np.zeros_like(y_true)
        for number in range(FOLDS):
            held_out, kept = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
            fitted = fit_sentiment(model, counts.select(kept), y_true[kept])
            y_pred[held_out] = fitted.predict(counts.select(held_out))
        yield y_pred
