"""`cxscan discover`: topics that the taxonomy does not cover yet."""

from __future__ import annotations

from typing import Annotated

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit
from cxscan.render.formats import TOPICS


def discover(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    output_format: Annotated[str, FormatOption(TOPICS)],
    topics: Annotated[
        int,
        typer.Option(
            "--topics", metavar="N", min=0, rich_help_panel=OUTPUT, help="Topics to show, besides those that rise."
        ),
    ] = 10,
    quotes: Annotated[
        int, typer.Option("--quotes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Quotes for each topic.")
    ] = 3,
) -> Exit:
    """Find topics that the taxonomy does not cover, rare but rising ones apart."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.runs.reducers import TopicSampleReducer
    from cxscan.runs.topics import find_topics

    sources = open_sources(files, read_request(reading))
    summary, sample, _ = run_sources(sources, TopicSampleReducer(), tolerance, classifying, writing)
    found = find_topics(summary, sample, shown=topics, quotes=quotes)
    if found.looked < found.coverage.of:
        note(f"topics are looked for in {found.looked:,} of {found.coverage.of:,} scored comments", quiet=writing.quiet)
    write(found, TOPICS, output_format, writing)
    return Exit.DONE
