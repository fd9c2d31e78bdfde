"""A comparison for a reader at a terminal: what changed, what is rising, what did not change, where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.comparison.words import ends, figures, moved, read, segment_rows, verdict
from cxscan.render.escape import clean
from cxscan.render.file_names import quote_place
from cxscan.render.number_format import percent, shortened
from cxscan.render.text_style import grid, heading, render_text, style_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from cxscan.insight.compare import Comparison, MetricChange
    from cxscan.insight.mix import Mix
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Quote

WITH_RANGES = 64
QUOTED_CHANGES = 4
MOST_SEGMENTS = 12
LONGEST = 40


def comparison_table(found: Comparison, page: Page) -> str:
    """Lay the comparison out for the page."""
    style = style_for(page)
    return render_text(_sections(found, style), style)


def _sections(found: Comparison, style: TextStyle) -> Iterator[RenderableType]:
    arrow = "->" if style.ascii_only else "→"
    yield Text(f"{clean(read(found.before))} {arrow} {clean(read(found.after))}", "bold")
    yield Text(verdict(found), "bright_black")
    changed = [one for one in found.changes if one.significant]
    if changed:
        yield Text()
        yield heading("CHANGED", "by more than chance, the largest first")
        yield _changes(changed, style)
    yield from _new_words(found, style)
    yield from _rising(found, style, arrow)
    steady = [one for one in found.changes if not one.significant and one.is_headline]
    if steady:
        yield Text()
        yield heading("NO EVIDENCE OF CHANGE", "the main numbers; --format csv has all")
        yield _changes(steady, style)
    for mix in found.mix or ():
        yield from _mix(mix, style)
    yield Text()
    lines = (
        "shares and nets change in percentage points; *: a side of fewer than 30",
        "more than chance: Benjamini-Hochberg at 5% over everything that was tested",
    )
    yield Text("\n".join(lines), "bright_black")


def _changes(changes: Iterable[MetricChange], style: TextStyle) -> RenderableType:
    ranges = style.width >= WITH_RANGES
    table = grid("~", ">before", ">after", ">change", *([">95% range"] if ranges else []), header=True)
    for one in changes:
        cells = figures(one)
        table.add_row(*map(Text, (clean(one.metric), *(cells if ranges else cells[:3]))))
    return table


def _new_words(found: Comparison, style: TextStyle) -> Iterator[RenderableType]:
    if found.quotes:
        yield Text()
        yield heading("IN THEIR WORDS, NOW", "on what changed; [record]")
        table = grid("", "~")
        for metric, quotes in list(found.quotes.items())[:QUOTED_CHANGES]:
            table.add_row(Text(), Text(clean(metric), "bold"))
            _add_quotes(table, quotes, found, style)
        yield table


def _rising(found: Comparison, style: TextStyle, arrow: str) -> Iterator[RenderableType]:
    if found.rising:
        yield Text()
        yield heading("RARE BUT RISING", "of the scored comments")
        table = grid("", "~")
        for one in found.rising:
            shares = f"{percent(one.before.share)} {arrow} {percent(one.after.share)}"
            label = Text(f"{clean(one.theme)} {one.polarity}", "bold")
            table.add_row(Text(), label.append(f"  {shares}  ({ends(('share',), *one.difference[1:3])})", "not bold"))
            _add_quotes(table, one.quotes, found, style)
        yield table


def _add_quotes(table: Table, quotes: Iterable[Quote], found: Comparison, style: TextStyle) -> None:
    for quote in quotes:
        where = quote_place(quote, found.after.summary)
        table.add_row(style.sign(quote.sentiment), style.quote(quote.text, where, 2 * style.width))


def _mix(mix: Mix, style: TextStyle) -> Iterator[RenderableType]:
    yield Text()
    yield heading(f"BY {clean(mix.by)}", f"{mix.metric} {moved(mix.path, mix.after - mix.before)}")
    table = grid("", ">", "")
    table.add_row(*map(Text, ("who answers", moved(mix.path, mix.mix), ends(mix.path, *mix.mix_range))))
    table.add_row(*map(Text, ("what they say", moved(mix.path, mix.within), ends(mix.path, *mix.within_range))))
    yield table
    wide = style.width >= WITH_RANGES
    columns = [">share", ">now", *([">value", ">now"] if wide else []), ">who", ">what"]
    segments = grid("~", *columns, header=True)
    for row in segment_rows(mix)[:MOST_SEGMENTS]:
        name, *cells = row
        shown = cells if wide else _narrow(cells)
        segments.add_row(*map(Text, (shortened(clean(name), LONGEST) or "(blank)", *shown)))
    yield segments
    if len(mix.segments) > MOST_SEGMENTS:
        yield Text(f"and {len(mix.segments) - MOST_SEGMENTS:,} more segments: --format json has all", "bright_black")


def _narrow(cells: list[str]) -> list[str]:
    """Without the values."""
    return [*cells[:2], *cells[4:]]
