"""`cxscan explain`: why a comment is classified as it is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Classifying, Writing
from cxscan.errors import Exit, InputError, UsageError
from cxscan.render.formats import EXPLANATION


def explain(
    classifying: Classifying,
    writing: Writing,
    output_format: Annotated[str, FormatOption(EXPLANATION)],
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="The comment; - reads standard input.")] = "-",
    field: Annotated[
        str, typer.Option("--field", metavar="COLUMN", help="The column in which it stands, whose question counts.")
    ] = "text",
) -> Exit:
    """Show why a comment is classified as it is."""
    comment = (_standard_input() if text == "-" else text).strip()
    if not comment:
        raise InputError("no comment to explain: the text is empty")
    from cxscan.cli.running import classifier_options
    from cxscan.runs.classifier import Classifier

    write(Classifier(classifier_options(classifying)).explain(comment, field), EXPLANATION, output_format, writing)
    return Exit.DONE


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("no comment to explain: give it as an argument, or pipe it in")
    return sys.stdin.buffer.read().decode("utf-8", "replace")
