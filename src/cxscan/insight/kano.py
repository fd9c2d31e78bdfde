"""Does a theme hurt more where it fails than it delights where it succeeds? Penalty and reward, from sums alone."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from cxscan.summary.estimates import Z

if TYPE_CHECKING:
    from cxscan.insight.importance import Floats, Moments

UNLIKE = 0.2
"""Difference of penalty and reward, as a part of their sum, from which one outweighs the other: 3 to 2."""

Kano: TypeAlias = Literal["must-be", "one-dimensional", "attractive", "indifferent"]


class Effects(NamedTuple):
    """Effects of each feature on the rating, others held equal (least squares), with covariances; in rating units."""

    each: Floats
    covariances: Floats

    @classmethod
    def of(cls, moments: Moments) -> Effects | None:
        """None where there are too few records to tell."""
        freedom = moments.n - len(moments.by_feature) - 1
        if freedom < 1 or not len(moments.by_feature):
            return None
        inverse = np.linalg.pinv(moments.covariances, hermitian=True).astype(np.float64)
        each = inverse @ moments.with_rating
        left = max(moments.variance - float(each @ moments.with_rating), 0.0)
        return cls(each, inverse * (left / freedom))


def kano(effects: Effects, *, positive: int, negative: int) -> Kano | None:
    """Name a theme's Kano category by the effects of its positive and negative mentions; None where it is not clear.

    Penalty-reward contrast analysis (D. R. Brandt 1988, Journal of Services Marketing 2: 35-41) in the terms of Kano
    (1984): *must-be* hurts where it fails and hardly delights, *attractive* delights and hardly hurts,
    *one-dimensional* does both alike, *indifferent* neither. The two differ when the interval of their difference
    excludes 0 and one is larger by half than the other (Mikulić and Prebežac 2008, Managing Service Quality 18).
    Where praise lowers the rating, nothing is read.
    """
    reward, penalty = float(effects.each[positive]), -float(effects.each[negative])
    of = effects.covariances
    variances = float(of[positive, positive]), float(of[negative, negative])
    # The penalty is turned round, and so their covariance: var(penalty - reward) has it added.
    apart = sqrt(max(variances[0] + variances[1] + 2 * float(of[positive, negative]), 0.0))
    rewards, hurts = reward > Z * sqrt(variances[0]), penalty > Z * sqrt(variances[1])
    if -reward > Z * sqrt(variances[0]) or -penalty > Z * sqrt(variances[1]):
        return None
    if abs(penalty - reward) > max(Z * apart, UNLIKE * abs(penalty + reward)):
        return ("must-be" if hurts else None) if penalty > reward else ("attractive" if rewards else None)
    if rewards and hurts:
        return "one-dimensional"
    return None if rewards or hurts else "indifferent"
