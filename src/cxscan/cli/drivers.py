"""`cxscan drivers`: which themes move the rating."""

from __future__ import annotations

from typing import Annotated

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.errors import Exit
from cxscan.render.formats import DRIVERS


def drivers(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    output_format: Annotated[str, FormatOption(DRIVERS)],
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
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import RatedReducer

    request = read_request(reading)
    sources = open_sources(files, request)
    by = () if output_format == "line" else request.by
    reducer, counting = RatedReducer(CountRated(quotes, apart=bool(by))), Counting(by=by)
    summary, rated, _ = run_sources(sources, reducer, tolerance, classifying, writing, counting=counting)
    found = find_drivers(summary, rated)
    write(found, DRIVERS, output_format, writing)
    return Exit.DONE
