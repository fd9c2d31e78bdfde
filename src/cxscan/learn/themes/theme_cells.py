"""Which column lists the themes of each comment, and what it says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError, nearest
from cxscan.model import Polarity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

THEME_NAMES = ("themes", "theme")
"""Headers that a column of themes is known by, the likelier one first."""

NONE = frozenset({"", "none", "-"})
"""What says that a comment was read and has no theme."""

_BETWEEN = re.compile(r"[;,|]")
_SPOKEN = frozenset(polarity.name.lower() for polarity in Polarity)
_LONGEST_SHOWN = 40


def theme_column(names: Sequence[str], asked: str | None, path: str) -> str | None:
    """The column of themes: the one asked for, or one whose header says so; None where there is none."""
    known = {name.strip().lower(): name for name in reversed(names)}
    for name in (asked,) if asked is not None else THEME_NAMES:
        if name.strip().lower() in known:
            return known[name.strip().lower()]
    if asked is not None:
        raise UsageError(f"{path}: --themes-label {asked}: no such column; {nearest(asked, names)}")
    return None


def themes_of(cell: str, known: Collection[str], place: str) -> frozenset[str]:
    """The themes that a cell lists, separated by ; , or |, or as a JSON array; `price:negative` counts as `price`.

    `place` names the record in the InputError for one that is not `known`.
    """
    names = (_name(part) for part in _parts(cell, place))
    found = frozenset(name for name in names if name not in NONE or name in known)
    for name in sorted(found.difference(known)):
        shown = name[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is no theme of the taxonomy; {nearest(name, known)}")
    return found


def _parts(cell: str, place: str) -> list[str]:
    if not cell.lstrip().startswith("["):
        return _BETWEEN.split(cell)
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        shown = cell.strip()[:_LONGEST_SHOWN]
        raise InputError(f"{place}: label {shown!r} is no list of themes; write their names, or [] for none")
    return listed


def _name(part: str) -> str:
    """A theme's name, without how it is spoken of."""
    name, mark, spoken = part.strip().lower().rpartition(":")
    return name.strip() if mark and spoken.strip() in _SPOKEN else part.strip().lower()
