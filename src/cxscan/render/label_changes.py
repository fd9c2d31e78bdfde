"""The flip list: what a changed taxonomy does to a set of comments, for a reader at a terminal."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from cxscan.render.escape import clean
from cxscan.render.number_format import counted, percent
from cxscan.render.text_style import grid, heading, render_text, style_for
from cxscan.summary import Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cxscan.insight.label_changes import LabelChanges
    from cxscan.render import Page
    from cxscan.render.text_style import TextStyle


def label_changes_table(found: LabelChanges, page: Page) -> str:
    """Labels that change, and the comments in which they do."""
    style = style_for(page)
    return render_text(_sections(found, style), style)


def _sections(found: LabelChanges, style: TextStyle) -> Iterator[RenderableType]:
    share = percent(Share(found.changed, found.scored).share)
    before, after = (percent(one.share) for one in found.coverage)
    to = "->" if style.ascii_only else "→"
    yield Text()
    of = f"{found.changed:,} of {counted(found.scored, 'scored comment')} ({share})"
    yield heading("FLIPS", f"in {of}; coverage {before} {to} {after}")
    if found.crowded:
        cut = ", ".join(f"{clean(name)} {count:,}" for name, count in found.cut.items())
        yield Text(f"too many built-in themes in {counted(found.crowded, 'comment')}; left out: {cut}")
    if not found.changes:
        yield Text("no comment changes label", "bright_black")
        return
    table = grid("label~", ">gained", ">lost", ">other polarity", header=True)
    for name, change in found.changes.items():
        table.add_row(*map(Text, (clean(name), *(f"{n:,}" for n in (change.gained, change.lost, change.turned)))))
    yield table
    yield from _examples(found, style, to)


def _examples(found: LabelChanges, style: TextStyle, to: str) -> Iterator[RenderableType]:
    sources = {flip.source for change in found.changes.values() for flip in change.examples}
    table = grid("~")
    for name, change in found.changes.items():
        if change.examples:
            table.add_row(Text(clean(name), "bold"))
        for flip in change.examples:
            place = f"{PurePath(flip.source).name} {flip.record}" if len(sources) > 1 else f"{flip.record}"
            moved = Text(f"  {flip.before} {to} {flip.after}  ", "bright_black")
            table.add_row(moved.append_text(style.quote(flip.text, place, 2 * style.width)))
    if table.rows:
        yield Text()
        yield table
