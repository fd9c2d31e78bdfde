"""Fit how a theme is spoken of: a ridge multinomial regression on the themes found in the train annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from own_contrasts import own_contrasts
from scipy.optimize import minimize

from cxscan.classify.learned_polarity import POLARITIES, polarity_features
from cxscan.classify.learned_themes import LearnedThemes
from cxscan.classify.phrase_book import PhraseBook
from cxscan.classify.sentiment_model import ModelSentiment
from cxscan.classify.theme_terms import UNIT
from cxscan.classify.themes import MOST_THEMES
from cxscan.model import Polarity
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from themes_lessons import Floats, Ints

    from cxscan.rules.weights import Weights

RIDGE = 5.0
OWN_TRUST = 0.2
"""Of a theme in a comment of ours, beside 1 of an annotated one."""


def codes_of(rows: list[dict]) -> NDArray[np.uint8]:
    """Polarity codes of annotated comments, comments by themes."""
    names = [theme.name for theme in built_in().themes]
    return np.array([[Polarity[row["themes"].get(name, "absent").upper()] for name in names] for row in rows], np.uint8)


def polarity_of(shared: Path, weights: Weights) -> NDArray[np.int16]:
    """Weights, features by polarities, of the themes that both the annotators and the learned themes find."""
    lines = (shared / "annotations" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    annotated = len(rows)
    rows += [{"text": text, "themes": themes} for text, themes in own_contrasts()]
    tokens = Tokenizer().tokenize([row["text"] for row in rows])
    learned, hits = LearnedThemes(built_in(), weights), PhraseBook(built_in().themes).find(tokens)
    weighed = learned.weigh(tokens, hits)
    hits = learned.refine(tokens, hits, weighed, most=MOST_THEMES).hits
    numbers = np.arange(len(built_in().themes))
    cells, features = polarity_features(tokens, hits, weighed, ModelSentiment(None).classify(tokens), numbers)
    codes = codes_of(rows).ravel()[cells]
    goals = (codes[:, None] == np.array(POLARITIES)).astype(np.float64)
    right = codes != Polarity.ABSENT
    trust = np.where(cells[right] // len(numbers) < annotated, 1.0, OWN_TRUST)
    return np.rint(_fitted(features[right] / UNIT, goals[right], trust) * UNIT).astype(np.int16)


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

    found: Ints | Floats = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B").x
    return found.reshape(shape)
