"""The parts of the table that set groups side by side: segments and the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.number_format import count, percent, points, shortened, signed
from cxscan.render.summary.words import top_themes, undated_words
from cxscan.render.text_style import grid, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Counts, Summary

WIDE = 72
MOST_VALUES = 20
MOST_PERIODS = 36
MOOD = 8
LONGEST = 60
"""Characters after which a value's name is cut, and marked."""


def segment_sections(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    """One table for each column of `--by`, its values with most comments first."""
    for column, tallies in sorted(summary.segments.items()):
        values = sorted(tallies, key=lambda value: (-tallies[value].comments, value))
        if not values:
            continue
        yield Text()
        yield heading(f"BY {clean(column)}", "n comments, shares of the scored ones")
        yield _groups(summary, values[:MOST_VALUES], tallies, style)
        if len(values) > MOST_VALUES:
            yield Text(f"and {len(values) - MOST_VALUES:,} more values: --format csv has all", "bright_black")


def timeline_section(summary: Summary, style: TextStyle) -> Iterator[RenderableType]:
    """The periods in their order, the latest last."""
    periods, undated = sorted(summary.timeline), undated_words(summary)
    if not periods and not undated:
        return
    yield Text()
    yield heading("OVER TIME", "n comments, shares of the scored ones")
    if len(periods) > MOST_PERIODS:
        yield Text(f"{len(periods) - MOST_PERIODS:,} earlier periods: --format csv has all", "bright_black")
    if periods:
        yield _groups(summary, periods[-MOST_PERIODS:], summary.timeline, style)
    if undated:
        yield Text(undated, "bright_black")


def _groups(summary: Summary, names: Sequence[str], tallies: Mapping[str, Counts], style: TextStyle) -> RenderableType:
    wide = style.width >= WIDE
    rated = any(tallies[name].rating for name in names)
    nps = any(tally.rating.nps is not None for name in names if (tally := tallies[name]).rating)
    columns = [">n", *([">positive", ">negative"] if wide else []), ">net"]
    columns += [*([">rating"] if rated else []), *([">NPS"] if nps else [])]
    table = grid("~", *columns, *(["mood", "most mentioned~"] if wide else []), header=True)
    table.columns[0].min_width = min(12, max(map(len, names)))
    for name in names:
        tally = tallies[name]
        cells = [shortened(clean(name), LONGEST) or "(blank)", *_figures(tally, wide=wide)]
        if rated:
            cells.append(f"{tally.rating.mean:.2f}" if tally.rating and tally.rating.mean is not None else "-")
        if nps:
            cells.append(signed(tally.rating.nps if tally.rating else None, 0))
        table.add_row(*map(Text, cells), *(_mood(summary, tally, style) if wide else []))
    return table


def _figures(tally: Counts, *, wide: bool) -> list[str]:
    shares = [percent(tally.share(n).share) for n in (tally.sentiment.positive, tally.sentiment.negative) if wide]
    return [count(tally.comments), *shares, points(tally.net)]


def _mood(summary: Summary, tally: Counts, style: TextStyle) -> list[Text]:
    bar = style.bar([*tally.sentiment.by_name().values()], MOOD)
    return [bar, Text(", ".join(map(clean, top_themes(summary.themes, tally, 2))))]
