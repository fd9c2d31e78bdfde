"""Cross-validated F1 of a theme's new weights against what there was, and the threshold for them.

A theme is assigned in context: it depends on the other themes of the comment, and on phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.selection import MOST_THEMES
from cxscan.learn.metrics import FOLDS, f1, f1_influence, stratified_folds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints

    Floats = NDArray[np.float64]

ROUNDS = 3
THRESHOLDS = np.arange(-30, 21) / 10
"""Thresholds tried, as log-odds; those of built-in themes are counted from the shipped one."""
MIN_Z_NEW, MIN_Z_ADAPTED = 1.0, 1.645
"""Standard errors by which F1 must grow for weights to be taken: more where good ones are given up for them."""
CERTAIN = 1e6
"""Margin of a theme that is assigned whatever learning says."""


@dataclass(frozen=True, slots=True)
class ThemeContext:
    """Conditions on which one theme is assigned, beside its own log-odds above its threshold; one entry per comment."""

    from_phrases: Bools
    """A phrase of the analyst's own assigns it."""
    has_others: Bools
    """Another theme is assigned."""
    best_other_margin: Floats
    crowding_margin: Floats
    """The margin that a theme must exceed not to be cut as one too many."""
    fallback_margin: Floats
    """Log-odds below its threshold at which it is still assigned to a comment without themes; 0: not at all."""

    @classmethod
    def from_margins(
        cls, margins: Ints, from_phrases: Bools, theme: int, fallback: Ints, built_in: Bools
    ) -> ThemeContext:
        """Derive it from the margins of all themes and where phrases assign them (comments by themes), in `UNIT`s.

        `built_in` marks the themes of which a comment has at most `MOST_THEMES`.
        """
        others = np.delete(np.where(from_phrases, CERTAIN * UNIT, margins), theme, axis=1) / UNIT
        padded = np.concatenate([others, np.full((len(others), MOST_THEMES), -CERTAIN)], axis=1)
        counted = np.append(np.delete(built_in, theme), [False] * MOST_THEMES) & built_in[theme]
        last = -np.sort(-np.where(counted, padded, -CERTAIN), axis=1)[:, MOST_THEMES - 1]
        best = padded.max(axis=1)
        return cls(from_phrases[:, theme], best > 0, best, np.maximum(last, 0.0), fallback / UNIT)

    def select(self, chosen: Bools) -> ThemeContext:
        """Take the chosen comments."""
        return ThemeContext(
            self.from_phrases[chosen],
            self.has_others[chosen],
            self.best_other_margin[chosen],
            self.crowding_margin[chosen],
            self.fallback_margin[chosen],
        )

    def assigned(self, margins: Floats) -> Bools:
        """Mark the comments to which the theme is assigned, by its margins."""
        assigned = self.from_phrases | (margins > self.crowding_margin)
        nearly = (margins > -self.fallback_margin) & (margins >= self.best_other_margin) & (margins <= 0)
        assigned |= ~self.has_others & nearly
        return assigned


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """F1 before and, cross-validated, after the fit."""

    before: float
    after: float
    threshold: float
    """For the weights fitted to all labels."""
    significant: bool
    """F1 grows by more than chance."""


def cross_validate(
    y_true: Bools, context: ThemeContext, margins: Floats, fit_without: Callable[[Bools], Floats], min_z: float
) -> CrossValidation:
    """Compare the margins there are with weights fitted without a fold of the comments, over several rounds of folds.

    `fit_without` fits weights without the comments it is given and returns their log-odds of all comments; F1 must grow
    by `min_z` standard errors. The threshold for a fold is chosen on the others.
    """
    before = context.assigned(margins)
    f1s, thresholds, gains = [], [], []
    for seed in range(ROUNDS):
        fold = stratified_folds(y_true, seed)
        log_odds = np.zeros(len(y_true))
        for number in range(FOLDS):
            log_odds[fold == number] = fit_without(fold == number)[fold == number]
        after = np.zeros(len(y_true), np.bool_)
        for number in range(FOLDS):
            held_out = fold == number
            threshold = best_threshold(y_true[~held_out], log_odds[~held_out], context.select(~held_out))
            after[held_out] = context.select(held_out).assigned(log_odds[held_out] - threshold)
        f1s.append(f1(y_true, after))
        gains.append(f1_influence(y_true, after) - f1_influence(y_true, before))
        thresholds.append(best_threshold(y_true, log_odds, context))
    gain = float(np.mean(f1s)) - f1(y_true, before)
    error = float(np.sqrt((np.mean(gains, axis=0) ** 2).sum()))
    return CrossValidation(
        f1(y_true, before), float(np.mean(f1s)), float(np.mean(thresholds)), gain > 0 and gain > min_z * error
    )


def best_threshold(y_true: Bools, log_odds: Floats, context: ThemeContext) -> float:
    """Return the threshold with the largest F1; of equally good ones that in the middle."""
    values = [f1(y_true, context.assigned(log_odds - threshold)) for threshold in THRESHOLDS]
    best = np.flatnonzero(np.array(values) >= max(values) - 1e-12)
    return float(THRESHOLDS[best[len(best) // 2]])
