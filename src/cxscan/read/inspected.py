"""A source read to its end → its layout and how its records ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.layout import Inspection, RecordCounts
from cxscan.read.repeats import SeenRecords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Reject
    from cxscan.read.source import Source


def inspect_sources(sources: Sequence[Source]) -> list[Inspection]:
    """Read sources to their end, and say what each is and how its records ended."""
    seen = SeenRecords(all_of_them=any(source.drops_repeats for source in sources))
    return [_inspected(source, seen) for source in sources]


def _inspected(source: Source, seen: SeenRecords) -> Inspection:
    records = cells = empty = repeated = company = 0
    rejects: list[Reject] = []
    for batch in source.batches(seen=seen):
        records += batch.records
        cells += len(batch.comments)
        empty += batch.comments.texts.count("")
        repeated += batch.repeated
        company += batch.company
        rejects.extend(batch.rejects)
    counts = RecordCounts(records, cells - empty, empty, len(rejects), repeated, company)
    return Inspection(source.path, source.layout, tuple(source.notes), counts, rejects)
