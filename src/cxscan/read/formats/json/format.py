"""The format of JSON, however it holds its records."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, assert_never

from cxscan.errors import CxscanError, UsageError, nearest
from cxscan.layout import Layout
from cxscan.read.bytes.text import lines
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.formats.json.columns import json_columns, read_records, refuse_structures
from cxscan.read.formats.json.encoded_twice import decoded_once, is_encoded_twice, texts_decoded_once
from cxscan.read.formats.json.evidence import NAMED, SAMPLE, text_evidence
from cxscan.read.formats.json.lines import read_lines
from cxscan.read.formats.json.pages import usual_keys, without_pages
from cxscan.read.formats.json.shapes.children import as_path, child_lists
from cxscan.read.formats.json.shapes.registry import expanded, find_expansion
from cxscan.read.formats.json.shapes.shape import Wanted
from cxscan.read.formats.json.sniff import looks_like_json, sniff_json
from cxscan.read.formats.json.stream import read_array, read_columns, read_stream
from cxscan.read.formats.json.walk import read_members
from cxscan.read.rows import ReadStats
from cxscan.read.values.column_names import TEXT, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.formats.json.lines import JsonRecord
    from cxscan.read.formats.json.shapes.registry import Expansion
    from cxscan.read.formats.json.sniff import JsonShape
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows

_MOST_LISTED = 5


class JsonFormat:
    """JSON and JSON Lines."""

    name = "json"
    title = "JSON Lines"
    suffixes = (".json", ".jsonl", ".ndjson")
    is_text = True

    def recognises(self, head: Head) -> bool:
        """By what it begins with, or by the name."""
        return looks_like_json(head.text) or head.name.endswith(self.suffixes)

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        """Raise InputError if there are no records, UsageError if `--json-path` leads nowhere."""
        path, encoding = raw.path, head.encoding
        wanted = Wanted(columns=request.columns, texts=request.text, header=request.header, numbered=request.no_header)
        is_twice = is_encoded_twice(head.text)
        begin = decoded_once(head.text) if is_twice else head.text
        shape = sniff_json(begin, wanted, path, asked_path=request.json_path, complete=head.is_whole)
        values = list(islice(_values(iter((begin,)), shape, path, ReadStats()), FIRST_RECORDS + 1))
        if not head.is_whole and values and values[-1].trouble is not None:
            values.pop()
        expand = _expansion(values, shape, wanted, path)
        keys = usual_keys(values) if expand is None else frozenset()
        first = list(islice(without_pages(expanded(values, expand, ReadStats()), keys), FIRST_RECORDS))
        columns = json_columns([record.value for record in first], request.columns)

        def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            refuse_structures(first, columns, texts, path)
            text = raw.text(encoding, stats)
            text = texts_decoded_once(text, path) if is_twice else text
            records = without_pages(expanded(_values(text, shape, path, stats), expand, stats), keys)
            return read_records(records, columns, texts, wanted, path, stats)

        stretches = read_records(first, columns, (), range(len(columns.names)), path, ReadStats())
        return SourceTable(
            layout=Layout(
                format="jsonl" if shape.shape == "lines" else "json",
                encoding=encoding,
                columns=(),
                json_path=_record_path(shape, expand),
            ),
            names=columns.names,
            written=tuple(".".join(keys) for keys in columns.paths),
            first=[row for stretch in stretches for row in stretch.cells],
            rows=rows,
            notes=(*shape.notes, *_unread(first, shape, expand)),
            trouble=f"line {first[0].line}: {first[0].trouble or 'not an object'}" if first else None,
        )


def _values(text: Iterator[str], shape: JsonShape, path: str, stats: ReadStats) -> Iterator[JsonRecord]:
    match shape.shape:
        case "lines":
            return read_lines(lines(text, path))
        case "columns":
            return read_columns(text, shape)
        case "array":
            return read_array(text, shape, stats)
        case "keyed" | "group":
            return read_members(text, shape, stats)
        case "stream":
            return read_stream(text, shape)
        case other:
            assert_never(other)


def _record_path(shape: JsonShape, expand: Expansion | None) -> str:
    """The path to the records, through lists too, as `--json-path` takes it."""
    children = None if expand is None else expand.children
    return shape.path if children is None or shape.inside else f"{shape.path}[].{children.path}"


def _unread(records: Sequence[JsonRecord], shape: JsonShape, expand: Expansion | None) -> tuple[str, ...]:
    """A note on the lists beside those that are read in each value, or on comments inside of comments."""
    if expand is not None and expand.children is not None and expand.children.unread:
        unread = ", ".join(expand.children.unread[:_MOST_LISTED])
        return (f"comments from {_record_path(shape, expand)}; not read: {unread} (--json-path)",)
    if expand is not None:
        return ()
    lists = child_lists([record.value for record in records[:SAMPLE]])
    paths = [
        as_path(tuple(filter(None, (shape.path, *keys))))
        for keys, items in lists.items()
        if any(normalise_column_name(key) in TEXT for key in keys) and text_evidence(items) >= NAMED
    ]
    return (f"each record holds comments in {paths[0]} too, not read: --json-path reads these",) if paths else ()


def _expansion(values: Sequence[JsonRecord], shape: JsonShape, wanted: Wanted, path: str) -> Expansion | None:
    """Return how records are made of the values; None where they are records."""
    wanted = replace(wanted, header=wanted.header or shape.header, inside=shape.inside)
    try:
        expand, _ = find_expansion([record.value for record in values if record.trouble is None], wanted)
    except CxscanError as trouble:
        raise type(trouble)(f"{path}: {trouble}") from None
    if expand is None and shape.inside and values:
        known = sorted({".".join(keys) for keys in child_lists([record.value for record in values])})
        raise UsageError(f"{path}: --json-path {shape.path}: no list there; {nearest('.'.join(shape.inside), known)}")
    return expand


JSON = JsonFormat()
