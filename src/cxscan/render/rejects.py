"""The records that could not be read, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import csv_cell, csv_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Reject


def rejects_csv(rejects: Iterable[Reject]) -> str:
    """A row for each record, with the reason."""
    rows = [("source", "line", "record", "reason")]
    rows += [(csv_cell(one.source), str(one.line), str(one.record), csv_cell(one.reason)) for one in rejects]
    return "".join(map(csv_row, rows))
