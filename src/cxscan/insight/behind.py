"""Which comments stand behind a number that is too high, or too low."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxscan.insight.metrics import within
from cxscan.quotes.filter import CommentFilter
from cxscan.summary import WORD_OF_MOUTH

if TYPE_CHECKING:
    from cxscan.insight.metrics import Path

_OPPOSITE = {"positive": "negative", "negative": "positive"}
_MOOD = ("net", "mean", "nps", "top_box", "impact")
"""Numbers that fall with negative comments; an impact rises with them."""


def behind(path: Path, *, too_high: bool) -> CommentFilter:
    """The comments to read when the number at the path is too high, or too low."""
    wanted = _behind(within(path), too_high=too_high)
    if path[0] == "segments":
        return replace(wanted, segments=((path[1], path[2]),))
    return replace(wanted, period=path[1]) if path[0] == "timeline" else wanted


def _behind(path: Path, *, too_high: bool) -> CommentFilter:
    match path:
        case ("themes", theme, *rest):
            return CommentFilter(theme=theme, polarity=_polarity(rest, too_high=too_high))
        case ("lens", *rest):
            return _behind_lens(rest[0], too_high=too_high)
        case ("intents", intent, *_):
            return CommentFilter(intent=intent if too_high else None)
        case ("indices", *rest):
            return _behind_index(rest, too_high=too_high)
        case ("rating", "contradictions", *_):
            return CommentFilter(contradicting=too_high)
        case ("sentiment" | "rating", *rest):
            return CommentFilter(polarity=_polarity(rest, too_high=too_high))
        case _:
            return CommentFilter()


def _behind_lens(name: str, *, too_high: bool) -> CommentFilter:
    if name == "balance":
        return CommentFilter(lens="customer" if too_high else "product")
    if name.endswith("_net"):
        return CommentFilter(lens=name.removesuffix("_net"), polarity=_polarity(["net"], too_high=too_high))
    return CommentFilter(lens=name if too_high else None)


def _behind_index(rest: list[str], *, too_high: bool) -> CommentFilter:
    match rest:
        case ["word_of_mouth", *more]:
            return CommentFilter(theme=WORD_OF_MOUTH, polarity=_polarity(more, too_high=too_high))
        case ["coverage", *_]:
            return CommentFilter(lens=None if too_high else "none")
        case ["commoditisation", *_]:
            return CommentFilter(lens="product" if too_high else "customer")
        case _:
            return CommentFilter(polarity="positive" if too_high else "negative")


def _polarity(rest: list[str], *, too_high: bool) -> str | None:
    """Of a mood the side it leans to; of a polarity's share that polarity, or its opposite where it is too low."""
    name = rest[0] if rest else ""
    if name in _MOOD:
        return "positive" if too_high != (name == "impact") else "negative"
    if name in {"positive", "negative", "neutral", "mixed"}:
        return name if too_high else _OPPOSITE.get(name)
    return None
