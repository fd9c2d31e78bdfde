"""A stream of JSON text → records one after the other: a broken one costs itself, nothing is dropped in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cxscan.read.formats.json.lines import JsonRecord
from cxscan.read.formats.json.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.read.formats.json.sniff import JsonShape
    from cxscan.read.rows import ReadStats


def read_stream(chunks: Iterable[str], shape: JsonShape) -> Iterator[JsonRecord]:
    """Read records one after the other, from the beginning of the text on."""
    window = Window(chunks, shape.start)
    while window.go_to_next():
        yield window.take(in_array=False)


def read_array(chunks: Iterable[str], shape: JsonShape, stats: ReadStats) -> Iterator[JsonRecord]:
    """Read the records of an array, and of those like it that follow; reject anything else behind it."""
    window = Window(chunks, shape.start, shape.known)
    inside, ended = True, False
    while window.go_to_next():
        if inside and window.at("]"):
            inside, ended = False, True
            window.skip()
            left = window.leave(shape.depth, like=window.last if shape.joins else None)
            stats.beside += window.take_passed()
            if isinstance(left, JsonRecord):
                inside = True
                stats.joined += 1
                yield left
            elif not left:
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


def _of_one_kind(record: JsonRecord, like: dict[str, object] | None, *, inside: bool) -> JsonRecord:
    """Return the record, or a reject if it stands behind the first array and shares no key with the records in it."""
    if not inside and record.trouble is not None:
        return JsonRecord(record.line, record.raw, trouble=f"no record, behind the end of the array ({record.trouble})")
    if like and isinstance(record.value, dict) and like.keys().isdisjoint(record.value):
        return JsonRecord(
            record.line, record.raw, trouble="an object of another kind, behind the end of the array of records"
        )
    return record


def read_columns(chunks: Iterable[str], shape: JsonShape) -> Iterator[JsonRecord]:
    """Read the records of an object of columns, as pandas writes it; it is decoded whole, up to `LINE_LIMIT`."""
    window = Window(chunks, shape.start)
    table = window.take(in_array=False)
    if not isinstance(table.value, dict):
        yield JsonRecord(table.line, "", trouble=table.trouble or "not an object")
        return
    columns = {
        str(name): list(part.values()) if isinstance(part, dict) else list(part) for name, part in table.value.items()
    }
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        yield JsonRecord(table.line, json.dumps(row), row)
    if window.go_to_next():
        yield JsonRecord(window.line, "", trouble="no record, behind the end of the object of columns")
