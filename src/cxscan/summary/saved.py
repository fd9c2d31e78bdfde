"""A summary that was saved as JSON, read back into whole counts, so that it can be kept and added up.

What the JSON holds is rebuilt exactly. Of a few counts it holds only a ratio to six decimals: sums of scores and of
ratings come back to within half a millionth of their mean, and of promoters and detractors only the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cxscan.errors import UsageError
from cxscan.model import INTENTS, RATING_UNIT, SCORE_UNIT, Lens, Scale, Theme
from cxscan.summary import LENSES, POLARITIES, SENTIMENTS, Count, Counts, Input, RuleHashes, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.summary import Json

_Object: TypeAlias = "dict[str, Json]"

FORMAT, VERSION = "cxscan-summary", 1
_LONGEST = 64 << 20
"""Bytes of a file that is looked into: a summary with thousands of segments is smaller."""
_Z2 = 1.959963984540054**2  # of the Wilson interval


def saved_summary(path: str) -> Summary | None:
    """The summary that a file holds; None of a file that holds something else, which may be an export.

    Raises UsageError for a summary that cannot be used.
    """
    whole = _loaded(path)
    if whole is None or not str(whole.get("format")).startswith("cxscan-"):
        return None
    if whole["format"] != FORMAT:
        raise UsageError(
            f"{path}: is a {whole['format']}, not a summary; give an export, or a summary by: cxscan scan --format json"
        )
    if whole.get("version") != VERSION:
        raise UsageError(f"{path}: is a summary of version {whole.get('version')}, known is {VERSION}; upgrade cxscan")
    try:
        return from_json(whole)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UsageError(f"{path}: is no whole summary; write it anew with: cxscan scan --format json") from None


def _loaded(path: str) -> _Object | None:
    file = Path(path)
    if not file.is_file() or file.stat().st_size > _LONGEST:
        return None
    with file.open("rb") as stream:
        head = stream.read(256)
        if not head.lstrip().startswith(b"{") or b'"cxscan-' not in head:
            return None
        content = head + stream.read()
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, dict) else None


def from_json(whole: _Object) -> Summary:
    """The summary of a JSON view, without quotes. Raises KeyError, TypeError or ValueError when it is not one."""
    themes = tuple(Theme(name, Lens(_text(theme, "lens"))) for name, theme in _object(whole, "themes").items())
    rules = _object(whole, "rules")
    return Summary(
        themes=themes,
        rules=RuleHashes(_text(rules, "themes"), _text(rules, "model")),
        inputs={_text(one, "path"): _input(one) for one in _list(whole, "inputs")},
        total=_tally(whole),
        segments={
            column: {value: _tally(_known(block)) for value, block in _known(blocks).items()}
            for column, blocks in _object(whole, "segments").items()
        },
        timeline={_text(block, "period"): _tally(_known(block)) for block in _list(whole, "timeline")},
        undated=None if whole.get("undated") is None else _int(whole, "undated"),
    )


def _input(one: Json) -> Input:
    return Input(*(_int(one, key) for key in ("records", "comments", "rejected", "empty")))


def _tally(block: _Object) -> Counts:
    states, sentiment, indices = (_object(block, key) for key in ("comments", "sentiment", "indices"))
    scored = _int(states, "scored")
    counts: dict[Count, int] = {(state,): _int(states, state) for state in ("scored", "unscored", "rejected", "empty")}
    counts |= {("sentiment", name): _n(sentiment, name) for name in SENTIMENTS}
    counts |= {("mixed",): _n(sentiment, "mixed"), ("score",): round(_number(sentiment, "mean") * scored * SCORE_UNIT)}
    counts |= {("lens", name): _n(_object(block, "lens"), name) for name in LENSES}
    counts |= {("intent", name): _n(_object(block, "intents"), name) for name in INTENTS}
    counts |= {("commodity",): _n(indices, "commoditisation"), ("delight",): _n(indices, "delight")}
    for name, theme in _object(block, "themes").items():
        counts |= {("theme", name, polarity): _n(theme, polarity) for polarity in POLARITIES}
    rating = block["rating"]
    ratings = {} if rating is None else dict([_rating(_known(rating), _object(block, "themes"))])
    return Counts(_counted(counts), ratings, kept=0)


def _rating(rating: _Object, themes: _Object) -> tuple[Scale, dict[Count, int]]:
    scale = Scale(_text(rating, "column"), *(round(_number(rating, end) * RATING_UNIT) for end in ("low", "high")))
    n, mean = _int(rating, "n"), _number(rating, "mean")
    whole = round(mean * n * RATING_UNIT)
    promoters = round(_number(rating, "nps") * n / 100)
    counts: dict[Count, int] = {
        ("n",): n,
        ("outside",): _int(rating, "outside"),
        ("sum",): whole,
        ("promoters",): max(promoters, 0),
        ("detractors",): max(-promoters, 0),
        ("top",): _n(rating, "top_box"),
        ("contradictions",): _n(rating, "contradictions"),
        ("heard",): _of(rating["contradictions"]),
    }
    for name, theme in themes.items():
        impact = _known(theme)["impact"]
        if impact == 0:  # as of a theme that no rated record has
            continue
        rest = 0 if impact is None else max(n - _int(theme, "n"), 1)
        counts["theme", name] = n - rest
        counts["theme sum", name] = whole - round((mean + _number(theme, "impact")) * rest * RATING_UNIT)
    return scale, _counted(counts)


def _of(share: Json) -> int:
    """How many a share is of: by its ratio, or where that is 0 by the upper end of its Wilson interval."""
    if share is None:
        return 0
    n, high = _int(share, "n"), _number(share, "high")
    return round(n / _number(share, "share")) if n else round(_Z2 * (1 - high) / high)


def _counted(counts: Mapping[Count, int]) -> dict[Count, int]:
    return {name: n for name, n in counts.items() if n}


def _n(block: Json, key: str) -> int:
    """The n of a share; 0 of a share of nothing."""
    share = _known(block)[key]
    return 0 if share is None else _int(share, "n")


def _known(value: Json) -> _Object:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _object(block: Json, key: str) -> _Object:
    return _known(_known(block)[key])


def _list(block: Json, key: str) -> list[Json]:
    value = _known(block)[key]
    if not isinstance(value, list):
        raise TypeError
    return value


def _text(block: Json, key: str) -> str:
    value = _known(block)[key]
    if not isinstance(value, str):
        raise TypeError
    return value


def _int(block: Json, key: str) -> int:
    value = _known(block)[key]
    if not isinstance(value, int) or value < 0:
        raise TypeError
    return value


def _number(block: Json, key: str) -> float:
    """A number; 0 where there is none."""
    value = _known(block)[key]
    if value is None:
        return 0.0
    if not isinstance(value, int | float):
        raise TypeError
    return float(value)
