"""The two sides of a comparison: saved summaries as they stand, exports as they are scanned, both by the same rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cxscan.insight.compare import Side, rules_differ

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cxscan.summary import Summary


def read_sides(
    names: tuple[str, str],
    saved: Mapping[str, Summary],
    scan: Callable[[Sequence[str]], Summary],
    tell: Callable[[str], object],
) -> tuple[Side, Side]:
    """Read both sides: those that are `saved` summaries are there, `scan` makes the summary of exports.

    Where the two were scored by different rules, saved ones are scored anew from their inputs, and `tell` is told so.
    """
    before, after = (
        Side(name, saved[name], is_saved=True) if name in saved else Side(name, scan([name])) for name in names
    )
    if rules_differ(before, after) is None:
        return before, after
    return _scored_anew(before, scan, tell), _scored_anew(after, scan, tell)


def _scored_anew(side: Side, scan: Callable[[Sequence[str]], Summary], tell: Callable[[str], object]) -> Side:
    """The side scored by today's rules, where its inputs are still what was read then; else as it is."""
    paths = list(side.summary.inputs) if side.is_saved else []
    if not paths or not all(Path(path).is_file() for path in paths):
        return side
    summary = scan(paths)
    if _ended(summary) != _ended(side.summary):
        return side
    tell(f"{side.name}: scored anew from {', '.join(paths)}, for its rules were others")
    return side._replace(summary=summary)


def _ended(summary: Summary) -> dict[str, tuple[int, ...]]:
    """Return how the records of each input ended, as far as every saved summary tells."""
    return {path: (n.records, n.comments, n.rejected, n.empty) for path, n in summary.inputs.items()}
