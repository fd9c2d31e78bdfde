"""Maximum a posteriori fit of a theme's weights to labels: noisy-or over sentences, with a ridge towards the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.scores import SATURATED
from cxscan.learn.themes.noisy_or_loss import LEAST, noisy_or_loss

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from cxscan.learn.themes.training_matrix import TrainingMatrix
    from cxscan.model import Bools

    Floats = NDArray[np.float64]

STEPS = 100
SATURATED_LOGIT = SATURATED / UNIT
"""Logits beyond this are as sure as any."""


class Ridge(NamedTuple):
    """Penalties on the distance of weights from where they start."""

    terms: float
    intercept: float
    transfer: float = 0.0
    """Of the transfer weights of the shipped labels."""


NEW_RIDGE = Ridge(terms=1.0, intercept=0.0, transfer=30.0)
"""For a theme that starts from nothing. Common words are penalised more, and it may borrow from the shipped labels."""
ADAPTED_RIDGE = Ridge(terms=8.0, intercept=1.0)
"""For a theme that starts from the weights that come with cxscan."""


class FittedWeights(NamedTuple):
    """The weights of one theme."""

    transfer: Floats
    """Share of the log-odds of each shipped label that it takes over."""
    intercept: float
    terms: Floats
    """Weight of each term, in the matrix's scale."""

    def log_odds(self, matrix: TrainingMatrix) -> Floats:
        """Log-odds of each comment: that one of its sentences has the theme."""
        logits = (matrix.shipped_logits * self.transfer).sum(axis=1) + self.intercept + matrix.counts @ self.terms
        bounded = np.clip(logits, -SATURATED_LOGIT, SATURATED_LOGIT)
        sums = np.add.reduceat(np.logaddexp(0, bounded), _first_sentences(matrix))
        return np.clip(np.log(np.maximum(np.expm1(sums), LEAST)), -SATURATED_LOGIT, SATURATED_LOGIT)


def adapt(matrix: TrainingMatrix, y_true: Bools, label: int) -> FittedWeights:
    """Adapt the shipped weights of a built-in theme, those of the column `label`, as far as labels bear it out."""
    used = np.flatnonzero(np.diff(matrix.counts.tocsc().indptr))
    transfer = (np.arange(matrix.shipped_logits.shape[1]) == label).astype(np.float64)
    penalty = np.full(len(used), ADAPTED_RIDGE.terms)
    offset = matrix.shipped_logits[:, label]
    weights = _fitted(matrix, y_true, matrix.counts[:, used], offset, penalty, ADAPTED_RIDGE)
    return FittedWeights(transfer, weights[-1], _spread(weights[:-1], used, matrix.counts.shape[1]))


def fit_new(matrix: TrainingMatrix, y_true: Bools) -> FittedWeights:
    """Fit a theme that starts from nothing: weights of words and pairs, and of the log-odds of the shipped labels."""
    from scipy.sparse import csr_matrix, hstack

    present = np.flatnonzero(np.diff(matrix.counts.tocsc().indptr))
    used = present[present < matrix.terms.before_phrases]
    idf = matrix.idf[used]
    columns = hstack([matrix.counts[:, used].multiply(idf), csr_matrix(matrix.shipped_logits)], format="csr")
    labels = matrix.shipped_logits.shape[1]
    penalty = np.concatenate([np.full(len(used), NEW_RIDGE.terms), np.full(labels, NEW_RIDGE.transfer)])
    start = float(np.log(y_true.mean() / (1 - y_true.mean())) - np.log(len(matrix.comments) / len(y_true)))
    weights = _fitted(matrix, y_true, columns, np.full(len(matrix.comments), start), penalty, NEW_RIDGE)
    terms = _spread(weights[: len(used)] * idf, used, matrix.counts.shape[1])
    return FittedWeights(weights[len(used) : -1], start + weights[-1], terms)


def _fitted(
    matrix: TrainingMatrix, y_true: Bools, columns: csr_matrix, offset: Floats, penalty: Floats, ridge: Ridge
) -> Floats:
    """Fit the weights of the columns, and the intercept last, to the labels under a normal prior around 0.

    `columns` has a row for each sentence, as has `offset`, their log-odds to start from; a comment has the theme if one
    of its sentences has it. Some comments have it, some have not. The same input gives the same weights.
    """
    from scipy.optimize import minimize

    transposed, goals, first = columns.T.tocsr(), y_true.astype(np.float64), _first_sentences(matrix)
    penalties = np.append(penalty, ridge.intercept)

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = offset + columns @ weights[:-1] + weights[-1]
        losses, of_comments = noisy_or_loss(logits, goals, first)
        slopes = of_comments[matrix.comments] * np.exp(-np.logaddexp(0, -logits))
        total = float(losses.sum() + 0.5 * (penalties * weights * weights).sum())
        return total, np.append(transposed @ slopes, slopes.sum()) + penalties * weights

    options = {"maxiter": STEPS}
    weights: Floats = minimize(loss, np.zeros(len(penalties)), jac=True, method="L-BFGS-B", options=options).x
    return weights


def _spread(weights: Floats, columns: NDArray[np.intp], width: int) -> Floats:
    """Put weights into their columns, zeros elsewhere."""
    spread = np.zeros(width)
    spread[columns] = weights
    return spread


def _first_sentences(matrix: TrainingMatrix) -> NDArray[np.intp]:
    return np.flatnonzero(np.diff(matrix.comments, prepend=-1))
