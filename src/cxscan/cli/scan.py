"""`cxscan scan`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import written_by_suffix
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Files, Period, Reading, Tolerance, Writing
from cxscan.cli.output import deliver, is_standard
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import COMMENT_ROWS, SUMMARY

if TYPE_CHECKING:
    pass


def scan(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    output_format: Annotated[str, FormatOption(SUMMARY)],
    comments: Annotated[
        Path | None,
        typer.Option(
            "--comments",
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help="Write a record for each comment: .csv or .jsonl by name; - is JSONL on standard output.",
        ),
        written_by_suffix(COMMENT_ROWS),
    ] = None,
    period: Annotated[
        Period | None, typer.Option("--period", rich_help_panel=OUTPUT, help="Add a timeline with these steps.")
    ] = None,
    quotes: Annotated[
        int, typer.Option("--quotes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Quotes for each theme.")
    ] = 3,
) -> Exit:
    """Classify every comment; show or write the summary."""
    if comments is not None and is_standard(comments) and writing.output == Path("-"):
        raise UsageError("--comments - and -o - both want standard output; give one of them a file")
    from cxscan.cli.running import own_columns, read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import RowsReducer, SummaryReducer

    rows = COMMENT_ROWS.choose(None, comments)
    sources = open_sources(files, read_request(reading, keep_cells=comments is not None and rows.with_cells))
    counting = Counting(by=tuple(reading.by or ()), period=period.value if period else None, quotes=quotes)
    if comments is None:
        run = run_sources(sources, SummaryReducer(), tolerance, classifying, writing, counting=counting)
        summary = run.summary
    else:
        reducer = RowsReducer(rows, own_columns(sources) if rows.with_cells else ())
        with deliver(comments) as target:
            target.write(reducer.header)
            summary = run_sources(
                sources, reducer, tolerance, classifying, writing, counting=counting, sink=target.write
            ).summary
    if comments is None or not is_standard(comments) or writing.output is not None:
        write(summary, SUMMARY, output_format, writing)
    return Exit.DONE
