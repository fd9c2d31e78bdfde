"""Where comments stand in their files, by physical line: a second look at the files, only when something is shown."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cxscan.read.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxscan.read import Source

Places: TypeAlias = "dict[tuple[str, int], int]"
"""The 1-based line at which a record starts, by path and record."""


def lines_of(sources: Sequence[Source], wanted: Collection[tuple[str, int]]) -> Places:
    """The lines of the wanted records; none of a stream, which cannot be read again, nor of a compressed file."""
    found: Places = {}
    for source in sources:
        records = {record for path, record in wanted if path == source.path}
        if records and Path(source.path).is_file() and source.layout.compression is None:
            found |= {(source.path, record): line for record, line in _lines(source, records).items()}
    return found


def _lines(source: Source, records: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    with closing(source._raw.open()) as stream:  # noqa: SLF001
        text = Text(stream, source.layout.encoding)
        for rows in source._rows(text):  # noqa: SLF001
            found |= {n: line for n, line in zip(rows.numbers, rows.lines, strict=True) if n in records}
            if len(found) == len(records):
                break
    return found
