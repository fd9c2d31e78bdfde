"""An evaluation on one's own labels as GitHub-flavoured Markdown."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from cxscan.render.escape import markdown_cell
from cxscan.render.evaluation.words import interval_ends, three, two
from cxscan.render.file_names import record_place
from cxscan.render.markdown_table import markdown_table
from cxscan.render.number_format import SMALL, count, counted, percent, shortened, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.learning_results import CorrectedShares, Evaluation, Mistake, SentimentMetrics, ThemeMetrics
    from cxscan.render import Page

QUOTED = 200


def evaluation_markdown(evaluation: Evaluation, _page: Page) -> str:
    """Headings and tables: sentiment, corrected shares, themes, mistakes, as far as they were measured."""
    parts = chain(
        _sentiment(evaluation.measured, evaluation.sentiment),
        _shares(evaluation.shares),
        _themes(evaluation.themes),
        _mistakes(evaluation.mistakes),
    )
    return "\n".join(["# Measured on labels", *parts]) + "\n"


def _sentiment(measured: int, metrics: SentimentMetrics | None) -> Iterator[str]:
    if metrics is None:
        return
    right = "" if metrics.polar is None else f", right side of zero {percent(metrics.polar)}"
    ends = interval_ends(*(metrics.accuracy.interval or (0.0, 0.0)))
    share = f"{percent(metrics.accuracy.share)} ({ends})"
    yield from ("", "## Sentiment", "")
    about = counted(measured, "labelled comment")
    yield f"{about}: accuracy {share}, macro-F1 {three(metrics.macro_f1)}{right}."
    predicted = [f">said {name}" for name in metrics.classes]
    rows = [
        [name, *(f"{n:,}" for n in metrics.confusion[name].values()), *map(two, counts.ratios)]
        for name, counts in metrics.classes.items()
    ]
    yield from markdown_table(["labelled", *predicted, ">precision", ">recall", ">F1"], rows)


def _shares(shares: CorrectedShares | None) -> Iterator[str]:
    if shares is None:
        return
    yield from ("", "## Corrected shares")
    rows = [
        [name, percent(share.raw), percent(share.share), interval_ends(share.low, share.high)]
        for name, share in shares.by_sentiment.items()
    ]
    yield from markdown_table(["", ">as said", ">corrected", ">95% range"], rows)


def _themes(themes: ThemeMetrics | None) -> Iterator[str]:
    if themes is None:
        return
    yield from ("", "## Themes", "")
    yield f"{counted(themes.n, 'comment')}: micro-F1 {three(themes.micro_f1)}, macro-F1 {three(themes.macro_f1)}."
    rows = [
        [
            markdown_cell(name),
            count(counts.labelled).replace("*", "\\*"),
            f"{counts.predicted:,}",
            f"{counts.hits:,}",
            *map(two, counts.ratios),
        ]
        for name, counts in themes.labelled.items()
    ]
    yield from markdown_table(["theme", ">labelled", ">said", ">right", ">precision", ">recall", ">F1"], rows)
    if any(counts.few for counts in themes.labelled.values()):
        yield from ("", f"\\*: fewer than {SMALL} labelled comments, a rough guess.")


def _mistakes(mistakes: Sequence[Mistake]) -> Iterator[str]:
    if not mistakes:
        return
    yield from ("", "## Worst mistakes")
    yield from markdown_table(["labelled", "said", ">score", "comment", "where"], map(_mistake, mistakes))


def _mistake(mistake: Mistake) -> list[str]:
    quoted = markdown_cell(shortened(mistake.text, QUOTED))
    place = markdown_cell(record_place(mistake.source, mistake.record))
    return [mistake.label, mistake.predicted, signed(mistake.score), quoted, place]
