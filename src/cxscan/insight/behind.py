"""Which comments stand behind a number that is too high, or too low."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxscan.insight.metrics import within
from cxscan.summary import WORD_OF_MOUTH

if TYPE_CHECKING:
    from cxscan.insight.metrics import Path

_OPPOSITE = {"positive": "negative", "negative": "positive"}
_MOOD = ("net", "mean", "nps", "top_box", "impact")
"""Numbers that fall with negative comments; an impact rises with them."""


class Behind(NamedTuple):
    """The comments that make a number what it is; everything given must hold."""

    theme: str | None = None
    polarity: str | None = None
    lens: str | None = None
    intent: str | None = None
    segment: tuple[str, str] | None = None
    """A column and its value."""
    period: str | None = None
    contradicting: bool = False
    """Only those whose words and rating point opposite ways."""


def behind(path: Path, *, too_high: bool) -> Behind:
    """The comments to read when the number at the path is too high, or too low."""
    wanted = _behind(within(path), too_high=too_high)
    if path[0] == "segments":
        return wanted._replace(segment=(path[1], path[2]))
    return wanted._replace(period=path[1]) if path[0] == "timeline" else wanted


def _behind(path: Path, *, too_high: bool) -> Behind:
    match path:
        case ("themes", theme, *rest):
            return Behind(theme=theme, polarity=_polarity(rest, too_high=too_high))
        case ("lens", *rest):
            return _behind_lens(rest[0], too_high=too_high)
        case ("intents", intent, *_):
            return Behind(intent=intent if too_high else None)
        case ("indices", *rest):
            return _behind_index(rest, too_high=too_high)
        case ("rating", "contradictions", *_):
            return Behind(contradicting=too_high)
        case ("sentiment" | "rating", *rest):
            return Behind(polarity=_polarity(rest, too_high=too_high))
        case _:
            return Behind()


def _behind_lens(name: str, *, too_high: bool) -> Behind:
    if name == "balance":
        return Behind(lens="customer" if too_high else "product")
    if name.endswith("_net"):
        return Behind(lens=name.removesuffix("_net"), polarity=_polarity(["net"], too_high=too_high))
    return Behind(lens=name if too_high else None)


def _behind_index(rest: list[str], *, too_high: bool) -> Behind:
    match rest:
        case ["word_of_mouth", *more]:
            return Behind(theme=WORD_OF_MOUTH, polarity=_polarity(more, too_high=too_high))
        case ["coverage", *_]:
            return Behind(lens=None if too_high else "none")
        case ["commoditisation", *_]:
            return Behind(lens="product" if too_high else "customer")
        case _:
            return Behind(polarity="positive" if too_high else "negative")


def _polarity(rest: list[str], *, too_high: bool) -> str | None:
    """Of a mood the side it leans to; of a polarity's share that polarity, or its opposite where it is too low."""
    name = rest[0] if rest else ""
    if name in _MOOD:
        return "positive" if too_high != (name == "impact") else "negative"
    if name in {"positive", "negative", "neutral", "mixed"}:
        return name if too_high else _OPPOSITE.get(name)
    return None
