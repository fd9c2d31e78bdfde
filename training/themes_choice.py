"""From which log-odds a text has a theme or an intent, and how right that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from themes_lessons import OWN_TRUST, THEMES

from cxscan.classify.themes.selection import MOST_THEMES
from cxscan.model import Lens
from cxscan.rules.taxonomy import built_in

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from themes_lessons import Floats, Lessons

    Bools = NDArray[np.bool_]

NEARLY = 0.6
"""Logits below a threshold at which a comment without themes still has its best one."""
PRODUCT = np.array([theme.lens == Lens.PRODUCT for theme in built_in().themes])
SURE, MOST_RAISED = 12.0, 0.6
"""Logits of what is as sure as any; how far a threshold is raised, at most, for the taxonomy's examples."""


def f1(so: Bools, said: Bools) -> Floats:
    """F1 of each column."""
    values: Floats = 2 * (so & said).sum(0) / np.maximum((so.sum(0) + said.sum(0)), 1)
    return values


def figures(so: Bools, said: Bools) -> tuple[float, float, float]:
    """Micro-F1, macro-F1, share of right lenses."""
    micro = float(2 * (so & said).sum() / (so.sum() + said.sum()))
    return micro, float(f1(so, said).mean()), right_lenses(so, said)


def right_lenses(so: Bools, said: Bools) -> float:
    """Share of the texts whose themes are of the right side, product or customer, or of both, or of none."""
    lens = [rows[:, PRODUCT].any(axis=1) + 2 * rows[:, ~PRODUCT].any(axis=1) for rows in (so, said)]
    return float((lens[0] == lens[1]).mean())


def given(margins: Floats) -> Bools:
    """Themes above their thresholds, texts by themes; a text without any has the one that it nearly has."""
    said = margins > 0
    silent = np.flatnonzero(~said.any(axis=1) & (margins.max(axis=1) > -NEARLY))
    said[silent, margins[silent].argmax(axis=1)] = True
    return said


def chosen(margins: Floats) -> Bools:
    """Those that are given, as many as a text may have."""
    rank = np.argsort(np.argsort(-margins, axis=1, kind="stable"), axis=1)
    return given(margins) & (rank < MOST_THEMES)


def thresholds_of(goals: Floats, odds: Floats) -> Floats:
    """Thresholds that make micro-F1, macro-F1 and the share of right lenses together largest, one theme at a time."""
    tried = np.arange(-20, 11) / 10
    so = goals > 0.5
    above = odds[:, :, None] > tried
    hits, said, wanted = (above & so[:, :, None]).sum(0), above.sum(0), so.sum(0)
    line = np.full(len(wanted), 15)
    places = np.arange(len(wanted))
    for _ in range(4):
        for theme in places:
            others_hit = hits[places, line].sum() - hits[theme, line[theme]]
            others_said = said[places, line].sum() - said[theme, line[theme]]
            micro = 2 * (others_hit + hits[theme]) / (others_said + said[theme] + wanted.sum())
            macro = 2 * hits[theme] / (said[theme] + wanted[theme]) / len(wanted)
            lens = [
                right_lenses(so, given(odds - tried[np.where(places == theme, at, line)])) for at in range(len(tried))
            ]
            line[theme] = int(np.argmax(micro + macro + np.array(lens)))
    thresholds: Floats = tried[line]
    return thresholds


def held_to_examples(thresholds: Floats, known: Lessons, odds: Floats) -> Floats:
    """Thresholds raised a little, where that keeps a theme from texts that the taxonomy says have it not."""
    held = thresholds.copy()
    for theme in range(len(THEMES)):
        denied = (known.kinds == "own") & (known.trust[:, theme] == OWN_TRUST) & (known.goals[:, theme] == 0)
        held[theme] += np.clip(odds[denied, theme].max(initial=-SURE) + 0.1 - thresholds[theme], 0, MOST_RAISED)
    return held


def best_threshold(goals: Floats, logits: Floats) -> float:
    """The threshold with the largest F1 for one intent."""
    tried = np.arange(-20, 11) / 10
    f1 = [2 * ((logits > t) & (goals > 0.5)).sum() / ((logits > t).sum() + goals.sum()) for t in tried]
    return float(tried[int(np.argmax(f1))])
