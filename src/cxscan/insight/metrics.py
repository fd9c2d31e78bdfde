"""A dotted path into a summary → the number there, what it rests on, and how it may vary by chance.

The summary is the JSON of `cxscan scan`, or a baseline, which has the same numbers under the same paths. A path runs
over names, in double quotes where they hold anything but letters, digits, _ and -: `segments.channel."e-mail".net`.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.errors import UsageError, nearest
from cxscan.insight.measures import Measured, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.summary import Json
    from cxscan.summary.estimates import Figure

Path: TypeAlias = tuple[str, ...]

ANY = "*"
"""Stands for every name at its place."""

MOST_NAMED = 12
"""Numbers named in an error message."""

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^."']+?))\s*(?:\.|$)""", re.DOTALL)
_PLAIN = re.compile(r"[\w*]+")
_GROUPS = {"segments": 3, "timeline": 2}
"""How many parts of a path lead to the numbers of a segment or a period."""


class Metric(NamedTuple):
    """A number of a summary."""

    path: Path
    measured: Measured

    @property
    def name(self) -> str:
        """The dotted path."""
        return dotted(self.path)

    @property
    def value(self) -> float | None:
        """As the summary shows it; None of nothing, or where a baseline hides it."""
        return self.measured.value

    @property
    def figure(self) -> Figure | None:
        """What chance makes of it; None where there is nothing to tell."""
        return self.measured.figure


def parts_of(path: str) -> Path:
    """The names that a dotted path runs over. Raise UsageError for a path that is none."""
    parts, at = list[str](), 0
    while at < len(path):
        match = _PART.match(path, at)
        if match is None:
            raise UsageError(f'metric {path}: is no path; write names with dots, such as segments.channel."e-mail".net')
        basic, literal, plain = match.groups()
        parts.append(re.sub(r"\\(.)", r"\1", basic) if basic is not None else literal or plain or "")
        at = match.end()
    if not parts or path.rstrip().endswith("."):
        raise UsageError(f"metric {path or '(empty)'}: is no path; name a number of the summary: sentiment.net")
    return tuple(parts)


def dotted(path: Path) -> str:
    """The path as a user would write it."""
    return ".".join(part if _PLAIN.fullmatch(part) else _quoted(part) for part in path)


def within(path: Path) -> Path:
    """The path without the segment or period that it leads through."""
    return path[_GROUPS.get(path[0], 0) :] or path


def is_of_theme(path: Path) -> bool:
    """Whether a number is one of the many about themes, of which some move by chance alone."""
    return within(path)[0] == "themes"


def metric(whole: dict[str, Json], path: str) -> Metric:
    """The number at a path. Raise UsageError with the nearest paths when there is none."""
    parts = parts_of(path)
    group = _group(whole, parts)
    found = None if group is None else measured(group).get(within(parts))
    if found is None:
        raise UsageError(f"metric {path}: {_unknown(whole, parts)}")
    return Metric(parts, found)


def metrics(whole: dict[str, Json], path: str) -> list[Metric]:
    """The number at a path, or all numbers that a path with `*` stands for. Raise UsageError when there is none."""
    parts = parts_of(path)
    if ANY not in parts:
        return [metric(whole, path)]
    found = [
        Metric(known, one)
        for prefix, group in _groups(whole)
        if _stands_for(parts[: len(prefix)], prefix)
        for rest, one in measured(group).items()
        if _stands_for(parts, known := (*prefix, *rest))
    ]
    if not found:
        raise UsageError(f"metric {path}: {_unknown(whole, parts)}")
    return found


def is_known(whole: dict[str, Json], path: str) -> bool:
    """Whether there is a number at a path without `*`."""
    parts = parts_of(path)
    group = _group(whole, parts)
    return group is not None and within(parts) in measured(group)


def outline(whole: dict[str, Json], path: str) -> list[Metric]:
    """The numbers that a path stands for, before anything is counted: names of segments and periods stay as they are.

    `whole` is a summary of no comments. Raise UsageError when no number can be at the path.
    """
    parts = parts_of(path)
    depth = _GROUPS.get(parts[0], 0)
    prefix, inner = parts[:depth], parts[depth:]
    found = [Metric((*prefix, *known), one) for known, one in measured(whole).items() if _stands_for(inner, known)]
    if not found:
        raise UsageError(f"metric {path}: {_unknown_number(whole, prefix, inner)}")
    return found


def _stands_for(pattern: Path, path: Path) -> bool:
    return len(pattern) == len(path) and all(a in {ANY, b} for a, b in zip(pattern, path, strict=True))


def _groups(whole: dict[str, Json]) -> Iterator[tuple[Path, dict[str, Json]]]:
    """Everything that was counted: all comments, each segment, each period."""
    yield (), whole
    for column, tallies in sorted(entries(whole.get("segments")).items()):
        for name, tally in sorted(entries(tallies).items()):
            yield ("segments", column, name), entries(tally)
    for period, tally in sorted(_periods(whole).items()):
        yield ("timeline", period), tally


def _group(whole: dict[str, Json], parts: Path) -> dict[str, Json] | None:
    """Where the path leads; None when it names an unknown segment or period."""
    match parts:
        case ("segments", column, name, *_):
            values = entries(entries(whole.get("segments")).get(column))
            return entries(values[name]) if name in values else None
        case ("timeline", period, *_):
            return _periods(whole).get(period)
        case ("segments" | "timeline", *_):
            return None
        case _:
            return whole


def _periods(whole: dict[str, Json]) -> dict[str, dict[str, Json]]:
    timeline = whole.get("timeline")
    steps = [entries(step) for step in timeline] if isinstance(timeline, list) else []
    return {str(step["period"]): step for step in steps if "period" in step}


def entries(value: Json) -> dict[str, Json]:
    """The members of a JSON object; none where it is another value."""
    return value if isinstance(value, dict) else {}


def _unknown(whole: dict[str, Json], parts: Path) -> str:
    """What is wrong with a path that leads nowhere, and where it may have been meant to lead."""
    if parts == ("undated",):
        return "comments without a date are counted with --period; add --period month"
    depth = _GROUPS.get(parts[0], 0)
    if depth and (ANY in parts[:depth] or _group(whole, parts) is None):
        return _unknown_group(whole, parts)
    return _unknown_number(_group(whole, parts) or whole, parts[:depth], parts[depth:])


def _unknown_number(group: dict[str, Json], prefix: Path, inner: Path) -> str:
    known = {dotted(path): dotted((*prefix, *path)) for path in measured(group)}
    wanted = dotted(inner)
    if under := [name for start, name in sorted(known.items()) if start.startswith(f"{wanted}.") or not inner]:
        return f"is no number; choose from: {', '.join(under[:MOST_NAMED])}{' …' if len(under) > MOST_NAMED else ''}"
    if close := get_close_matches(wanted.lower(), known, n=3, cutoff=0.6):
        return f"no such number; did you mean {' or '.join(known[name] for name in close)}?"
    return f"no such number; {nearest(inner[0], {start.partition('.')[0] for start in known})}"


def _unknown_group(whole: dict[str, Json], parts: Path) -> str:
    if parts[0] == "timeline":
        known = _periods(whole)
        hint = nearest(parts[1], known) if known and len(parts) > 1 else "count them with --period"
        return f"no such period; {hint}"
    columns = entries(whole.get("segments"))
    if len(parts) < 2 or parts[1] not in columns:
        hint = nearest(parts[1], columns) if columns and len(parts) > 1 else "count them with --by COLUMN"
        return f"no such segments; {hint}"
    values = [_quoted(value) for value in entries(columns[parts[1]])]
    return f"no such segment; {nearest(_quoted(parts[2]) if len(parts) > 2 else '', values)}"


def _quoted(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
