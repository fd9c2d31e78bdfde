"""The results of training on one's own labels, for a reader at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.learning_results import TrainingOutcome
from cxscan.render.number_format import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.learning_results import SentimentTraining, ThemeTraining, TrainingReport
    from cxscan.render import Page

_OUTCOMES = {
    TrainingOutcome.FITTED: "fitted: found by words too",
    TrainingOutcome.ADAPTED: "moved from the built-in weights",
    TrainingOutcome.KEPT: "no better: as it was",
    TrainingOutcome.TOO_FEW: TrainingOutcome.TOO_FEW.value,
}
_LEAST = 22
"""Columns of the first column, at least."""


def training_table(report: TrainingReport, _page: Page) -> str:
    """Return how many comments were learned from, and the metrics on comments left out."""
    sentiment = [] if report.sentiment is None else list(_sentiment(report.sentiment))
    themes = list(_themes(report.themes)) if report.themes else []
    return "\n".join("\n".join(lines) + "\n" for lines in (sentiment, themes) if lines)


def _sentiment(sentiment: SentimentTraining) -> Iterator[str]:
    learned = ", ".join(f"{n} {name}" for name, n in sentiment.labels.items())
    yield f"Learned from {sum(sentiment.labels.values()):,} labelled comments: {learned}"
    yield ""
    yield f"{'on comments left out':<{_LEAST}}{'before':>8}{'after':>8}"
    for title, pair in (("accuracy", sentiment.accuracy), ("macro-F1", sentiment.macro_f1)):
        yield f"{title:<{_LEAST}}{pair.before:>8.3f}{pair.after:>8.3f}"


def _themes(themes: Sequence[ThemeTraining]) -> Iterator[str]:
    longest = max(_LEAST, *(len(theme.name) + 2 for theme in themes))
    yield "F1 of themes on comments left out"
    yield f"{'':<{longest}}{'labelled':>8}{'before':>8}{'after':>8}"
    for theme in themes:
        f1 = "".join(f"{value:>8.3f}" for value in theme.f1) if theme.f1 else 2 * f"{NOTHING:>8}"
        yield f"{theme.name:<{longest}}{theme.n:>8,}{f1}  {_OUTCOMES[theme.outcome]}"
