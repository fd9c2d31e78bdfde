"""One source: how it is laid out, and its comments a batch at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cxscan.read.batches import batches, in_span, once, up_to
from cxscan.read.columns.sample import find_column
from cxscan.read.repeats import SeenRecords
from cxscan.read.rows import ReadStats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cxscan.layout import Layout
    from cxscan.model import Batch
    from cxscan.read.columns.plan import Plan
    from cxscan.read.formats.format import SourceTable
    from cxscan.read.request import ReadRequest
    from cxscan.read.rows import Rows


class Source:
    """A source that was found and looked into; its records are read when `batches` is asked for them.

    Files can be read again, standard input and pipes once.
    """

    def __init__(self, path: str, layout: Layout, table: SourceTable, plan: Plan, request: ReadRequest) -> None:
        self.path = path
        """As it was given."""
        self._layout = layout
        self._table = table
        self._plan = plan
        self._request = request
        self._stats = ReadStats()

    @property
    def layout(self) -> Layout:
        """Format, columns and their roles; `repaired` is right once the source was read."""
        return replace(self._layout, repaired=self._stats.repaired)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for the user about the reading so far, besides rejects: one line each."""
        order = self._layout.date_order or ""
        doubt = (f"dates like 03/04/2024 are read {order}",) if "in doubt" in order else ()
        return (*self._table.notes, *self._stats.notes(self._layout), *doubt, *self._plan.notes)

    def column(self, asked: str) -> str | None:
        """The name of the column that someone calls so; None where there is none."""
        position = find_column(asked, self._table.names, self._table.written)
        return None if position is None else self._table.names[position]

    @property
    def drops_repeats(self) -> bool:
        """Tell whether repeated records are left out."""
        return self._request.repeats == "once"

    def batches(self, size: int = 8192, seen: SeenRecords | None = None) -> Iterator[Batch]:
        """All comments, about `size` cells a batch; the cells of a record are never parted.

        `Batch.records` counts every record of the run, rejected ones too. Records outside `since` and `until` are no
        records of the run; `limit` counts what is left, before repeated records are dropped (if they are, which makes
        them none of the run either). `seen` are the records of sources before. Raises InputError when the source
        cannot be read to its end.
        """
        self._stats = ReadStats()
        seen = seen or SeenRecords(all_of_them=self.drops_repeats)
        rows = self._rows(self._stats, seen if self.drops_repeats else None)
        yield from batches(rows, self._plan, size, self._stats, None if self.drops_repeats else seen)

    def lines(self, records: Collection[int]) -> dict[int, int]:
        """The 1-based physical line at which each of some records starts, by record: a second look at a file.

        Empty for a stream, which cannot be read again, and for a compressed file, in which there is no such line.
        """
        lines: dict[int, int] = {}
        if not records or not Path(self.path).is_file() or self._layout.compression is not None:
            return lines
        for rows in self._rows(ReadStats()):
            lines |= {n: line for n, line in zip(rows.numbers, rows.lines, strict=True) if n in records}
            if len(lines) == len(records):
                break
        return lines

    def _rows(self, stats: ReadStats, dropping: SeenRecords | None = None) -> Iterator[Rows]:
        plan, request = self._plan, self._request
        rows = self._table.rows(plan.texts, plan.wanted, stats)
        if request.since is not None or request.until is not None:
            rows = in_span(rows, plan, request.since, request.until, stats)
        if request.limit is not None:
            rows = up_to(rows, request.limit)
        return rows if dropping is None else once(rows, dropping)


def read_batches(sources: Sequence[Source]) -> Iterator[tuple[Source, Batch]]:
    """The batches of all sources, each with its source; a record is repeated wherever among them it stood before."""
    seen = SeenRecords(all_of_them=any(source.drops_repeats for source in sources))
    for source in sources:
        for batch in source.batches(seen=seen):
            yield source, batch
