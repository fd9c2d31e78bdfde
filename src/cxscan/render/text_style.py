"""Bars, headings and grids of the texts for a terminal, in blocks or in ASCII, in colour or not."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import break_commands, clean
from cxscan.render.number_format import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from cxscan.render import Page

NARROWEST = 40
_LINE_END = re.compile(r"(?: |\x1b\[[\d;]*m)+$", re.MULTILINE)
STYLES = {"positive": "green", "neutral": "bright_black", "mixed": "yellow", "negative": "red"}
_SIGNS = {"positive": "+", "neutral": ".", "mixed": "~", "negative": "-"}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The style in which texts are drawn on one page."""

    width: int
    color: bool
    ascii_only: bool

    @property
    def dash(self) -> str:
        """Between two ends of an interval."""
        return "-" if self.ascii_only else "–"

    @property
    def glyphs(self) -> tuple[str, str, str]:
        """The characters of the positive, neutral and negative parts of a bar."""
        return ("+", ".", "-") if self.ascii_only else ("█", "░", "▒")

    def bar(self, parts: Sequence[int], width: int) -> Text:
        """Positive, neutral and negative counts as parts of a bar of `width` columns."""
        bar = Text(no_wrap=True)
        styles = (STYLES["positive"], STYLES["neutral"], STYLES["negative"])
        for glyph, style, length in zip(self.glyphs, styles, apportioned(parts, width), strict=True):
            bar.append(glyph * length, style)
        return bar

    def quote(self, text: str, where: str, length: int) -> Text:
        """A comment in quotation style, cut to `length`, and where it stands."""
        opening, closing, more = ('"', '"', "...") if self.ascii_only else ("“", "”", "…")
        quoted = Text(f"{opening}{shortened(clean(text), length, more)}{closing} ")
        return quoted.append(f"[{clean(where)}]", "bright_black")

    def sign(self, sentiment: str) -> Text:
        """+, ., ~ or - in the colour of the sentiment."""
        return Text(_SIGNS.get(sentiment, "."), STYLES.get(sentiment, ""))


def style_for(page: Page) -> TextStyle:
    """Return the style of a page; one narrower than 40 columns is taken as 40."""
    return TextStyle(max(page.width, NARROWEST), page.color, page.ascii_only)


def apportioned(parts: Sequence[int], width: int) -> list[int]:
    """`width` shared out in proportion to the parts, the largest remainders rounded up; zeros of nothing."""
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    lengths = [part * width // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-(parts[index] * width % whole), index))
    for index in by_remainder[: width - sum(lengths)]:
        lengths[index] += 1
    return lengths


def heading(title: str, about: str = "") -> Text:
    """A section's first line."""
    return Text().append(title, "bold").append(f"  {about}" if about else "", "bright_black")


def grid(*columns: str, header: bool = False) -> Table:
    """Columns two spaces apart. A name that begins with > stands right; one that ends with ~ may be folded."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=header, header_style="bright_black")
    for column in columns:
        right, folds = column.startswith(">"), column.endswith("~")
        table.add_column(
            Text(column.strip(">~")), justify="right" if right else "left", no_wrap=not folds, overflow="fold"
        )
    return table


def render_text(parts: Iterable[RenderableType], style: TextStyle) -> str:
    """Lay parts out with rich: no spaces at line ends, and nothing that a CI system would obey."""
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return break_commands(_LINE_END.sub(lambda end: end[0].replace(" ", ""), page.getvalue()))
