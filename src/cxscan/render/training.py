"""What training on one's own labels came to: as a table or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.json import dumps
from cxscan.render.number_format import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.summary import Json

SENTIMENTS = ("negative", "neutral", "positive")
_FIGURES = (("accuracy", "accuracy"), ("macro-F1", "macro_f1"))
_DONE = {
    "fitted": "fitted: found by words too",
    "moved": "moved from the built-in weights",
    "kept": "no better: as it was",
}
_LEAST = 22
"""Columns of the first column, at least."""


def training_json(found: dict[str, Json]) -> str:
    """`{"format": "cxscan-training", "version": 1, …}`."""
    return dumps({"format": "cxscan-training", "version": 1, **found}, indent=2) + "\n"


def training_table(found: dict[str, Json]) -> str:
    """What was learned from, and what it is worth on comments left out."""
    parts = ["\n".join(lines) + "\n" for lines in (list(_sentiment(found)), list(_themes(found))) if lines]
    return "\n".join(parts)


def _sentiment(found: dict[str, Json]) -> Iterator[str]:
    labels = _object(found["labels"])
    if not labels:
        return
    learned = ", ".join(f"{labels[name]} {name}" for name in SENTIMENTS)
    yield f"Learned from {sum(int(_number(n)) for n in labels.values()):,} labelled comments: {learned}"
    yield ""
    yield f"{'on comments left out':<{_LEAST}}{'before':>8}{'after':>8}"
    for title, key in _FIGURES:
        pair = _object(found[key])
        yield f"{title:<{_LEAST}}{_number(pair['before']):>8.3f}{_number(pair['after']):>8.3f}"


def _themes(found: dict[str, Json]) -> Iterator[str]:
    themes = _object(found["themes"])
    if not themes:
        return
    longest = max(_LEAST, *(len(name) + 2 for name in themes))
    yield "F1 of themes on comments left out"
    yield f"{'':<{longest}}{'labelled':>8}{'before':>8}{'after':>8}"
    for name, outcome in themes.items():
        one = _object(outcome)
        worth = _object(one["f1"])
        pair = [f"{_number(worth[key]):>8.3f}" if worth else f"{NOTHING:>8}" for key in ("before", "after")]
        done = _DONE.get(str(one["done"]), str(one["done"]))
        yield f"{name:<{longest}}{int(_number(one['n'])):>8,}{''.join(pair)}  {done}"


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _number(value: Json) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
