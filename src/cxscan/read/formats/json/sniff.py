"""Find how a JSON source holds its records: one a line, one after the other, or in an array, maybe of an object."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from cxscan.errors import InputError, UsageError, nearest
from cxscan.read.values.column_names import TEXT, normalise_column_name

Shape = Literal["lines", "stream", "array", "columns"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]*")
_TRIAL_LINES = 50
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class JsonShape:
    """The arrangement of the records in the text."""

    shape: Shape
    """`lines`: one a line; `stream`: one after the other; `array`: elements of one array; `columns`: an object of
    columns, as pandas writes it."""
    start: int = 0
    """Characters before the first record."""
    path: str = ""
    """Dotted path to the array inside an object."""
    depth: int = 0
    """Number of objects around the array."""


def looks_like_json(head: str) -> bool:
    """Tell whether text begins like JSON that can hold records."""
    begin = head.lstrip()[:64]
    if begin.startswith("{"):
        return True
    # A header cell may be in brackets too: an array of records goes on with a record, or ends.
    return begin.startswith("[") and begin[1:].lstrip()[:1] in ("{", "[", "]", '"', "")


def sniff_json(head: str, asked_path: str | None, path: str, *, complete: bool) -> JsonShape:
    """The shape of the JSON that begins with `head`; `complete` says it ends there.

    Raises UsageError if `asked_path` is not in it, InputError if it holds no records.
    """
    begin = _SPACE.match(head, head.startswith("\ufeff"))
    start = begin.end() if begin else 0
    if asked_path is not None:
        return _at_path(head, asked_path, path)
    if head.startswith("[", start):
        return JsonShape("array", start + 1)
    if _one_a_line(head, complete=complete):
        return JsonShape("lines", start)
    if not head.startswith("{", start):
        raise InputError(f"{path}: JSON must be an array of objects, an object that holds one, or one object a line")
    return _first_object(head, start, path, complete=complete)


def _one_a_line(head: str, *, complete: bool) -> bool:
    """Most of the first lines are whole objects; a single line must not be an object that holds the records."""
    lines = [line for line in re.split(r"[\r\n]+", head) if line.strip()]
    if not complete and len(lines) > 1:
        lines = lines[:-1]
    lines = lines[:_TRIAL_LINES]
    whole = sum(_is_whole(line) for line in lines)
    return len(lines) > 1 and whole * 2 >= len(lines)


def _is_whole(line: str) -> bool:
    line = line.strip()
    return line.startswith("{") and line.endswith("}")


def _first_object(head: str, start: int, path: str, *, complete: bool) -> JsonShape:
    """One object that holds the records, as an array or as columns, or the first of several records."""
    arrays = _arrays(head)
    largest = max(arrays, key=lambda array: array[1])[0].path if arrays else None
    holder = next((array for array, _ in arrays if array.path == largest), None)
    try:
        value, end = _DECODER.raw_decode(head, start)
    except RecursionError:
        if holder is None:
            raise InputError(f"{path}: the JSON is nested too deep; export the records as flat objects") from None
        return holder
    except ValueError as trouble:
        if complete and holder is None:
            raise InputError(f"{path}: invalid JSON: {trouble}; export it again") from None
        return holder or JsonShape("stream", start)
    followed = bool(head[end:].strip())
    if followed or (holder is not None and _is_record(value)):
        return JsonShape("stream", start)
    if holder is None and isinstance(value, dict) and is_columns(value):
        return JsonShape("columns", start)
    return holder or JsonShape("stream", start)


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and any(
        isinstance(value[key], str) and normalise_column_name(key) in TEXT for key in value
    )


def is_columns(value: dict[str, object]) -> bool:
    """Tell whether an object is a table by columns: all dictionaries with the same keys, or all lists of one length."""
    parts = list(value.values())
    if not parts:
        return False
    if all(isinstance(part, dict) for part in parts):
        keys = [list(part) for part in parts if isinstance(part, dict)]
        return bool(keys[0]) and all(other == keys[0] for other in keys)
    lists = [part for part in parts if isinstance(part, list)]
    return len(lists) == len(parts) and len({len(part) for part in lists}) == 1 and bool(lists[0])


def _at_path(head: str, asked: str, path: str) -> JsonShape:
    wanted = re.sub(r"^\$?\.?|\[\*?\]", "", asked.strip())
    arrays = {array.path: array for array, _ in reversed(_arrays(head, of_objects=False))}  # the first of each path
    if wanted in arrays:
        return arrays[wanted]
    raise UsageError(f"--json-path {asked}: no array there in {path}; {nearest(wanted, filter(None, arrays))}")


def _arrays(head: str, *, of_objects: bool = True) -> list[tuple[JsonShape, int]]:
    """Arrays that stand in objects only, each with the number of objects directly in it (as far as `head` goes)."""
    arrays: list[tuple[JsonShape, int]] = []
    keys: list[str] = []
    inside: list[str] = []
    in_arrays = 0
    counting = -1
    last = ""
    for token in _TOKEN.finditer(head):
        word = token.group()
        if word[0] == '"':
            last = word[1:-1]
        elif word in "}]":
            if inside:
                in_arrays -= inside.pop() == "["
            if keys:
                keys.pop()
            counting = counting if len(inside) > counting else -1
        else:
            if word == "{" and counting == len(inside) - 1 and counting >= 0:
                arrays[-1] = (arrays[-1][0], arrays[-1][1] + 1)
            inside.append(word)
            keys.append(last if len(inside) > 1 else "")
            in_arrays += word == "["
            if word == "[" and in_arrays == 1:
                place = JsonShape("array", token.end(), ".".join(keys[1:]), len(inside) - 1)
                arrays.append((place, 0))
                counting = len(inside) - 1
    return [(place, count) for place, count in arrays if count or not of_objects]
