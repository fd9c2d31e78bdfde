"""A Summary as the text that the store keeps: whole counts, no customer's words.

Quotes and the timeline are left out, and of the inputs' paths everything but the name. Of the segments those are left
out that have fewer than `FEWEST` comments: a rare value of a column may be a name or an address.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from cxscan.model import Lens, Scale, Theme
from cxscan.summary.counts import Counts, IntentCounts, LensCounts, SentimentCounts, ThemeCounts, UnscoredCounts
from cxscan.summary.rating import RatingCounts, ThemeRatings
from cxscan.summary.summary import Input, InputColumns, RuleHashes, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.summary import Json

FEWEST = 5
"""Comments from which on a segment is kept."""

_SINGLE = (
    "scored", "unscored", "empty", "rejected", "repeated", "repaired", "company",
    "score", "mixed", "commodity", "delight",
)  # fmt: skip
"""Counts that have a name of one word, the same as their field."""

_RATING = {
    "n": "n", "outside": "outside", "sum": "sum", "top": "top", "promoters": "promoters", "detractors": "detractors",
    "heard": "scored", "contradictions": "contradictions",
}  # fmt: skip
"""Names in the store, and their fields."""

_Name: TypeAlias = tuple[str, ...]
_Rows: TypeAlias = "list[list[str | int]]"
_TallyRow: TypeAlias = "tuple[_Rows, list[tuple[str, int, int, _Rows]]]"


def without_words(summary: Summary) -> Summary:
    """The summary as it may be kept."""
    inputs: dict[str, Input] = {}
    for path, ended in summary.inputs.items():
        name = PurePath(path.replace("\\", "/")).name or path
        inputs[name] = inputs.get(name, Input()) + replace(ended, columns=InputColumns())
    segments = {
        column: {value: _bare(tally) for value, tally in tallies.items() if tally.comments >= FEWEST}
        for column, tallies in summary.segments.items()
    }
    return Summary(tuple(sorted(summary.themes)), summary.rules, inputs, _bare(summary.total), segments)


def _bare(counts: Counts) -> Counts:
    """The counts without quotes, and without what only a file says."""
    return replace(counts, quotes={}, kept=0, saved=None)


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
    content: dict[str, Json] = {key: value for key, value in summary.as_json().items() if key != "cxscan"}
    if not names:
        counts = ((one.records, one.comments, one.rejected, one.empty) for one in summary.inputs.values())
        content["inputs"] = [[*each] for each in sorted(counts)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


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


def _tally_rows(counts: Counts) -> _TallyRow:
    ratings = [
        (scale.column, scale.low, scale.high, _rows(_rating_names(rated)))
        for scale, rated in sorted(counts.ratings.items())
    ]
    return _rows(_names(counts)), ratings


def _names(counts: Counts) -> dict[_Name, int]:
    """The counts under the names that they have in the store."""
    return {
        **{(name,): getattr(counts, name) for name in _SINGLE},
        ("no words",): counts.reasons.no_words,
        ("no answer",): counts.reasons.no_answer,
        **{("language", code): n for code, n in counts.reasons.languages.items()},
        **{("sentiment", name): n for name, n in counts.sentiment.by_name().items()},
        **{("lens", name): n for name, n in counts.lens.by_name().items()},
        **{("intent", name): n for name, n in counts.intents.by_name().items()},
        **{
            ("theme", theme, polarity): n
            for theme, mentions in counts.themes.items()
            for polarity, n in mentions.by_name().items()
        },
    }


def _rating_names(rated: RatingCounts) -> dict[_Name, int]:
    return {
        **{(stored,): getattr(rated, name) for stored, name in _RATING.items()},
        **{("theme", theme): ratings.n for theme, ratings in rated.themes.items()},
        **{("theme sum", theme): ratings.sum for theme, ratings in rated.themes.items()},
    }


def _rows(names: Mapping[_Name, int]) -> _Rows:
    return [[*name, n] for name, n in sorted(names.items()) if n]


def _tally(rows: _TallyRow) -> Counts:
    own, ratings = rows
    named = _named(own)
    single = {name: named.pop((name,), 0) for name in _SINGLE}
    return Counts(
        scored=single["scored"],
        unscored=single["unscored"],
        empty=single["empty"],
        rejected=single["rejected"],
        repeated=single["repeated"],
        repaired=single["repaired"],
        company=single["company"],
        score=single["score"],
        mixed=single["mixed"],
        commodity=single["commodity"],
        delight=single["delight"],
        reasons=UnscoredCounts(named.pop(("no words",), 0), named.pop(("no answer",), 0), _under("language", named)),
        sentiment=SentimentCounts(**_under("sentiment", named)),
        lens=LensCounts(**_under("lens", named)),
        intents=IntentCounts(**_under("intent", named)),
        themes={
            theme: ThemeCounts(**{polarity: n for (_, name, polarity), n in named.items() if name == theme})
            for theme in dict.fromkeys(name[1] for name in named)
        },
        ratings={Scale(column, low, high): _rating(_named(rated)) for column, low, high, rated in ratings},
        kept=0,
    )


def _rating(named: dict[_Name, int]) -> RatingCounts:
    sums = _under("theme sum", named)
    return RatingCounts(
        **{name: named.get((stored,), 0) for stored, name in _RATING.items()},
        themes={theme: ThemeRatings(n, sums.get(theme, 0)) for theme, n in _under("theme", named).items()},
    )


def _under(kind: str, named: dict[_Name, int]) -> dict[str, int]:
    """Take the counts of one kind out, by their last name."""
    return {name[-1]: named.pop(name) for name in [name for name in named if name[0] == kind]}


def _named(rows: _Rows) -> dict[_Name, int]:
    return {tuple(map(str, name)): int(n) for *name, n in rows}
