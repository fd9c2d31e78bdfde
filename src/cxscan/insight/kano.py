"""Does a theme hurt more where it fails than it delights where it succeeds? Penalty and reward, in the same tone."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Literal, TypeAlias

from cxscan.summary.estimates import Z

if TYPE_CHECKING:
    from cxscan.insight.same_tone import Effect

UNLIKE = 0.2
"""Difference of penalty and reward, as a part of their sum, from which one outweighs the other: 3 to 2."""

ALIKE = 0.1
"""Part of the scale's span within which an effect is none to speak of."""

Kano: TypeAlias = Literal["must-be", "one-dimensional", "attractive", "indifferent", "too few to say"]


def kano(praise: Effect, complaint: Effect, span: float) -> Kano | None:
    """Name a theme's Kano category by the effects of its praise and of its complaints; None where they contradict it.

    Penalty-reward contrast analysis (D. R. Brandt 1988, Journal of Services Marketing 2: 35-41) in the terms of Kano
    (1984): *must-be* hurts where it fails and hardly delights, *attractive* delights and hardly hurts,
    *one-dimensional* does both alike. The two differ when the interval of their difference excludes 0 and one is
    larger by half than the other (Mikulić and Prebežac 2008, Managing Service Quality 18). *indifferent* does neither,
    and both intervals say so: they lie within `ALIKE` of the span of the scale. Where praise lowers the rating, or
    complaints raise it, nothing is read.
    """
    reward, penalty = praise.value, -complaint.value
    rewards, hurts = reward > Z * praise.error, penalty > Z * complaint.error
    if -reward > Z * praise.error or -penalty > Z * complaint.error:
        return None
    if not rewards and not hurts:
        return (
            "indifferent" if all(_is_none(effect, ALIKE * span) for effect in (praise, complaint)) else "too few to say"
        )
    if abs(penalty - reward) > max(Z * hypot(praise.error, complaint.error), UNLIKE * abs(penalty + reward)):
        return ("must-be" if hurts else None) if penalty > reward else ("attractive" if rewards else None)
    return "one-dimensional" if rewards and hurts else None


def _is_none(effect: Effect, most: float) -> bool:
    """Tell whether the interval of the effect lies within `most` of 0."""
    return abs(effect.value) + Z * effect.error <= most
