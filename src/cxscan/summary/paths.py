"""Paths into a summary: names with dots between them, in double quotes where they hold more than letters, digits, _, *.

`segments.channel."e-mail".sentiment.net` leads through a segment, `timeline.2026-11.comments.n` through a period.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from cxscan.errors import UsageError

Path: TypeAlias = tuple[str, ...]

ANY = "*"
"""Stands for every name at its place."""

GROUP_DEPTHS = {"segments": 3, "timeline": 2}
"""Number of the parts of a path that lead to the numbers of a segment or a period."""

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^."']+?))\s*(?:\.|$)""", re.DOTALL)
_PLAIN = re.compile(r"[\w*]+")


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
    return ".".join(part if _PLAIN.fullmatch(part) else quoted(part) for part in path)


def quoted(part: str) -> str:
    """A name in double quotes."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def within(path: Path) -> Path:
    """The path without the segment or period that it leads through."""
    return path[GROUP_DEPTHS.get(path[0], 0) :] or path
