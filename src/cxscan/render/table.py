"""The summary for a reader at a terminal or of a log: overview, lenses, themes, quotes, segments, timeline."""

from __future__ import annotations

import io
import re
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.model import INTENTS
from cxscan.render.escape import break_commands, clean
from cxscan.render.figures import SMALL, count, counted, index_rows, points, rating_rows, share_words, signed
from cxscan.render.marks import grid, heading, marks_for
from cxscan.render.table_groups import segment_sections, timeline_section
from cxscan.render.table_themes import lens_section, quotes_section, theme_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from cxscan.render import Page
    from cxscan.render.marks import Marks
    from cxscan.summary import Summary, Tally

WITH_MEANINGS = 72
MOST_FILES = 3

_LINE_END = re.compile(r"(?: |\x1b\[[\d;]*m)+$", re.MULTILINE)


def summary_table(summary: Summary, page: Page) -> str:
    """Lay the summary out for the page."""
    marks = marks_for(page)
    sections = chain(
        _overview(summary, marks),
        lens_section(summary, marks),
        theme_section(summary, marks),
        quotes_section(summary, marks),
        _indices(summary, marks),
        segment_sections(summary, marks),
        timeline_section(summary, marks),
        _legend(summary, marks),
    )
    return printed(sections, marks)


def printed(parts: Iterable[RenderableType], marks: Marks) -> str:
    """What rich makes of the parts, without spaces at line ends, and with nothing that a CI system would obey."""
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=marks.width,
        force_terminal=marks.color,
        color_system="standard" if marks.color else None,
        no_color=not marks.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return break_commands(_LINE_END.sub(lambda end: end[0].replace(" ", ""), page.getvalue()))


def _overview(summary: Summary, marks: Marks) -> Iterator[RenderableType]:
    tally = summary.total
    yield Text(_read(summary), style="bold")
    yield Text(_states(tally), style="bright_black")
    yield Text()
    yield heading("SENTIMENT", f"of {count(tally.count('scored'))} scored comments")
    yield marks.bar([tally.count("sentiment", name) for name in ("positive", "neutral", "negative")], marks.width)
    table = grid("", ">", "")
    for name in ("positive", "neutral", "negative"):
        share = tally.share("sentiment", name)
        table.add_row(Text(name), Text(f"{share.n:,}"), Text(share_words(share, marks.dash)))
    yield table
    mixed = share_words(tally.share("mixed"), marks.dash)
    yield Text(f"net {points(tally.net)} points, mean score {signed(tally.mean_score)} (-1 to +1), mixed {mixed}")


def _read(summary: Summary) -> str:
    names = [clean(PurePath(path).name or path) for path in sorted(summary.inputs)]
    files = ", ".join(names) if len(names) <= MOST_FILES else f"{len(names)} files"
    records = sum(one.records for one in summary.inputs.values())
    return f"{counted(summary.total.comments, 'comment')} in {counted(records, 'record')} of {files or 'no file'}"


def _states(tally: Tally) -> str:
    ended = ", ".join(f"{tally.count(state):,} {state}" for state in ("scored", "unscored", "empty"))
    return f"{ended}; {counted(tally.count('rejected'), 'record')} rejected"


def _indices(summary: Summary, marks: Marks) -> Iterator[RenderableType]:
    tally = summary.total
    sections = [("INDICES", index_rows(tally, summary.themes, marks.dash))]
    intents = sorted(INTENTS, key=lambda name: -tally.count("intent", name))
    sections.append(("INTENTS", [(name, share_words(tally.share("intent", name), marks.dash), "") for name in intents]))
    if tally.rating is not None:
        sections.append((f"RATING {clean(tally.rating.scale.column)}", rating_rows(tally.rating, marks.dash)))
    for title, rows in sections:
        yield Text()
        yield heading(title)
        table = grid("", "", "~")
        for name, value, meaning in rows:
            table.add_row(
                Text(name), Text(value), Text(meaning if marks.width >= WITH_MEANINGS else "", "bright_black")
            )
        yield table


def _legend(summary: Summary, marks: Marks) -> Iterator[RenderableType]:
    positive, neutral, negative = marks.glyphs
    yield Text()
    lines = [
        f"{positive} positive  {neutral} neutral or mixed  {negative} negative; in brackets: 95% Wilson interval",
        "net: share of positive less share of negative, in points; a comment may have several themes",
    ]
    if summary.total.rating is not None:
        lines.append("absent: how the mean rating would change without the comments with the theme")
    lines.append(f"*: fewer than {SMALL}, a rough guess")
    yield Text("\n".join(lines), "bright_black")
