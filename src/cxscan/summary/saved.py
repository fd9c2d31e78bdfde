"""A summary or baseline that was saved as JSON → a Summary, by the registry of metrics.

Counts are rebuilt exactly. Of a few the JSON holds only a ratio to six decimals: sums of scores and of ratings come
back to within half a millionth of their mean, and of promoters and detractors only the difference. The numbers
themselves stay what the file says, see `SavedNumbers`; what is small in a baseline is hidden.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.model import POLARITIES, RATING_UNIT, Lens, Scale, Theme
from cxscan.summary.counts import Counts, Quote, SavedNumbers, ThemeCounts, UnscoredCounts
from cxscan.summary.estimates import Share, Total
from cxscan.summary.metric import SavedNode, Unit
from cxscan.summary.metrics import metrics_for
from cxscan.summary.paths import Path
from cxscan.summary.rating import RatingCounts, ThemeRatings
from cxscan.summary.summary import Input, InputColumns, RuleHashes, Summary

if TYPE_CHECKING:
    from cxscan.summary.json_values import Json
    from cxscan.summary.metric import Metric, Number

FORMAT, VERSION = "cxscan-summary", 1
GROUP_KEYS = ("comments", "sentiment", "lens", "themes", "intents", "indices", "rating")
"""The keys of a set of counted comments."""

_LONGEST = 64 << 20
"""Bytes of a file that is looked into: a summary with thousands of segments is smaller."""
_HUGE = 10**15
_FIRST = {"comments": 0, "rating": 1}
"""The metrics that are restored first: other counts are restored from them."""


class DamagedSummaryError(ValueError):
    """A key that is missing, or holds what cannot be: held against it, everything would pass."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


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
    except DamagedSummaryError:
        raise UsageError(f"{path}: is no whole summary; write it anew with: cxscan scan --format json") from None


def _loaded(path: str) -> dict[str, Json] | None:
    file = FilePath(path)
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


def from_json(whole: dict[str, Json]) -> Summary:
    """The summary of a JSON view, or of a baseline, which has no inputs and quotes. Raises DamagedSummaryError."""
    for key in (*GROUP_KEYS, "rules", "segments", "timeline"):
        if key not in whole:
            raise DamagedSummaryError(key)
    themes = _themes(whole["themes"])
    rules = _object(whole["rules"], "rules")
    segments = _object(whole["segments"], "segments")
    undated = whole.get("undated")
    return Summary(
        themes=themes,
        rules=RuleHashes(_text(rules.get("themes"), "rules"), _text(rules.get("model"), "rules")),
        inputs=dict(map(_input, _list(whole.get("inputs", []), "inputs"))),
        total=_counts(whole, themes, ""),
        segments={
            column: {
                value: _counts(_object(group, place), themes, f"{place}.")
                for value, group in _object(groups, "segments").items()
                for place in [f"segments.{column}.{value}"]
            }
            for column, groups in segments.items()
        },
        timeline={
            _text(group.get("period"), place): _counts(group, themes, f"{place}.")
            for number, step in enumerate(_list(whole["timeline"], "timeline"), 1)
            for place in [f"timeline.{number}"]
            for group in [_object(step, place)]
        },
        undated=None if undated is None else _count(undated, "undated"),
    )


def _themes(value: Json) -> tuple[Theme, ...]:
    lenses = {name: _object(theme, "themes").get("lens") for name, theme in _object(value, "themes").items()}
    if not all(lens in {*Lens} for lens in lenses.values()):
        raise DamagedSummaryError("themes")
    return tuple(Theme(name, Lens(str(lens))) for name, lens in lenses.items())


def _input(value: Json) -> tuple[str, Input]:
    one = _object(value, "inputs")
    records, comments, rejected, empty = (
        _count(one.get(key), "inputs") for key in ("records", "comments", "rejected", "empty")
    )
    repeated = _count(one.get("repeated", 0), "inputs")
    columns = _columns(_object(one.get("columns", {}), "inputs"))
    return _text(one.get("path"), "inputs"), Input(records, comments, rejected, empty, repeated, columns)


def _columns(value: dict[str, Json]) -> InputColumns:
    """The columns of an input; none in a summary of a version that did not name them."""
    texts = tuple(_text(name, "inputs") for name in _list(value.get("text", []), "inputs"))
    single = (value.get(key) for key in ("rating", "date", "id"))
    rating, date, identifier = (None if name is None else _text(name, "inputs") for name in single)
    return InputColumns(texts, rating, date, identifier, value.get("rating_reversed") is True)


def _counts(group: dict[str, Json], themes: tuple[Theme, ...], prefix: str) -> Counts:
    """The counts of a group, with the numbers as it has them; `prefix` leads to it, for naming what is damaged."""
    for key in GROUP_KEYS:
        if not isinstance(group.get(key), dict) and not (key == "rating" and key in group and group[key] is None):
            raise DamagedSummaryError(f"{prefix}{key}")
    if not {"n", "scored"} <= _object(group["comments"], "comments").keys():
        raise DamagedSummaryError(f"{prefix}comments")
    counts = Counts(kept=0, ratings=_scale(group["rating"], f"{prefix}rating"))
    values, hidden = dict[Path, float](), set[Path]()
    for metric in sorted(metrics_for(themes), key=lambda one: _FIRST.get(one.path[0], len(_FIRST))):
        stored = _stored_numbers(metric, group, f"{prefix}{metric.path[0]}")
        values |= {path: number for path, number in stored.items() if number is not None}
        is_share = metric.unit is Unit.SHARE
        counted = (*metric.path, "n") if is_share else metric.path
        if (is_share or metric.unit is Unit.COUNT) and counted in stored and stored[counted] is None:
            hidden |= {metric.path, counted, (*metric.path, "share")}
        elif metric.restore is not None:
            value = stored.get((*metric.path, "share") if is_share else metric.path)
            counts += metric.restore(SavedNode(int(stored.get(counted) or 0), value), counts)
    counts = _with_quotes(_without_zeros(counts), group["themes"], f"{prefix}themes")
    counts += Counts(reasons=UnscoredCounts(languages=_languages(group["comments"], f"{prefix}comments")))
    counts = replace(counts, saved=SavedNumbers(values, frozenset(hidden)))
    _refuse_impossible(counts, themes, prefix)
    return counts


def _stored_numbers(metric: Metric, group: dict[str, Json], place: str) -> dict[Path, float | None]:
    """The numbers of a metric that the group has, None where it has null; none of them in a share of nothing."""
    node: Json = group
    for part in metric.path:
        if not isinstance(node, dict) or part not in node:
            return {}
        node = node[part]
    if metric.unit is not Unit.SHARE:
        return {metric.path: _number(node, place, is_count=metric.unit is Unit.COUNT)}
    if node is None:
        return {}
    share = _object(node, place)
    ends = [end for end in ("n", "share", "low", "high") if end in share]
    return {(*metric.path, end): _number(share[end], place, is_count=end == "n") for end in ends}


def _refuse_impossible(counts: Counts, themes: tuple[Theme, ...], prefix: str) -> None:
    """No number outside its range, no share of more than all, no count that leaves less than nothing to others."""
    for metric in metrics_for(themes):
        match metric.measure(counts).figure:
            case Share(n, of):
                is_possible = 0 <= n <= of
            case Total(n):
                is_possible = n >= 0
            case _:
                is_possible = True
        if not is_possible or not all(map(_is_in_range, metric.numbers(counts))):
            raise DamagedSummaryError(f"{prefix}{metric.path[0]}")


def _is_in_range(number: Number) -> bool:
    return number.value is None or number.low <= number.value <= number.high


def _languages(comments: Json, place: str) -> dict[str, int]:
    """Unscored comments by language; none in a baseline, and in a summary of a version that did not count them."""
    reasons = _object(_object(comments, place).get("unscored_reasons", {}), place)
    languages = _object(reasons.get("languages", {}), place)
    return {code: _count(n, place) for code, n in languages.items()}


def _scale(rating: Json, place: str) -> dict[Scale, RatingCounts]:
    """The scale on which the ratings of a group stand; none where it has no ratings."""
    if rating is None:
        return {}
    one = _object(rating, place)
    low, high = (_number(one.get(end), place) for end in ("low", "high"))
    if low is None or high is None:
        raise DamagedSummaryError(place)
    column = _text(one.get("column", ""), place)
    return {Scale(column, round(low * RATING_UNIT), round(high * RATING_UNIT)): RatingCounts()}


def _without_zeros(counts: Counts) -> Counts:
    """The counts without themes that nobody names, as counts are."""
    themes = {name: mentions for name, mentions in counts.themes.items() if mentions != ThemeCounts()}
    ratings = {
        scale: replace(rated, themes={name: one for name, one in rated.themes.items() if one != ThemeRatings()})
        for scale, rated in counts.ratings.items()
    }
    return replace(counts, themes=themes, ratings=ratings)


def _with_quotes(counts: Counts, themes: Json, place: str) -> Counts:
    """The counts with the quotes of each theme in the order in which they stand, as if of one polarity."""
    quotes = {
        (name, POLARITIES[0]): tuple(
            _quote(_object(quote, place), -rank, place)
            for rank, quote in enumerate(_list(_object(theme, place).get("quotes", []), place))
        )
        for name, theme in _object(themes, place).items()
    }
    kept = max(map(len, quotes.values()), default=0)
    return replace(counts, quotes={name: of_theme for name, of_theme in quotes.items() if of_theme}, kept=kept)


def _quote(quote: dict[str, Json], points: int, place: str) -> Quote:
    source, text, sentiment = (_text(quote.get(key), place) for key in ("source", "text", "sentiment"))
    return Quote(points, source, _count(quote.get("record"), place), "", text, sentiment)


def _object(value: Json, place: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise DamagedSummaryError(place)
    return value


def _list(value: Json, place: str) -> list[Json]:
    if not isinstance(value, list):
        raise DamagedSummaryError(place)
    return value


def _text(value: Json, place: str) -> str:
    if not isinstance(value, str):
        raise DamagedSummaryError(place)
    return value


def _count(value: Json, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _HUGE:
        raise DamagedSummaryError(place)
    return value


def _number(value: Json, place: str, *, is_count: bool = False) -> float | None:
    """A number, or None where there is null."""
    if value is None or is_count:
        return None if value is None else _count(value, place)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -_HUGE < value < _HUGE:
        raise DamagedSummaryError(place)
    return value
