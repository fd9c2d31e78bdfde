"""Find where a JSON record that cannot be read ends, and the next one begins, in one pass over its text."""

from __future__ import annotations

import re
from collections import Counter

from cxscan.read.formats.json.lines import DECODER

BETWEEN = re.compile(r"[\s,\ufeff]*")
"""White space, commas and byte-order marks: what may stand between records."""
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|[\[\]{}]|\n[\s,]*')
"""A string (one that is not ended ends with its line), a bracket, or the beginning of a line."""
_FIRST_KEY = re.compile(r"""\{\s*("[^"\n]*"|'[^'\n]*'|[\w$]+)""")
_INSIDE_STRING = re.compile(r"[},]\s*(?=\{)")
_BEHIND_RECORD = re.compile(r"\s*(?:[,\[\]{]|\Z)")
_BEHIND_ARRAY = re.compile(r"\s*(?:[\[{}]|\Z)")
_AHEAD = 256
"""Characters behind a bracket that must be there to judge what follows it."""
_MOST_TRIES = 100
"""Objects in one broken record that are decoded to compare their keys."""
_DOUBT = 1 << 14
"""Characters in which the brackets of a broken record may still turn out to match."""


class BrokenRecord:
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
        """Start of an object in a list that has all keys of a record, should the brackets not match."""

    def end(self, text: str, at: int, *, final: bool = False) -> int | None:
        """Find its end in `text`, in which it begins at `at`; None if that cannot be seen (yet)."""
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
        """Find the next record in what would be a string, had all quotes their counterpart."""
        for before in _INSIDE_STRING.finditer(text, token.start(), token.end()):
            key = _FIRST_KEY.match(text, before.end())
            if key and key.group(1) in self._first_keys:
                return before.end()
        return None

    def _is_next_record(self, text: str, start: int, at: int) -> bool:
        """Tell whether the object that begins at `start` is not in the broken record but behind it."""
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
        """Tell whether an array of records begins where a key should stand, as the array before it is cut short."""
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
    """Tell whether too little is known of what follows."""
    between = BETWEEN.match(text, place)
    return len(text) - place < _AHEAD or between is None or between.end() == len(text)
