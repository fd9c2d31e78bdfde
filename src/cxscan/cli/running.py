"""The steps that `scan` and its kin share: options for the reader and the classifier, one run, its notes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from cxscan.cli import options
from cxscan.cli.formats import write_by_suffix
from cxscan.cli.output import note
from cxscan.cli.verbose import detail
from cxscan.engines import ENGINES
from cxscan.engines.local import default_workers
from cxscan.read import ReadRequest
from cxscan.render.columns_taken import columns_taken
from cxscan.render.formats import REJECT_ROWS
from cxscan.render.number_format import counted
from cxscan.runs.batch import Adds, Counting, run
from cxscan.runs.classifier import ClassifierOptions
from cxscan.runs.details import reading_detail, record_details
from cxscan.runs.totals import cleaning_notes, reject_notes, summary_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cxscan.cli.options import Classifying, Reading, Tolerance, Writing
    from cxscan.model import Batch, Reject
    from cxscan.read import Source
    from cxscan.runs.batch import Reducer
    from cxscan.summary import Summary

T = TypeVar("T", bound=Adds)

PLAIN = Counting()

PROGRESS_STEP = 50_000
"""Comments between two signs of progress."""


def read_request(reading: Reading, *, also_by: tuple[str, ...] = (), keep_cells: bool = False) -> ReadRequest:
    """The options as the reader takes them; `also_by` are segment columns asked for elsewhere."""
    return ReadRequest(
        text=tuple(reading.text or ()),
        title=reading.title,
        rating=reading.rating,
        scale=options.scale(reading.scale),
        reverse_scale=reading.reverse_scale,
        date=reading.date,
        date_format=reading.date_format,
        timezone=reading.timezone,
        id=reading.id,
        by=tuple(dict.fromkeys((*(reading.by or ()), *also_by))),
        since=reading.since,
        until=reading.until,
        limit=reading.limit,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        no_header=reading.no_header,
        header=options.column_names(reading.header),
        sheet=reading.sheet,
        json_path=reading.json_path,
        preset=reading.preset,
        repeats=reading.repeats.value,
        keep_cells=keep_cells,
    )


def own_columns(sources: Sequence[Source]) -> tuple[str, ...]:
    """The exports' own columns, in the order in which they are first met."""
    return tuple(dict.fromkeys(column.name for source in sources for column in source.layout.columns))


def classifier_options(classifying: Classifying) -> ClassifierOptions:
    """The options as the classifier takes them."""
    return ClassifierOptions(
        themes=classifying.themes,
        model=classifying.model,
        vader=classifying.sentiment is options.SentimentKind.VADER,
        language=classifying.language,
        as_is=classifying.as_is,
    )


class Finished(NamedTuple, Generic[T]):
    """The outcome of a run of which every record is accounted for."""

    summary: Summary
    result: T
    rejects: list[Reject]


def run_sources(
    sources: Sequence[Source],
    reducer: Reducer[T],
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    *,
    counting: Counting = PLAIN,
    sink: Callable[[T], object] | None = None,
    on_read: Callable[[Batch], object] | None = None,
    earlier_rejects: Sequence[Reject] = (),
) -> Finished[T]:
    """Run sources through the classifier; write the rejects, show progress and notes on standard error.

    `earlier_rejects` stand in the file of rejects before those of this run. Raises InputError when there is no
    comment, or too many records could not be read.
    """
    limit = options.share(tolerance.max_rejected)
    for source in sources:
        detail(reading_detail(source), writing)
    detail(f"classified by at most {counted(classifying.workers or default_workers(), 'worker')}", writing)
    with _progress(quiet=writing.quiet) as show:
        totals, result = run(
            sources,
            classifier_options(classifying),
            reducer,
            counting=counting,
            engine=options.known("--engine", classifying.engine, tuple(ENGINES)),
            workers=classifying.workers,
            sink=sink,
            on_read=on_read,
            on_done=show,
        )
    if tolerance.rejects is not None:
        write_by_suffix(tolerance.rejects, [*earlier_rejects, *totals.rejects], REJECT_ROWS)
    note_columns(sources, writing)
    source_notes = (f"{source.path}: {text}" for source in sources for text in source.notes)
    for line in (*source_notes, *reject_notes(totals.rejects)):
        note(line, quiet=writing.quiet)
    summary = totals.finish(max_rejected=limit, given=tolerance.max_rejected)
    for line in record_details(summary):
        detail(line, writing)
    once = any(source.drops_repeats for source in sources)
    for line in (*summary_notes(summary, once=once), *cleaning_notes(totals)):
        note(line, quiet=writing.quiet)
    return Finished(summary, result, totals.rejects)


def note_columns(sources: Sequence[Source], writing: Writing) -> None:
    """Say on standard error which columns of the sources were taken."""
    for line in columns_taken([(source.path, source.layout) for source in sources]):
        note(line, quiet=writing.quiet)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """Count comments on a terminal, as the summaries of their batches come."""
    seen = shown = 0
    visible = not quiet and sys.stderr is not None and sys.stderr.isatty()

    def show(summary: Summary) -> None:
        nonlocal seen, shown
        seen += summary.total.comments
        if visible and seen - shown >= PROGRESS_STEP:
            sys.stderr.write(f"\rcxscan: {seen:,} comments …")
            sys.stderr.flush()
            shown = seen

    yield show
    if shown:
        sys.stderr.write("\r\x1b[K")
