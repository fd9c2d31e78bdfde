"""A table in GitHub-flavoured Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Its lines after a blank one. Cells stand as they are given; a column whose name begins with > stands right."""
    yield ""
    yield f"| {' | '.join(name.lstrip('>') for name in header)} |"
    yield f"| {' | '.join('---:' if name.startswith('>') else '---' for name in header)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
