"""Where comments stand in their files, by physical line: a second look at the files, only when something is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxscan.read import Source

Places: TypeAlias = "dict[tuple[str, int], int]"
"""The 1-based line at which a record starts, by path and record."""


def lines_of(sources: Sequence[Source], wanted: Collection[tuple[str, int]]) -> Places:
    """The lines of the wanted records, of those sources that can tell."""
    return {
        (source.path, record): line
        for source in sources
        for record, line in source.lines({record for path, record in wanted if path == source.path}).items()
    }
