"""Numbers as a reader sees them, the same in every locale."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Lens
from cxscan.summary import Counts, Share, Summary, of_lens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxscan.model import Theme
    from cxscan.summary import Quote, Rating

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
    return sorted(of_lens(themes, lens), key=lambda name: (-tally.mentions(name), name))


def quotes_by_theme(tally: Counts, themes: Iterable[str]) -> dict[str, list[Quote]]:
    """The quotes of each theme that has some; a comment is quoted once."""
    shown: set[str] = set()
    told: dict[str, list[Quote]] = {}
    for theme in themes:
        if quotes := tally.telling(theme, but=shown):
            told[theme] = quotes
            shown.update(quote.text for quote in quotes)
    return told


def with_lens(tally: Counts, lens: Lens) -> Share:
    """Scored comments with a theme of the lens, with or without one of the other."""
    return Share(tally.count("lens", lens) + tally.count("lens", "both"), tally.count("scored"))


def top_themes(themes: tuple[Theme, ...], tally: Counts, most: int = 3) -> list[str]:
    """The themes that are mentioned most."""
    named = sorted(themes, key=lambda theme: (-tally.mentions(theme.name), theme.name))
    return [theme.name for theme in named[:most] if tally.mentions(theme.name)]


def undated_words(summary: Summary) -> str | None:
    """How many comments are in no period; None where none is, or no periods were asked for."""
    if not summary.undated:
        return None
    of = f"{percent(Share(summary.undated, summary.total.comments).share)} of {summary.total.comments:,}"
    return f"in no period: {counted(summary.undated, 'comment')} ({of}) without a date that could be read"


def share_words(share: Share | None, dash: str = "–") -> str:
    """52.1% (49.3–54.9)."""
    return NOTHING if share is None or not share.of else f"{percent(share.share)} ({interval(share, dash)})"


def index_rows(tally: Counts, themes: tuple[Theme, ...], dash: str = "–") -> list[tuple[str, str, str]]:
    """Each index, its value and what it says."""
    indices = tally.indices(themes)
    mouth = f"{points(indices.word_of_mouth)} points" if indices.word_of_mouth is not None else NOTHING
    told = [percent(share.share) if share else NOTHING for share in (indices.recommending, indices.warning)]
    return [
        ("coverage", share_words(indices.coverage, dash), "name at least one theme"),
        ("commoditisation", share_words(indices.commoditisation, dash), "of these: only price, delivery, competition"),
        ("delight", share_words(indices.delight, dash), "strongly positive experience, bond or advocacy"),
        ("word of mouth", mouth, f"{told[0]} recommend, {told[1]} warn"),
    ]


def rating_rows(rating: Rating, dash: str = "–") -> list[tuple[str, str, str]]:
    """Each figure of the ratings, its value and what it says."""
    low, high = number(rating.scale.low / RATING_UNIT), number(rating.scale.high / RATING_UNIT)
    outside = rating.count("outside")
    left_out = f", {outside:,} outside the scale left out" if outside else ""
    mean = NOTHING if rating.mean is None else f"{rating.mean:.2f} on {low}{dash}{high}"
    rated, top = f"{counted(rating.count('n'), 'record')} rated{left_out}", ("top box", f"rated {high}")
    if rating.of_groups:
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
