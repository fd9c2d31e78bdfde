"""A theme's labels → its weights: noisy-or over the sentences of a comment, with a ridge towards a starting point."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from cxscan.learn.themes.training_matrix import ThemeLessons
    from cxscan.model import Bools

    Floats = NDArray[np.float64]

STEPS = 100
SURE = 12.0
"""Logits beyond this are as sure as any, as in classify/themes/selection.py."""
LEAST = 1e-9


class Ridge(NamedTuple):
    """How far weights are held to where they start."""

    terms: float
    base: float
    lean: float = 0.0
    """Of what is taken over from the shipped labels."""


OWN = Ridge(terms=1.0, base=0.0, lean=30.0)
"""For a theme that starts from nothing. Common words are held more, and it may lean on what the shipped labels know."""
MOVED = Ridge(terms=8.0, base=1.0)
"""For a theme that starts from the weights that come with cxscan."""


class Column(NamedTuple):
    """The weights of one theme."""

    lean: Floats
    """How much of the log-odds of each shipped label it takes over."""
    base: float
    terms: Floats
    """What each term adds, in the lessons' scale."""

    def odds(self, lessons: ThemeLessons) -> Floats:
        """Log-odds of each comment: that one of its sentences has the theme."""
        logits = (lessons.shipped * self.lean).sum(axis=1) + self.base + lessons.counts @ self.terms
        sums = np.add.reduceat(np.logaddexp(0, np.clip(logits, -SURE, SURE)), _first(lessons))
        return np.clip(np.log(np.maximum(np.expm1(sums), LEAST)), -SURE, SURE)


def moved(lessons: ThemeLessons, has: Bools, label: int) -> Column:
    """Weights of a built-in theme, moved from the shipped ones of its label as far as these comments bear it out."""
    used = np.flatnonzero(np.diff(lessons.counts.tocsc().indptr))
    lean = (np.arange(lessons.shipped.shape[1]) == label).astype(np.float64)
    found = _fitted(
        lessons, has, lessons.counts[:, used], lessons.shipped[:, label], np.full(len(used), MOVED.terms), MOVED
    )
    return Column(lean, found[-1], _spread(found[:-1], used, lessons.counts.shape[1]))


def fitted(lessons: ThemeLessons, has: Bools) -> Column:
    """Weights of a theme that starts from nothing: of words and pairs, and of the log-odds of the shipped labels."""
    from scipy.sparse import csr_matrix, hstack

    stand = np.flatnonzero(np.diff(lessons.counts.tocsc().indptr))
    used = stand[stand < lessons.terms.before_phrases]
    rarity = lessons.rarity[used]
    matrix = hstack([lessons.counts[:, used].multiply(rarity), csr_matrix(lessons.shipped)], format="csr")
    held = np.concatenate([np.full(len(used), OWN.terms), np.full(lessons.shipped.shape[1], OWN.lean)])
    start = float(np.log(has.mean() / (1 - has.mean())) - np.log(len(lessons.texts) / len(has)))
    found = _fitted(lessons, has, matrix, np.full(len(lessons.texts), start), held, OWN)
    terms = _spread(found[: len(used)] * rarity, used, lessons.counts.shape[1])
    return Column(found[len(used) : -1], start + found[-1], terms)


def _fitted(
    lessons: ThemeLessons, has: Bools, matrix: csr_matrix, offset: Floats, held: Floats, ridge: Ridge
) -> Floats:
    """The likeliest weights of the matrix's columns, and of the base, by the labels and a normal prior around 0.

    `matrix` has a row for each sentence, as has `offset`, their log-odds to start from; a comment has the theme if one
    of its sentences has it. Some comments have it, some have not. The same input gives the same weights.
    """
    from scipy.optimize import minimize

    turned, goals, first = matrix.T.tocsr(), has.astype(np.float64), _first(lessons)
    holds = np.append(held, ridge.base)

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = offset + matrix @ weights[:-1] + weights[-1]
        sums = np.maximum(np.add.reduceat(np.logaddexp(0, logits), first), LEAST)
        chances = np.maximum(-np.expm1(-sums), LEAST)
        unlikely = ((1 - goals) * sums - goals * np.log(chances)).sum()
        of_texts = (1 - goals) - goals * (1 - chances) / chances
        slopes = of_texts[lessons.texts] * np.exp(-np.logaddexp(0, -logits))
        total = float(unlikely + 0.5 * (holds * weights * weights).sum())
        return total, np.append(turned @ slopes, slopes.sum()) + holds * weights

    options = {"maxiter": STEPS}
    found: Floats = minimize(loss, np.zeros(len(holds)), jac=True, method="L-BFGS-B", options=options).x
    return found


def _spread(weights: Floats, columns: NDArray[np.intp], width: int) -> Floats:
    """The weights in their columns, zeros elsewhere."""
    spread = np.zeros(width)
    spread[columns] = weights
    return spread


def _first(lessons: ThemeLessons) -> NDArray[np.intp]:
    """The first sentence of each comment."""
    return np.flatnonzero(np.diff(lessons.texts, prepend=-1))
