"""The format of JSON, however it holds its records."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cxscan.layout import Layout
from cxscan.read.bytes.text import lines
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.formats.json.columns import json_columns, read_records, refuse_structures
from cxscan.read.formats.json.lines import read_lines
from cxscan.read.formats.json.sniff import looks_like_json, sniff_json
from cxscan.read.formats.json.stream import read_array, read_columns, read_stream
from cxscan.read.rows import ReadStats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.formats.json.lines import JsonRecord
    from cxscan.read.formats.json.sniff import JsonShape
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows


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
        shape = sniff_json(head.text, request.json_path, path, complete=head.is_whole)
        first = list(islice(_records(iter((head.text,)), shape, path), FIRST_RECORDS + 1))
        if not head.is_whole and first and first[-1].trouble is not None:
            first.pop()
        first = first[:FIRST_RECORDS]
        columns = json_columns([record.value for record in first], request.columns)

        def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            refuse_structures(first, columns, texts, path)
            return read_records(_records(raw.text(encoding, stats), shape, path), columns, texts, wanted, path, stats)

        stretches = read_records(first, columns, (), range(len(columns.names)), path, ReadStats())
        return SourceTable(
            layout=Layout(
                format="jsonl" if shape.shape == "lines" else "json",
                encoding=encoding,
                columns=(),
                json_path=shape.path,
            ),
            names=columns.names,
            written=tuple(".".join(keys) for keys in columns.paths),
            first=[row for stretch in stretches for row in stretch.cells],
            rows=rows,
            trouble=f"line {first[0].line}: {first[0].trouble or 'not an object'}" if first else None,
        )


def _records(text: Iterator[str], shape: JsonShape, path: str) -> Iterator[JsonRecord]:
    if shape.shape == "lines":
        return read_lines(lines(text, path))
    if shape.shape == "columns":
        return read_columns(text, shape)
    return read_array(text, shape) if shape.shape == "array" else read_stream(text, shape)


JSON = JsonFormat()
