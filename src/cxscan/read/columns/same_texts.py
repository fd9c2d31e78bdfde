"""Columns that hold the same texts in two forms: with markup and without, as written and as shown, cut and whole."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cxscan.read.columns.text_names import own_path
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 100
_FEWEST = 3
_SAME = 0.8
_LONG = 40
_SHORT = 10
"""Letters from which on a text that begins another one is that text, cut; fewer where dots say that it was."""
_TAGS = re.compile(r"<[^<>]{1,200}>")
_NO_LETTER = re.compile(r"\W+")
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,200}>|&(?:#\d+|#x[\da-fA-F]+|[a-zA-Z]+);")


def are_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two columns hold the same texts, but for markup, white space and where they were cut."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a.strip() and b.strip()][:_ROWS]
    fewer = min(sum(bool(cell.strip()) for cell in cells) for cells in (one, other))
    if not pairs or len(pairs) < min(_FEWEST, fewer) or len(pairs) < _SAME * min(fewer, _ROWS):
        return False
    return sum(_is_same(a, b) for a, b in pairs) >= _SAME * len(pairs)


def preference(name: str, cells: Sequence[str]) -> tuple[int, int, int, int]:
    """Rank one form of the same texts, the lowest first: more of it, without markup, less deep, called original."""
    filled = [cell for cell in cells if cell.strip()][:_ROWS]
    words = set(normalise_column_name(name).split())
    marked = sum(_MARKUP.search(cell) is not None for cell in filled)
    length = sum(len(_letters(cell)) for cell in filled)
    return -round(length / 50), marked, len(own_path(name)), -len(words & column_names.ORIGINAL)


def _letters(cell: str) -> str:
    return _NO_LETTER.sub("", _TAGS.sub(" ", html.unescape(cell))).casefold()


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    start, whole = _letters(shorter), _letters(longer)
    least = _SHORT if shorter.rstrip().endswith(("…", "...")) else _LONG
    return start == whole or (len(start) >= least and whole.startswith(start))
