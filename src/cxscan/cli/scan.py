"""`cxscan scan`: the main job."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cxscan.cli.file_roles import WRITTEN
from cxscan.cli.options import OUTPUT, Classifying, Files, Period, Reading, Tolerance, Writing
from cxscan.cli.output import deliver, emit, holds_blocks, is_standard, wants_color, width
from cxscan.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxscan.read import Source
    from cxscan.summary import Summary

Rows = Literal["jsonl", "csv"]


class ScanFormat(StrEnum):
    """How the summary is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    LINE = "line"


_BY_SUFFIX = {".json": ScanFormat.JSON, ".md": ScanFormat.MARKDOWN, ".csv": ScanFormat.CSV}

_OTHER_SUFFIXES = frozenset({".html", ".htm", ".jsonl", ".parquet", ".pdf", ".tsv", ".xls", ".xlsx", ".xml"})


def scan(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    form: Annotated[
        ScanFormat | None,
        typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the summary; table, or by the name of FILE."),
    ] = None,
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
    chosen = _form(form, writing.output)
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
    with _rows_into(comments, rows, wanted.columns) as write:
        for part in with_progress(parts, quiet=writing.quiet):
            write(part.rows)
            account.take(part)
        summary = account.settle(sources, tolerance, writing)
    if comments is None or not is_standard(comments) or writing.output is not None:
        _show(summary, chosen, writing)
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


def _form(form: ScanFormat | None, output: Path | None) -> ScanFormat:
    """The form that is asked for, or that the name of the output asks for."""
    suffix = "" if output is None else output.suffix.lower()
    if form is None and suffix in _OTHER_SUFFIXES:
        raise UsageError(f"--output {output}: no summary is written as {suffix}; end it in .txt, .json, .md or .csv")
    return form or _BY_SUFFIX.get(suffix, ScanFormat.TABLE)


def _show(summary: Summary, chosen: ScanFormat, writing: Writing) -> None:
    """Write the summary."""
    from cxscan.render import summary_renderer

    render = summary_renderer(
        chosen.value, width=width(), color=wants_color(no_color=writing.no_color, path=writing.output),
        ascii_only=not holds_blocks(writing.output),
    )  # fmt: skip
    emit(render(summary), writing.output, exact=chosen in {ScanFormat.JSON, ScanFormat.CSV, ScanFormat.MARKDOWN})


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
