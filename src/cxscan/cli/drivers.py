"""`cxscan drivers`: which themes move the rating."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, wants_color, width
from cxscan.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.insight.rated import Rated
    from cxscan.runs.batch import Found
    from cxscan.runs.classifier import Scanned


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
    from cxscan.cli.running import Account, batches, request, rules, with_progress, workers
    from cxscan.insight.drivers import find_drivers
    from cxscan.insight.rated import CountRated, Rated
    from cxscan.read import open_sources
    from cxscan.render import Page
    from cxscan.render.drivers.words import drivers_renderer
    from cxscan.runs.batch import find

    asked = request(reading)
    sources = open_sources(files, asked)
    account, ratings = Account(), _Ratings(Rated())
    by = () if form is DriversFormat.LINE else asked.by
    count = CountRated(quotes, apart=bool(by))
    parts = find(batches(sources), rules(classifying), count, workers=workers(classifying), by=by)
    for part in with_progress(ratings.taken(parts), quiet=writing.quiet):
        account.take(part)
    found = find_drivers(account.settle(sources, tolerance, writing), ratings.rated)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(drivers_renderer(form.value, page)(found), writing.output, exact=form not in _FOR_READERS)
    return Exit.DONE


@dataclass(slots=True)
class _Ratings:
    """The rated records of a run, added up as they come."""

    rated: Rated

    def taken(self, parts: Iterable[Found[Rated]]) -> Iterator[Scanned]:
        """What each batch came to, after its records were added."""
        from cxscan.runs.classifier import Scanned

        for part in parts:
            self.rated += part.finding
            yield Scanned(part.summary, part.rejects, b"")
