"""Fit how a theme is spoken of: a ridge multinomial regression on the themes found in the train annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from corpus import annotated
from own_contrasts import own_contrasts
from scipy.optimize import minimize

from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.learned_polarity import POLARITIES, polarity_features
from cxscan.classify.themes.scores import ThemeScorer
from cxscan.classify.themes.selection import ThemeSelector
from cxscan.classify.themes.taxonomy_phrases import TaxonomyPhrases
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.model import Polarity
from cxscan.rules.model_file import shipped_sentiment
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus import Record
    from numpy.typing import NDArray
    from themes_lessons import Floats, Ints

    from cxscan.rules.theme_weights import ThemeWeights

RIDGE = 5.0
OWN_TRUST = 0.3
"""Of a theme in a comment of ours, beside 1 of an annotated one."""


def codes_of(rows: Sequence[Record]) -> NDArray[np.uint8]:
    """Polarity codes of annotated comments, comments by themes."""
    names = [theme.name for theme in built_in().themes]
    return np.array([[Polarity[row["themes"].get(name, "absent").upper()] for name in names] for row in rows], np.uint8)


def polarity_of(shared: Path, parts: list[tuple[Ints, ThemeWeights]]) -> tuple[NDArray[np.int16], float]:
    """Weights, features by polarities, of the themes that both the annotators and the learned themes find.

    `parts`: numbers of train's comments (others are passed over), and weights that were learned without their domains;
    last the weights that are shipped. And the share of right polarities in the parts, each left out once.
    """
    rows = annotated("train", shared)
    learned = [
        _lessons([rows[i] for i in numbers.tolist() if i < len(rows)], weights) for numbers, weights in parts[:-1]
    ]
    ours = _lessons([{"text": text, "themes": themes} for text, themes in own_contrasts()], parts[-1][1])
    right = [
        (goals[np.arange(len(goals)), (features @ _of([*learned[:at], *learned[at + 1 :]], ours)).argmax(axis=1)])
        for at, (features, goals) in enumerate(learned)
    ]
    weights = np.rint(_of(learned, ours) * UNIT).astype(np.int16)
    return weights, float(np.concatenate(right).mean())


def _of(learned: list[tuple[Floats, Floats]], ours: tuple[Floats, Floats]) -> Floats:
    features, goals = (
        np.concatenate([*each, mine]) for each, mine in zip(zip(*learned, strict=True), ours, strict=True)
    )
    trust = np.where(np.arange(len(goals)) < len(goals) - len(ours[1]), 1.0, OWN_TRUST)
    return _fitted(features, goals, trust)


def _lessons(rows: Sequence[Record], weights: ThemeWeights) -> tuple[Floats, Floats]:
    """Features of the themes that are rightly found in comments, and their polarities, by columns."""
    tokens = Tokenizer().tokenize([row["text"] for row in rows])
    index = ThemeIndex.build(built_in(), weights)
    found = TaxonomyPhrases(built_in(), index).find(tokens)
    scores = ThemeScorer(weights).score(tokens, found.features)
    hits = ThemeSelector(index, weights).select_themes(tokens, found, scores).hits
    sentiment = ModelSentiment(shipped_sentiment()).classify(tokens)
    cells, features = polarity_features(tokens, hits, scores, sentiment, index)
    features = features.T
    codes = codes_of(rows).ravel()[cells]
    right = codes != Polarity.ABSENT
    return features[right] / UNIT, (codes[right, None] == np.array(POLARITIES)).astype(np.float64)


def _fitted(features: Floats, goals: Floats, trust: Floats) -> Floats:
    shape = (features.shape[1], goals.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        logits = features @ weights
        logits -= logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        total = -(trust[:, None] * goals * (logits - sums)).sum() + RIDGE / 2 * (weights**2).sum()
        slope = features.T @ (trust[:, None] * (np.exp(logits - sums) - goals))
        return total, (slope + RIDGE * weights).ravel()

    weights: Floats = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B").x
    return weights.reshape(shape)
