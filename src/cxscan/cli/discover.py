"""`cxscan discover`: topics that the taxonomy does not cover yet."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import check_targets, emit, holds_blocks, note, wants_color, width
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
    check_targets((writing.output, tolerance.rejects), files)
    from cxscan.cli.running import Account, batches, request, rules, with_progress, workers
    from cxscan.insight.sample import Sample
    from cxscan.read import open_sources
    from cxscan.render import Page
    from cxscan.render.topics import topics_renderer
    from cxscan.unthemed import topics_of, unthemed

    sources = open_sources(files, request(reading))
    account, sample = Account(), Sample()
    parts = unthemed(batches(sources), rules(classifying), workers=workers(classifying))
    for part in with_progress(parts, quiet=writing.quiet):
        account.take(part)
        sample += part.finding
    found = topics_of(account.settle(sources, tolerance, writing), sample, shown=topics, quotes=quotes)
    if found.looked < found.coverage.of:
        note(f"topics are looked for in {found.looked:,} of {found.coverage.of:,} scored comments", quiet=writing.quiet)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(topics_renderer(form.value, page)(found), writing.output, exact=form is not DiscoverFormat.TABLE)
    return Exit.DONE
