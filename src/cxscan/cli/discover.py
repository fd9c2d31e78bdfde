"""`cxscan discover`: topics that the taxonomy does not cover yet."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, note, wants_color, width
from cxscan.errors import Exit


class DiscoverFormat(StrEnum):
    """How the topics are written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def discover(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    form: Annotated[DiscoverFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        DiscoverFormat.TABLE
    ),
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
    from cxscan.render import Page
    from cxscan.render.topics.words import topics_renderer
    from cxscan.runs.reducers import TopicSampleReducer
    from cxscan.runs.topics import find_topics

    sources = open_sources(files, read_request(reading))
    summary, sample, _ = run_sources(sources, TopicSampleReducer(), tolerance, classifying, writing)
    found = find_topics(summary, sample, shown=topics, quotes=quotes)
    if found.looked < found.coverage.of:
        note(f"topics are looked for in {found.looked:,} of {found.coverage.of:,} scored comments", quiet=writing.quiet)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(topics_renderer(form.value, page)(found), writing.output, exact=form is not DiscoverFormat.TABLE)
    return Exit.DONE
