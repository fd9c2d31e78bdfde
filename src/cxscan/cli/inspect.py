"""`cxscan inspect`: how a file would be read, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.options import OUTPUT, Files, Reading, Writing
from cxscan.cli.output import emit, width
from cxscan.errors import Exit
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from cxscan.read import Source
    from cxscan.summary import Json


class InspectFormat(StrEnum):
    """How the findings are written."""

    TABLE = "table"
    JSON = "json"


def inspect(
    files: Files,
    reading: Reading,
    writing: Writing,
    form: Annotated[InspectFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        InspectFormat.TABLE
    ),
) -> Exit:
    """Show how files would be read, and why."""
    from cxscan.cli.running import read_request
    from cxscan.read import open_sources
    from cxscan.render.inspection import inspections_json, inspections_table

    found = [_inspected(source) for source in open_sources(files, read_request(reading))]
    text = inspections_json(found) if form is InspectFormat.JSON else inspections_table(found, width=width())
    emit(text, writing.output, exact=form is InspectFormat.JSON)
    return Exit.DONE


def _inspected(source: Source) -> dict[str, Json]:
    """What was found out about a source, read to its end."""
    counts: Counter[str] = Counter(dict.fromkeys(("records", "comments", "empty", "rejected", "repeated"), 0))
    rejects: list[Json] = []
    for batch in source.batches():
        blank = batch.comments.texts.count("")
        counts.update(records=batch.records, comments=len(batch.comments) - blank, empty=blank)
        counts.update(rejected=len(batch.rejects), repeated=batch.repeated)
        rejects.extend({"line": one.line, "record": one.record, "reason": one.reason} for one in batch.rejects)
    layout: dict[str, Json] = asdict(source.layout)
    scale = source.layout.scale
    layout["scale"] = scale and {
        "column": scale.column,
        "low": rating_number(scale.low),
        "high": rating_number(scale.high),
    }
    return {"path": source.path, **layout, "notes": list(source.notes), "counts": dict(counts), "rejects": rejects}
