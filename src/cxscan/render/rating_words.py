"""Figures of ratings, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT
from cxscan.render.number_format import NOTHING, counted, number, share_words, signed

if TYPE_CHECKING:
    from cxscan.summary import Rating


def rating_rows(rating: Rating, dash: str = "–", *, is_reversed: bool = False) -> list[tuple[str, str, str]]:
    """Each figure of the ratings, value and meaning; `is_reversed` where the lowest is the best in the file."""
    low, high = number(rating.scale.low / RATING_UNIT), number(rating.scale.high / RATING_UNIT)
    outside = rating.counts.outside
    left_out = f", {outside:,} outside the scale left out" if outside else ""
    mean = NOTHING if rating.mean is None else f"{rating.mean:.2f} on {low}{dash}{high}"
    left_out += f"; turned round, {low} is the best in the file" if is_reversed else ""
    rated, top = f"{counted(rating.n, 'record')} rated{left_out}", ("top box", f"rated {high}")
    if rating.is_of_groups:
        rows = [("NPS", signed(rating.nps, 0), f"promoters less detractors, in points; {rated}")]
        top = ("promoters", "of them")
    else:
        rows = [("mean", mean, rated)]
        if rating.nps is not None:
            rows.append(("NPS", signed(rating.nps, 0), "share of 9 and 10 less share of 0 to 6, in points"))
    return [
        *rows,
        (top[0], share_words(rating.top_box, dash), top[1]),
        ("contradictions", share_words(rating.contradictions, dash), "words against their rating"),
    ]
