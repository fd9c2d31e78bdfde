"""`cxscan history`: runs that jobs append to a store, and the trend over them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cxscan.cli.file_roles import STORE
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import ADDED_RUNS, HISTORY_EXPORT, RUNS, TREND

if TYPE_CHECKING:
    from cxscan.summary import Summary

Store = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The history; default: in your data folder."), STORE
]


class _Taken(NamedTuple):
    """One run, ready to be added."""

    summary: Summary
    source: str
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
    day = _moment(at) if at else None
    from cxscan.history.store import append
    from cxscan.summary.saved import saved_summary
    from cxscan.summary.stored import without_words

    target = _store(store)
    saved = [summary for path in files if (summary := saved_summary(path)) is not None]
    if saved and (len(saved) < len(files) or (day and len(saved) > 1)):
        raise UsageError("give exports, or one saved summary at a time: each summary is a run of its own")
    taken = [_Taken(summary, "", day or _now()) for summary in saved]
    taken = taken or [_scanned(files, reading, tolerance, classifying, writing, day)]
    added = []
    for run in taken:
        bare = without_words(run.summary)
        added.append((bare, append(target, bare, at=run.at, source=run.source)))
    write(added, ADDED_RUNS, output_format, writing)
    return Exit.DONE


def list_runs(
    writing: Writing,
    store: Store = None,
    *,
    output_format: Annotated[str, FormatOption(RUNS)],
) -> Exit:
    """List the runs of the history."""
    from cxscan.history.store import runs

    write(runs(_store(store)), RUNS, output_format, writing)
    return Exit.DONE


def trend(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A number of the summary: themes.price.net")],
    writing: Writing,
    store: Store = None,
    last: Annotated[
        int | None, typer.Option("--last", metavar="N", min=1, help="Only the last N runs; default: all.")
    ] = None,
    *,
    output_format: Annotated[str, FormatOption(TREND)],
) -> Exit:
    """Show one number of the summary over the runs, and where its level changed."""
    from cxscan.history.store import runs
    from cxscan.history.trend import trend as over

    write(over(runs(_store(store))[-(last or 0) :], metric), TREND, output_format, writing)
    return Exit.DONE


def export(
    writing: Writing,
    store: Store = None,
    *,
    output_format: Annotated[str, FormatOption(HISTORY_EXPORT)],
) -> Exit:
    """Write every run with all its numbers."""
    from cxscan.history.store import runs

    write(runs(_store(store)), HISTORY_EXPORT, output_format, writing)
    return Exit.DONE


def _scanned(
    files: list[str],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    day: str | None,
) -> _Taken:
    """Scan exports into one run, of `day` or of their newest comment."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.history.identity import Watch
    from cxscan.read import open_sources
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import SummaryReducer

    watch = Watch()
    summary = run_sources(
        open_sources(files, read_request(reading)),
        SummaryReducer(),
        tolerance,
        classifying,
        writing,
        counting=Counting(by=tuple(reading.by or ())),
        on_read=watch.add,
    ).summary
    return _Taken(summary, watch.input, day or _newest(watch.newest, writing))


def _newest(newest: str | None, writing: Writing) -> str:
    """The day of the newest comment, or today where there is none or it has yet to come."""
    today = _now()[:10]
    if newest is None:
        note(f"no dates: the run is of today, {today}; settle it with --at", quiet=writing.quiet)
    elif newest > today:
        note(
            f"the newest comment is of {newest}: the run is of today, {today}; settle it with --at", quiet=writing.quiet
        )
    return min(newest or today, today)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _moment(given: str) -> str:
    """`--at` as it is kept: a day, or a moment, in UTC where it has an offset."""
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        raise UsageError(f"--at {given}: not a day or moment; write it as YYYY-MM-DD, or YYYY-MM-DDTHH:MM") from None
    if len(given.strip()) <= len("2026-11-21"):
        return moment.date().isoformat()
    if moment.tzinfo is None:
        return moment.isoformat(timespec="seconds")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _store(given: Path | None) -> Path:
    from cxscan.history.place import default_store

    return given or default_store()
