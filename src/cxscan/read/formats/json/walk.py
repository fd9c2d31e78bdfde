"""Records that stand under several keys of an object: lists of records by key, and records by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.read.formats.json.lines import JsonRecord
from cxscan.read.formats.json.window import Window

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from cxscan.read.formats.json.sniff import JsonShape
    from cxscan.read.rows import ReadStats

_CUT = "the file ends inside the object that holds the records: cut short"
_REST = "the object that holds the records is broken here; the rest is not read: export it again"
_KEY = "key"


def read_members(chunks: Iterable[str], shape: JsonShape, stats: ReadStats) -> Iterator[JsonRecord]:
    """Read the records of each document; the key above a record, or above its list, becomes a field of it."""
    window = Window(chunks, shape.start, shape.known)
    first: dict[str, object] | None = None
    while window.go_to_next():
        if not window.at("{"):
            record = window.take(in_array=False)
            yield JsonRecord(record.line, record.raw, trouble="no record, behind the end of the object")
            continue
        walk = _walk(window, shape, shape.steps, None)
        while True:
            try:
                record = next(walk)
            except StopIteration as end:
                stats.beside += window.take_passed()
                if not end.value:
                    return
                break
            value = record.value
            if isinstance(value, dict) and first is not None and first.keys().isdisjoint(value.keys() - {_KEY}):
                yield JsonRecord(record.line, record.raw, trouble="an object of another kind beside the records")
                continue
            first = value if first is None and isinstance(value, dict) else first
            yield record


def _walk(
    window: Window, shape: JsonShape, steps: tuple[str | None, ...], label: str | None
) -> Generator[JsonRecord, None, bool]:
    """Go through the object that begins here; False where reading cannot go on."""
    window.skip()
    while window.go_to_next():
        if window.at("}"):
            window.skip()
            return True
        key = _key(window)
        if key is None:
            yield JsonRecord(window.line, "", trouble=_REST)
            return False
        if not steps:
            yield _labelled(window.take(in_array=False), key)
            continue
        step, *rest = steps
        is_on_path = key == step or (step is None and key not in shape.skipped)
        above = key if step is None else label
        if is_on_path and window.at("{") and (rest or shape.shape == "keyed"):
            is_whole = yield from _walk(window, shape, tuple(rest), above)
        elif is_on_path and window.at("[") and not rest and shape.shape == "group":
            is_whole = yield from _elements(window, above)
        else:
            is_whole = _pass_value(window, key)
        if not is_whole:
            yield JsonRecord(window.line, "", trouble=_CUT)
            return False
    yield JsonRecord(window.line, "", trouble=_CUT)
    return False


def _key(window: Window) -> str | None:
    """Read a key and its colon; None where none stands here."""
    if not window.at('"'):
        return None
    key = window.take(in_array=False)
    if not isinstance(key.value, str) or not window.go_to_next() or not window.at(":"):
        return None
    window.skip()
    return key.value if window.go_to_next() else None


def _elements(window: Window, label: str | None) -> Generator[JsonRecord, None, bool]:
    window.skip()
    while window.go_to_next():
        if window.at("]"):
            window.skip()
            return True
        yield _labelled(window.take(in_array=True), label)
    return False


def _pass_value(window: Window, key: str) -> bool:
    """Pass a value without keeping it; False where the text ends before it does."""
    if window.at("{") or window.at("["):
        window.pass_bracket(key)
        return window.leave(1) is True
    return window.take(in_array=False).trouble is None


def _labelled(record: JsonRecord, label: str | None) -> JsonRecord:
    if label is None or not isinstance(record.value, dict):
        return record
    name = _KEY if _KEY not in record.value else f"_{_KEY}"
    return JsonRecord(record.line, f"{label}:{record.raw}", {**record.value, name: label}, record.trouble)
