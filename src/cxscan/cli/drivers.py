"""`cxscan drivers`: which themes move the rating."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import check_targets, emit, holds_blocks, wants_color, width
from cxscan.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cxscan.finding import Found
    from cxscan.insight.rated import CountRated, Rated
    from cxscan.model import Comments, Labels
    from cxscan.pipeline import Scanned
    from cxscan.summary import Tally


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
    check_targets((writing.output, tolerance.rejects), files)
    from cxscan.cli.running import Account, batches, request, rules, with_progress, workers
    from cxscan.finding import find
    from cxscan.insight.drivers import find_drivers
    from cxscan.insight.rated import CountRated, Rated
    from cxscan.read import open_sources
    from cxscan.render import Page
    from cxscan.render.drivers import drivers_renderer

    sources = open_sources(files, request(reading))
    account, ratings = Account(), _Ratings(Rated())
    count = CountRated(quotes, apart=bool(reading.by) and form is not DriversFormat.LINE)
    parts = find(batches(sources), rules(classifying), _Question(count), workers=workers(classifying))
    for part in with_progress(ratings.taken(parts), quiet=writing.quiet):
        account.take(part)
    found = find_drivers(account.settle(sources, tolerance, writing), ratings.rated)
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    emit(drivers_renderer(form.value, page)(found), writing.output, exact=form not in _FOR_READERS)
    return Exit.DONE


class _Answer(NamedTuple):
    """What one batch brought besides its summary."""

    rated: Rated
    segments: Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class _Question:
    """The question to each batch: its rated records, and where segments are counted apart, what those come to."""

    count: CountRated

    def __call__(self, comments: Comments, labels: Labels) -> _Answer:
        rated = self.count(comments, labels)
        if not self.count.apart:
            return _Answer(rated, {})
        from cxscan.model import Batch
        from cxscan.summarise import summarise
        from cxscan.summary import RuleHashes

        by, none = tuple(comments.segments), RuleHashes("", "")
        return _Answer(rated, summarise(Batch(comments, 0), labels, rules=none, by=by, quotes=0).segments)


@dataclass(slots=True)
class _Ratings:
    """The rated records of a run, added up as they come."""

    rated: Rated

    def taken(self, parts: Iterable[Found[_Answer]]) -> Iterator[Scanned]:
        """What each batch came to, after its records were added."""
        from cxscan.pipeline import Scanned

        for part in parts:
            rated, segments = part.finding
            self.rated += rated
            yield Scanned(replace(part.summary, segments=segments), part.rejects, b"")
