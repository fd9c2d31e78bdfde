"""One batch of comments and their labels → its Summary: counting by group as array arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from cxscan.model import INTENTS, LENSES, POLARITIES, SCORE_UNIT, SENTIMENTS, Polarity, State, sentiment_name
from cxscan.periods import Period, period_of
from cxscan.quotes.points import quote_scores
from cxscan.quotes.select import comment_lenses
from cxscan.rated_records import rated_records
from cxscan.summary import (
    COMMODITY,
    DELIGHT,
    Count,
    Counts,
    Input,
    Quote,
    RuleHashes,
    Summary,
    nps_cutoffs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxscan.model import Batch, Bools, Codes, Comments, Ids, Ints, Labels, Scale

_Value = TypeVar("_Value", str | None, int | None, str)

DELIGHT_SCORE = 6 * SCORE_UNIT // 10
"""From this score on a positive comment is strongly positive."""

QUOTE_CHARACTERS = 5_000
"""Longer comments are not quoted: a summary stays small whatever its comments are."""


def summarise(
    batch: Batch,
    labels: Labels,
    *,
    rules: RuleHashes,
    by: Sequence[str] = (),
    period: Period | None = None,
    quotes: int = 3,
) -> Summary:
    """Count a batch whose `labels` have one row for each cell of its comments.

    `by` names columns of `batch.comments.segments`; `period` asks for a timeline; a theme keeps `quotes` quotes of
    each polarity. Rejected records are in the total only: neither segment nor period is known of them.
    """
    comments, rejected = batch.comments, len(batch.rejects)
    counting = _Counting.of(comments, labels, quotes)
    total = counting.tallies(np.zeros(len(comments), np.int64), 1)[0]
    timeline = counting.by([period_of(day, period) for day in comments.dates]) if period else {}
    ended = Input(batch.records, total.comments, rejected, total.count("empty"), batch.repeated)
    return Summary(
        themes=labels.themes_known,
        rules=rules,
        inputs={comments.source: ended},
        total=total + Counts({("rejected",): rejected}, kept=quotes),
        segments={column: counting.by(comments.segments[column]) for column in by},
        timeline=timeline,
        undated=total.comments - sum(tally.comments for tally in timeline.values()) if period else None,
    )


class _Column(NamedTuple):
    """A question with one of `names` as the answer: `codes` says which for each of the cells in `rows`."""

    names: Sequence[Count]
    rows: Ints
    codes: Ints | Ids
    weights: Ints | None = None


@dataclass(frozen=True, slots=True)
class _Counting:
    """A batch made ready to be counted by any grouping of its cells."""

    size: int
    columns: list[_Column]
    scale: Scale | None
    rating_columns: list[_Column]
    quotes: _Quotes

    @classmethod
    def of(cls, comments: Comments, labels: Labels, quotes: int) -> _Counting:
        present = (labels.themes != Polarity.ABSENT) & (labels.states == State.SCORED)[:, None]
        rated = _rating_columns(comments, labels, present, comments.scale) if comments.scale else []
        candidates = _Quotes.of(comments, labels, present, quotes)
        return cls(len(comments), _comment_columns(labels, present), comments.scale, rated, candidates)

    def by(self, values: Sequence[str | None]) -> dict[str, Counts]:
        """One tally for each value that a cell has; cells without one are left out."""
        names, groups = _coded(values)
        tallies = self.tallies(groups, len(names))
        return {name: tally for name, tally in zip(names, tallies, strict=True) if name is not None}

    def tallies(self, groups: Ints, count: int) -> list[Counts]:
        """One tally for each group; `groups` says for each cell in which of the `count` groups it is."""
        counts, rated = _counts(self.columns, groups, count), _counts(self.rating_columns, groups, count)
        scaled = [{self.scale: ratings} if self.scale and ratings else {} for ratings in rated]
        return list(map(Counts, counts, scaled, self.quotes.by(groups, count), [self.quotes.kept] * count))


def _coded(values: Sequence[_Value]) -> tuple[list[_Value], Ints]:
    """The distinct values, and for each value its number among them."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def _counts(columns: Iterable[_Column], groups: Ints, group_count: int) -> list[dict[Count, int]]:
    """For each group the counts that are not 0."""
    counts: list[dict[Count, int]] = [{} for _ in range(group_count)]
    for names, rows, codes, weights in columns:
        spots = groups[rows] * len(names) + codes
        sums = np.bincount(spots, weights, group_count * len(names)).astype(np.int64)  # exact: far below 2**53
        for spot in np.flatnonzero(sums).tolist():
            counts[spot // len(names)][names[spot % len(names)]] = int(sums[spot])
    return counts


def _flag(name: str, flags: Bools, rows: Ints | None = None) -> _Column:
    """How many of the rows (of all cells, when not given) have the flag."""
    marked = np.flatnonzero(flags)
    return _Column(((name,),), marked if rows is None else rows[marked], np.zeros_like(marked))


def _any_of(flags: Bools, labels: Labels, names: Iterable[str]) -> Bools:
    """Cells with a flag under one of the named themes."""
    wanted = set(names)
    has: Bools = np.any(flags[:, [theme.name in wanted for theme in labels.themes_known]], axis=1)
    return has


def _comment_columns(labels: Labels, present: Bools) -> list[_Column]:
    known = labels.themes_known
    scored = np.flatnonzero(labels.states == State.SCORED)
    lenses = comment_lenses(labels, present)
    others = _any_of(present, labels, {theme.name for theme in known} - {*COMMODITY})
    positive = present & (labels.themes == Polarity.POSITIVE)
    theme_rows, themes = np.nonzero(present)
    polarities = labels.themes[theme_rows, themes].astype(np.int64) - 1
    intent_rows, intents = np.nonzero(labels.intents[scored])
    return [
        _Column([(state.name.lower(),) for state in State], np.arange(len(labels)), labels.states.astype(np.int64)),
        _Column([("score",)], scored, np.zeros_like(scored), labels.scores[scored].astype(np.int64)),
        _Column([("sentiment", name) for name in SENTIMENTS], scored, 1 - labels.sentiments[scored].astype(np.int64)),
        _Column([("lens", name) for name in LENSES], scored, lenses[scored]),
        _Column(
            [("theme", theme.name, polarity) for theme in known for polarity in POLARITIES],
            theme_rows,
            themes * len(POLARITIES) + polarities,
        ),
        _Column([("intent", name) for name in INTENTS], scored[intent_rows], intents),
        _flag("mixed", labels.mixed & (labels.states == State.SCORED)),
        _flag("commodity", np.any(present, axis=1) & ~others),
        _flag("delight", _any_of(positive, labels, DELIGHT) & (labels.scores >= DELIGHT_SCORE)),
    ]


def _rating_columns(comments: Comments, labels: Labels, present: Bools, scale: Scale) -> list[_Column]:
    """Of each record, at its first cell; a theme or sentiment of one of its cells is the record's."""
    records = rated_records(comments, labels)
    if records is None:
        return []
    rows, ratings = records.first_cells, records.ratings
    theme_rows, themes = np.nonzero(records.any_cell(present))
    known = labels.themes_known
    detractor, promoter = nps_cutoffs(scale) or (scale.low - 1, scale.high + 1)
    return [
        _flag("n", np.ones_like(records.scored), rows),
        _flag("outside", records.is_outside, records.first),
        _Column([("sum",)], rows, np.zeros_like(rows), ratings),
        _flag("top", ratings == scale.high, rows),
        _flag("promoters", ratings >= promoter, rows),
        _flag("detractors", ratings <= detractor, rows),
        _flag("heard", records.scored, rows),
        _flag("contradictions", records.contradicts, rows),
        _Column([("theme", theme.name) for theme in known], rows[theme_rows], themes),
        _Column([("theme sum", theme.name) for theme in known], rows[theme_rows], themes, ratings[theme_rows]),
    ]


@dataclass(frozen=True, slots=True)
class _Quotes:
    """The candidates for quotes: pairs of a cell and one of its themes, ordered by record and field."""

    comments: Comments
    labels: Labels
    kept: int
    rows: Ints
    themes: Ints
    polarities: Codes
    points: Ints

    @classmethod
    def of(cls, comments: Comments, labels: Labels, present: Bools, kept: int) -> _Quotes:
        lengths = np.fromiter(map(len, comments.texts), np.int64, len(comments))
        quotable = present & (lengths <= QUOTE_CHARACTERS)[:, None] & (kept > 0)
        order = _in_order(comments)
        rows, themes = np.nonzero(quotable[order])
        rows = order[rows]
        polarities, others = labels.themes[rows, themes], np.bincount(rows)[rows] - 1
        points = quote_scores(_strengths(labels.scores[rows].astype(np.int64), polarities), lengths[rows], others)
        return cls(comments, labels, kept, rows, themes, polarities, points)

    def by(self, groups: Ints, group_count: int) -> list[dict[tuple[str, str], tuple[Quote, ...]]]:
        """For each group the most telling quotes with distinct texts, by theme and polarity."""
        told: list[dict[tuple[str, str], tuple[Quote, ...]]] = [{} for _ in range(group_count)]
        buckets = groups[self.rows] * len(self.labels.themes_known) + self.themes
        buckets = buckets * len(Polarity) + self.polarities
        order = np.argsort((buckets << 17) - self.points, kind="stable")  # points are far below 2**16
        for pairs in np.split(order, np.flatnonzero(np.diff(buckets[order])) + 1):
            for pair in pairs[:1].tolist():
                theme = self.labels.themes_known[self.themes[pair]].name
                polarity = POLARITIES[self.polarities[pair] - 1]
                told[groups[self.rows[pair]]][theme, polarity] = self._pick(pairs)
        return told

    def _pick(self, pairs: Ints) -> tuple[Quote, ...]:
        chosen: dict[str, int] = {}
        for pair in pairs.tolist():
            chosen.setdefault(self.comments.texts[self.rows[pair]], pair)
            if len(chosen) == self.kept:
                break
        return tuple(map(self._quote, chosen.values()))

    def _quote(self, pair: int) -> Quote:
        cell, comments = int(self.rows[pair]), self.comments
        sentiment = sentiment_name(int(self.labels.sentiments[cell]))
        points, text = int(self.points[pair]), comments.texts[cell]
        return Quote(points, comments.source, comments.records[cell], comments.fields[cell], text, sentiment)


def _in_order(comments: Comments) -> Ints:
    """The cells by record and name of the field, as quotes are ordered when summaries add."""
    fields = sorted(set(comments.fields))
    ranks = dict(zip(fields, range(len(fields)), strict=True))
    records = np.array(comments.records, np.int64)
    if len(fields) == 1:
        return np.argsort(records, kind="stable")
    return np.lexsort((np.fromiter(map(ranks.__getitem__, comments.fields), np.int64, len(records)), records))


def _strengths(scores: Ints, polarities: Codes) -> Ints:
    """How strongly a comment says what it says of a theme, in score units."""
    ways = np.array([0, 1, 0, -1, 0])[polarities]  # by Polarity
    return np.where(ways == 0, SCORE_UNIT - np.abs(scores), ways * scores)
