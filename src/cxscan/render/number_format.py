"""Numbers as a reader sees them, the same in every locale."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Lens
from cxscan.summary import Share, of_lens
from cxscan.summary.estimates import Net, value
from cxscan.summary.metrics import metrics_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Theme
    from cxscan.summary import Counts, Quote, Rating, Summary
    from cxscan.summary.estimates import Figure

SMALL = 30
"""Shares of fewer comments are rough guesses, and marked."""

NOTHING = "-"

LENS_TITLES = {Lens.PRODUCT: "what is sold, on which terms", Lens.CUSTOMER: "how customers are treated"}


def percent(ratio: float | None) -> str:
    """35.1%."""
    return NOTHING if ratio is None else f"{100 * ratio:.1f}%"


def interval(share: Share, dash: str = "–") -> str:
    """The ends of the 95 % interval in per cent: 32.5–37.8."""
    return NOTHING if share.interval is None else dash.join(f"{100 * end:.1f}" for end in share.interval)


def points(net: float | None) -> str:
    """A difference of shares in whole percentage points: +22, 0, -7."""
    return NOTHING if net is None else signed(round(100 * net), 0)


def signed(number: float | None, decimals: int = 2) -> str:
    """A number with its sign: +0.21."""
    if number is None:
        return NOTHING
    shown = f"{number:+.{decimals}f}"
    return shown if shown.strip("+-0.") else shown[1:]


def count(n: int) -> str:
    """1,204; a small count, on which no share can stand, is marked: 12*."""
    return f"{n:,}*" if 0 < n < SMALL else f"{n:,}"


def counted(n: int, noun: str) -> str:
    """1 comment, 1,204 comments."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def number(value: float | None) -> str:
    """4, 4.5."""
    return NOTHING if value is None else f"{value:g}"


def shortened(text: str, length: int, mark: str = "…") -> str:
    """At most `length` characters, cut at a word where one ends near, and marked."""
    if len(text) <= length:
        return text
    head = text[: length - len(mark)]
    whole, space, _ = head.rpartition(" ")
    return (whole if space and len(whole) > length // 2 else head).rstrip(" .…") + mark


def place(quote: Quote, summary: Summary) -> str:
    """Where a quote stands: its file, when there are several, and its record."""
    return f"{PurePath(quote.source).name} {quote.record}" if len(summary.inputs) > 1 else f"{quote.record}"


def by_mentions(themes: tuple[Theme, ...], tally: Counts, lens: Lens) -> list[str]:
    """The lens's themes, most mentioned first."""
    return sorted(of_lens(themes, lens), key=lambda name: (-tally.theme(name).n, name))


def quotes_by_theme(tally: Counts, themes: Iterable[str]) -> dict[str, list[Quote]]:
    """The quotes of each theme that has some; a comment is quoted once."""
    shown: set[str] = set()
    told: dict[str, list[Quote]] = {}
    for theme in themes:
        if quotes := tally.theme_quotes(theme, but=shown):
            told[theme] = quotes
            shown.update(quote.text for quote in quotes)
    return told


def with_lens(tally: Counts, lens: Lens) -> Share:
    """Scored comments with a theme of the lens, with or without one of the other."""
    one = tally.lens.product if lens is Lens.PRODUCT else tally.lens.customer
    return tally.share(one + tally.lens.both)


def top_themes(themes: tuple[Theme, ...], tally: Counts, most: int = 3) -> list[str]:
    """The themes that are mentioned most."""
    named = sorted(themes, key=lambda theme: (-tally.theme(theme.name).n, theme.name))
    return [theme.name for theme in named[:most] if tally.theme(theme.name).n]


def undated_words(summary: Summary) -> str | None:
    """How many comments are in no period; None where none is, or no periods were asked for."""
    if not summary.undated:
        return None
    of = f"{percent(Share(summary.undated, summary.total.comments).share)} of {summary.total.comments:,}"
    return f"in no period: {counted(summary.undated, 'comment')} ({of}) without a date that could be read"


def share_words(share: Share | None, dash: str = "–") -> str:
    """52.1% (49.3–54.9)."""
    return NOTHING if share is None or not share.of else f"{percent(share.share)} ({interval(share, dash)})"


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


def rating_rows(rating: Rating, dash: str = "–") -> list[tuple[str, str, str]]:
    """Each figure of the ratings, its value and what it says."""
    low, high = number(rating.scale.low / RATING_UNIT), number(rating.scale.high / RATING_UNIT)
    outside = rating.counts.outside
    left_out = f", {outside:,} outside the scale left out" if outside else ""
    mean = NOTHING if rating.mean is None else f"{rating.mean:.2f} on {low}{dash}{high}"
    rated, top = f"{counted(rating.n, 'record')} rated{left_out}", ("top box", f"rated {high}")
    if rating.is_of_groups:
        rows = [("NPS", signed(rating.nps, 0), f"promoters less detractors, in points; {rated}")]
        top = ("promoters", "of them")
    else:
        rows = [("mean", mean, rated)]
        if rating.nps is not None:
            rows.append(("NPS", signed(rating.nps, 0), "share of 9 and 10 less share of 0 to 6, in points"))
    return [
        *rows,
        (top[0], share_words(rating.top_box, dash), top[1]),
        ("contradictions", share_words(rating.contradictions, dash), "words against their rating"),
    ]
