"""`cxscan evaluate`: measure sentiment and themes on labels of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.labels import Label, ThemesLabel, read_labels
from cxscan.cli.options import OUTPUT, READING, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import note
from cxscan.errors import Exit
from cxscan.render.formats import EVALUATION

if TYPE_CHECKING:
    from collections.abc import Sequence


def evaluate(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    label: Label = None,
    themes_label: ThemesLabel = None,
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="FILE",
            rich_help_panel=READING,
            help="The dump that the labelled comments were drawn from: its shares are corrected; repeatable.",
        ),
        EXPORTS,
    ] = None,
    *,
    output_format: Annotated[str, FormatOption(EVALUATION)],
    mistakes: Annotated[
        int, typer.Option("--mistakes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Worst mistakes to list.")
    ] = 10,
) -> Exit:
    """Measure sentiment and themes on your own labelled comments, and correct the shares of the rest by them."""
    from cxscan.cli.running import classifier_options
    from cxscan.learn.evaluation import evaluation, refuse_unlabelled
    from cxscan.learn.labels import LabelHeaders
    from cxscan.runs.classifier import Classifier

    classifier = Classifier(classifier_options(classifying))
    known = [theme.name for theme in classifier.themes]
    labelled = read_labels(files, reading, tolerance, LabelHeaders(label, themes_label), known, writing=writing)
    _, labels = classifier.classify(labelled.texts)
    refuse_unlabelled(labelled, labels)
    dump = _dump(on, reading, tolerance, classifying, writing) if on else None
    write(evaluation(classifier, labelled, labels, dump, mistakes), EVALUATION, output_format, writing)
    return Exit.DONE


def _dump(
    on: Sequence[str], reading: Reading, tolerance: Tolerance, classifying: Classifying, writing: Writing
) -> list[int]:
    """Count the sentiments predicted in a dump, in the order of `CLASS_NAMES`."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.learn.labels import CLASS_NAMES
    from cxscan.read import open_sources
    from cxscan.runs.reducers import SummaryReducer

    sources = open_sources(on, read_request(reading))
    total = run_sources(sources, SummaryReducer(), tolerance, classifying, writing).summary.total
    counts = [total.sentiment.by_name()[name] for name in CLASS_NAMES]
    if not sum(counts):
        note("no comment of the dump is scored, so no share is corrected", quiet=writing.quiet)
    return counts
