"""A window that moves over JSON text, value by value, and grows only while a value is not complete."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cxscan.read.bytes.text import LINE_LIMIT
from cxscan.read.formats.json.alike import are_alike
from cxscan.read.formats.json.broken import BETWEEN, BrokenRecord
from cxscan.read.formats.json.lines import DECODER, DEEP, JsonRecord, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]|"', re.DOTALL)
"""A string or a bracket of sound JSON; a lone quote begins a string that is cut off."""
_CUT_MARGIN = 16
_PEEK = 64
"""Characters behind a bracket that must be there to see what it opens."""
_OBJECT = re.compile(r"\s*\{")
_BLANK = " \t\r,"
_PIECE = 1 << 16
"""Characters that are taken into the window at once, at least."""


class Window:
    """A piece of the text that moves on; it grows only while a record is not complete."""

    def __init__(self, chunks: Iterable[str], start: int, known: frozenset[str] = frozenset()) -> None:
        self._chunks = iter(chunks)
        self._chunk = ""
        self._taken = 0
        self._text = ""
        self._at = 0
        self._gap: re.Match[str] | None = None
        self._carried = ""
        self._indent: str | None = None
        self._column = 0
        self._known = known
        self._passed = 0
        self.line = 1
        self.last: dict[str, object] | None = None
        """The last record that was sound."""
        while len(self._text) < start and self._more():
            pass
        self._move(start)

    def at(self, character: str) -> bool:
        """Tell whether a character stands here."""
        return self._text.startswith(character, self._at)

    def skip(self) -> None:
        """Pass one character."""
        self._move(self._at + 1)

    def go_to_next(self) -> bool:
        """Pass white space and commas; False at the end."""
        self._carried = ""
        while True:
            self._gap = BETWEEN.match(self._text, self._at)
            if self._gap is not None:
                self._move(self._gap.end())
            if self._at < len(self._text):
                return True
            self._carried += self._gap.group() if self._gap is not None else ""
            if not self._more():
                return False

    def take(self, *, in_array: bool) -> JsonRecord:
        """Decode the value here, or pass over what cannot be."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                return self._broken(DEEP, in_array=in_array)
            except ValueError as trouble:
                because = reason(trouble, self._column)
                if self._is_cut(trouble) and self._more():
                    continue
                return self._broken(because, in_array=in_array)
            if end < len(self._text) or isinstance(value, dict | list | str) or not self._more():
                if isinstance(value, dict):
                    self.last = value
                return self._record(end, value, None)

    def leave(self, depth: int, *, like: dict[str, object] | None = None) -> bool | JsonRecord:
        """Pass what follows an array in the `depth` objects around it; False where the text ends before they do.

        Where a list of records `like` the last one begins beside the array, its first record is returned.
        """
        around, arrays, key = depth, 0, ""
        while depth > 0:
            word = _WORD.search(self._text, self._at)
            if word is None or word.group() == '"':
                self._move(len(self._text) if word is None else word.start())
                if len(self._text) - self._at > LINE_LIMIT or not self._more():
                    return False
                continue
            bracket = word.group()
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(bracket, 0)
            self._move(word.end())
            if bracket == "[" and arrays == 0 and self._is_unknown_list(key):
                is_beside = like is not None and depth == around + 1 and self.go_to_next()
                record = self.take(in_array=True) if is_beside else None
                if record is not None and isinstance(record.value, dict) and like and are_alike(like, record.value):
                    return record
                self._passed += 1
            arrays += (bracket == "[") - (bracket == "]")
            key = bracket[1:-1]
        return True

    def pass_bracket(self, key: str) -> None:
        """Pass the bracket here; a list of objects that begins with it is counted."""
        bracket = self._text[self._at]
        self.skip()
        if bracket == "[" and self._is_unknown_list(key):
            self._passed += 1

    def take_passed(self) -> int:
        """The number of lists of objects that were passed since it was asked for last, but those known before."""
        passed, self._passed = self._passed, 0
        return passed

    def _is_unknown_list(self, key: str) -> bool:
        """Tell whether objects follow here, in a list that was not seen when the place of the records was chosen."""
        if len(self._text) - self._at < _PEEK:
            self._more()
        return key not in self._known and _OBJECT.match(self._text, self._at) is not None

    def enter(self, path: str) -> bool:
        """Go to the array at `path` of the object that begins here; False, and no step, where there is none."""
        keys: list[str] = []
        key = ""
        place = 0
        while self.at("{"):
            word = _WORD.search(self._text, self._at + place)
            if word is None or word.group() == '"':
                place = (len(self._text) if word is None else word.start()) - self._at
                if len(self._text) - self._at > LINE_LIMIT or not self._more():
                    return False
                continue
            place = word.end() - self._at
            if word.group() in "{[":
                keys.append(key)
                if word.group() == "[" and ".".join(keys[1:]) == path:
                    self._move(word.start())
                    return True
            elif word.group() in "}]":
                keys.pop()
                if not keys:
                    return False
            key = word.group()[1:-1]
        return False

    def _record(self, end: int, value: object, trouble: str | None) -> JsonRecord:
        record = JsonRecord(self.line, self._text[self._at : end], value, trouble)
        self._indent = None
        self._move(end)
        return record

    def _broken(self, trouble: str, *, in_array: bool) -> JsonRecord:
        """Pass over the record here. What is behind is let go of, as every error message counts from the beginning."""
        record = self._record(self._end_of_broken(in_array=in_array), None, trouble)
        self._text = self._from_here()
        _, newline, indent = record.raw.rpartition("\n")
        self._indent = indent if newline and not indent.strip(_BLANK) else None
        return record

    def _is_cut(self, trouble: ValueError) -> bool:
        """Tell whether more text could mend it: the trouble is at the end, or a string that does not end."""
        if not isinstance(trouble, json.JSONDecodeError) or len(self._text) - self._at > LINE_LIMIT:
            return False
        return trouble.msg.startswith("Unterminated string") or trouble.pos >= len(self._text) - _CUT_MARGIN

    def _end_of_broken(self, *, in_array: bool) -> int:
        """Find the end of the broken record here: at its last bracket, or before what must be the next record.

        Its text is gone through once. Where its quotes or brackets do not match, the next record is known by its
        first key, by its place on the line, or by its keys.
        """
        scan = BrokenRecord(self._text, self._at, self._place_on_line(), self.last, in_array=in_array)
        while True:
            end = scan.end(self._text, self._at)
            if end is not None:
                return end
            if len(self._text) - self._at > LINE_LIMIT or not self._more():
                return scan.end(self._text, self._at, final=True) or self._end_of_array()

    def _place_on_line(self) -> str | None:
        """White space and commas before the record on its line; None where something else stands before it."""
        gap = self._carried + (self._gap.group() if self._gap is not None else "")
        _, newline, indent = gap.rpartition("\n")
        if newline:
            return indent
        return None if self._indent is None else self._indent + indent

    def _end_of_array(self) -> int:
        """Find the end of the broken rest: before the bracket that closes the array, if the text ends with one."""
        text = self._text.rstrip(" \t\r\n}")
        return len(text) - 1 if text.endswith("]") and len(text) - 1 > self._at else len(self._text)

    def _move(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        """Take in as much again, letting go of what is behind; False at the end."""
        parts = [self._from_here()]
        wanted = max(_PIECE, len(parts[0]))
        while wanted > 0:
            if self._taken >= len(self._chunk):
                self._chunk, self._taken = next(self._chunks, ""), 0
            part = self._chunk[self._taken : self._taken + wanted]
            if not part:
                break
            parts.append(part)
            self._taken += len(part)
            wanted -= len(part)
        self._text = "".join(parts)
        return len(parts) > 1

    def _from_here(self) -> str:
        """Let the window begin here, and return what is left of it."""
        newline = self._text.rfind("\n", 0, self._at)
        self._column = self._at - newline - 1 if newline >= 0 else self._column + self._at
        text = self._text[self._at :]
        self._at = 0
        return text
