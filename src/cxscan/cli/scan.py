"""`cxscan scan`: the main job."""

from __future__ import annotations

from contextlib import contextmanager
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
    from collections.abc import Callable, Iterator

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
    from cxscan.cli.running import Account, batches, request, rules, with_progress, workers
    from cxscan.read import open_sources
    from cxscan.runs.classifier import ScanOutputs
    from cxscan.runs.classifier import scan as scanned

    sources = open_sources(files, request(reading, keep_cells=rows == "csv"))
    wanted = ScanOutputs(
        by=tuple(reading.by or ()), period=period.value if period else None, quotes=quotes, rows=rows,
        columns=_columns(sources) if rows == "csv" else (),
    )  # fmt: skip
    account = Account()
    parts = scanned(batches(sources), rules(classifying), wanted, workers=workers(classifying))
    with _rows_into(comments, rows, wanted.columns) as write_rows:
        for part in with_progress(parts, quiet=writing.quiet):
            write_rows(part.rows)
            account.take(part)
        summary = account.settle(sources, tolerance, writing)
    if comments is None or not is_standard(comments) or writing.output is not None:
        write(summary, SUMMARY, output_format, writing)
    return Exit.DONE


@contextmanager
def _rows_into(
    comments: Path | None, rows: Rows | None, columns: tuple[str, ...]
) -> Iterator[Callable[[bytes], object]]:
    """What writes the rows of each part; the file is there once all is well. Without rows nothing is written."""
    if comments is None:
        yield len
        return
    with deliver(comments) as target:
        if rows == "csv":
            from cxscan.render.comments import csv_header

            target.write(csv_header(columns).encode())
        yield target.write


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
