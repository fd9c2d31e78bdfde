"""The score by which a comment is quoted before another: strong, about little else, neither terse nor long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from cxscan.model import Ints

EASY_LENGTHS = (30, 240)
"""A good quote has so many characters, about 6 to 40 words."""

PER_CHARACTER = 80
"""Points lost for each character more or less than that, up to as many as the longest easy quote has."""

PER_OTHER_THEME = SCORE_UNIT // 4
MOST_OTHER_THEMES = 4
"""Further themes of the comment cost no more than so many."""


def quote_scores(strengths: Ints, lengths: Ints, other_themes: Ints) -> Ints:
    """Points of comments, far below 2**16; `strengths` in score units, `lengths` in characters."""
    shortest, longest = EASY_LENGTHS
    off = np.maximum(shortest - lengths, 0) + np.clip(lengths - longest, 0, longest)
    points: Ints = strengths - PER_CHARACTER * off - PER_OTHER_THEME * np.clip(other_themes, 0, MOST_OTHER_THEMES)
    return points
