"""`cxscan history add`: append the numbers of a run to the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.history import Store, store_path
from cxscan.cli.options import Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import ADDED_RUNS

if TYPE_CHECKING:
    from cxscan.summary import Summary


class _NewRun(NamedTuple):
    """A run that is to be added."""

    summary: Summary
    source: str
    """Hash of its comments, "" if nobody knows."""
    at: str


def add(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    store: Store = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="DATE", help="Day or moment of the run; default: of the newest comment, or now."),
    ] = None,
    *,
    output_format: Annotated[str, FormatOption(ADDED_RUNS)],
) -> Exit:
    """Scan exports, or take saved summaries, and append the run: its numbers, no comment."""
    from cxscan.history.moments import now, read_moment
    from cxscan.history.store import append
    from cxscan.summary.saved import saved_summary
    from cxscan.summary.stored import without_words

    day = read_moment(at) if at else None
    target = store_path(store)
    saved = [summary for path in files if (summary := saved_summary(path)) is not None]
    if saved and (len(saved) < len(files) or (day and len(saved) > 1)):
        raise UsageError("give exports, or one saved summary at a time: each summary is a run of its own")
    runs = [_NewRun(summary, source="", at=day or now()) for summary in saved]
    runs = runs or [_scanned(files, reading, tolerance, classifying, writing, day)]
    added = []
    for run in runs:
        summary = without_words(run.summary)
        added.append((summary, append(target, summary, at=run.at, source=run.source)))
    write(added, ADDED_RUNS, output_format, writing)
    return Exit.DONE


def _scanned(
    files: list[str],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    day: str | None,
) -> _NewRun:
    """Scan exports into one run, of `day` or of their newest comment."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.history.identity import RunIdentity
    from cxscan.history.moments import day_of_run, now
    from cxscan.read import open_sources
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import SummaryReducer

    sources, identity = open_sources(files, read_request(reading)), RunIdentity()
    counting = Counting(by=tuple(reading.by or ()))
    summary = run_sources(
        sources, SummaryReducer(), tolerance, classifying, writing, counting=counting, on_read=identity.add
    ).summary
    if day is None:
        day, why = day_of_run(identity.newest, today=now()[:10])
        if why is not None:
            note(why, quiet=writing.quiet)
    return _NewRun(summary, source=identity.input, at=day)
