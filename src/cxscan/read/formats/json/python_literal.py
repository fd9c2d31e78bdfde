"""Dictionaries as Python writes them, which some exports put in the place of JSON."""

from __future__ import annotations

import ast
import json
import re
import warnings

_SIZE_LIMIT = 1 << 20
"""Characters of a Python literal that is still looked at."""
_NESTING_LIMIT = 50
_BRACKETS = re.compile(r"[\[{(\]})]")
_NUMBER = r"0[xX][\da-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++|(?:\d[\d_]*+\.?[\d_]*+|\.\d[\d_]*+)(?:[eE][-+]?\d++)?"
_LITERAL = re.compile(
    r"""(?:[\s\[\]{}(),:]|[rRuU]?(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
    rf"""|(?:[-+]?(?:{_NUMBER})|True|False|None)(?=\s*+[,:\]}})]))*+"""
)
"""Brackets, strings, numbers and three names: no operators and no code, at which Python's parser may exhaust itself."""


def _literal(raw: str) -> dict[object, object] | None:
    """Evaluate a Python-literal dictionary; None for anything else.

    `ast.literal_eval` runs no code; size, nesting and words are limited first, as its parser may exhaust the stack.
    """
    if not raw.startswith("{") or len(raw) > _SIZE_LIMIT or _depth(raw) > _NESTING_LIMIT:
        return None
    if _LITERAL.fullmatch(raw) is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of strange literals; what counts is whether it is one
        try:
            value = ast.literal_eval(raw)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def as_json(raw: str) -> str | None:
    """Translate a Python-literal dictionary to JSON; None for anything else, or if JSON has no word for it."""
    try:
        value = _literal(raw)
        return None if value is None else json.dumps(value)
    except (TypeError, ValueError):  # a set; a number of more digits than Python writes
        return None


def _depth(raw: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKETS.findall(raw):
        depth += 1 if bracket in "[{(" else -1
        deepest = max(deepest, depth)
    return deepest
