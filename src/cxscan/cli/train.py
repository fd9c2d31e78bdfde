"""`cxscan train`: fit sentiment and themes to labels of one's own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cxscan.cli.options import OUTPUT, READING, Classifying, Files, Reading, SentimentKind, Tolerance, Writing
from cxscan.cli.output import deliver, emit, is_standard, note
from cxscan.errors import Exit, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.labels import Labelled

Label = Annotated[
    str | None,
    typer.Option(
        "--label",
        metavar="COLUMN",
        rich_help_panel=READING,
        help="Column of sentiments: positive, neutral or negative; found when it is called sentiment or label.",
    ),
]


ThemesLabel = Annotated[
    str | None,
    typer.Option(
        "--themes-label",
        metavar="COLUMN",
        rich_help_panel=READING,
        help="Column that lists the themes of each comment, separated by ; , or |; found when it is called themes.",
    ),
]


class LabelNames(NamedTuple):
    """The columns of labels that were asked for."""

    sentiment: str | None
    themes: str | None


class TrainFormat(StrEnum):
    """How the report is written."""

    TABLE = "table"
    JSON = "json"


def train(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    label: Label = None,
    themes_label: ThemesLabel = None,
    form: Annotated[TrainFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the report.")] = (
        TrainFormat.TABLE
    ),
) -> Exit:
    """Fit sentiment and themes to your own labelled comments, starting from the weights there are; -o names the model.

    A theme is fitted from 30 labelled comments on, one of your own (--themes) too.
    """
    if writing.output is None or is_standard(writing.output):
        raise UsageError("train: where is the model to go? name a file, such as -o model.npz")
    if classifying.sentiment is SentimentKind.VADER:
        raise UsageError("--sentiment vader: VADER cannot be trained; leave the option out")
    from cxscan.cli.running import classifier_options
    from cxscan.learn.user_model import train_model
    from cxscan.model import State
    from cxscan.render.training import training_json, training_table
    from cxscan.runs.classifier import Classifier

    classifier = Classifier(classifier_options(classifying))
    known = [theme.name for theme in classifier.themes]
    labelled = read_labels(files, reading, tolerance, LabelNames(label, themes_label), known, quiet=writing.quiet)
    _, labels = classifier.classify(labelled.texts)
    scored = labels.states == State.SCORED
    found = train_model(labelled, scored, taxonomy_file=classifying.themes, model=classifying.model)
    with deliver(writing.output) as target:
        target.write(found.content)
    note(f"wrote {writing.output}; use it with --model {writing.output}", quiet=writing.quiet)
    for line in found.notes:
        note(line, quiet=writing.quiet)
    report = training_json if form is TrainFormat.JSON else training_table
    emit(report(found.as_json()), None, exact=form is TrainFormat.JSON)
    return Exit.DONE


def read_labels(
    files: Sequence[str],
    reading: Reading,
    tolerance: Tolerance,
    asked: LabelNames,
    known: Sequence[str],
    *,
    quiet: bool,
) -> Labelled:
    """The comments of files with their labels; raises InputError when too many records could not be read.

    `known` are the themes there are.
    """
    from cxscan.cli import options
    from cxscan.cli.running import read_request
    from cxscan.learn.labels import read_labelled
    from cxscan.read import open_sources
    from cxscan.render.rejects import rejects_csv

    labelled = read_labelled(open_sources(files, read_request(reading, keep_cells=True)), *asked, known)
    if tolerance.rejects is not None:
        emit(rejects_csv(labelled.rejects), tolerance.rejects, exact=True)
    for reject in labelled.rejects[:3]:
        note(f"{reject.source}:{reject.line}: record {reject.record} rejected: {reject.reason}", quiet=quiet)
    if len(labelled.rejects) > options.share(tolerance.max_rejected) * labelled.records:
        raise InputError(
            f"{len(labelled.rejects):,} of {labelled.records:,} records could not be read, over --max-rejected "
            f"{tolerance.max_rejected}; look at them with --rejects FILE, or allow more"
        )
    return labelled
