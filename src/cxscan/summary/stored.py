"""A Summary as the text that the store keeps: whole counts, no customer's words.

Quotes and the timeline are left out, and of the inputs' paths everything but the name. Of the segments those are left
out that have fewer than `FEWEST` comments: a rare value of a column may be a name or an address.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from cxscan.model import Lens, Scale, Theme
from cxscan.summary import Count, Counts, Input, RuleHashes, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.summary import Json

FEWEST = 5
"""Comments from which on a segment is kept."""

_Rows: TypeAlias = "list[list[str | int]]"
_TallyRow: TypeAlias = "tuple[_Rows, list[tuple[str, int, int, _Rows]]]"


def without_words(summary: Summary) -> Summary:
    """The summary as it may be kept."""
    inputs: dict[str, Input] = {}
    for path, ended in summary.inputs.items():
        name = PurePath(path.replace("\\", "/")).name or path
        inputs[name] = inputs.get(name, Input()) + ended
    segments = {
        column: {value: _bare(tally) for value, tally in tallies.items() if tally.comments >= FEWEST}
        for column, tallies in summary.segments.items()
    }
    return Summary(tuple(sorted(summary.themes)), summary.rules, inputs, _bare(summary.total), segments)


def _bare(tally: Counts) -> Counts:
    return Counts(tally.counts, tally.ratings, kept=0)


def to_text(summary: Summary) -> str:
    """The text of a summary `without_words`: the same for equal summaries."""
    whole = {
        "themes": [[theme.name, theme.lens.value] for theme in summary.themes],
        "rules": [*summary.rules],
        "inputs": {
            path: [n.records, n.comments, n.rejected, n.empty, n.repeated] for path, n in summary.inputs.items()
        },
        "total": _tally_rows(summary.total),
        "segments": {
            column: {value: _tally_rows(tally) for value, tally in tallies.items()}
            for column, tallies in summary.segments.items()
        },
    }
    return json.dumps(whole, sort_keys=True, separators=(",", ":"))


def view(summary: Summary, *, names: bool = True) -> str:
    """SHA-256 of what a summary says: of its figures and rules, and of the names of its inputs if these count."""
    said: dict[str, Json] = {key: value for key, value in summary.as_json().items() if key != "cxscan"}
    if not names:
        counts = ((one.records, one.comments, one.rejected, one.empty) for one in summary.inputs.values())
        said["inputs"] = [[*each] for each in sorted(counts)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def from_text(text: str) -> Summary:
    """The summary of a text by `to_text`. Raises ValueError, KeyError or TypeError for another text."""
    whole = json.loads(text)
    return Summary(
        themes=tuple(Theme(name, Lens(lens)) for name, lens in whole["themes"]),
        rules=RuleHashes(*whole["rules"]),
        inputs={path: Input(*counts) for path, counts in whole["inputs"].items()},
        total=_tally(whole["total"]),
        segments={
            column: {value: _tally(rows) for value, rows in tallies.items()}
            for column, tallies in whole["segments"].items()
        },
    )


def _tally_rows(tally: Counts) -> _TallyRow:
    ratings = [(scale.column, scale.low, scale.high, _rows(counts)) for scale, counts in sorted(tally.ratings.items())]
    return _rows(tally.counts), ratings


def _rows(counts: Mapping[Count, int]) -> _Rows:
    return [[*name, n] for name, n in sorted(counts.items())]


def _tally(rows: _TallyRow) -> Counts:
    counts, ratings = rows
    return Counts(
        _counts(counts), {Scale(column, low, high): _counts(rated) for column, low, high, rated in ratings}, kept=0
    )


def _counts(rows: _Rows) -> dict[Count, int]:
    return {tuple(map(str, name)): int(n) for *name, n in rows}
