"""`cxscan discover`: topics that the taxonomy does not cover yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, note, wants_color, width
from cxscan.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.insight.sample import Sample
    from cxscan.runs.batch import Found
    from cxscan.runs.classifier import Scanned
    from cxscan.summary import Summary


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
    from cxscan.render import Page
    from cxscan.render.topics.words import topics_renderer
    from cxscan.runs.topic_sample import topics_of

    summary, sample = _read(files, reading, tolerance, classifying, writing)
    found = topics_of(summary, sample, shown=topics, quotes=quotes)
    if found.looked < found.coverage.of:
        note(f"topics are looked for in {found.looked:,} of {found.coverage.of:,} scored comments", quiet=writing.quiet)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(topics_renderer(form.value, page)(found), writing.output, exact=form is not DiscoverFormat.TABLE)
    return Exit.DONE


def _read(
    files: list[str], reading: Reading, tolerance: Tolerance, classifying: Classifying, writing: Writing
) -> tuple[Summary, Sample]:
    from cxscan.cli.running import Account, batches, request, rules, with_progress, workers
    from cxscan.insight.sample import Sample
    from cxscan.read import open_sources
    from cxscan.runs.topic_sample import unthemed

    sources = open_sources(files, request(reading))
    account, heard = Account(), _Heard(Sample())
    parts = unthemed(batches(sources), rules(classifying), workers=workers(classifying))
    for part in with_progress(heard.taken(parts), quiet=writing.quiet):
        account.take(part)
    return account.settle(sources, tolerance, writing), heard.sample


@dataclass(slots=True)
class _Heard:
    """The sample of a run, added up as it comes."""

    sample: Sample

    def taken(self, parts: Iterable[Found[Sample]]) -> Iterator[Scanned]:
        """What each batch came to, after its comments were added."""
        from cxscan.runs.classifier import Scanned

        for part in parts:
            self.sample += part.finding
            yield Scanned(part.summary, part.rejects, b"")
