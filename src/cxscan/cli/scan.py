"""`cxscan scan`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cxscan.cli.file_roles import WRITTEN
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Files, Period, Reading, Tolerance, Writing
from cxscan.cli.output import deliver, is_standard
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import SUMMARY

if TYPE_CHECKING:
    from cxscan.read import Source

Rows = Literal["jsonl", "csv"]


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
        WRITTEN,
    ] = None,
    period: Annotated[
        Period | None, typer.Option("--period", rich_help_panel=OUTPUT, help="Add a timeline with these steps.")
    ] = None,
    quotes: Annotated[
        int, typer.Option("--quotes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Quotes for each theme.")
    ] = 3,
) -> Exit:
    """Classify every comment; show or write the summary."""
    rows = rows_wanted(comments)
    if rows and is_standard(comments) and writing.output == Path("-"):
        raise UsageError("--comments - and -o - both want standard output; give one of them a file")
    from cxscan.cli.running import read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import RowsReducer, SummaryReducer

    sources = open_sources(files, read_request(reading, keep_cells=rows == "csv"))
    counting = Counting(by=tuple(reading.by or ()), period=period.value if period else None, quotes=quotes)
    if comments is None or rows is None:
        summary = run_sources(
            sources, SummaryReducer(), tolerance, classifying, writing, counting=counting
        ).summary  # fmt: skip
    else:
        reducer = RowsReducer(rows, _columns(sources) if rows == "csv" else ())
        with deliver(comments) as target:
            target.write(reducer.header)
            summary = run_sources(
                sources, reducer, tolerance, classifying, writing, counting=counting, sink=target.write
            ).summary
    if comments is None or not is_standard(comments) or writing.output is not None:
        write(summary, SUMMARY, output_format, writing)
    return Exit.DONE


def rows_wanted(comments: Path | None) -> Rows | None:
    """The form of a row-level output, by the name of its file."""
    if comments is None:
        return None
    if is_standard(comments) or comments.suffix.lower() == ".jsonl":
        return "jsonl"
    if comments.suffix.lower() == ".csv":
        return "csv"
    raise UsageError(f"--comments {comments}: the name must end in .jsonl or .csv")


def _columns(sources: list[Source]) -> tuple[str, ...]:
    """The own columns of all sources, in the order in which they are first met."""
    return tuple(dict.fromkeys(column.name for source in sources for column in source.layout.columns))
