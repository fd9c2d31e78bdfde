"""A dotted path into a summary → the number there; for a path that leads nowhere, where it was meant to lead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cxscan.errors import UsageError, nearest
from cxscan.summary.estimates import Total
from cxscan.summary.metric import Number, Unit
from cxscan.summary.metrics import numbers_of
from cxscan.summary.paths import ANY, GROUP_DEPTHS, dotted, parts_of, quoted, within
from cxscan.summary.summary import RuleHashes, Summary

if TYPE_CHECKING:
    from cxscan.model import Theme
    from cxscan.summary.counts import Counts
    from cxscan.summary.paths import Path

UNDATED: Path = ("undated",)
"""Comments in no period: a number of the whole summary only."""

MOST_NAMED = 12
"""Numbers named in an error message."""


def number_at(summary: Summary, path: str) -> Number:
    """The number at a path. Raise UsageError with the nearest paths when there is none."""
    parts = parts_of(path)
    number = _numbers(summary, parts).get(within(parts))
    if number is None:
        raise UsageError(f"metric {path}: {_unknown(summary, parts)}")
    return number._replace(path=parts)


def numbers_at(summary: Summary, path: str) -> list[Number]:
    """The number at a path, or all numbers that a path with `*` stands for. Raise UsageError when there is none."""
    parts = parts_of(path)
    if ANY not in parts:
        return [number_at(summary, path)]
    numbers = [
        number._replace(path=known)
        for prefix, counts in summary.groups()
        if _stands_for(parts[: len(prefix)], prefix)
        for inner, number in _numbers_of(summary, counts).items()
        if _stands_for(parts, known := (*prefix, *inner))
    ]
    if not numbers:
        raise UsageError(f"metric {path}: {_unknown(summary, parts)}")
    return numbers


def is_known(summary: Summary, path: str) -> bool:
    """Tell whether there is a number at a path without `*`."""
    parts = parts_of(path)
    return within(parts) in _numbers(summary, parts)


def outline(themes: tuple[Theme, ...], path: str) -> list[Number]:
    """The numbers that a path stands for, before anything is counted: names of segments and periods stay as they are.

    Raise UsageError when no number can be at the path.
    """
    nothing = Summary(themes, RuleHashes("", ""), undated=0)
    parts = parts_of(path)
    depth = GROUP_DEPTHS.get(parts[0], 0)
    prefix, inner = parts[:depth], parts[depth:]
    known = _numbers_of(nothing, nothing.total)
    numbers = [number._replace(path=(*prefix, *one)) for one, number in known.items() if _stands_for(inner, one)]
    if not numbers:
        raise UsageError(f"metric {path}: {_unknown_number(known, prefix, inner)}")
    return numbers


def _numbers(summary: Summary, parts: Path) -> dict[Path, Number]:
    """The numbers of the group to which a path leads; none where there is no such segment or period."""
    counts = _group(summary, parts)
    return {} if counts is None else _numbers_of(summary, counts)


def _numbers_of(summary: Summary, counts: Counts) -> dict[Path, Number]:
    numbers = numbers_of(counts, summary.themes)
    if counts is summary.total and summary.undated is not None:
        n = summary.undated
        numbers[UNDATED] = Number(UNDATED, n, Total(n), counts.comments, unit=Unit.COUNT)
    return numbers


def _stands_for(pattern: Path, path: Path) -> bool:
    return len(pattern) == len(path) and all(a in {ANY, b} for a, b in zip(pattern, path, strict=True))


def _group(summary: Summary, parts: Path) -> Counts | None:
    """Return the counts that the path leads to; None when it names an unknown segment or period."""
    match parts:
        case ("segments", column, value, *_):
            return summary.segments.get(column, {}).get(value)
        case ("timeline", period, *_):
            return summary.timeline.get(period)
        case ("segments" | "timeline", *_):
            return None
        case _:
            return summary.total


def _unknown(summary: Summary, parts: Path) -> str:
    """Say what is wrong with a path that leads nowhere, and where it may have been meant to lead."""
    if parts == UNDATED:
        return "comments without a date are counted with --period; add --period month"
    depth, counts = GROUP_DEPTHS.get(parts[0], 0), _group(summary, parts)
    if depth and (ANY in parts[:depth] or counts is None):
        return _unknown_group(summary, parts)
    return _unknown_number(_numbers_of(summary, counts or summary.total), parts[:depth], parts[depth:])


def _unknown_number(numbers: dict[Path, Number], prefix: Path, inner: Path) -> str:
    known = {dotted(path): dotted((*prefix, *path)) for path in numbers}
    wanted = dotted(inner)
    if under := [name for start, name in sorted(known.items()) if start.startswith(f"{wanted}.") or not inner]:
        return f"is no number; choose from: {', '.join(under[:MOST_NAMED])}{' …' if len(under) > MOST_NAMED else ''}"
    if close := get_close_matches(wanted.lower(), known, n=3, cutoff=0.6):
        return f"no such number; did you mean {' or '.join(known[name] for name in close)}?"
    return f"no such number; {nearest(inner[0], {start.partition('.')[0] for start in known})}"


def _unknown_group(summary: Summary, parts: Path) -> str:
    if parts[0] == "timeline":
        periods = summary.timeline
        hint = nearest(parts[1], periods) if periods and len(parts) > 1 else "count them with --period"
        return f"no such period; {hint}"
    columns = summary.segments
    if len(parts) < 2 or parts[1] not in columns:
        hint = nearest(parts[1], columns) if columns and len(parts) > 1 else "count them with --by COLUMN"
        return f"no such segments; {hint}"
    values = [quoted(value) for value in columns[parts[1]]]
    return f"no such segment; {nearest(quoted(parts[2]) if len(parts) > 2 else '', values)}"
