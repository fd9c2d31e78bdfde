"""A stream of JSON text → records one after the other: a broken one costs itself, nothing is dropped in silence."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from cxscan.read.bytes.text import LINE_LIMIT
from cxscan.read.formats.json.lines import DECODER, DEEP, JsonRecord, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.read.formats.json.sniff import JsonShape

_BETWEEN = re.compile(r"[\s,\ufeff]*")
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|[\[\]{}]|\n[\s,]*')
"""A string (one that is not ended ends with its line), a bracket, or the beginning of a line."""
_WORD = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]|"', re.DOTALL)
"""A string or a bracket of sound JSON; a lone quote begins a string that is cut off."""
_FIRST_KEY = re.compile(r"""\{\s*("[^"\n]*"|'[^'\n]*'|[\w$]+)""")
_INSIDE_STRING = re.compile(r"[},]\s*(?=\{)")
_BEHIND_RECORD = re.compile(r"\s*(?:[,\[\]{]|\Z)")
_BEHIND_ARRAY = re.compile(r"\s*(?:[\[{}]|\Z)")
_CUT_MARGIN = 16
_AHEAD = 256
_BLANK = " \t\r,"
_MOST_TRIES = 100
_DOUBT = 1 << 14
"""Characters in which the brackets of a broken record may still turn out to match."""
_PIECE = 1 << 16
"""Characters that are taken into the window at once, at least."""


def read_stream(chunks: Iterable[str], shape: JsonShape) -> Iterator[JsonRecord]:
    """Records one after the other, from the beginning of the text on."""
    window = _Window(chunks, shape.start)
    while window.go_to_next():
        yield window.take(in_array=False)


def read_array(chunks: Iterable[str], shape: JsonShape) -> Iterator[JsonRecord]:
    """Records of an array, and of those like it that follow it; anything else behind it is a reject."""
    window = _Window(chunks, shape.start)
    inside, ended = True, False
    while window.go_to_next():
        if inside and window.at("]"):
            inside, ended = False, True
            window.skip()
            if not window.leave(shape.depth):
                yield JsonRecord(
                    window.line, "", trouble="the file ends inside the object that holds the records: cut short"
                )
                return
        elif not inside and (window.enter(shape.path) if shape.path else window.at("[")):
            inside = True
            window.skip()
        else:
            like = window.last if ended else None
            yield _of_one_kind(window.take(in_array=inside), like, inside=inside)
    if inside:
        yield JsonRecord(window.line, "", trouble="the file ends inside the array of records: it is cut short")


def _of_one_kind(found: JsonRecord, like: dict[str, object] | None, *, inside: bool) -> JsonRecord:
    """The record, or a reject where it stands behind the first array and has no key of the records in it."""
    if not inside and found.trouble is not None:
        return JsonRecord(found.line, found.raw, trouble=f"no record, behind the end of the array ({found.trouble})")
    if like and isinstance(found.value, dict) and like.keys().isdisjoint(found.value):
        return JsonRecord(
            found.line, found.raw, trouble="an object of another kind, behind the end of the array of records"
        )
    return found


def read_columns(chunks: Iterable[str], shape: JsonShape) -> Iterator[JsonRecord]:
    """Records of an object of columns, as pandas writes it; it is taken whole, up to `LINE_LIMIT` characters."""
    window = _Window(chunks, shape.start)
    table = window.take(in_array=False)
    if not isinstance(table.value, dict):
        yield JsonRecord(table.line, "", trouble=table.trouble or "not an object")
        return
    columns = {
        str(name): list(part.values()) if isinstance(part, dict) else list(part) for name, part in table.value.items()
    }
    for cells in zip(*columns.values(), strict=True):
        record = dict(zip(columns, cells, strict=True))
        yield JsonRecord(table.line, json.dumps(record), record)
    if window.go_to_next():
        yield JsonRecord(window.line, "", trouble="no record, behind the end of the object of columns")


class _Window:
    """A piece of the text that moves on; it grows only while a record is not complete."""

    def __init__(self, chunks: Iterable[str], start: int) -> None:
        self._chunks = iter(chunks)
        self._chunk = ""
        self._taken = 0
        self._text = ""
        self._at = 0
        self._indent: str | None = None
        self._column = 0
        self.line = 1
        self.last: dict[str, object] | None = None
        """The last record that was sound."""
        while len(self._text) < start and self._more():
            pass
        self._move(start)

    def at(self, character: str) -> bool:
        return self._text.startswith(character, self._at)

    def skip(self) -> None:
        """Pass one character."""
        self._move(self._at + 1)

    def go_to_next(self) -> bool:
        """Pass white space and commas; False at the end."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            if between is not None:
                _, newline, indent = between.group().rpartition("\n")
                if newline:
                    self._indent = indent
                elif self._indent is not None:
                    self._indent += indent
                self._move(between.end())
            if self._at < len(self._text):
                return True
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
                return self._found(end, value, None)

    def leave(self, depth: int) -> bool:
        """Pass what follows an array in the `depth` objects around it; False where the text ends before they do."""
        while depth > 0:
            word = _WORD.search(self._text, self._at)
            if word is None or word.group() == '"':
                self._move(len(self._text) if word is None else word.start())
                if len(self._text) - self._at > LINE_LIMIT or not self._more():
                    return False
                continue
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(word.group(), 0)
            self._move(word.end())
        return True

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

    def _found(self, end: int, value: object, trouble: str | None) -> JsonRecord:
        found = JsonRecord(self.line, self._text[self._at : end], value, trouble)
        self._indent = None
        self._move(end)
        return found

    def _broken(self, trouble: str, *, in_array: bool) -> JsonRecord:
        """Pass over the record here. What is behind is let go of, as every error message counts from the beginning."""
        found = self._found(self._end_of_broken(in_array=in_array), None, trouble)
        self._text = self._from_here()
        _, newline, indent = found.raw.rpartition("\n")
        self._indent = indent if newline and not indent.strip(_BLANK) else None
        return found

    def _is_cut(self, trouble: ValueError) -> bool:
        """Whether more text could mend it: the trouble is at the end, or a string that does not end."""
        if not isinstance(trouble, json.JSONDecodeError) or len(self._text) - self._at > LINE_LIMIT:
            return False
        return trouble.msg.startswith("Unterminated string") or trouble.pos >= len(self._text) - _CUT_MARGIN

    def _end_of_broken(self, *, in_array: bool) -> int:
        """Where the record here that cannot be read ends: at its last bracket, or before what must be the next one.

        Its text is gone through once. Where its quotes or brackets do not match, the next record is known by its
        first key, by its place on the line, or by its keys.
        """
        scan = _BrokenRecord(self._text, self._at, self._indent, self.last, in_array=in_array)
        while True:
            end = scan.end(self._text, self._at)
            if end is not None:
                return end
            if len(self._text) - self._at > LINE_LIMIT or not self._more():
                return scan.end(self._text, self._at, final=True) or self._end_of_array()

    def _end_of_array(self) -> int:
        """Where the broken rest ends: before the bracket that closes the array, if the text ends with one."""
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
        """What is left of the window; from now on it begins here."""
        newline = self._text.rfind("\n", 0, self._at)
        self._column = self._at - newline - 1 if newline >= 0 else self._column + self._at
        text = self._text[self._at :]
        self._at = 0
        return text


class _BrokenRecord:
    """The brackets of a record that cannot be read, as far as its text has come."""

    def __init__(
        self, text: str, at: int, indent: str | None, last: dict[str, object] | None, *, in_array: bool
    ) -> None:
        key = _FIRST_KEY.match(text, at)
        self._first_keys = {key.group(1)} if key else set()
        if last:
            self._first_keys.add(f'"{next(iter(last))}"')
        self._indent = indent
        self._last = last
        self._in_array = in_array
        self._open: list[str] = []
        self._counts = Counter[str]()
        self._place = 0
        self._tail: str | None = None
        self._before = ""
        self._tries = 0
        self._fallback: int | None = None
        """Where an object in a list begins that has all keys of a record, should the brackets not match."""

    def end(self, text: str, at: int, *, final: bool = False) -> int | None:
        """Where it ends in `text`, in which it begins at `at`; None where that is not to be seen (yet)."""
        while (token := _TOKEN.search(text, at + self._place)) is not None:
            if not final and _is_near_end(text, token.end()):
                return None
            if self._fallback is not None and self._place > self._fallback + _DOUBT:
                break
            gap = text[at + self._place : token.start()].strip()
            self._before = gap[-1] if gap else self._before
            end = self._step(text, at, token)
            if end is not None:
                return end
            self._place = token.end() - at
        is_over = final or token is not None
        return at + self._fallback if is_over and self._fallback is not None else None

    def _step(self, text: str, at: int, token: re.Match[str]) -> int | None:
        word, start = token.group(), token.start()
        if word[0] == "\n":
            self._tail = word.rpartition("\n")[2]
            is_next = self._in_array and not self._open and self._tail == self._indent and start > at
            return token.end() if is_next else None
        end = None
        if word[0] == '"':
            end = self._record_in_string(text, token)
        elif word in "{[":
            if word == "{" and start > at and self._is_next_record(text, start, at):
                return start if self._fallback is None else at + self._fallback
            if word == "[" and self._is_next_array(text, token.end()):
                return token.end()
            self._open.append(word)
            self._counts[word] += 1
        elif word == "}":
            self._close("{")
            end = token.end() if not self._open and _BEHIND_RECORD.match(text, token.end()) else None
        elif self._counts["["]:
            self._close("[")
        elif self._in_array and (not self._open or _BEHIND_ARRAY.match(text, token.end())):
            return start
        self._tail, self._before = None, word[-1]
        return end

    def _close(self, bracket: str) -> None:
        """Close the innermost bracket of a kind, and what is open in it."""
        while self._counts[bracket] and self._open:
            innermost = self._open.pop()
            self._counts[innermost] -= 1
            if innermost == bracket:
                return

    def _record_in_string(self, text: str, token: re.Match[str]) -> int | None:
        """Where the next record begins in what would be a string, had all quotes their counterpart."""
        for before in _INSIDE_STRING.finditer(text, token.start(), token.end()):
            key = _FIRST_KEY.match(text, before.end())
            if key and key.group(1) in self._first_keys:
                return before.end()
        return None

    def _is_next_record(self, text: str, start: int, at: int) -> bool:
        """Whether the object that begins at `start` is not in the broken record but behind it."""
        if not self._open:
            return True
        if self._before in (":", "["):
            return False
        key = _FIRST_KEY.match(text, start)
        is_like = key is not None and key.group(1) in self._first_keys
        in_place = self._indent is not None and self._tail == self._indent
        if self._open[-1] == "{":
            return is_like or in_place
        if self._fallback is None and is_like and (in_place or self._has_keys_of_last(text, start)):
            self._fallback = start - at
        return False

    def _is_next_array(self, text: str, start: int) -> bool:
        """Whether an array of records begins where a key should stand, as the array before it is cut short."""
        if not self._open or self._open[-1] != "{" or self._before == ":":
            return False
        key = _FIRST_KEY.search(text, start, start + _AHEAD)
        return key is not None and not text[start : key.start()].strip() and key.group(1) in self._first_keys

    def _has_keys_of_last(self, text: str, start: int) -> bool:
        self._tries += 1
        if self._last is None or self._tries > _MOST_TRIES:
            return False
        try:
            value, _ = DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            return False
        return isinstance(value, dict) and value.keys() == self._last.keys()


def _is_near_end(text: str, place: int) -> bool:
    """Whether too little is known of what follows."""
    between = _BETWEEN.match(text, place)
    return len(text) - place < _AHEAD or between is None or between.end() == len(text)
