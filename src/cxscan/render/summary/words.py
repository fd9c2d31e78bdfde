"""Figures and names of a summary, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.model import Lens
from cxscan.render.number_format import NOTHING, counted, percent, points, share_words
from cxscan.summary import Share, distinct_quotes, of_lens
from cxscan.summary.estimates import Net, value
from cxscan.summary.metrics import metrics_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Theme
    from cxscan.summary import Counts, Quote, Summary
    from cxscan.summary.estimates import Figure

LENS_TITLES = {Lens.PRODUCT: "what is sold, on which terms", Lens.CUSTOMER: "how customers are treated"}


def by_mentions(themes: tuple[Theme, ...], tally: Counts, lens: Lens) -> list[str]:
    """The lens's themes, most mentioned first."""
    return sorted(of_lens(themes, lens), key=lambda name: (-tally.theme(name).n, name))


def quotes_by_theme(tally: Counts, themes: Iterable[str]) -> dict[str, list[Quote]]:
    """The quotes of each theme that has some; a comment is quoted once."""
    return {theme: quotes for theme, quotes in distinct_quotes(tally, themes).items() if quotes}


def with_lens(tally: Counts, lens: Lens) -> Share:
    """Scored comments with a theme of the lens, with or without one of the other."""
    one = tally.lens.product if lens is Lens.PRODUCT else tally.lens.customer
    return tally.share(one + tally.lens.both)


def top_themes(themes: tuple[Theme, ...], tally: Counts, most: int = 3) -> list[str]:
    """The themes that are mentioned most."""
    named = sorted(themes, key=lambda theme: (-tally.theme(theme.name).n, theme.name))
    return [theme.name for theme in named[:most] if tally.theme(theme.name).n]


def undated_words(summary: Summary) -> str | None:
    """Say how many comments are in no period; None where none is, or no periods were asked for."""
    if not summary.undated:
        return None
    of = f"{percent(Share(summary.undated, summary.total.comments).share)} of {summary.total.comments:,}"
    return f"in no period: {counted(summary.undated, 'comment')} ({of}) without a date that could be read"


def index_rows(counts: Counts, themes: tuple[Theme, ...], dash: str = "–") -> list[tuple[str, str, str]]:
    """Each index, its value and what it says; the coverage first, which others are shares of."""
    indices = [metric for metric in metrics_for(themes) if metric.path[0] == "indices"]
    figures = {metric.path: metric.measure(counts).figure for metric in indices}
    shares = {path: percent(figure.share) if isinstance(figure, Share) else NOTHING for path, figure in figures.items()}
    rows = []
    for metric in sorted(indices, key=lambda metric: metric.title != "coverage"):
        if metric.title:
            beside = {path[-1]: shown for path, shown in shares.items() if path[:-1] == metric.path[:-1]}
            rows.append((metric.title, _index(figures[metric.path], dash), metric.meaning.format_map(beside)))
    return rows


def _index(figure: Figure | None, dash: str) -> str:
    """A share with its interval, a net in points."""
    if isinstance(figure, Net):
        return f"{points(value(figure))} points"
    return share_words(figure if isinstance(figure, Share) else None, dash)
