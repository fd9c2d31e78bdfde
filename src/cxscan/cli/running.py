"""What `scan` and its kin do alike: open the files, run the line, account for every record."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from cxscan.cli import options
from cxscan.cli.output import emit, note
from cxscan.engines.local import default_workers, relax_gc
from cxscan.errors import InputError
from cxscan.read import ReadRequest
from cxscan.render.escape import csv_cell, csv_row
from cxscan.render.number_format import counted
from cxscan.runs.classifier import ClassifierOptions, Scanned, Selected
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.cli.options import Classifying, Reading, Tolerance, Writing
    from cxscan.model import Batch, Reject
    from cxscan.read import Source
    from cxscan.summary import Summary

Part = TypeVar("Part", Scanned, Selected)

REJECTS_SHOWN = 10
"""Rejected records listed on standard error; `--rejects` lists them all."""

PROGRESS_STEP = 50_000
"""Comments between two signs of progress."""


def request(reading: Reading, *, also_by: tuple[str, ...] = (), keep_cells: bool = False) -> ReadRequest:
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
        json_path=reading.json_path,
        preset=reading.preset,
        keep_cells=keep_cells,
    )


def rules(classifying: Classifying) -> ClassifierOptions:
    """The options as the classifier takes them."""
    return ClassifierOptions(
        themes=classifying.themes,
        model=classifying.model,
        vader=classifying.sentiment is options.SentimentKind.VADER,
        language=classifying.language,
    )


@dataclass(slots=True)
class Account:
    """What happened to every record of a run."""

    rejects: list[Reject] = field(default_factory=list)
    summary: Summary | None = None

    def take(self, part: Part) -> Part:
        """Add what a batch came to; gives it back."""
        self.summary = part.summary if self.summary is None else self.summary + part.summary
        self.rejects.extend(part.rejects)
        return part

    def settle(self, sources: Sequence[Source], tolerance: Tolerance, writing: Writing) -> Summary:
        """The summary of the run, its notes and those of the sources on standard error.

        Raises InputError when there is no comment, or too many records could not be read.
        """
        limit = options.share(tolerance.max_rejected)
        if tolerance.rejects is not None:
            emit(rejects_as_csv(self.rejects), tolerance.rejects, exact=True)
        for source in sources:
            for found in source.notes:
                note(f"{source.path}: {found}", quiet=writing.quiet)
        _list_rejects(self.rejects, quiet=writing.quiet)
        if self.summary is None:
            raise InputError("no comments: the input has no records")
        inputs = self.summary.inputs
        records = sum(one.records for one in inputs.values())
        if len(self.rejects) > limit * records:
            worst = max(sorted(inputs), key=lambda path: inputs[path].rejected)
            raise InputError(
                f"{worst}: {len(self.rejects):,} of {records:,} records could not be read, over --max-rejected "
                f"{tolerance.max_rejected}; look at them with --rejects FILE, or allow more"
            )
        if not self.summary.total.comments:
            named = ", ".join(sorted(inputs))
            raise InputError(f"{named}: no comments: {records:,} records, none with text; name the column with --text")
        _account_for(self.summary, quiet=writing.quiet)
        return self.summary


def batches(sources: list[Source]) -> Iterator[Batch]:
    """Every batch of the sources, one source after the other."""
    relax_gc()
    return chain.from_iterable(source.batches() for source in sources)


def workers(classifying: Classifying) -> int:
    """How many processes classify."""
    return classifying.workers or default_workers()


def with_progress(parts: Iterator[Part], *, quiet: bool) -> Iterator[Part]:
    """The parts as they come, with a count of comments on a terminal."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield from parts
        return
    seen = shown = 0
    for part in parts:
        seen += part.summary.total.comments
        if seen - shown >= PROGRESS_STEP:
            sys.stderr.write(f"\rcxscan: {seen:,} comments …")
            sys.stderr.flush()
            shown = seen
        yield part
    if shown:
        sys.stderr.write("\r\x1b[K")


def _list_rejects(rejects: list[Reject], *, quiet: bool) -> None:
    for reject in rejects[:REJECTS_SHOWN]:
        note(f"{reject.source}:{reject.line}: record {reject.record} rejected: {reject.reason}", quiet=quiet)
    if len(rejects) > REJECTS_SHOWN:
        note(f"{len(rejects) - REJECTS_SHOWN:,} more records rejected; --rejects FILE lists them all", quiet=quiet)


def _account_for(summary: Summary, *, quiet: bool) -> None:
    total, repeated = summary.total, sum(one.repeated for one in summary.inputs.values())
    if total.count("unscored"):
        note(f"{counted(total.count('unscored'), 'comment')} unscored: no answer, or not in English", quiet=quiet)
    if repeated:
        note(f"{repeated:,} records stand in the input more than once; each is counted", quiet=quiet)
    if summary.scales_differ:
        scales = sorted(f"{rating_number(one.low)}-{rating_number(one.high)} ({one.column})" for one in total.ratings)
        note(f"ratings on different scales, so no rating is shown: {', '.join(scales)}; scan them apart", quiet=quiet)


def rejects_as_csv(rejects: Sequence[Reject]) -> str:
    """A row for each record that could not be read."""
    rows = [("source", "line", "record", "reason")]
    rows += [(csv_cell(one.source), str(one.line), str(one.record), csv_cell(one.reason)) for one in rejects]
    return "".join(map(csv_row, rows))
