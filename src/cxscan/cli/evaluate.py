"""`cxscan evaluate`: measure sentiment and themes on labels of one's own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS
from cxscan.cli.options import OUTPUT, READING, Classifying, Files, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, note, wants_color, width
from cxscan.cli.train import Label, LabelNames, ThemesLabel, read_labels
from cxscan.errors import Exit, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.learn.labels import Labelled
    from cxscan.model import Bools, Ints, Labels
    from cxscan.runs.classifier import Classifier
    from cxscan.summary import Json


class EvaluateFormat(StrEnum):
    """How the evaluation is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


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
    form: Annotated[EvaluateFormat, typer.Option("--format", rich_help_panel=OUTPUT, help="Form of the result.")] = (
        EvaluateFormat.TABLE
    ),
    mistakes: Annotated[
        int, typer.Option("--mistakes", metavar="N", min=0, rich_help_panel=OUTPUT, help="Worst mistakes to list.")
    ] = 10,
) -> Exit:
    """Measure sentiment and themes on your own labelled comments, and correct the shares of the rest by them."""
    from cxscan.cli.running import classifier_options
    from cxscan.learn.themes.theme_evaluation import theme_figures
    from cxscan.model import State
    from cxscan.runs.classifier import Classifier
    from cxscan.summary.json_values import json_object

    classifier = Classifier(classifier_options(classifying))
    known = [theme.name for theme in classifier.themes]
    labelled = read_labels(files, reading, tolerance, LabelNames(label, themes_label), known, quiet=writing.quiet)
    _, labels = classifier.classify(labelled.texts)
    scored = labels.states == State.SCORED
    read = labelled.read_for_themes(scored)
    if not read and not labelled.places_of_known(scored):
        raise InputError(
            "no labelled comment that is scored: there is nothing to measure; look with --label COLUMN, or "
            "--themes-label COLUMN"
        )
    dump: list[int] | None = None
    if on:
        dump = _dump(on, reading, tolerance, classifying, writing)
    found = json_object(
        model=classifier.hashes.model,
        comments=_counts(labelled, scored),
        **_sentiment(classifier, labelled, labels, dump, mistakes),
        themes=theme_figures(known, labelled.themes_at(read), labels.themes[read] != 0) if read else None,
    )
    _write(found, form, writing)
    return Exit.DONE


def _write(found: dict[str, Json], form: EvaluateFormat, writing: Writing) -> None:
    from cxscan.render import Page
    from cxscan.render.evaluation.markdown import evaluation_markdown
    from cxscan.render.evaluation.table import evaluation_json, evaluation_table

    if form is EvaluateFormat.TABLE:
        color = wants_color(no_color=writing.no_color, path=writing.output)
        page = Page(width(), color, not holds_blocks(writing.output))
        emit(evaluation_table(found, page), writing.output, exact=False)
    else:
        write = evaluation_json if form is EvaluateFormat.JSON else evaluation_markdown
        emit(write(found), writing.output, exact=True)


def _sentiment(
    classifier: Classifier, labelled: Labelled, labels: Labels, dump: list[int] | None, mistakes: int
) -> dict[str, Json]:
    """Figures of the sentiment, worst mistakes and corrected shares; nulls where no sentiment is labelled.

    `dump` counts the sentiments said of another file; None: of the unlabelled comments.
    """
    from cxscan.learn.sentiment.sentiment_evaluation import figures, nothing, shares
    from cxscan.model import State

    scored = labels.states == State.SCORED
    places = labelled.places_of_known(scored)
    if not places:
        return nothing()
    _, signs = labelled.known(scored)
    said = labels.sentiments[places].astype("int64")
    counts = _unlabelled(labelled, labels, scored) if dump is None else dump
    return figures(signs, said, labels.scores[places]) | {
        "mistakes": _mistakes(classifier, labelled, labels, places, signs, mistakes),
        "shares": shares(signs, said, counts) if sum(counts) else None,
    }


def _counts(labelled: Labelled, scored: Bools) -> Json:
    """Comments in all, those with a label, and those of them that were scored."""
    known = [place for place, sign in enumerate(labelled.signs) if sign is not None]
    measured = labelled.places_of_known(scored)
    counts: dict[str, Json] = {"n": len(labelled.texts), "labelled": len(known), "measured": len(measured)}
    counts["unscored"] = len(known) - len(measured)
    return counts


def _mistakes(
    classifier: Classifier, labelled: Labelled, labels: Labels, places: Sequence[int], signs: Ints, most: int
) -> Json:
    """The worst mistakes, each with the words that spoke for what was said."""
    from cxscan.learn.labels import SENTIMENTS
    from cxscan.learn.sentiment.sentiment_evaluation import speaking, worst
    from cxscan.model import SCORE_UNIT
    from cxscan.runs.classifier import single

    said, scores = labels.sentiments[places].astype("int64"), labels.scores[places]
    told: list[Json] = []
    for chosen in worst(signs, said, scores, most):
        source, record = labelled.places[places[chosen]]
        text = labelled.texts[places[chosen]]
        (explained,) = classifier.explained(single(text))
        toward = float(scores[chosen] - SCORE_UNIT * signs[chosen])
        one: dict[str, Json] = {"source": source, "record": record, "text": text}
        one |= {"label": SENTIMENTS[int(signs[chosen]) + 1], "said": SENTIMENTS[int(said[chosen]) + 1]}
        told.append(one | {"score": explained["score"], "words": speaking(explained["evidence"], toward)})
    return told


def _unlabelled(labelled: Labelled, labels: Labels, scored: Bools) -> list[int]:
    """How often each sentiment was said of all comments, when some of them have no label; else zeros."""
    if None not in labelled.signs:
        return [0, 0, 0]
    return [int((labels.sentiments[scored] == sign).sum()) for sign in (-1, 0, 1)]


def _dump(
    on: Sequence[str], reading: Reading, tolerance: Tolerance, classifying: Classifying, writing: Writing
) -> list[int]:
    """How often each sentiment was said of a dump."""
    from cxscan.cli.running import read_request, run_sources
    from cxscan.learn.labels import SENTIMENTS
    from cxscan.read import open_sources
    from cxscan.runs.reducers import SummaryReducer

    sources = open_sources(on, read_request(reading))
    total = run_sources(sources, SummaryReducer(), tolerance, classifying, writing).summary.total
    counts = [total.count("sentiment", name) for name in SENTIMENTS]
    if not sum(counts):
        note("no comment of the dump is scored, so no share is corrected", quiet=writing.quiet)
    return counts
