"""`cxscan history`: runs that jobs append to a store, and the trend over them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cxscan.cli.file_roles import STORE
from cxscan.cli.options import OUTPUT, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, note, wants_color, width
from cxscan.errors import Exit, UsageError

if TYPE_CHECKING:
    from cxscan.render import Page
    from cxscan.summary import Summary

Store = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The history; default: in your data folder."), STORE
]


class ListFormat(StrEnum):
    """How the runs, or a trend, are written."""

    TABLE = "table"
    JSON = "json"


class ExportFormat(StrEnum):
    """How the whole history is written."""

    JSON = "json"
    CSV = "csv"


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
) -> Exit:
    """Scan exports, or take saved summaries, and append the run: its numbers, no comment."""
    day = _moment(at) if at else None
    from cxscan.history.store import append
    from cxscan.render.history.runs import added_line
    from cxscan.summary.saved import saved_summary
    from cxscan.summary.stored import without_words

    target = _store(store)
    saved = [summary for path in files if (summary := saved_summary(path)) is not None]
    if saved and (len(saved) < len(files) or (day and len(saved) > 1)):
        raise UsageError("give exports, or one saved summary at a time: each summary is a run of its own")
    taken = [_Taken(summary, "", day or _now()) for summary in saved]
    taken = taken or [_scanned(files, reading, tolerance, classifying, writing, day)]
    lines = []
    for run in taken:
        bare = without_words(run.summary)
        lines.append(added_line(bare, append(target, bare, at=run.at, source=run.source)))
    emit("".join(lines), writing.output, exact=False)
    return Exit.DONE


def list_runs(
    writing: Writing,
    store: Store = None,
    form: Annotated[ListFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        ListFormat.TABLE
    ),
) -> Exit:
    """List the runs of the history."""
    from cxscan.history.store import runs
    from cxscan.render.history.runs import runs_json, runs_table

    kept = runs(_store(store))
    text = runs_json(kept, whole=False) if form is ListFormat.JSON else runs_table(kept, _page(writing))
    emit(text, writing.output, exact=form is ListFormat.JSON)
    return Exit.DONE


def trend(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A number of the summary: themes.price.net")],
    writing: Writing,
    store: Store = None,
    last: Annotated[
        int | None, typer.Option("--last", metavar="N", min=1, help="Only the last N runs; default: all.")
    ] = None,
    form: Annotated[ListFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        ListFormat.TABLE
    ),
) -> Exit:
    """Show one number of the summary over the runs, and where its level changed."""
    from cxscan.history.store import runs
    from cxscan.history.trend import trend as over
    from cxscan.render.history.trend import trend_json, trend_table

    found = over(runs(_store(store))[-(last or 0) :], metric)
    text = trend_json(found) if form is ListFormat.JSON else trend_table(found, _page(writing))
    emit(text, writing.output, exact=form is ListFormat.JSON)
    return Exit.DONE


def export(
    writing: Writing,
    store: Store = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result; json, or by the name of FILE."),
    ] = None,
) -> Exit:
    """Write every run with all its numbers."""
    from cxscan.history.store import runs
    from cxscan.render.history.runs import runs_csv, runs_json

    named_csv = writing.output is not None and writing.output.suffix.lower() == ".csv"
    chosen = form or (ExportFormat.CSV if named_csv else ExportFormat.JSON)
    kept = runs(_store(store))
    text = runs_csv(kept) if chosen is ExportFormat.CSV else runs_json(kept, whole=True)
    emit(text, writing.output, exact=True)
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


def _page(writing: Writing) -> Page:
    from cxscan.render import Page

    color = wants_color(no_color=writing.no_color, path=writing.output)
    return Page(width(), color, not holds_blocks(writing.output))
