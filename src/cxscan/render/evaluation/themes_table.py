"""The evaluation of themes on one's own labels, as a section of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.evaluation.words import three, two
from cxscan.render.number_format import SMALL, count, counted
from cxscan.render.text_style import grid, heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.learning_results import ThemeMetrics
    from cxscan.render.text_style import TextStyle

WIDE = 60
"""Columns from which on there is room for the counts behind the ratios."""


def theme_sections(themes: ThemeMetrics | None, style: TextStyle, *, first: bool) -> Iterator[RenderableType]:
    """The table of themes; nothing where no comment was read for themes. `first`: no section stands before it."""
    if themes is None:
        return
    if not first:
        yield Text()
    yield heading("THEMES", f"as labelled on {counted(themes.n, 'comment')}")
    wide = style.width >= WIDE
    table = grid("", ">labelled", *((">said", ">right") if wide else ()), ">precision", ">recall", ">F1", header=True)
    for name, counts in themes.labelled.items():
        numbers = [f"{counts.predicted:,}", f"{counts.hits:,}"] if wide else []
        table.add_row(*map(Text, [name, count(counts.labelled), *numbers, *map(two, counts.ratios)]))
    yield table
    yield Text(f"micro-F1 {three(themes.micro_f1)}, macro-F1 {three(themes.macro_f1)}", "bold")
    if any(counts.few for counts in themes.labelled.values()):
        yield Text(f"*: fewer than {SMALL} labelled comments, a rough guess", "bright_black")
