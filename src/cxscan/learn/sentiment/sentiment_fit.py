"""Labels → weights: the weights there are, moved towards the labels as far as these bear them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.sentiment.sentiment_terms import PARTS
from cxscan.rules.weights import Weights, digest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.learn.sentiment.term_counts import Counts

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

RIDGE = 8.0
"""How strongly each term is held to the weight it has."""
BASE_RIDGE = 8.0
"""The same for the two bases, which every label bears on."""
STEPS = 200
LARGEST = 32_767
KINDS = ("polarity", "neutrality")


@dataclass(frozen=True, slots=True)
class Model:
    """Polarity and neutrality of every term, and of a text without one."""

    terms: Floats
    """Terms by 2."""
    base: Floats

    def levels(self, counts: Counts) -> Floats:
        """Polarity and neutrality of each text."""
        weighed = self.terms[counts.columns] * counts.values[:, None]
        sums = [np.bincount(counts.rows, weighed[:, kind], counts.texts) for kind in (0, 1)]
        levels: Floats = np.stack(sums, axis=1) + self.base
        return levels


def model_of(weights: Weights) -> Model:
    """The numbers in a file of weights."""
    unit = float(str(weights.facts["unit"]))
    columns = [np.concatenate([weights.arrays[f"{part}_{kind}"] for part in PARTS]) for kind in KINDS]
    base = [float(str(weights.facts[f"base_{kind}"])) for kind in KINDS]
    return Model(np.stack(columns, axis=1).astype(np.float64) / unit, np.array(base))


def fitted(start: Model, counts: Counts, signs: Ints, *, ridge: float = RIDGE, base_ridge: float = BASE_RIDGE) -> Model:
    """The likeliest model given the labels (-1, 0, 1), and a normal prior around the start.

    Least cross-entropy with a ridge towards the weights there are (Chelba and Acero 2004, EMNLP). A term that stands in
    no labelled text keeps its weight. Classes are weighed as they are. The same input gives the same model.
    """
    from scipy.optimize import minimize

    used, columns = np.unique(counts.columns, return_inverse=True)
    offset, goals = start.levels(counts), np.eye(3)[signs + 1]
    size = len(used)
    held = np.concatenate([np.full(2 * size, ridge), np.full(2, base_ridge)])

    def loss(moved: Floats) -> tuple[float, Floats]:
        terms, base = moved[: 2 * size].reshape(size, 2), moved[2 * size :]
        levels = offset + base
        for kind in (0, 1):
            levels[:, kind] += np.bincount(counts.rows, terms[columns, kind] * counts.values, counts.texts)
        chances = chances_of(levels)
        off = chances - goals
        slopes = np.stack([off[:, 2] - off[:, 0], off[:, 1]], axis=1)
        by_place = slopes[counts.rows] * counts.values[:, None]
        by_term = np.stack([np.bincount(columns, by_place[:, kind], size) for kind in (0, 1)], axis=1)
        slope = np.concatenate([by_term.ravel(), slopes.sum(axis=0)]) + held * moved
        likely = np.log(np.maximum((chances * goals).sum(axis=1), 1e-12)).sum()
        return float(0.5 * (held * moved * moved).sum() - likely), slope

    moved = np.asarray(
        minimize(loss, np.zeros(2 * size + 2), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x, np.float64
    )
    terms = start.terms.copy()
    terms[used] += moved[: 2 * size].reshape(size, 2)
    return Model(terms, start.base + moved[2 * size :])


def chances_of(levels: Floats) -> Floats:
    """Of negative, neutral and positive."""
    logits = np.stack([-levels[:, 0], levels[:, 1], levels[:, 0]], axis=1)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def model_weights(model: Model, start: Weights, labels: dict[str, int]) -> Weights:
    """The weights for a file: the start's words with the model's numbers, and what it was fitted to."""
    unit = float(str(start.facts["unit"]))
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
