"""The first documents of a JSON text, decoded as far as they go: the last one is closed where the text is cut."""

from __future__ import annotations

import json
import re

from cxscan.read.formats.json.lines import DECODER

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},]|"', re.DOTALL)
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_CLOSE = {"{": "}", "[": "]"}
LOOKED_AT = 4 << 20
"""Characters of a document without end that are looked at."""
_MOST = 100
"""Documents that are decoded."""


def first_documents(head: str, start: int) -> tuple[list[object], bool]:
    """The documents from `start` on, none where the first cannot be read, and whether the first is whole."""
    documents: list[object] = []
    at = start
    while len(documents) < _MOST and at < len(head):
        try:
            value, at = DECODER.raw_decode(head, at)
        except RecursionError:
            break
        except ValueError:
            cut = _closed(head[: at + LOOKED_AT], at)
            return (documents if cut is None else [*documents, cut]), bool(documents)
        documents.append(value)
        between = _BETWEEN.match(head, at)
        at = at if between is None else between.end()
    return documents, bool(documents)


def _closed(head: str, start: int) -> object:
    """Decode the document that begins at `start` up to its last whole value; None where that cannot be."""
    opened: list[str] = []
    whole: tuple[int, list[str]] | None = None
    for token in _TOKEN.finditer(head, start):
        word = token.group()
        if word in "{[":
            opened.append(word)
        elif word in "}]":
            if not opened or _CLOSE[opened.pop()] != word:
                return None
            if not opened:
                return None  # it is whole, and broken in itself
        elif word == ",":
            whole = token.start(), [*opened]
        elif word == '"':
            break
    if whole is None:
        return None
    end, inside = whole
    text = head[start:end] + "".join(_CLOSE[bracket] for bracket in reversed(inside))
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
