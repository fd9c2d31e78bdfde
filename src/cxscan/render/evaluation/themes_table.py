"""How right the themes are on one's own labels, as a section of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.number_format import NOTHING, SMALL, count, counted
from cxscan.render.text_style import grid, heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.render.text_style import TextStyle
    from cxscan.summary import Json

RATIOS = ("precision", "recall", "f1")
WIDE = 60
"""Columns from which on there is room for what was said and what of it was right."""


def theme_sections(themes: dict[str, Json], style: TextStyle, *, first: bool) -> Iterator[RenderableType]:
    """The table of themes; nothing where no comment was read for themes. `first`: no section stands before it."""
    if not themes:
        return
    if not first:
        yield Text()
    yield heading("THEMES", f"as labelled on {counted(int(number(themes['n'])), 'comment')}")
    wide = style.width >= WIDE
    table = grid("", ">labelled", *((">said", ">right") if wide else ()), ">precision", ">recall", ">F1", header=True)
    for name, one in seen(themes):
        counts = [f"{int(number(one[key])):,}" for key in ("said", "right")] if wide else []
        ratios = [two(one[key]) for key in RATIOS]
        table.add_row(*map(Text, [name, count(int(number(one["n"]))), *counts, *ratios]))
    yield table
    yield Text(f"micro-F1 {three(themes['micro_f1'])}, macro-F1 {three(themes['macro_f1'])}", "bold")
    if any(one["few"] for _, one in seen(themes)):
        yield Text(f"*: fewer than {SMALL} labelled comments, a rough guess", "bright_black")


def seen(themes: dict[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    """The themes that were labelled at least once, with their figures."""
    by_theme = themes["by_theme"]
    for name, one in by_theme.items() if isinstance(by_theme, dict) else ():
        if isinstance(one, dict) and one["n"]:
            yield name, one


def number(value: Json) -> float:
    """A number of the evaluation; 0 for null."""
    return float(value) if isinstance(value, (int, float)) else 0.0


def two(value: Json) -> str:
    """With two decimals; - for null."""
    return NOTHING if value is None else f"{number(value):.2f}"


def three(value: Json) -> str:
    """With three decimals; - for null."""
    return NOTHING if value is None else f"{number(value):.3f}"
