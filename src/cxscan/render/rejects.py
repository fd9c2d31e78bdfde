"""The records that could not be read, as CSV and as JSONL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.escape import csv_cell, csv_row
from cxscan.render.json import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Reject
    from cxscan.render import Page


def rejects_csv(rejects: Sequence[Reject], _page: Page) -> str:
    """Return a row for each record, with the reason."""
    rows = [("source", "line", "record", "reason")]
    rows += [(csv_cell(one.source), str(one.line), str(one.record), csv_cell(one.reason)) for one in rejects]
    return "".join(map(csv_row, rows))


def rejects_jsonl(rejects: Sequence[Reject], _page: Page) -> str:
    """Return a line of JSON for each record, with the keys of the CSV."""
    return "".join(
        dumps({"source": one.source, "line": one.line, "record": one.record, "reason": one.reason}) + "\n"
        for one in rejects
    )
