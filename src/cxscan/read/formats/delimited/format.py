"""The format of delimited text: a header, then a record a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.layout import Layout
from cxscan.read.bytes.text import lines
from cxscan.read.formats.delimited.dialect import NO_DELIMITER
from cxscan.read.formats.delimited.records import read_delimited
from cxscan.read.formats.delimited.sniff import sniff_delimited
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.rows import ReadStats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.formats.delimited.sniff import Delimited
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows


class DelimitedFormat:
    """CSV, TSV and their kin."""

    name = "delimited"
    title = "CSV"
    suffixes = (".csv", ".tsv", ".txt", ".tab")
    is_text = True

    def recognises(self, head: Head) -> bool:
        """Whatever is text may be delimited."""
        return bool(head.text)

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        """Raise InputError if there is no header, UsageError for a delimiter that cannot be one."""
        path, encoding = raw.path, head.encoding
        first_lines = [line for block in lines(iter((head.text,)), path) for line in block]
        if not head.is_whole and first_lines:
            first_lines.pop()
        form = sniff_delimited(first_lines, request, complete=head.is_whole, path=path)
        stretches = list(read_delimited(iter((first_lines,)), form, (), path, ReadStats()))
        rejects = [reject for stretch in stretches for reject in stretch.rejects]

        def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            del wanted
            return read_delimited(lines(raw.text(encoding, stats), path), form, texts, path, stats)

        dialect = form.dialect
        return SourceTable(
            layout=Layout(
                format="tsv" if dialect.delimiter == "\t" else "csv",
                encoding=encoding,
                columns=(),
                delimiter=None if dialect.delimiter == NO_DELIMITER else dialect.delimiter,
                quoting=dialect.quoting,
                header_line=form.header_line or None,
            ),
            names=form.header.names,
            written=_numbers(form) if request.no_header and not request.header else form.header.written,
            labels=form.header.labels,
            vendor=form.header.vendor,
            first=[row for stretch in stretches for row in stretch.cells][:FIRST_RECORDS],
            rows=rows,
            trouble=f"line {rejects[0].line}: {rejects[0].reason}" if rejects and head.is_whole else None,
        )


def _numbers(form: Delimited) -> tuple[str, ...]:
    """The numbers of the columns, by which they can be asked for where there is no header."""
    return tuple(map(str, range(1, len(form.header.names) + 1)))


DELIMITED = DelimitedFormat()
