"""The parts of the table that are about themes: the two lenses side by side, the themes, their quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from cxscan.model import Lens
from cxscan.render.escape import clean
from cxscan.render.file_names import quote_place
from cxscan.render.number_format import NOTHING, count, interval, percent, points, share_words, signed
from cxscan.render.summary.words import LENS_TITLES, by_mentions, quotes_by_theme, with_lens
from cxscan.render.text_style import grid, heading
from cxscan.summary import of_lens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Counts, Summary

SIDE_BY_SIDE = 72
WITH_BARS = 60
QUOTED_THEMES = 3
"""Of each lens, so many themes are quoted; the other formats quote all."""


def lens_section(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    """Both lenses, side by side where there is room, and how comments fall between them."""
    tally, both = summary.total, style.width >= SIDE_BY_SIDE
    width = (style.width - 4) // 2 if both else style.width
    panels = [_lens_lines(summary, lens, style, width) for lens in Lens]
    yield Text()
    if both:
        table = grid(*(["~"] * 2))
        for column in table.columns:
            column.width = width
        for line in zip(*panels, strict=True):
            table.add_row(*line)
        yield table
    else:
        yield from (line for panel in panels for line in (*panel, Text()))
    lens = tally.lens
    only = (
        ("only product", lens.product),
        ("only customer", lens.customer),
        ("both", lens.both),
        ("no theme", lens.none),
    )
    shares = [f"{name} {percent(tally.share(n).share)}" for name, n in only]
    yield Text(f"{', '.join(shares)}; balance {signed(tally.balance)} (-1 all product, +1 all customer)")


def _lens_lines(summary: Summary, lens: Lens, style: TextStyle, width: int) -> list[Text]:
    tally, names = summary.total, of_lens(summary.themes, lens)
    mentions = tally.themes_together(*names).n
    return [
        heading(lens.upper(), LENS_TITLES[lens]),
        Text(f"in {share_words(with_lens(tally, lens), style.dash)} of comments"),
        style.bar(_moods(tally, names), width),
        Text(f"net {points(tally.themes_together(*names).net)} points over {count(mentions)} mentions"),
    ]


def _moods(tally: Counts, themes: Sequence[str]) -> list[int]:
    """Positive, neutral or mixed, and negative mentions."""
    mentions = tally.themes_together(*themes)
    return [mentions.positive, mentions.neutral + mentions.mixed, mentions.negative]


def theme_section(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    """Each theme's mentions, share, net and mood, most mentioned first within its lens."""
    rated, bars = summary.total.rating is not None, style.width >= WITH_BARS
    columns = ["~", ">n", ">share", *([">95% range"] if bars else []), ">net", *([">absent"] if rated else [])]
    table = grid("theme~", *columns[1:], *(["mood"] if bars else []), header=True)
    longest = max((cell_len(theme.name) for theme in summary.themes), default=0)
    room = max(8, style.width - longest - (48 if rated else 40))
    most = max((summary.total.theme(theme.name).n for theme in summary.themes), default=0)
    for lens in Lens:
        table.add_row(Text(lens.value, "bold"))
        for name in by_mentions(summary.themes, summary.total, lens):
            cells = _theme_cells(summary.total, name, style, bars=bars)
            length = -(-room * summary.total.theme(name).n // most) if most else 0
            table.add_row(*cells, *([style.bar(_moods(summary.total, [name]), length)] if bars else []))
    yield Text()
    yield heading("THEMES", f"of {count(summary.total.scored)} scored comments")
    yield table


def _theme_cells(tally: Counts, name: str, style: TextStyle, *, bars: bool) -> list[Text]:
    n = tally.theme(name).n
    share = tally.share(n)
    cells = [f"  {clean(name)}", count(n), percent(share.share)]
    if bars:
        cells.append(interval(share, style.dash))
    cells.append(points(tally.theme(name).net))
    if tally.rating is not None:
        cells.append(signed(tally.rating.impact(name)) if n else NOTHING)
    return [Text(cell) for cell in cells]


def quotes_section(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    """Quotes on the themes that are mentioned most."""
    tally = summary.total
    by_theme = quotes_by_theme(
        tally, [name for lens in Lens for name in by_mentions(summary.themes, tally, lens)[:QUOTED_THEMES]]
    )
    if not by_theme:
        return
    yield Text()
    yield heading("IN THEIR WORDS", "on the themes mentioned most; [record]")
    table = grid("", "~")
    for name, quotes in by_theme.items():
        table.add_row(Text(), Text(clean(name), "bold"))
        for quote in quotes:
            words = style.quote(quote.text, quote_place(quote, summary), 2 * style.width)
            table.add_row(style.sign(quote.sentiment), words)
    yield table
