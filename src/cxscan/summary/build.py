"""One batch of comments and their labels → its Summary: counting by group as array arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import (
    INTENTS,
    LENSES,
    POLARITIES,
    SCORE_UNIT,
    SENTIMENTS,
    Polarity,
    State,
    UnscoredReason,
    sentiment_name,
)
from cxscan.periods import Period, period_of
from cxscan.quotes.distinct import folded_text
from cxscan.quotes.points import quote_scores
from cxscan.quotes.select import comment_lenses
from cxscan.rated_records import rated_records
from cxscan.summary.counts import (
    Counts,
    IntentCounts,
    LensCounts,
    Quote,
    SentimentCounts,
    ThemeCounts,
    UnscoredCounts,
)
from cxscan.summary.metrics import COMMODITY, DELIGHT
from cxscan.summary.rating import RatingCounts, ThemeRatings, nps_cutoffs
from cxscan.summary.summary import Input, RuleHashes, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxscan.model import Batch, Bools, Codes, Comments, Ints, Labels, Scale


DELIGHT_SCORE = 6 * SCORE_UNIT // 10
"""From this score on a positive comment is strongly positive."""

UNDETERMINED = "und"
"""Code of a language that is not known, as in ISO 639-2."""

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
    each polarity. What is said of the reading (rejected, repeated, repaired, the company's) is in the total only.
    """
    comments, rejected = batch.comments, len(batch.rejects)
    counting = _Counting.of(comments, labels, quotes)
    total = counting.counts(np.zeros(len(comments), np.int64), 1)[0]
    timeline = counting.by([period_of(day, period) for day in comments.dates]) if period else {}
    ended = Input(batch.records, total.comments, rejected, total.empty, batch.repeated)
    return Summary(
        themes=labels.themes_known,
        rules=rules,
        inputs={comments.source: ended},
        total=replace(
            total, rejected=rejected, repeated=batch.repeated, repaired=labels.repaired, company=batch.company
        ),
        segments={column: counting.by(comments.segments[column]) for column in by},
        timeline=timeline,
        undated=total.comments - sum(counts.comments for counts in timeline.values()) if period else None,
    )


class _Column(NamedTuple):
    """An answer out of `size`, by its number, for each of the cells in `rows`; each counts as much as its weight."""

    size: int
    rows: Ints
    codes: Ints
    weights: Ints | None = None

    def sums(self, groups: Ints, group_count: int) -> list[list[int]]:
        """For each group the sum of each answer; `groups` says in which group each cell is."""
        spots = groups[self.rows] * self.size + self.codes
        sums = np.bincount(spots, self.weights, group_count * self.size)  # exact: far below 2**53
        table: list[list[int]] = sums.astype(np.int64).reshape(group_count, self.size).tolist()
        return table


def _sum(rows: Ints, weights: Ints | None = None) -> _Column:
    """Make the column that counts rows, or adds up their weights."""
    return _Column(1, rows, np.zeros_like(rows), weights)


class _CommentColumns(NamedTuple):
    """The columns that are counted over cells."""

    states: _Column
    reasons: _Column
    languages: _Column
    """Of comments that are unscored because of their language."""
    sentiment: _Column
    lens: _Column
    intents: _Column
    themes: _Column
    """By theme and polarity."""
    score: _Column
    mixed: _Column
    commodity: _Column
    delight: _Column


class _RatingColumns(NamedTuple):
    """The columns that are counted over rated records, at first cells; a theme of one of its cells is the record's."""

    n: _Column
    outside: _Column
    sum: _Column
    top: _Column
    promoters: _Column
    detractors: _Column
    scored: _Column
    contradictions: _Column
    themes: _Column
    theme_sums: _Column


@dataclass(frozen=True, slots=True)
class _Counting:
    """A batch made ready to be counted by any grouping of its cells."""

    themes: list[str]
    languages: list[str]
    columns: _CommentColumns
    scale: Scale | None
    rating_columns: _RatingColumns | None
    quotes: _Quotes

    @classmethod
    def of(cls, comments: Comments, labels: Labels, quotes: int) -> _Counting:
        present = (labels.themes != Polarity.ABSENT) & (labels.states == State.SCORED)[:, None]
        foreign, languages, language_numbers = _foreign(labels)
        return cls(
            [theme.name for theme in labels.themes_known],
            languages,
            _comment_columns(labels, present, _Column(len(languages), foreign, language_numbers)),
            comments.scale,
            _rating_columns(comments, labels, present, comments.scale) if comments.scale else None,
            _Quotes.of(comments, labels, present, quotes),
        )

    def by(self, values: Sequence[str | None]) -> dict[str, Counts]:
        """The counts of each value that a cell has; cells without one are left out."""
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        groups = np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))
        counts = self.counts(groups, len(numbers))
        return {value: counts[number] for value, number in numbers.items() if value is not None}

    def counts(self, groups: Ints, group_count: int) -> list[Counts]:
        """The counts of each group; `groups` says for each cell in which of the groups it is."""
        ratings, quotes = self._ratings(groups, group_count), self.quotes.by(groups, group_count)
        sums = [column.sums(groups, group_count) for column in self.columns]
        return [
            Counts(
                scored=states[State.SCORED],
                unscored=states[State.UNSCORED],
                empty=states[State.EMPTY],
                reasons=UnscoredCounts(
                    reasons[UnscoredReason.NO_WORDS],
                    reasons[UnscoredReason.NO_ANSWER],
                    {code: n for code, n in zip(self.languages, foreign, strict=True) if n},
                ),
                sentiment=SentimentCounts(*sentiment),
                lens=LensCounts(*lens),
                intents=IntentCounts(*intents),
                themes=self._mentions(mentions),
                score=score,
                mixed=mixed,
                commodity=commodity,
                delight=delight,
                ratings={self.scale: rated} if self.scale and rated != RatingCounts() else {},
                quotes=top,
                kept=self.quotes.kept,
            )
            for states, reasons, foreign, sentiment, lens, intents, mentions, (score,), (mixed,), (commodity,),
            (delight,), rated, top in zip(*sums, ratings, quotes, strict=True)
        ]  # fmt: skip

    def _mentions(self, sums: list[int]) -> dict[str, ThemeCounts]:
        size = len(POLARITIES)
        parts = (sums[place : place + size] for place in range(0, len(sums), size))
        return {theme: ThemeCounts(*part) for theme, part in zip(self.themes, parts, strict=True) if any(part)}

    def _ratings(self, groups: Ints, group_count: int) -> list[RatingCounts]:
        if self.rating_columns is None:
            return [RatingCounts()] * group_count
        sums = [column.sums(groups, group_count) for column in self.rating_columns]
        return [
            replace(RatingCounts(*(n for (n,) in single)), themes=self._theme_ratings(themes, theme_sums))
            for *single, themes, theme_sums in zip(*sums, strict=True)
        ]

    def _theme_ratings(self, records: list[int], sums: list[int]) -> dict[str, ThemeRatings]:
        return {theme: ThemeRatings(n, sum_) for theme, n, sum_ in zip(self.themes, records, sums, strict=True) if n}


def _any_of(flags: Bools, labels: Labels, names: Iterable[str]) -> Bools:
    """Cells with a flag under one of the named themes."""
    wanted = set(names)
    has: Bools = np.any(flags[:, [theme.name in wanted for theme in labels.themes_known]], axis=1)
    return has


def _foreign(labels: Labels) -> tuple[Ints, list[str], Ints]:
    """The cells that are unscored because of their language, those languages, and the number of each cell's."""
    rows = np.flatnonzero(labels.reasons == UnscoredReason.LANGUAGE)
    found = [labels.languages[row] or UNDETERMINED for row in rows.tolist()]
    numbers = {code: number for number, code in enumerate(dict.fromkeys(found))}
    return rows, [*numbers], np.fromiter(map(numbers.__getitem__, found), np.int64, len(found))


def _comment_columns(labels: Labels, present: Bools, languages: _Column) -> _CommentColumns:
    scored = np.flatnonzero(labels.states == State.SCORED)
    others = _any_of(present, labels, {theme.name for theme in labels.themes_known} - {*COMMODITY})
    delighted = _any_of(present & (labels.themes == Polarity.POSITIVE), labels, DELIGHT)
    theme_rows, themes = np.nonzero(present)
    polarities = labels.themes[theme_rows, themes].astype(np.int64) - 1
    intent_rows, intents = np.nonzero(labels.intents[scored])
    size = len(POLARITIES)
    return _CommentColumns(
        states=_Column(len(State), np.arange(len(labels)), labels.states.astype(np.int64)),
        reasons=_Column(len(UnscoredReason), np.arange(len(labels)), labels.reasons.astype(np.int64)),
        languages=languages,
        sentiment=_Column(len(SENTIMENTS), scored, 1 - labels.sentiments[scored].astype(np.int64)),
        lens=_Column(len(LENSES), scored, comment_lenses(labels, present)[scored]),
        intents=_Column(len(INTENTS), scored[intent_rows], intents),
        themes=_Column(len(labels.themes_known) * size, theme_rows, themes * size + polarities),
        score=_sum(scored, labels.scores[scored].astype(np.int64)),
        mixed=_sum(np.flatnonzero(labels.mixed & (labels.states == State.SCORED))),
        commodity=_sum(np.flatnonzero(np.any(present, axis=1) & ~others)),
        delight=_sum(np.flatnonzero(delighted & (labels.scores >= DELIGHT_SCORE))),
    )


def _rating_columns(comments: Comments, labels: Labels, present: Bools, scale: Scale) -> _RatingColumns | None:
    records = rated_records(comments, labels)
    if records is None:
        return None
    rows, ratings = records.first_cells, records.ratings
    theme_rows, themes = np.nonzero(records.any_cell(present))
    detractor, promoter = nps_cutoffs(scale) or (scale.low - 1, scale.high + 1)
    size = len(labels.themes_known)
    return _RatingColumns(
        n=_sum(rows),
        outside=_sum(records.first[records.is_outside]),
        sum=_sum(rows, ratings),
        top=_sum(rows[ratings == scale.high]),
        promoters=_sum(rows[ratings >= promoter]),
        detractors=_sum(rows[ratings <= detractor]),
        scored=_sum(rows[records.scored]),
        contradictions=_sum(rows[records.contradicts]),
        themes=_Column(size, rows[theme_rows], themes),
        theme_sums=_Column(size, rows[theme_rows], themes, ratings[theme_rows]),
    )


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
        top: list[dict[tuple[str, str], tuple[Quote, ...]]] = [{} for _ in range(group_count)]
        buckets = groups[self.rows] * len(self.labels.themes_known) + self.themes
        buckets = buckets * len(Polarity) + self.polarities
        order = np.argsort((buckets << 17) - self.points, kind="stable")  # points are far below 2**16
        for pairs in np.split(order, np.flatnonzero(np.diff(buckets[order])) + 1):
            for pair in pairs[:1].tolist():
                theme = self.labels.themes_known[self.themes[pair]].name
                polarity = POLARITIES[self.polarities[pair] - 1]
                top[groups[self.rows[pair]]][theme, polarity] = self._pick(pairs)
        return top

    def _pick(self, pairs: Ints) -> tuple[Quote, ...]:
        chosen: dict[str, int] = {}
        for pair in pairs.tolist():
            chosen.setdefault(folded_text(self.comments.texts[self.rows[pair]]), pair)
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
    """Return how strongly a comment says what it says of a theme, in score units."""
    ways = np.array([0, 1, 0, -1, 0])[polarities]  # by Polarity
    return np.where(ways == 0, SCORE_UNIT - np.abs(scores), ways * scores)
