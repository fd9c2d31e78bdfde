"""JSON text → records: what cannot be read costs itself, and reading takes up again behind it."""

from __future__ import annotations

import ast
import json
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.text import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DECODER = json.JSONDecoder(strict=False)
_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"(?<=[}\n,])\s*(?=\{)")
_CUT_MARGIN = 16
_DEEP = "nested too deep"


@dataclass(frozen=True, slots=True)
class Found:
    """One record of a JSON source, or why it could not be read."""

    line: int
    raw: str
    value: object = None
    trouble: str | None = None


def read_lines(blocks: Iterable[list[str]]) -> Iterator[Found]:
    """One record a line; blank lines are passed over."""
    number = 0
    for block in blocks:
        for line in block:
            number += 1
            raw = line.strip()
            if raw:
                yield _decoded(number, raw)


def _decoded(number: int, raw: str) -> Found:
    try:
        return Found(number, raw, _DECODER.decode(raw))
    except RecursionError:
        return Found(number, raw, trouble=_DEEP)
    except ValueError as trouble:
        value = python_literal(raw)
        return Found(number, raw, value, None if value is not None else _reason(trouble))


def _reason(trouble: ValueError) -> str:
    if isinstance(trouble, json.JSONDecodeError):
        return f"invalid JSON: {trouble.msg} (column {trouble.colno})"
    return f"invalid JSON: {str(trouble).partition(';')[0]}"


LITERAL_LIMIT = 1 << 20
"""Characters of a Python literal that is still looked at."""
_NESTING_LIMIT = 50
_BRACKETS = re.compile(r"[\[{(\]})]")


def python_literal(raw: str) -> object:
    """What a Python-literal dictionary says (None for anything else): some exports write these in place of JSON.

    `ast.literal_eval` runs no code; size and nesting are limited first, as its parser may exhaust the stack.
    """
    if not raw.startswith("{") or len(raw) > LITERAL_LIMIT or _depth(raw) > _NESTING_LIMIT:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of strange literals; what counts is whether it is one
        try:
            value = ast.literal_eval(raw)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def _depth(raw: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKETS.findall(raw):
        depth += 1 if bracket in "[{(" else -1
        deepest = max(deepest, depth)
    return deepest


def read_stream(chunks: Iterable[str], start: int, *, in_array: bool) -> Iterator[Found]:
    """Records one after the other, from character `start` on; in an array up to its end."""
    window = _Window(chunks, start)
    while window.go_to_next():
        if in_array and window.at("]"):
            return
        yield window.take()
    if in_array:
        yield Found(window.line, "", trouble="the file ends inside the array of records: it is cut short")


class _Window:
    """A piece of the text that moves on; it grows only while a record is not complete."""

    def __init__(self, chunks: Iterable[str], start: int) -> None:
        self._chunks = iter(chunks)
        self._text = ""
        self._at = 0
        self.line = 1
        while len(self._text) < start and self._more():
            pass
        self._move(start)

    def at(self, character: str) -> bool:
        return self._text.startswith(character, self._at)

    def go_to_next(self) -> bool:
        """Pass white space and commas; False at the end."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            if between is not None:
                self._move(between.end())
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def take(self) -> Found:
        """Decode the value here, or pass over what cannot be."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                return self._pass_over(_DEEP)
            except ValueError as trouble:
                if self._is_cut(trouble) and self._more():
                    continue
                return self._pass_over(_reason(trouble))
            if end < len(self._text) or isinstance(value, dict | list | str) or not self._more():
                return self._found(end, value, None)

    def _found(self, end: int, value: object, trouble: str | None) -> Found:
        found = Found(self.line, self._text[self._at : end], value, trouble)
        self._move(end)
        return found

    def _is_cut(self, trouble: ValueError) -> bool:
        """Whether more text could mend it: the trouble is at the end, or a string that does not end."""
        if not isinstance(trouble, json.JSONDecodeError) or len(self._text) - self._at > LINE_LIMIT:
            return False
        return trouble.msg.startswith("Unterminated string") or trouble.pos >= len(self._text) - _CUT_MARGIN

    def _pass_over(self, reason: str) -> Found:
        """Go on where the next record seems to begin."""
        passed = 1
        while True:
            following = _NEXT.search(self._text, self._at + passed)
            if following is None:
                passed = max(passed, len(self._text) - self._at - _CUT_MARGIN)
                if len(self._text) - self._at > LINE_LIMIT or not self._more():
                    return self._found(self._end_of_array(), None, reason)
                continue
            passed = following.end() - self._at
            try:
                _DECODER.raw_decode(self._text, following.end())
            except RecursionError:
                passed += 1
            except ValueError as trouble:
                if not (self._is_cut(trouble) and self._more()):
                    passed += 1
                else:
                    passed -= following.end() - following.start()
            else:
                return self._found(following.end(), None, reason)

    def _end_of_array(self) -> int:
        """Where the broken rest ends: before the bracket that closes the array, if the text ends with one."""
        text = self._text.rstrip(" \t\r\n}")
        return len(text) - 1 if text.endswith("]") and len(text) - 1 > self._at else len(self._text)

    def _move(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        """Take in another piece, letting go of what is behind."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return True


def read_columns(chunks: Iterable[str], start: int) -> Iterator[Found]:
    """Records of an object of columns, as pandas writes it; it is taken whole, up to `LINE_LIMIT` characters."""
    window = _Window(chunks, start)
    table = window.take()
    if not isinstance(table.value, dict):
        yield Found(table.line, "", trouble=table.trouble or "not an object")
        return
    columns = {
        str(name): list(part.values()) if isinstance(part, dict) else list(part) for name, part in table.value.items()
    }
    for cells in zip(*columns.values(), strict=True):
        record = dict(zip(columns, cells, strict=True))
        yield Found(table.line, json.dumps(record), record)
