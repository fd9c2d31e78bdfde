"""Maximum a posteriori fit of the sentiment's linear model: cross-entropy with a ridge towards its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.rules.model_file import KINDS, PARTS
from cxscan.rules.weights import Weights, digest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.learn.sentiment.term_counts import TermCounts

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

RIDGE = 8.0
"""Penalty on the distance of each term's weight from where it starts."""
BASE_RIDGE = 8.0
"""The same for the two intercepts, which every label bears on."""
STEPS = 200
LARGEST = np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of every term for polarity and neutrality, and the two intercepts."""

    terms: Floats
    """Terms by 2."""
    base: Floats

    def predictors(self, counts: TermCounts) -> Floats:
        """Sum up polarity and neutrality of each text, texts by 2."""
        weighted = self.terms[counts.columns] * counts.values[:, None]
        sums = [np.bincount(counts.rows, weighted[:, kind], counts.texts) for kind in (0, 1)]
        predictors: Floats = np.stack(sums, axis=1) + self.base
        return predictors

    def predict(self, counts: TermCounts) -> Ints:
        """Return the likeliest sentiment of each text: -1, 0 or 1."""
        y_pred: Ints = probabilities(self.predictors(counts)).argmax(axis=1) - 1
        return y_pred


def linear_model(weights: Weights) -> LinearModel:
    """Read the model off a file of weights."""
    unit = weights.number("unit")
    columns = [np.concatenate([weights.arrays[f"{part}_{kind}"] for part in PARTS]) for kind in KINDS]
    base = [weights.number(f"base_{kind}") for kind in KINDS]
    return LinearModel(np.stack(columns, axis=1).astype(np.float64) / unit, np.array(base))


def fit_sentiment(
    start: LinearModel, counts: TermCounts, y_true: Ints, *, ridge: float = RIDGE, base_ridge: float = BASE_RIDGE
) -> LinearModel:
    """Fit the model to labels (-1, 0, 1) under a normal prior around the weights it starts from.

    Least cross-entropy with a ridge towards the weights there are (Chelba and Acero 2004, EMNLP). A term that stands in
    no labelled text keeps its weight. Classes are weighted as they are. The same input gives the same model.
    """
    from scipy.optimize import minimize

    used, columns = np.unique(counts.columns, return_inverse=True)
    offset, one_hot = start.predictors(counts), np.eye(3)[y_true + 1]
    size = len(used)
    penalty = np.concatenate([np.full(2 * size, ridge), np.full(2, base_ridge)])

    def loss(steps: Floats) -> tuple[float, Floats]:
        terms, base = steps[: 2 * size].reshape(size, 2), steps[2 * size :]
        predictors = offset + base
        for kind in (0, 1):
            predictors[:, kind] += np.bincount(counts.rows, terms[columns, kind] * counts.values, counts.texts)
        chances = probabilities(predictors)
        residuals = chances - one_hot
        slopes = np.stack([residuals[:, 2] - residuals[:, 0], residuals[:, 1]], axis=1)
        by_place = slopes[counts.rows] * counts.values[:, None]
        by_term = np.stack([np.bincount(columns, by_place[:, kind], size) for kind in (0, 1)], axis=1)
        gradient = np.concatenate([by_term.ravel(), slopes.sum(axis=0)]) + penalty * steps
        likelihood = np.log(np.maximum((chances * one_hot).sum(axis=1), 1e-12)).sum()
        return float(0.5 * (penalty * steps * steps).sum() - likelihood), gradient

    steps = np.asarray(
        minimize(loss, np.zeros(2 * size + 2), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x, np.float64
    )
    terms = start.terms.copy()
    terms[used] += steps[: 2 * size].reshape(size, 2)
    return LinearModel(terms, start.base + steps[2 * size :])


def probabilities(predictors: Floats) -> Floats:
    """Return the softmax over negative, neutral and positive of polarity and neutrality, texts by 3."""
    logits = np.stack([-predictors[:, 0], predictors[:, 1], predictors[:, 0]], axis=1)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def model_weights(model: LinearModel, start: Weights, labels: dict[str, int]) -> Weights:
    """Round a model for a file: the start's words with the model's numbers, and the labels it was fitted to."""
    unit = start.number("unit")
    whole = np.clip(np.rint(model.terms * unit), -LARGEST, LARGEST).astype(np.int16)
    arrays = {"words": start.arrays["words"], "pairs": start.arrays["pairs"]}
    first = 0
    for part in PARTS:
        last = first + len(start.arrays[f"{part}_polarity"])
        for number, kind in enumerate(KINDS):
            arrays[f"{part}_{kind}"] = whole[first:last, number]
        first = last
    bases = {f"base_{kind}": round(float(model.base[number]), 4) for number, kind in enumerate(KINDS)}
    facts = {**start.facts, **bases, "fitted_to": labels, "fitted_from": start.sha256}
    return Weights("sentiment", facts, arrays, digest(arrays))
