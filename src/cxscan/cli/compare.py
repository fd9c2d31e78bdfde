"""`cxscan compare`: what changed between two exports, or two saved summaries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS, check_inputs_of
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import OUTPUT, Classifying, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import COMPARISON

if TYPE_CHECKING:
    from cxscan.insight.compare import Side
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
    from cxscan.insight.compare import compare as compared
    from cxscan.summary.saved import saved_summary

    for name in (before, after):
        if (saved := saved_summary(name)) is not None:
            check_inputs_of(name, saved.inputs, (writing.output, tolerance.rejects))
    sides = _Sides(reading, tolerance, classifying, writing, quotes, [])
    first, last = sides.alike(sides.read(before), sides.read(after))
    found = compared(first, last, by=tuple(dict.fromkeys(reading.by or ())))
    write(found, COMPARISON, output_format, writing)
    return Exit.DONE


@dataclass(frozen=True, slots=True)
class _Sides:
    """The options with which the two are read."""

    reading: Reading
    tolerance: Tolerance
    classifying: Classifying
    writing: Writing
    quotes: int
    rejects: list[Reject]
    """Of both."""

    def read(self, name: str) -> Side:
        """A saved summary as it stands, or an export that is scanned."""
        from cxscan.insight.compare import Side
        from cxscan.summary.saved import saved_summary

        saved = saved_summary(name)
        return Side(name, self._scanned([name])) if saved is None else Side(name, saved, is_saved=True)

    def alike(self, before: Side, after: Side) -> tuple[Side, Side]:
        """Both, scored by the same rules: where they were not, saved ones are scored anew from their inputs."""
        from cxscan.insight.compare import rules_differ

        if rules_differ(before, after) is None:
            return before, after
        return self._anew(before), self._anew(after)

    def _anew(self, side: Side) -> Side:
        """Scored by today's rules, where its inputs are still what was read then; else as it is."""
        paths = list(side.summary.inputs) if side.is_saved else []
        if not paths or not all(Path(path).is_file() for path in paths):
            return side
        summary = self._scanned(paths)
        if summary.inputs_as_json() != side.summary.inputs_as_json():
            return side
        note(f"{side.name}: scored anew from {', '.join(paths)}, for its rules were others", quiet=self.writing.quiet)
        return side._replace(summary=summary)

    def _scanned(self, files: list[str]) -> Summary:
        from cxscan.cli.running import read_request, run_sources
        from cxscan.read import open_sources
        from cxscan.runs.batch import Counting
        from cxscan.runs.reducers import SummaryReducer

        counting = Counting(by=tuple(self.reading.by or ()), quotes=self.quotes)
        finished = run_sources(
            open_sources(files, read_request(self.reading)),
            SummaryReducer(),
            self.tolerance,
            self.classifying,
            self.writing,
            counting=counting,
            earlier_rejects=self.rejects,
        )
        self.rejects.extend(finished.rejects)
        return finished.summary
