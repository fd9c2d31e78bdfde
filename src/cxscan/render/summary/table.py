"""The summary for a reader at a terminal or of a log: overview, lenses, themes, quotes, segments, timeline."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.file_names import file_name
from cxscan.render.number_format import SMALL, count, counted, points, share_words, signed
from cxscan.render.rating_words import rating_rows
from cxscan.render.summary.groups_table import segment_sections, timeline_section
from cxscan.render.summary.themes_table import lens_section, quotes_section, theme_section
from cxscan.render.summary.words import index_rows
from cxscan.render.text_style import grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Counts, Summary

WITH_MEANINGS = 72
MOST_FILES = 3


def summary_table(summary: Summary, page: Page) -> str:
    """Lay the summary out for the page."""
    style = style_for(page)
    sections = chain(
        _overview(summary, style),
        lens_section(summary, style),
        theme_section(summary, style),
        quotes_section(summary, style),
        _indices(summary, style),
        segment_sections(summary, style),
        timeline_section(summary, style),
        _legend(summary, style),
    )
    return render_text(sections, style)


def _overview(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    tally = summary.total
    yield Text(_read(summary), style="bold")
    yield Text(_states(tally), style="bright_black")
    yield Text()
    yield heading("SENTIMENT", f"of {count(tally.scored)} scored comments")
    yield style.bar([*tally.sentiment.by_name().values()], style.width)
    table = grid("", ">", "")
    for name, n in tally.sentiment.by_name().items():
        share = tally.share(n)
        table.add_row(Text(name), Text(f"{share.n:,}"), Text(share_words(share, style.dash)))
    yield table
    mixed = share_words(tally.share(tally.mixed), style.dash)
    yield Text(f"net {points(tally.net)} points, mean score {signed(tally.mean_score)} (-1 to +1), mixed {mixed}")


def _read(summary: Summary) -> str:
    names = [clean(file_name(path)) for path in sorted(summary.inputs)]
    files = ", ".join(names) if len(names) <= MOST_FILES else f"{len(names)} files"
    records = sum(one.records for one in summary.inputs.values())
    return f"{counted(summary.total.comments, 'comment')} in {counted(records, 'record')} of {files or 'no file'}"


def _states(tally: Counts) -> str:
    ended = ", ".join(f"{n:,} {state}" for state, n in tally.states().items())
    return f"{ended}; {counted(tally.rejected, 'record')} rejected"


def _indices(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    tally = summary.total
    sections = [("INDICES", index_rows(tally, summary.themes, style.dash))]
    intents = sorted(tally.intents.by_name().items(), key=lambda intent: -intent[1])
    sections.append(("INTENTS", [(name, share_words(tally.share(n), style.dash), "") for name, n in intents]))
    if tally.rating is not None:
        sections.append(
            (
                f"RATING {clean(tally.rating.scale.column)}",
                rating_rows(tally.rating, style.dash, is_reversed=summary.is_reversed),
            )
        )
    for title, rows in sections:
        yield Text()
        yield heading(title)
        table = grid("", "", "~")
        for name, value, meaning in rows:
            table.add_row(
                Text(name), Text(value), Text(meaning if style.width >= WITH_MEANINGS else "", "bright_black")
            )
        yield table


def _legend(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    positive, neutral, negative = style.glyphs
    yield Text()
    lines = [
        f"{positive} positive  {neutral} neutral or mixed  {negative} negative; in brackets: 95% Wilson interval",
        "net: share of positive less share of negative, in points; a comment may have several themes",
    ]
    if summary.total.rating is not None:
        lines.append("absent: how the mean rating would change without the comments with the theme")
    lines.append(f"*: fewer than {SMALL}, a rough guess")
    yield Text("\n".join(lines), "bright_black")
