"""`cxscan explain`: why a comment is classified as it is."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from cxscan.cli.options import OUTPUT, Classifying, Writing
from cxscan.cli.output import emit, width
from cxscan.errors import Exit, InputError, UsageError


class ExplainFormat(StrEnum):
    """How the explanation is written."""

    TABLE = "table"
    JSON = "json"


def explain(
    classifying: Classifying,
    writing: Writing,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="The comment; - reads standard input.")] = "-",
    form: Annotated[ExplainFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        ExplainFormat.TABLE
    ),
) -> Exit:
    """Show why a comment is classified as it is."""
    comment = (_standard_input() if text == "-" else text).strip()
    if not comment:
        raise InputError("no comment to explain: the text is empty")
    from cxscan.cli.running import classifier_options
    from cxscan.render.explanation import explanation_json, explanation_table
    from cxscan.runs.classifier import Classifier, single

    classifier = Classifier(classifier_options(classifying))
    (record,) = classifier.explained(single(comment))
    polarity, reasons = classifier.polarity(comment), classifier.reasons(comment)
    if form is ExplainFormat.JSON:
        emit(explanation_json(record, polarity, reasons), writing.output, exact=True)
    else:
        emit(explanation_table(record, polarity, reasons, width=width()), writing.output, exact=False)
    return Exit.DONE


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("no comment to explain: give it as an argument, or pipe it in")
    return sys.stdin.buffer.read().decode("utf-8", "replace")
