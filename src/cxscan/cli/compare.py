"""`cxscan compare`: what changed between two exports, or two saved summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS, check_inputs_of
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import COMPARISON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Reject
    from cxscan.summary import Summary

STANDARD_INPUT = "-"


def compare(
    before: Annotated[
        str, typer.Argument(metavar="BEFORE", help="An export, or a summary as scan wrote it in JSON."), EXPORTS
    ],
    after: Annotated[
        str, typer.Argument(metavar="AFTER", help="What to hold against it: an export or a summary."), EXPORTS
    ],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    output_format: Annotated[str, FormatOption(COMPARISON)],
    quotes: Annotated[
        int, typer.Option("--quotes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Quotes for each theme.")
    ] = 3,
) -> Exit:
    """Find what changed between two sets of comments, and whether it is more than chance."""
    if before == after == STANDARD_INPUT:
        raise UsageError("BEFORE and AFTER are both standard input; give one of them a file")
    from cxscan.cli.running import read_request, run_sources
    from cxscan.insight.compare import compare as compared
    from cxscan.read import open_sources
    from cxscan.runs.batch import Counting
    from cxscan.runs.reducers import SummaryReducer
    from cxscan.runs.sides import read_sides
    from cxscan.summary.saved import saved_summary

    saved = {name: summary for name in (before, after) if (summary := saved_summary(name)) is not None}
    for name, summary in saved.items():
        check_inputs_of(name, summary.inputs, (writing.output, tolerance.rejects))
    rejects: list[Reject] = []

    def scan(paths: Sequence[str]) -> Summary:
        finished = run_sources(
            open_sources(paths, read_request(reading)),
            SummaryReducer(),
            tolerance,
            classifying,
            writing,
            counting=Counting(by=tuple(reading.by or ()), quotes=quotes),
            earlier_rejects=rejects,
        )
        rejects.extend(finished.rejects)
        return finished.summary

    first, last = read_sides((before, after), saved, scan, lambda line: note(line, quiet=writing.quiet))
    found = compared(first, last, by=tuple(dict.fromkeys(reading.by or ())))
    write(found, COMPARISON, output_format, writing)
    return Exit.DONE
