"""`cxscan train`: fit the sentiment to labels of one's own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.options import OUTPUT, READING, Classifying, Files, Reading, SentimentKind, Tolerance, Writing
from cxscan.cli.output import check_targets, deliver, emit, is_standard, note
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
        help="Column of labels: positive, neutral or negative; found when it is called sentiment or label.",
    ),
]


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
    form: Annotated[TrainFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the report.")] = (
        TrainFormat.TABLE
    ),
) -> Exit:
    """Fit the sentiment to your own labelled comments, starting from the weights there are; -o names the model."""
    if writing.output is None or is_standard(writing.output):
        raise UsageError("train: where is the model to go? name a file, such as -o model.npz")
    if classifying.sentiment is SentimentKind.VADER:
        raise UsageError("--sentiment vader: VADER cannot be trained; leave the option out")
    check_targets((writing.output, tolerance.rejects), files)
    from cxscan.cli.running import rules
    from cxscan.learn.trained import starting_weights
    from cxscan.learn.trained import train as trained
    from cxscan.model import State
    from cxscan.pipeline import Classifier
    from cxscan.render.evaluation import training_json, training_table

    labelled = read_labels(files, reading, tolerance, label, quiet=writing.quiet)
    _, labels = Classifier(rules(classifying)).classify(labelled.texts)
    texts, signs = labelled.known(labels.states == State.SCORED)
    found = trained(starting_weights(classifying.model), texts, signs)
    with deliver(writing.output) as target:
        target.write(found.content)
    note(f"wrote {writing.output}; use it with --model {writing.output}", quiet=writing.quiet)
    if not found.helps:
        note("on comments left out it is no better than before; label more of them", quiet=writing.quiet)
    report = training_json if form is TrainFormat.JSON else training_table
    emit(report(found.as_json()), None, exact=form is TrainFormat.JSON)
    return Exit.DONE


def read_labels(
    files: Sequence[str], reading: Reading, tolerance: Tolerance, label: str | None, *, quiet: bool
) -> Labelled:
    """The comments of files with their labels; raises InputError when too many records could not be read."""
    from cxscan.cli import options
    from cxscan.cli.running import rejects_as_csv, request
    from cxscan.learn.labels import read_labelled
    from cxscan.read import open_sources

    labelled = read_labelled(open_sources(files, request(reading, keep_cells=True)), label)
    if tolerance.rejects is not None:
        emit(rejects_as_csv(labelled.rejects), tolerance.rejects, exact=True)
    for reject in labelled.rejects[:3]:
        note(f"{reject.source}:{reject.line}: record {reject.record} rejected: {reject.reason}", quiet=quiet)
    if len(labelled.rejects) > options.share(tolerance.max_rejected) * labelled.records:
        raise InputError(
            f"{len(labelled.rejects):,} of {labelled.records:,} records could not be read, over --max-rejected "
            f"{tolerance.max_rejected}; look at them with --rejects FILE, or allow more"
        )
    return labelled
