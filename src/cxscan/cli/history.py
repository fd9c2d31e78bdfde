"""`cxscan history list`, `trend` and `export`: the runs that jobs have appended to a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cxscan.cli.file_roles import STORE
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Writing
from cxscan.errors import Exit
from cxscan.render.formats import HISTORY_EXPORT, RUNS, TREND

Store = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The history; default: in your data folder."), STORE
]


def list_runs(
    writing: Writing,
    store: Store = None,
    *,
    output_format: Annotated[str, FormatOption(RUNS)],
) -> Exit:
    """List the runs of the history."""
    from cxscan.history.store import runs

    write(runs(store_path(store)), RUNS, output_format, writing)
    return Exit.DONE


def trend(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A number of the summary: themes.price.net")],
    writing: Writing,
    store: Store = None,
    last: Annotated[
        int | None, typer.Option("--last", metavar="N", min=1, help="Only the last N runs; default: all.")
    ] = None,
    *,
    output_format: Annotated[str, FormatOption(TREND)],
) -> Exit:
    """Show one number of the summary over the runs, and where its level changed."""
    from cxscan.history.store import runs
    from cxscan.history.trend import trend as over

    write(over(runs(store_path(store))[-(last or 0) :], metric), TREND, output_format, writing)
    return Exit.DONE


def export(
    writing: Writing,
    store: Store = None,
    *,
    output_format: Annotated[str, FormatOption(HISTORY_EXPORT)],
) -> Exit:
    """Write every run with all its numbers."""
    from cxscan.history.store import runs

    write(runs(store_path(store)), HISTORY_EXPORT, output_format, writing)
    return Exit.DONE


def store_path(given: Path | None) -> Path:
    """The history that was named, or the one in the data folder."""
    from cxscan.history.place import default_store

    return given or default_store()
