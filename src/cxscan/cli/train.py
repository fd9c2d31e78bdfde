"""`cxscan train`: fit sentiment and themes to labels of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cxscan.cli.formats import FormatOption, write_to_standard_output
from cxscan.cli.labels import Label, ThemesLabel, read_labels
from cxscan.cli.options import Classifying, Files, Reading, SentimentKind, Tolerance, Writing
from cxscan.cli.output import deliver, is_standard, note
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import TRAINING


def train(
    files: Files,
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    label: Label = None,
    themes_label: ThemesLabel = None,
    *,
    output_format: Annotated[str, FormatOption(TRAINING, by_output=False)],
) -> Exit:
    """Fit sentiment and themes to your own labelled comments, starting from the weights there are; -o names the model.

    A theme is fitted from 30 labelled comments on, one of your own (--themes) too.
    """
    if writing.output is None or is_standard(writing.output):
        raise UsageError("train: where is the model to go? name a file, such as -o model.npz")
    if classifying.sentiment is SentimentKind.VADER:
        raise UsageError("--sentiment vader: VADER cannot be trained; leave the option out")
    from cxscan.cli.running import classifier_options
    from cxscan.learn.labels import LabelHeaders
    from cxscan.learn.model_trainer import train_model
    from cxscan.model import State
    from cxscan.runs.classifier import Classifier

    classifier = Classifier(classifier_options(classifying))
    known = [theme.name for theme in classifier.themes]
    labelled = read_labels(files, reading, tolerance, LabelHeaders(label, themes_label), known, writing=writing)
    tokens, labels = classifier.classify(labelled.texts)
    scored = labels.states == State.SCORED
    meant = replace(labelled, texts=list(tokens.texts))
    found = train_model(meant, scored, taxonomy_file=classifying.themes, model=classifying.model)
    with deliver(writing.output) as target:
        target.write(found.content)
    note(f"wrote {writing.output}; use it with --model {writing.output}", quiet=writing.quiet)
    for line in found.notes:
        note(line, quiet=writing.quiet)
    write_to_standard_output(found.report, TRAINING, output_format, writing)
    return Exit.DONE
