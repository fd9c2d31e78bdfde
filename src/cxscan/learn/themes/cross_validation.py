"""Whether a theme's new weights are better than what there was, on comments that they have not seen; and its threshold.

A theme is judged in company: what cxscan says of it depends on the other themes of a comment, and on phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.themes.evidence import UNIT
from cxscan.classify.themes.theme_classifier import MOST_THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cxscan.model import Bools, Ints

    Floats = NDArray[np.float64]

FOLDS, REPEATS, SEED = 5, 3, 0
TRIED = np.arange(-30, 21) / 10
"""Thresholds, as log-odds; those of built-in themes are counted from the shipped one."""
SURELY_OWN, SURELY_MOVED = 1.0, 1.645
"""Standard errors by which new weights must be better to be taken: more where good ones are given up for them."""
ALWAYS = 1e6


@dataclass(frozen=True, slots=True)
class Company:
    """What decides about one theme beside its own log-odds above its threshold; one entry per comment."""

    own: Bools
    """Where a phrase of the analyst's own stands."""
    others: Bools
    """Where another theme is found."""
    best: Floats
    """The largest margin of another theme."""
    crowded: Floats
    """The margin that a theme must have not to be cut as one too many."""
    nearly: Floats
    """How far below its threshold it is still given to a comment without themes; 0: not at all."""

    @classmethod
    def of(cls, margins: Ints, own: Bools, theme: int, nearly: Ints) -> Company:
        """From the margins of all themes, comments by themes, where own phrases stand, and `nearly`; in `UNIT`s."""
        others = np.delete(np.where(own, ALWAYS * UNIT, margins), theme, axis=1) / UNIT
        padded = np.concatenate([others, np.full((len(others), MOST_THEMES), -ALWAYS)], axis=1)
        ranked = -np.sort(-padded, axis=1)
        best, last = ranked[:, 0], ranked[:, MOST_THEMES - 1]
        return cls(own[:, theme], best > 0, best, np.maximum(last, 0.0), nearly / UNIT)

    def part(self, chosen: Bools) -> Company:
        """That of the chosen comments."""
        return Company(
            self.own[chosen], self.others[chosen], self.best[chosen], self.crowded[chosen], self.nearly[chosen]
        )

    def given(self, margins: Floats) -> Bools:
        """Which comments are given the theme, by its margins."""
        found = self.own | (margins > self.crowded)
        found |= ~self.others & (margins > -self.nearly) & (margins >= self.best) & (margins <= 0)
        return found


@dataclass(frozen=True, slots=True)
class Choice:
    """What is worth what, on comments left out while fitting."""

    before: float
    """F1."""
    after: float
    threshold: float
    """For the weights fitted to all labels."""
    better: bool
    """Whether the new weights are better by more than chance."""


def chosen(has: Bools, company: Company, before: Floats, left_out: Callable[[Bools], Floats], surely: float) -> Choice:
    """Compare what was said `before` (margins) with weights fitted without a part of the comments.

    `left_out` gives the log-odds of all comments by weights that are fitted without those it is given; the gain must be
    `surely` standard errors.
    """
    said = company.given(before)
    afters, thresholds, pulls = [], [], []
    for part in rounds(has):
        odds = np.zeros(len(has))
        for number in range(FOLDS):
            odds[part == number] = left_out(part == number)[part == number]
        found = np.zeros(len(has), np.bool_)
        for number in range(FOLDS):
            out = part == number
            cut = best_threshold(has[~out], odds[~out], company.part(~out))
            found[out] = company.part(out).given(odds[out] - cut)
        afters.append(f1(has, found))
        pulls.append(_pulls(has, found) - _pulls(has, said))
        thresholds.append(best_threshold(has, odds, company))
    gain = float(np.mean(afters)) - f1(has, said)
    error = float(np.sqrt((np.mean(pulls, axis=0) ** 2).sum()))
    return Choice(f1(has, said), float(np.mean(afters)), float(np.mean(thresholds)), gain > 0 and gain > surely * error)


def rounds(has: Bools) -> list[Ints]:
    """A part for each comment, several times over, each part with its share of those that have the theme."""
    found = []
    for seed in range(SEED, SEED + REPEATS):
        shuffled = np.random.default_rng(seed).permutation(len(has))
        part = np.zeros(len(has), np.int64)
        part[shuffled[np.argsort(has[shuffled], kind="stable")]] = np.arange(len(has)) % FOLDS
        found.append(part)
    return found


def best_threshold(has: Bools, odds: Floats, company: Company) -> float:
    """The threshold with the largest F1; of equally good ones that in the middle."""
    values = [f1(has, company.given(odds - threshold)) for threshold in TRIED]
    best = np.flatnonzero(np.array(values) >= max(values) - 1e-12)
    return float(TRIED[best[len(best) // 2]])


def f1(has: Bools, found: Bools) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    either = int(has.sum()) + int(found.sum())
    return 2 * int((has & found).sum()) / either if either else 0.0


def _pulls(has: Bools, found: Bools) -> Floats:
    """How much each comment pulls F1 up or down: its part in the standard error (the delta method)."""
    either = max(int(has.sum()) + int(found.sum()), 1)
    pulls: Floats = (2.0 * (has & found) - f1(has, found) * (has.astype(np.float64) + found)) / either
    return pulls
