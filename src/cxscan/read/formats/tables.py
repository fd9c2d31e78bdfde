"""A source with its way of reading settled: its columns, its first records, and all its records as rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from cxscan.layout import Layout
from cxscan.read.bytes.text import lines
from cxscan.read.formats.delimited.dialect import NO_DELIMITER
from cxscan.read.formats.delimited.records import read_delimited
from cxscan.read.formats.delimited.sniff import Delimited, sniff_delimited
from cxscan.read.formats.json.columns import JsonColumns, json_columns, read_records
from cxscan.read.formats.json.lines import JsonRecord, read_lines
from cxscan.read.formats.json.sniff import JsonShape, sniff_json
from cxscan.read.formats.json.stream import read_array, read_columns, read_stream
from cxscan.read.rows import ReadStats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows

FIRST_RECORDS = 1000
"""Records that columns, scale and date order are settled from."""


class Table(Protocol):
    """What the readers of delimited text and of JSON have in common."""

    names: tuple[str, ...]
    """Names of the columns, no two the same."""
    written: tuple[str, ...]
    """The names as the source writes them."""
    labels: tuple[str, ...]
    """Second header cells; "" where there is none."""
    first: list[list[str]]
    """The first records."""
    vendor: str | None
    """Whose header rows these are, if they show it."""
    trouble: str | None
    """Why the first record could not be read, where none could."""
    layout: Layout
    """What is known of the form; columns and their roles are still open."""

    def rows(
        self, chunks: Iterator[str], texts: Sequence[int], wanted: Sequence[int], stats: ReadStats
    ) -> Iterator[Rows]:
        """All records of the text; only the `wanted` columns need be filled."""
        ...


class DelimitedTable:
    """Delimited text."""

    def __init__(self, head: str, encoding: str, request: ReadRequest, path: str, *, complete: bool) -> None:
        """Raises InputError if `head` has no header, UsageError for a delimiter that cannot be one."""
        first_lines = [line for block in lines(iter((head,)), path) for line in block]
        if not complete and first_lines:
            first_lines.pop()
        columns = request.text or request.columns
        self._path = path
        self._form: Delimited = sniff_delimited(
            first_lines, delimiter=request.delimiter, columns=columns, complete=complete, path=path
        )
        header, dialect = self._form.header, self._form.dialect
        self.names, self.written, self.labels, self.vendor = header.names, header.written, header.labels, header.vendor
        self.layout = Layout(
            format="tsv" if dialect.delimiter == "\t" else "csv",
            encoding=encoding,
            columns=(),
            delimiter=None if dialect.delimiter == NO_DELIMITER else dialect.delimiter,
            quoting=dialect.quoting,
            header_line=self._form.header_line,
        )
        stretches = list(read_delimited(iter((first_lines,)), self._form, (), path, ReadStats()))
        self.first = [row for stretch in stretches for row in stretch.cells][:FIRST_RECORDS]
        rejects = [reject for stretch in stretches for reject in stretch.rejects]
        self.trouble = f"line {rejects[0].line}: {rejects[0].reason}" if rejects and complete else None

    def rows(
        self, chunks: Iterator[str], texts: Sequence[int], wanted: Sequence[int], stats: ReadStats
    ) -> Iterator[Rows]:
        """All records of the text, every column filled."""
        del wanted
        return read_delimited(lines(chunks, self._path), self._form, texts, self._path, stats)


class JsonTable:
    """JSON text."""

    vendor: str | None = None

    def __init__(self, head: str, encoding: str, request: ReadRequest, path: str, *, complete: bool) -> None:
        """Raises InputError if `head` holds no records, UsageError if `--json-path` leads nowhere."""
        self._path = path
        self._shape: JsonShape = sniff_json(head, request.json_path, path, complete=complete)
        found = list(islice(self._found(iter((head,))), FIRST_RECORDS + 1))
        if not complete and found and found[-1].trouble is not None:
            found.pop()
        found = found[:FIRST_RECORDS]
        form = "jsonl" if self._shape.shape == "lines" else "json"
        self.layout = Layout(format=form, encoding=encoding, columns=(), json_path=self._shape.path)
        self._columns: JsonColumns = json_columns(one.value for one in found)
        self.names = self._columns.names
        self.written = tuple(".".join(path) for path in self._columns.paths)
        self.labels = ("",) * len(self.names)
        every = range(len(self.names))
        stretches = read_records(found, self._columns, (), every, path, ReadStats())
        self.first = [row for stretch in stretches for row in stretch.cells]
        self.trouble = f"line {found[0].line}: {found[0].trouble or 'not an object'}" if found else None

    def rows(
        self, chunks: Iterator[str], texts: Sequence[int], wanted: Sequence[int], stats: ReadStats
    ) -> Iterator[Rows]:
        """All records of the text, with the wanted columns filled."""
        return read_records(self._found(chunks), self._columns, texts, wanted, self._path, stats)

    def _found(self, chunks: Iterable[str]) -> Iterator[JsonRecord]:
        shape = self._shape
        if shape.shape == "lines":
            return read_lines(lines(iter(chunks), self._path))
        if shape.shape == "columns":
            return read_columns(chunks, shape)
        return read_array(chunks, shape) if shape.shape == "array" else read_stream(chunks, shape)
