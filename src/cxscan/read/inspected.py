"""A source read to its end → its layout and how its records ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.layout import Inspection, RecordCounts

if TYPE_CHECKING:
    from cxscan.model import Reject
    from cxscan.read.source import Source


def inspected(source: Source) -> Inspection:
    """Read a source to its end, and say what it is and how its records ended."""
    records = cells = empty = repeated = 0
    rejects: list[Reject] = []
    for batch in source.batches():
        records += batch.records
        cells += len(batch.comments)
        empty += batch.comments.texts.count("")
        repeated += batch.repeated
        rejects.extend(batch.rejects)
    counts = RecordCounts(records, cells - empty, empty, len(rejects), repeated)
    return Inspection(source.path, source.layout, tuple(source.notes), counts, rejects)
