"""Cells of labels: the sentiment that one names, and the themes that one lists."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cxscan.errors import InputError, nearest
from cxscan.model import Polarity

if TYPE_CHECKING:
    from collections.abc import Collection

NO_THEME = frozenset({"", "none", "-"})
"""Cells of a comment that was read and has no theme."""

_SENTIMENTS = {"negative": -1, "neg": -1, "neutral": 0, "neu": 0, "positive": 1, "pos": 1}
_NO_SENTIMENT = frozenset({"", "unscored"})
_SEPARATOR = re.compile(r"[;,|]")
_POLARITIES = frozenset(polarity.name.lower() for polarity in Polarity)
_LONGEST_SHOWN = 40


def sentiment_label(cell: str, place: str) -> int | None:
    """Read a label as -1, 0 or 1; None for a cell without one. A number is refused: 0 is neutral to some only.

    `place` names the record in the InputError for any other word.
    """
    word = cell.strip().lower()
    if word in _NO_SENTIMENT:
        return None
    if word not in _SENTIMENTS:
        shown = cell.strip()[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is unknown; write positive, neutral or negative, or leave it blank")
    return _SENTIMENTS[word]


def theme_labels(cell: str, known: Collection[str], place: str) -> frozenset[str]:
    """Read the themes that a cell lists, separated by ; , or |, or as a JSON array; `price:negative` is `price`.

    `place` names the record in the InputError for one that is not `known`.
    """
    names = (_without_polarity(part) for part in _parts(cell, place))
    themes = frozenset(name for name in names if name not in NO_THEME or name in known)
    for name in sorted(themes.difference(known)):
        shown = name[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is no theme of the taxonomy; {nearest(name, known)}")
    return themes


def _parts(cell: str, place: str) -> list[str]:
    if not cell.lstrip().startswith("["):
        return _SEPARATOR.split(cell)
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        shown = cell.strip()[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is no list of themes; write their names, or [] for none")
    return listed


def _without_polarity(part: str) -> str:
    name, colon, polarity = part.strip().lower().rpartition(":")
    return name.strip() if colon and polarity.strip() in _POLARITIES else part.strip().lower()
