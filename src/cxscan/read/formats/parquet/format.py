"""The format of Parquet files, read a stretch of a row group at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.layout import Layout
from cxscan.read.bytes.compression import unpacks_out_of_proportion
from cxscan.read.bytes.seekable import SeekableBytes
from cxscan.read.formats.delimited.cells import find_cell_rules
from cxscan.read.formats.delimited.header import read_header
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.formats.parquet.cells import column_cells, flat_columns
from cxscan.read.repeats import row_keys
from cxscan.read.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.bytes.head import Head
    from cxscan.read.bytes.raw import Raw
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import ReadStats

_ROWS_AT_ONCE = 2048
_HEADER_ROWS = 5


class ParquetFormat:
    """Parquet files; pyarrow reads them, which comes with cxscan[parquet]."""

    name = "parquet"
    title = "Parquet"
    suffixes = (".parquet", ".pq")
    is_text = False

    def recognises(self, head: Head) -> bool:
        """By its first bytes."""
        return head.content.startswith((b"PAR1", b"PARE"))

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        """Raise InputError where it is damaged, too large or empty, and without pyarrow."""
        del head, request
        content = SeekableBytes(raw)
        names, first = _first_rows(content)
        if not first:
            raise InputError(f"{raw.path}: no records: the file has columns but no rows; export it again")
        header = read_header([names, *first[:_HEADER_ROWS]])
        skipped = len(header.below) if header.vendor is not None else 0
        if not skipped:
            header = read_header([names])
        rules = find_cell_rules(first[skipped:], len(names))

        def all_rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            del texts, wanted, stats
            number = 0
            for _, rows in _stretches(content):
                start = max(0, skipped - number)
                number += len(rows)
                cells = rules.applied(rows[start:])
                lines = range(number - len(cells) + 1, number + 1)
                numbers = range(lines.start - skipped, lines.stop - skipped)
                characters = sum(len(cell) for row in cells for cell in row)
                yield Rows(cells, numbers, lines, (), row_keys(cells), characters)

        return SourceTable(
            layout=Layout(format="parquet", encoding=None, columns=()),
            names=header.names,
            written=header.written,
            labels=header.labels,
            vendor=header.vendor,
            first=rules.applied(first[skipped : skipped + FIRST_RECORDS]),
            rows=all_rows,
        )


def _first_rows(content: SeekableBytes) -> tuple[tuple[str, ...], list[list[str]]]:
    """Names of the columns, and the first rows; none of a file without rows."""
    names: tuple[str, ...] = ()
    first: list[list[str]] = []
    for columns, rows in _stretches(content):
        names = columns
        first += rows
        if len(first) >= FIRST_RECORDS + _HEADER_ROWS:
            break
    return names, first


def _stretches(content: SeekableBytes) -> Iterator[tuple[tuple[str, ...], list[list[str]]]]:
    """Names of the columns, and some rows at a time."""
    with content.opened() as file, _named_trouble(content.path):
        from pyarrow.parquet import ParquetFile

        parquet = ParquetFile(file)
        groups = (parquet.metadata.row_group(at).total_byte_size for at in range(parquet.num_row_groups))
        if unpacks_out_of_proportion(sum(groups), file.seek(0, 2)):
            raise InputError(f"{content.path}: unpacks to far more than its size, too large for an export")
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE):
            columns = flat_columns(batch)
            cells = map(column_cells, columns.values())
            yield tuple(columns), [list(row) for row in zip(*cells, strict=True)]


@contextmanager
def _named_trouble(path: str) -> Iterator[None]:
    """Word for the user that pyarrow is missing, or what it raises."""
    try:
        import pyarrow as pa
    except ImportError:
        raise InputError(f"{path}: Parquet needs pyarrow, which is missing: pip install 'cxscan[parquet]'") from None
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as trouble:
        why = " ".join(str(trouble).split())[:80]
        raise InputError(f"{path}: the Parquet file is damaged or cut short ({why}); copy or export it again") from None


PARQUET = ParquetFormat()
