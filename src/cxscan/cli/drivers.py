"""`cxscan drivers`: which themes move the rating."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, wants_color, width
from cxscan.errors import Exit


class DriversFormat(StrEnum):
    """How the drivers are written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    LINE = "line"


_FOR_READERS = {DriversFormat.TABLE, DriversFormat.LINE}


def drivers(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    form: Annotated[DriversFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        DriversFormat.TABLE
    ),
    quotes: Annotated[
        int,
        typer.Option(
            "--quotes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Comments against their rating to list."
        ),
    ] = 5,
) -> Exit:
    """Find the themes that move the rating, and the comments that contradict it."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.insight.drivers import find_drivers
    from cxscan.insight.rated import CountRated
    from cxscan.read import open_sources
    from cxscan.render import Page
    from cxscan.render.drivers.words import drivers_renderer
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import RatedReducer

    request = read_request(reading)
    sources = open_sources(files, request)
    by = () if form is DriversFormat.LINE else request.by
    reducer, counting = RatedReducer(CountRated(quotes, apart=bool(by))), Counting(by=by)
    summary, rated, _ = run_sources(sources, reducer, tolerance, classifying, writing, counting=counting)
    found = find_drivers(summary, rated)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(drivers_renderer(form.value, page)(found), writing.output, exact=form not in _FOR_READERS)
    return Exit.DONE
