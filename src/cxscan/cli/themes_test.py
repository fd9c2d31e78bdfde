"""`cxscan themes test`: the examples of a taxonomy put to the test, and what it changes in an export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS, READ
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Classifying, Reading, Tolerance, Writing
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import TAXONOMY_TEST

if TYPE_CHECKING:
    from cxscan.insight.label_changes import LabelChanges


def test(
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="FILE", help="Show which comments of this export change label; repeatable."),
        EXPORTS,
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", metavar="FILE", help="With --on: the taxonomy before; the built-in one if not given."
        ),
        READ,
    ] = None,
    count: Annotated[
        int, typer.Option("-n", "--count", metavar="N", min=0, help="With --on: comments to show for each label.")
    ] = 3,
    *,
    output_format: Annotated[str, FormatOption(TAXONOMY_TEST)],
) -> Exit:
    """Run the texts that must and must not match (exit code 1 when one fails); with --on, show what would change."""
    if against is not None and not on:
        raise UsageError("--against FILE: says what to compare with, not on which comments; name an export with --on")
    from cxscan.insight.label_changes import TestedTaxonomy
    from cxscan.runs.taxonomy_examples import run_taxonomy_examples

    examples = run_taxonomy_examples(classifying.themes)
    changes = _label_changes(on, reading, tolerance, classifying, writing, against=against, kept=count) if on else None
    write(TestedTaxonomy(examples, changes), TAXONOMY_TEST, output_format, writing)
    return Exit.CHECK_FAILED if examples.failed else Exit.DONE


def _label_changes(
    files: list[str],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    *,
    against: Path | None,
    kept: int,
) -> LabelChanges:
    """Classify an export by the taxonomy and by the one before."""
    from cxscan.cli.running import classifier_options, read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.runs.reducers import LabelChangesReducer

    before = replace(classifier_options(classifying), themes=against)
    sources = open_sources(files, read_request(reading))
    return run_sources(sources, LabelChangesReducer(before, kept), tolerance, classifying, writing).result
