"""An evaluation on one's own labels for a reader at a terminal."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.evaluation.themes_table import theme_sections
from cxscan.render.evaluation.words import interval_ends, two
from cxscan.render.file_names import record_place
from cxscan.render.number_format import counted, percent, shortened, signed
from cxscan.render.text_style import STYLES, grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from cxscan.learning_results import CorrectedShares, Evaluation, Mistake, SentimentMetrics
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle

FEW = 50
"""Labelled comments under which the figures are rough."""
WIDE = 72
"""Columns from which on there is room for explanations and for ratios."""


def evaluation_table(evaluation: Evaluation, page: Page) -> str:
    """Lay the evaluation out for the page."""
    style = style_for(page)
    themes = theme_sections(evaluation.themes, style, first=evaluation.sentiment is None)
    return render_text(chain(_sections(evaluation, style), themes, _mistakes(evaluation.mistakes, style)), style)


def _sections(evaluation: Evaluation, style: TextStyle) -> Iterator[RenderableType]:
    """The sentiment, where it was measured."""
    if evaluation.sentiment is not None:
        yield from _overall(evaluation, evaluation.sentiment, style)
        yield from _confusion(evaluation.sentiment, style)
        yield from _calibration(evaluation.sentiment)
        yield from _shares(evaluation.shares, style)


def _overall(evaluation: Evaluation, metrics: SentimentMetrics, style: TextStyle) -> Iterator[RenderableType]:
    unscored = f"; {evaluation.unscored} more were not scored" if evaluation.unscored else ""
    yield Text(f"Measured on {counted(evaluation.measured, 'labelled comment')}{unscored}", style="bold")
    accuracy = metrics.accuracy
    ends = interval_ends(*(accuracy.interval or (0.0, 0.0)), style.dash)
    table = grid("", "", "~")
    for title, figure, meaning in (
        ("accuracy", f"{percent(accuracy.share)} ({ends})", "said as labelled"),
        ("macro-F1", f"{metrics.macro_f1:.3f}", "mean over the sentiments labelled"),
        ("right side", percent(metrics.polar), "of zero: of those labelled other than neutral"),
    ):
        table.add_row(Text(title), Text(figure), Text(meaning if style.width >= WIDE else "", "bright_black"))
    yield table
    if evaluation.measured < FEW:
        yield Text(f"fewer than {FEW} comments: rough figures", "bright_black")


def _confusion(metrics: SentimentMetrics, style: TextStyle) -> Iterator[RenderableType]:
    yield Text()
    yield heading("WHO IS TAKEN FOR WHOM", "rows: as labelled; columns: as said")
    titles = (">precision", ">recall", ">F1") if style.width >= WIDE else ()
    table = grid("", *(f">{name}" for name in metrics.classes), *titles, header=True)
    for name, counts in metrics.classes.items():
        cells = [f"{n:,}" for n in metrics.confusion[name].values()]
        cells += [two(ratio) for ratio in counts.ratios[: len(titles)]]
        table.add_row(Text(name, STYLES[name]), *map(Text, cells))
    yield table


def _calibration(metrics: SentimentMetrics) -> Iterator[RenderableType]:
    about = f"expected error {metrics.calibration_error:.3f}; means of scores and of labels, by score"
    yield Text()
    yield heading("CALIBRATION", about)
    table = grid(">from", ">to", ">n", ">score", ">label", header=True)
    for each in metrics.calibration:
        ends = (f"{each.low:+.1f}", f"{each.high:+.1f}")
        table.add_row(*map(Text, [*ends, f"{each.n:,}", signed(each.score), signed(each.label)]))
    yield table


def _shares(shares: CorrectedShares | None, style: TextStyle) -> Iterator[RenderableType]:
    if shares is None:
        return
    about = f"of {counted(shares.n, 'comment')}, by the errors on the {shares.sample} labelled"
    yield Text()
    yield heading("CORRECTED SHARES", about)
    table = grid("", ">as said", ">corrected", ">95% range", header=True)
    for name, share in shares.by_sentiment.items():
        cells = [percent(share.raw), percent(share.share), interval_ends(share.low, share.high, style.dash)]
        table.add_row(Text(name, STYLES[name]), *map(Text, cells))
    yield table


def _mistakes(mistakes: Sequence[Mistake], style: TextStyle) -> Iterator[RenderableType]:
    if not mistakes:
        return
    yield Text()
    yield heading("WORST MISTAKES", "and the words that spoke for what was said")
    for mistake in mistakes:
        yield Text(f"{mistake.label}, said {mistake.predicted} ({signed(mistake.score)})", STYLES[mistake.label])
        line = style.quote(mistake.text, record_place(mistake.source, mistake.record), 2 * style.width)
        yield Text("  ").append_text(line)
        words = ", ".join(f"{shortened(clean(word.words), 40)} {signed(word.weight)}" for word in mistake.words)
        yield Text(f"  {words or 'no word of it'}", "bright_black")
