"""The columns that were taken from files, and those that were close: a line for the user before the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.render.number_format import number
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.layout import Layout, Role
    from cxscan.model import Scale

_OPTIONS: dict[Role, str] = {"text": "--text", "title": "--title", "rating": "--rating", "date": "--date"}
_LINES = 10
_NAMES = 3
_LONGEST_NAME = 60


def columns_taken(layouts: Sequence[tuple[str, Layout]]) -> Iterator[str]:
    """Say for each source, by its path, what was read from which column; sources of the same columns share a line."""
    paths: dict[str, list[str]] = {}
    for path, layout in layouts:
        paths.setdefault(_columns(layout), []).append(path)
    for columns, sources in list(paths.items())[:_LINES]:
        yield f"{_sources(sources, among=len(layouts))}: {columns}"
    if len(paths) > _LINES:
        yield f"{len(paths) - _LINES:,} more kinds of columns; cxscan inspect shows those of each file"


def _sources(paths: Sequence[str], *, among: int) -> str:
    if len(paths) == 1:
        return paths[0]
    return f"{len(paths):,} files" if len(paths) == among else f"{paths[0]} and {len(paths) - 1:,} more"


def _columns(layout: Layout) -> str:
    texts = f"comments from {_quoted(layout.of_role('text'))}"
    taken = [texts if layout.title is None else f"{texts} after {_quoted((layout.title,))}"]
    if ratings := layout.of_role("rating"):
        scale = layout.scale
        taken.append(f"rating {_quoted(ratings)}{_ends(scale, is_reversed=layout.scale_reversed) if scale else ''}")
    if dates := layout.of_role("date"):
        taken.append(f"dates {_quoted(dates)}")
    close = ", ".join(_close(layout))
    return ", ".join(taken) + (f"; not taken: {close}" if close else "")


def _ends(scale: Scale, *, is_reversed: bool) -> str:
    low, high = number(rating_number(scale.low)), number(rating_number(scale.high))
    return f" ({low}–{high}, of which {low} is the best, turned round)" if is_reversed else f" ({low}–{high})"


def _close(layout: Layout) -> Iterator[str]:
    """Yield the columns that might have been taken, with the option that takes them."""
    for role, option in _OPTIONS.items():
        names = [one.column for one in layout.candidates if one.role == role and one.close]
        if role == "title":
            names += (name for name in layout.of_role("title") if name != layout.title)
        if names:
            more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
            yield f"{_quoted(names[:_NAMES])}{more} ({option})"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"}"' for name in names)
