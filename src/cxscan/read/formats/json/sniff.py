"""Find how a JSON source holds its records: one a line, one after the other, or in an array, maybe of an object."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cxscan.errors import CxscanError, InputError, UsageError, nearest
from cxscan.read.formats.json.beginning import LOOKED_AT, first_documents
from cxscan.read.formats.json.encoded_twice import looks_like_strings_of_json
from cxscan.read.formats.json.evidence import NAMED
from cxscan.read.formats.json.lines import DECODER
from cxscan.read.formats.json.places import choose_place, find_places, group_at, names_before_rows, passed_over
from cxscan.read.formats.json.shapes.children import child_lists
from cxscan.read.values.column_names import TEXT, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.formats.json.places import JsonPlace, Steps
    from cxscan.read.formats.json.shapes.shape import Wanted

Shape = Literal["lines", "stream", "array", "columns", "keyed", "group"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]*")
_TRIAL_LINES = 50
_ROW = re.compile(r'\[(?:"(?:[^"\\]|\\.)*+"|[^"\[\]{}])*+\],?')
_MOST_LISTED = 5
_RECORDS = frozenset("data results items reviews records comments responses entries hits rows value messages".split())
"""Keys under which an answer has its records."""
_ERROR = frozenset({"error", "errors", "fault", "exception", "errormessage", "errordescription", "documentationurl"})
_CODES = frozenset({"status", "statuscode", "code", "errorcode", "success", "ok"})
_ABOUT_ERROR = frozenset("message detail details title type path timestamp requestid traceid reason instance".split())
"""Keys of an error that a service answers."""
_FAILED = re.compile(r"[45]\d\d|error|fail(?:ed|ure)?", re.IGNORECASE)
_ROWS = "data"
"""Key of the rows in a table that pandas has split."""


@dataclass(frozen=True, slots=True)
class JsonShape:
    """The arrangement of the records in the text."""

    shape: Shape
    """`lines`: one a line; `stream`: one after the other; `array`: elements of one array; `columns`: an object of
    columns, as pandas writes it; `keyed`: an object of records by key; `group`: arrays under several keys."""
    start: int = 0
    """Characters before the first record."""
    path: str = ""
    """Dotted path to the array inside an object."""
    depth: int = 0
    """Number of objects around the array."""
    steps: Steps = ()
    """Keys that lead to records by key, or to several arrays; None stands for any key."""
    skipped: frozenset[str] = frozenset()
    """Keys that are not meant by any key."""
    inside: tuple[str, ...] = ()
    """Keys that lead to the records inside each value, as asked for with `--json-path`."""
    header: tuple[str, ...] = ()
    """Names of the columns of rows, where they stand elsewhere in the document."""
    known: frozenset[str] = frozenset()
    """Keys of the lists beside the records that were seen already."""
    joins: bool = False
    """Arrays like the one found are read too where they stand beside it."""
    notes: tuple[str, ...] = ()


def looks_like_json(head: str) -> bool:
    """Tell whether text begins like JSON that can hold records."""
    if looks_like_strings_of_json(head):
        return True
    begin = head.lstrip()[:64]
    if begin.startswith("{"):
        return True
    # A header cell may be in brackets too: an array of records goes on with a record, or ends.
    return begin.startswith("[") and begin[1:].lstrip()[:1] in ("{", "[", "]", '"', "")


def sniff_json(head: str, wanted: Wanted, path: str, *, asked_path: str | None = None, complete: bool) -> JsonShape:
    """The shape of the JSON that begins with `head`; `complete` says it ends there.

    Raises UsageError if `asked_path` is not in it or several places may hold the comments, InputError if it holds no
    records.
    """
    begin = _SPACE.match(head, head.startswith("\ufeff"))
    start = begin.end() if begin else 0
    try:
        if asked_path is not None:
            return _at_path(head, start, asked_path, wanted, complete=complete)
        return _found(head, start, wanted, complete=complete) or _by_its_brackets(head, start, complete=complete)
    except CxscanError as trouble:
        raise type(trouble)(f"{path}: {trouble}") from None


def _found(head: str, start: int, wanted: Wanted, *, complete: bool) -> JsonShape | None:
    if head.startswith("[", start):
        return JsonShape("lines", start) if _rows_a_line(head[start:]) else JsonShape("array", start + 1)
    if _one_a_line(head, complete=complete):
        return JsonShape("lines", start)
    if head.startswith('"', start) and looks_like_strings_of_json(head):
        return JsonShape("lines", start)
    if not head.startswith("{", start):
        raise InputError("JSON must be an array of objects, an object that holds one, or one object a line")
    return _first_object(head, start, wanted)


def _rows_a_line(head: str) -> bool:
    """Tell whether each of the first two lines is an array of plain values: a row of a table."""
    lines = head.split("\n", 2)[:2]
    return len(lines) > 1 and all(_ROW.fullmatch(line.strip()) for line in lines)


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


def _first_object(head: str, start: int, wanted: Wanted) -> JsonShape | None:
    """One object that holds the records, or the first of several records; None where it cannot be read so far."""
    documents, is_whole = first_documents(head, start)
    if not documents:
        return None
    first = documents[0]
    if len(documents) > 1 or not isinstance(first, dict):
        return JsonShape("stream", start)
    if is_whole and is_columns(first):
        return JsonShape("columns", start)
    if not is_whole and (names := names_before_rows(first)):
        return JsonShape("group", start, _ROWS, 1, (_ROWS,), header=names)
    if is_whole:
        _refuse_error(first)
    places = find_places(first, wanted)
    place = choose_place(places)
    if place is None and is_whole:
        _refuse_empty(first)
    if place is None or (place.evidence < NAMED and _is_record(first)):
        return JsonShape("columns" if is_whole and is_columns(first, keyed=True) else "stream", start)
    passed = passed_over(places, place)
    notes = (_note(place, passed),) if passed else ()
    return replace(
        _at_place(head, start, place),
        notes=notes,
        known=frozenset(other.steps[-1] or "" for other in places if other.steps),
    )


def _refuse_error(document: dict[str, object]) -> None:
    """Raise InputError for what a service answers in the place of records."""
    fields = {normalise_column_name(key).replace(" ", ""): value for key, value in document.items()}
    codes = [fields[key] for key in _CODES & fields.keys()]
    failed = not _ERROR.isdisjoint(fields) or any(
        code is False or (isinstance(code, str | int) and _FAILED.fullmatch(str(code))) for code in codes
    )
    if failed and fields.keys() <= _ERROR | _CODES | _ABOUT_ERROR:
        what = next((text for text in fields.values() if isinstance(text, str) and " " in text), "")
        quoted = f" ({' '.join(what.split())[:80]})" if what else ""
        raise InputError(f"this is an error that a service answered{quoted}, no records; export it again")


def _refuse_empty(document: dict[str, object]) -> None:
    """Raise InputError for an answer whose list of records is empty."""
    for key, inner in document.items():
        if inner == [] and normalise_column_name(key) in _RECORDS:
            raise InputError(f"no records: the list at {key} is empty; export it again")


def _note(place: JsonPlace, passed: Sequence[JsonPlace]) -> str:
    listed = ", ".join(other.path for other in passed[:_MOST_LISTED])
    more = f" and {len(passed) - _MOST_LISTED} more" if len(passed) > _MOST_LISTED else ""
    return f"comments from {place.path or 'the keys'}; not read: {listed}{more} (--json-path)"


def _at_place(head: str, start: int, place: JsonPlace) -> JsonShape:
    """The arrangement of the records of a place."""
    if place.kind == "array":
        for array, _ in _arrays(head[: start + LOOKED_AT], of_objects=False):
            if array.path == place.path and array.start > start:
                return replace(array, header=place.header, joins=True)
    shape: Shape = "keyed" if place.kind == "keyed" else "group"
    return JsonShape(shape, start, place.path, len(place.steps), place.steps, place.skipped, header=place.header)


def _by_its_brackets(head: str, start: int, *, complete: bool) -> JsonShape:
    """The array with most objects of a document that cannot be decoded."""
    arrays = _arrays(head)
    largest = max(arrays, key=lambda array: array[1])[0].path if arrays else None
    holder = next((array for array, _ in arrays if array.path == largest), None)
    if holder is not None:
        return replace(holder, joins=True)
    try:
        DECODER.raw_decode(head, start)
    except RecursionError:
        raise InputError("the JSON is nested too deep; export the records as flat objects") from None
    except ValueError as trouble:
        if complete:
            raise InputError(f"invalid JSON: {trouble}; export it again") from None
    return JsonShape("stream", start)


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and any(
        isinstance(value[key], str) and normalise_column_name(key) in TEXT for key in value
    )


def is_columns(value: dict[str, object], *, keyed: bool = False) -> bool:
    """Tell whether an object is a table by columns: lists of one length, or (`keyed`) objects with the same keys."""
    parts = list(value.values())
    if parts and keyed and all(isinstance(part, dict) for part in parts):
        keys = [list(part) for part in parts if isinstance(part, dict)]
        return bool(keys[0]) and all(other == keys[0] for other in keys)
    lists = [part for part in parts if isinstance(part, list)]
    if not lists or len(lists) < len(parts) or any(isinstance(cell, dict | list) for part in lists for cell in part):
        return False
    return len({len(part) for part in lists}) == 1 and bool(lists[0])


def _at_path(head: str, start: int, asked: str, wanted: Wanted, *, complete: bool) -> JsonShape:
    """The place that is asked for: an array in objects, records or arrays by key, or lists inside each record."""
    path = re.sub(r"^\$?\.?|\[\*?\]|(?<=\.)\.+|\.+$", "", re.sub(r"\[(?:\*|\d*)\]", "", asked.strip()))
    inside = replace(_values_shape(head, start, complete=complete), inside=tuple(path.split(".")), path=path)
    if inside.shape == "array":
        return inside if path else replace(inside, inside=())
    arrays = {array.path: array for array, _ in reversed(_arrays(head, of_objects=False))}  # the first of each path
    if path in arrays:
        return arrays[path]
    documents, _ = first_documents(head, start)
    places = [place for document in documents[:1] for place in find_places(document, wanted)]
    groups = filter(None, (group_at(places, tuple(path.split("."))), *(p for p in places if p.path == path)))
    for place in groups:
        return replace(_at_place(head, start, place), joins=False)
    for above, array in arrays.items():
        if path.startswith(f"{above}."):
            return replace(array, inside=tuple(path[len(above) + 1 :].split(".")), path=path)
    lists = {".".join(keys) for keys in child_lists(documents)}
    if path in lists:
        return inside
    if not complete and len(head) < LOOKED_AT:
        return JsonShape("group", start, path, steps=tuple(path.split(".")))  # it may come later
    known = {*filter(None, arrays), *lists, *(place.path for place in places)}
    paths = sorted(name for name in known if "\n" not in name)
    raise UsageError(f"--json-path {asked}: no array there in this file; {nearest(path, paths)}")


def _values_shape(head: str, start: int, *, complete: bool) -> JsonShape:
    if head.startswith("[", start):
        return JsonShape("array", start + 1)
    return JsonShape("lines" if _one_a_line(head, complete=complete) else "stream", start)


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
